/** Codes, coders, passages, codings and memos, each by its id. */
import type { Code, Coder, Coding, Memo, Passage } from '../evidence/coding-nouns.ts';
import type { Id } from '../types.ts';
import { all, type Db, get } from './db.ts';
import { json } from './source-texts.ts';
import { type Change, put, remove } from './write.ts';

type CodeRow = Pick<Code, 'id' | 'parent' | 'colour' | 'position'> &
  Record<'name' | 'definition' | 'inclusion' | 'exclusion' | 'example', string> & { codable: number; exchange: string | null };

export function putCode(db: Db, by: string, code: Code): Change {
  const { name, definition, inclusion, exclusion, example, codable, exchange, ...rest } = code;
  return put(db, 'codes', by, {
    ...rest,
    name: JSON.stringify(name),
    definition: JSON.stringify(definition),
    inclusion: JSON.stringify(inclusion),
    exclusion: JSON.stringify(exclusion),
    example: JSON.stringify(example),
    codable: codable ? 1 : 0,
    exchange: json(exchange),
  });
}

/** Every code, those of one parent in their order. */
export function listCodes(db: Db): Code[] {
  const rows = all<CodeRow>(
    db,
    'select id, parent, name, definition, inclusion, exclusion, example, colour, codable, position, exchange from codes order by position, fid',
  );
  return rows.map(({ name, definition, inclusion, exclusion, example, codable, exchange, ...row }) => ({
    ...row,
    name: JSON.parse(name),
    definition: JSON.parse(definition),
    inclusion: JSON.parse(inclusion),
    exclusion: JSON.parse(exclusion),
    example: JSON.parse(example),
    codable: codable === 1,
    exchange: parsed(exchange),
  }));
}

export function putCoder(db: Db, by: string, { exchange, ...rest }: Coder): Change {
  return put(db, 'coders', by, { ...rest, exchange: json(exchange) });
}

export function listCoders(db: Db): Coder[] {
  return all<Omit<Coder, 'exchange'> & { exchange: string | null }>(db, 'select id, name, exchange from coders order by fid').map(
    ({ exchange, ...row }) => ({ ...row, exchange: parsed(exchange) }),
  );
}

export function putPassage(db: Db, by: string, { exchange, ...rest }: Passage): Change {
  return put(db, 'passages', by, { ...rest, exchange: json(exchange) });
}

type PassageRow = Omit<Passage, 'exchange'> & { exchange: string | null };

const PASSAGE = 'id, source, quote, prefix, suffix, start, "end", page, anchored, exchange';

/** The passages of a source, or of all, by their place. */
export function listPassages(db: Db, source?: Id): Passage[] {
  const order = `order by source, start is null, start, "end", fid`;
  const rows =
    source === undefined
      ? all<PassageRow>(db, `select ${PASSAGE} from passages ${order}`)
      : all<PassageRow>(db, `select ${PASSAGE} from passages where source = ? ${order}`, [source]);
  return rows.map(({ exchange, ...row }) => ({ ...row, exchange: parsed(exchange) }));
}

export function getPassage(db: Db, id: Id): Passage | null {
  const row = get<PassageRow>(db, `select ${PASSAGE} from passages where id = ?`, [id]);
  return row === undefined ? null : { ...row, exchange: parsed(row.exchange) };
}

type CodingRow = Omit<Coding, 'decidedBy' | 'exchange'> & { decided_by: Id | null; exchange: string | null };

const CODING = 'id, source, passage, code, coder, status, decided_by, exchange';

export function putCoding(db: Db, by: string, { decidedBy, exchange, ...rest }: Coding): Change {
  return put(db, 'codings', by, { ...rest, decided_by: decidedBy, exchange: json(exchange) });
}

/** The codings of a source, or all. */
export function listCodings(db: Db, source?: Id): Coding[] {
  const rows =
    source === undefined
      ? all<CodingRow>(db, `select ${CODING} from codings order by fid`)
      : all<CodingRow>(db, `select ${CODING} from codings where source = ? order by fid`, [source]);
  return rows.map(codingOf);
}

export function getCoding(db: Db, id: Id): Coding | null {
  const row = get<CodingRow>(db, `select ${CODING} from codings where id = ?`, [id]);
  return row === undefined ? null : codingOf(row);
}

function codingOf({ decided_by, exchange, ...row }: CodingRow): Coding {
  return { ...row, decidedBy: decided_by, exchange: parsed(exchange) };
}

export function putMemo(db: Db, by: string, { about, exchange, ...rest }: Memo): Change {
  return put(db, 'memos', by, { ...rest, about: JSON.stringify(about), exchange: json(exchange) });
}

export function listMemos(db: Db): Memo[] {
  return all<Omit<Memo, 'about' | 'exchange'> & { about: string; exchange: string | null }>(
    db,
    'select id, title, text, about, coder, exchange from memos order by fid',
  ).map(({ about, exchange, ...row }) => ({ ...row, about: JSON.parse(about), exchange: parsed(exchange) }));
}

/** Removes a coding, what was noted of it alone, and its passage where nobody else coded it and no claim rests on it. */
export function removeCoding(db: Db, by: string, id: Id): boolean {
  const coding = getCoding(db, id);
  if (coding === null) return false;
  remove(db, 'codings', by, id);
  dropMemos(db, by, new Set([id]));
  const { passage } = coding;
  const needed =
    passage !== null &&
    (get(db, 'select 1 from codings where passage = ?', [passage]) !== undefined ||
      get(db, 'select 1 from claims where passages like ?', [`%"${passage}"%`]) !== undefined);
  if (passage !== null && !needed) {
    dropMemos(db, by, new Set([passage]));
    remove(db, 'passages', by, passage);
  }
  return true;
}

/** Takes things out of what memos are about; a memo that was about nothing else goes. */
export function dropMemos(db: Db, by: string, gone: ReadonlySet<Id>): void {
  for (const memo of listMemos(db)) {
    const about = memo.about.filter(({ id }) => !gone.has(id));
    if (about.length === memo.about.length) continue;
    if (about.length === 0) remove(db, 'memos', by, memo.id);
    else putMemo(db, by, { ...memo, about });
  }
}

function parsed(exchange: string | null): Record<string, unknown> | null {
  return exchange === null ? null : (JSON.parse(exchange) as Record<string, unknown>);
}
