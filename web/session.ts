/** Who is there and what they may do; the pages show only what can be done. */
import { effect, signal } from '@preact/signals';
import { atLeast, type Role } from '../src/api/roles.ts';
import type { Session } from '../src/api/session.ts';
import { csrf, read, renewal, unknown } from './api.ts';
import { rememberedLang, speak } from './words.ts';

export const session = signal<Session | null>(null);

/** Asks the server who is there; called at the start, and after signing in or out. */
export async function openSession(): Promise<void> {
  const [known] = await Promise.all([read<Session>('/api/session').catch(() => null), speak(rememberedLang() ?? browserLang())]);
  settle(known);
}

/** Takes over who the server says is there. */
export function settle(known: Session | null): void {
  session.value = known;
  csrf.value = known?.csrf ?? '';
}

renewal.ask = async () => {
  const before = session.peek()?.user?.id;
  settle(await read<Session>('/api/session').catch(() => null));
  return before !== undefined && session.peek()?.user?.id === before;
};

// the session ended while the page was open: whoever is here signs in again
effect(() => {
  if (unknown.value > 0 && session.peek()?.user != null) void read<Session>('/api/session').then(settle, () => {});
});

/** Whether the user may do what `role` may at `site`, or in the whole dossier. */
export function may(role: Role, site: string | null): boolean {
  const held = session.value?.roles ?? {};
  return [held['*'], site === null ? undefined : held[site]].some((own) => own !== undefined && atLeast(own, role));
}

/** Whether nothing can be seen before somebody signs in. */
export function isClosed(): boolean {
  const known = session.value;
  return known !== null && known.user === null && Object.keys(known.roles).length === 0;
}

function browserLang(): 'kk' | 'ru' | 'en' | 'tr' {
  const known = ['kk', 'ru', 'en', 'tr'] as const;
  for (const asked of navigator.languages) {
    const found = known.find((own) => asked.startsWith(own));
    if (found !== undefined) return found;
  }
  return 'en';
}
