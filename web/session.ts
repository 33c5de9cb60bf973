/** Who is there and what they may do; the pages show only what can be done. */
import { signal } from '@preact/signals';
import { atLeast, type Role } from '../src/api/roles.ts';
import type { Session } from '../src/api/session.ts';
import { csrf, read } from './api.ts';
import { rememberedLang, speak } from './words.ts';

export const session = signal<Session | null>(null);

/** Asks the server who is there; called at the start, and after signing in or out. */
export async function openSession(): Promise<void> {
  await speak(rememberedLang() ?? browserLang());
  const known = await read<Session>('/api/session').catch(() => null);
  session.value = known;
  csrf.value = known?.csrf ?? '';
}

/** Whether the user may do what `role` may at `site`, or in the whole dossier. */
export function may(role: Role, site: string | null): boolean {
  const held = session.value?.roles ?? {};
  return [held['*'], site === null ? undefined : held[site]].some((own) => own !== undefined && atLeast(own, role));
}

function browserLang(): 'kk' | 'ru' | 'en' | 'tr' {
  const known = ['kk', 'ru', 'en', 'tr'] as const;
  for (const asked of navigator.languages) {
    const found = known.find((own) => asked.startsWith(own));
    if (found !== undefined) return found;
  }
  return 'en';
}
