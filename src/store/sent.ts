/**
 * Carries out a write once, however often it arrives: a page that lost the connection cannot know whether its write came through,
 * and sends it again with the same key. draft-ietf-httpapi-idempotency-key-header
 *
 *     const { again, result } = once(db, { by: 'aigul', key, now }, () => addComment(db, …));
 */
import { digestOf } from '../formats/source-node.ts';
import type { Id } from '../types.ts';
import { type Db, get, run, transaction } from './db.ts';

/** How long a key is remembered [days]; a page that was without a connection for longer is shown what changed, as a conflict. */
const DAYS = 400;

export interface Sent {
  /** As the audit names them. */
  by: Id;
  key: string;
  now: Date;
}

/**
 * Key and write are kept together or not at all, so that no crash lies between them.
 * @throws whatever `work` throws; its key is then free again.
 */
export function once<Result>(db: Db, { by, key, now }: Sent, work: () => Result): { again: boolean; result: Result | null } {
  const id = digestOf(new TextEncoder().encode(JSON.stringify([by, key])));
  return transaction(db, () => {
    if (get(db, 'select 1 from sent where id = ?', [id]) !== undefined) return { again: true, result: null };
    const result = work();
    const oldest = new Date(now.getTime() - DAYS * 86_400_000).toISOString();
    run(db, 'delete from sent where at < ?', [oldest]);
    run(db, 'insert into sent (id, at) values (?, ?)', [id, now.toISOString()]);
    return { again: false, result };
  });
}
