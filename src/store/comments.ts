/**
 * What reviewers say about the sections of a review, and what was dealt with.
 *
 *     addComment(db, 'reviewer', { site, form, section: 'II.1.4', text: 'Which year?', written: '2026-11-23' });
 */
import type { Id } from '../types.ts';
import { all, type Db, get, transaction } from './db.ts';
import { put, remove } from './write.ts';

export interface Comment {
  id: Id;
  site: Id;
  form: Id;
  section: Id;
  /** As the audit names them. */
  author: Id;
  text: string;
  /** ISO 8601. */
  written: string;
  /** When it was dealt with, ISO 8601. */
  resolved: string | null;
}

/** With the name of its author, where they have one. */
export type NamedComment = Comment & { name: string | null };

const SELECT = `select comments.id, site, form, section, author, users.name, text, written, resolved
  from comments left join users on users.id = comments.author`;

/** The comments on the review of a site, oldest first. */
export function listComments(db: Db, { site, form }: { site: Id; form: Id }): NamedComment[] {
  return all(db, `${SELECT} where site = ? and form = ? order by comments.fid`, [site, form]);
}

export function getComment(db: Db, id: Id): NamedComment | null {
  return get<NamedComment>(db, `${SELECT} where comments.id = ?`, [id]) ?? null;
}

/** Keeps a comment by `by`; returns its id. */
export function addComment(db: Db, by: string, said: Omit<Comment, 'id' | 'author' | 'resolved'>): Id {
  return transaction(db, () => {
    // counted in the audit, so that the number of one that was removed is never given again
    const before = get<{ count: number }>(db, "select count(*) as count from audit where noun = 'comments' and action = 'added'");
    const id = `${said.site}/comments/${(before?.count ?? 0) + 1}`;
    put(db, 'comments', by, { id, author: by, resolved: null, ...said });
    return id;
  });
}

/** Says on which day a comment was dealt with; `null` opens it again. */
export function resolveComment(db: Db, by: string, id: Id, day: string | null): void {
  put(db, 'comments', by, { id, resolved: day });
}

export function removeComment(db: Db, by: string, id: Id): void {
  remove(db, 'comments', by, id);
}
