/**
 * The audit as people read it: the latest first, by who, when, table and site, with what became different.
 *
 *     searchAudit(db, { by: 'aigerim', site: 'almaty', limit: 50 })
 */
import type { Id } from '../types.ts';
import { all, type Db, type Param } from './db.ts';
import type { AuditRow } from './write.ts';

export interface AuditQuery {
  by?: string | undefined;
  noun?: string | undefined;
  row?: Id | undefined;
  site?: Id | undefined;
  /** Days, ISO 8601, the last one included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Entries before this number. */
  before?: number | undefined;
  limit: number;
}

export interface Difference {
  field: string;
  before: string | null;
  after: string | null;
}

export interface AuditEntry extends Omit<AuditRow, 'before' | 'after' | 'noun'> {
  n: number;
  noun: string;
  name: string;
  differences: Difference[];
}

type Row = Omit<AuditRow, 'noun'> & { n: number; noun: string; name: string | null };

export function searchAudit(db: Db, { limit, ...asked }: AuditQuery): AuditEntry[] {
  const { where, params } = filter(asked);
  const rows = all<Row>(
    db,
    `select audit.fid as n, at, by, users.name, action, noun, row_id, before, after
     from audit left join users on users.id = audit.by where ${where} order by audit.fid desc limit ?`,
    [...params, limit],
  );
  return rows.map(({ before, after, name, ...row }) => ({ ...row, name: name ?? '', differences: differences(before, after) }));
}

/** Everybody who ever wrote. */
export function auditWriters(db: Db): string[] {
  return all<{ by: string }>(db, 'select distinct by from audit order by by').map(({ by }) => by);
}

/** The tables that were ever written to. */
export function auditNouns(db: Db): string[] {
  return all<{ noun: string }>(db, 'select distinct noun from audit order by noun').map(({ noun }) => noun);
}

function filter({ by, noun, row, site, from, to, before }: Omit<AuditQuery, 'limit'>): { where: string; params: Param[] } {
  const parts: [string, Param | undefined][] = [
    ['by = ?', by],
    ['noun = ?', noun],
    ['row_id = ?', row],
    ['at >= ?', from],
    ['at < ?', to === undefined ? undefined : `${to}T24`], // after every time of that day as text
    ['audit.fid < ?', before],
    ["sites like ? escape '\\'", site === undefined ? undefined : `% ${escaped(site)} %`],
  ];
  const asked = parts.filter((part): part is [string, Param] => part[1] !== undefined);
  return { where: ['1 = 1', ...asked.map(([sql]) => sql)].join(' and '), params: asked.map(([, value]) => value) };
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** What differs between two rows as the audit keeps them, field by field; lists of names language by language. */
export function differences(before: string | null, after: string | null): Difference[] {
  const [old, now] = [before, after].map((row) => (row === null ? {} : fieldsOf(JSON.parse(row), ''))) as [Fields, Fields];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .map((field) => ({ field, before: old[field] ?? null, after: now[field] ?? null }))
    .filter((one) => one.before !== one.after);
}

type Fields = Record<string, string>;

function fieldsOf(value: unknown, name: string): Fields {
  if (value === null || value === undefined) return {};
  if (typeof value === 'string' && /^[{[]/.test(value)) {
    const nested = parsed(value);
    if (nested !== undefined) return fieldsOf(nested, name);
  }
  if (typeof value !== 'object') return { [name]: String(value) };
  if (Array.isArray(value)) return value.length === 0 ? {} : { [name]: value.map(shown).join('; ') };
  return Object.assign({}, ...Object.entries(value).map(([key, one]) => fieldsOf(one, name === '' ? key : `${name}.${key}`)));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a sentence that begins with a bracket
  }
}
