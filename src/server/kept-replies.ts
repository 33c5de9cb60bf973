/**
 * Replies that are asked for again and again, as the bytes they were sent as, until something that they tell was written.
 *
 *     keptReply(db, { key: `records ${site} ${kind} ${lang}`, state: siteState(db, site, ['entries']), make: () => listRecords(…) })
 *
 * The key holds all that the reply hangs on besides what is written: whose eyes it is for, in which language.
 */
import type { Db } from '../store/db.ts';

/** Together [bytes]; what was not asked for the longest gives way. */
const MOST = 32 * 1024 * 1024;

interface Kept {
  state: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const kept = new WeakMap<Db, { replies: Map<string, Kept>; size: number }>();

export function keptReply(db: Db, { key, state, make }: { key: string; state: string; make: () => unknown }): Response {
  const own = kept.get(db) ?? { replies: new Map<string, Kept>(), size: 0 };
  kept.set(db, own);
  const known = own.replies.get(key);
  const bytes = known?.state === state ? known.bytes : new TextEncoder().encode(JSON.stringify(make()));
  own.replies.delete(key);
  own.replies.set(key, { state, bytes });
  own.size += bytes.length - (known?.bytes.length ?? 0);
  for (const [oldest, { bytes: old }] of own.replies) {
    if (own.size <= MOST || oldest === key) break;
    own.replies.delete(oldest);
    own.size -= old.length;
  }
  return new Response(bytes, { headers: { 'content-type': 'application/json' } });
}
