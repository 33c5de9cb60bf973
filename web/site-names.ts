/** What the reserves are called: asked for once, shown above every screen of one. */
import { signal } from '@preact/signals';
import type { Overview } from '../src/api/sites.ts';
import type { LocalText } from '../src/types.ts';
import { Refusal, read } from './api.ts';

const names = signal<ReadonlyMap<string, LocalText>>(new Map());
let isAsked = false;

/** The name of a site; its id until the name is there. */
export function siteName(site: string): LocalText {
  if (!isAsked) void load();
  return names.value.get(site) ?? { en: site };
}

async function load(): Promise<void> {
  isAsked = true;
  try {
    const { sites } = await read<Overview>('/api/sites');
    names.value = new Map(sites.map(({ id, name }) => [id, name]));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    isAsked = false; // asked again with the next screen
  }
}
