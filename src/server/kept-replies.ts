/**
 * Replies that are asked for again and again, as the bytes they were sent as, until something that they tell was written.
 *
 *     keptReply(db, { key: `records ${site} ${kind} ${lang}`, state: siteState(db, site, ['entries']), make: () => listRecords(…) })
 *
 * The key holds all that the reply hangs on besides what is written: whose eyes it is for, in which language. Compressed, they are
 * kept too (`compression.ts`).
 */
import type { Db } from '../store/db.ts';
import { type Bounded, bounded } from './bounded.ts';

/** Of a dossier together [bytes]. */
const MOST = 32 * 1024 * 1024;

interface Kept {
  state: string;
  bytes: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer> | null;
}

/** What is to be kept under a key as long as the state is the same. */
export interface Keeping<Made> {
  key: string;
  state: string;
  make(): Made;
}

const kept = new WeakMap<Db, Bounded<Kept>>();

/** How a reply is compressed once for all who get it. */
const packing = new WeakMap<Response, (pack: Pack) => Promise<Uint8Array<ArrayBuffer>>>();

export type Pack = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

/** What `make` gives, as JSON. */
export function keptReply(db: Db, { make, ...rest }: Keeping<unknown>): Response {
  return keptText(db, { ...rest, make: () => JSON.stringify(make()) }, { 'content-type': 'application/json' });
}

/** What `make` gives, as it is. */
export function keptText(db: Db, { key, state, make }: Keeping<string>, headers: Record<string, string>): Response {
  const replies = repliesOf(db);
  const known = replies.get(key);
  const own: Kept = known?.state === state ? known : { state, bytes: new TextEncoder().encode(make()), gzip: null };
  if (own !== known) replies.set(key, own);
  const response = new Response(own.bytes, { headers });
  packing.set(response, async (pack) => {
    if (own.gzip !== null) return own.gzip;
    own.gzip = await pack(own.bytes);
    if (replies.get(key) === own) replies.set(key, own); // it weighs more now
    return own.gzip;
  });
  return response;
}

/** The reply compressed by `pack`, or as it was compressed before; `null` for a reply that is not kept. */
export function keptGzip(response: Response, pack: Pack): Promise<Uint8Array<ArrayBuffer>> | null {
  return packing.get(response)?.(pack) ?? null;
}

/** What the replies of a dossier take [bytes]. */
export function keptSize(db: Db): number {
  return repliesOf(db).size();
}

function repliesOf(db: Db): Bounded<Kept> {
  const known = kept.get(db);
  if (known !== undefined) return known;
  const own = bounded<Kept>({ most: MOST, sizeOf: ({ bytes, gzip }) => bytes.length + (gzip?.length ?? 0) });
  kept.set(db, own);
  return own;
}
