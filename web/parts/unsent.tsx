/** What waits for a connection: how much, in the top bar, and what of it belongs to the screen that is open. */

import { unsent } from '../outbox.ts';
import { drafts } from '../outbox-drafts.ts';
import { say } from '../words.ts';

/** Shown only while something waits. */
export function UnsentCount({ path }: { path: string }) {
  const count = unsent.value.length + drafts.value.length;
  return (
    <span role="status">
      {count === 0 ? null : (
        <a class="unsent-count" href="/outbox" aria-current={path === '/outbox' ? 'page' : undefined}>
          {say('outbox.count', { count })}
        </a>
      )}
    </span>
  );
}

/** @param props.under what waits for addresses that begin so is named here */
export function UnsentHere({ under }: { under: string }) {
  const here = unsent.value.filter(({ path }) => path === under || path.startsWith(`${under}/`));
  if (here.length === 0) return null;
  return (
    <section class="finding question" aria-label={say('outbox.title')}>
      <p>{say('outbox.here')}</p>
      <ul>
        {here.map((one) => (
          <li key={one.id}>
            <a href="/outbox">{one.offline.title}</a>
            {one.state === 'waiting' ? null : <> – {say(`outbox.state.${one.state}`)}</>}
            <small> {excerptOf(one.body)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The beginning of what was written. */
function excerptOf(body: unknown): string {
  const { values, text } = (body ?? {}) as { values?: Record<string, unknown>; text?: string };
  const said =
    text ??
    Object.values(values ?? {})
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .join(', ');
  return said.length > 120 ? `${said.slice(0, 119)}…` : said;
}
