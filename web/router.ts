/**
 * From the address to a screen, without leaving the page.
 *
 *     go('/sites/almaty/records')
 */
import { signal } from '@preact/signals';

export const address = signal(new URL(location.href));

addEventListener('popstate', () => {
  address.value = new URL(location.href);
});

/** Shows another screen, or the same one with another question behind the `?`. */
export function go(path: string, { replace = false } = {}): void {
  const next = new URL(path, location.href);
  if (replace) history.replaceState(null, '', next);
  else history.pushState(null, '', next);
  const moved = next.pathname !== address.value.pathname;
  address.value = next;
  if (!moved) return;
  scrollTo(0, 0);
  document.getElementById('main')?.focus({ preventScroll: true });
}

/** Follows links within the pages; those to files, elsewhere, or into a new tab are the browser's. */
export function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target !== '' || link.hasAttribute('download'))
    return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || /^\/(api|ogc)\//.test(to.pathname)) return;
  if (to.hash !== '' && to.pathname === location.pathname) return;
  event.preventDefault();
  go(to.href);
}

/** The named parts of `path` by `pattern` (`/sites/:site/records/:kind?`), or `null` where it is another. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern, path].map((text) => text.split('/').filter((part) => part !== ''));
  if (wanted === undefined || given === undefined || given.length > wanted.length) return null;
  const found: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i];
    const name = /^:(\w+)(\??)$/.exec(part);
    if (value === undefined) {
      if (name?.[2] !== '?') return null;
    } else if (name !== null) found[name[1] ?? ''] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return found;
}
