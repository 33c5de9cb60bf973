/** Coding: a code for a passage, a decision, and what goes with a document that is removed. */
import type { Coding, CodingStatus, Passage, SourceText } from '../evidence/coding-nouns.ts';
import { guidFrom } from '../evidence/guids.ts';
import { findQuote, passageAt } from '../evidence/passages.ts';
import { Problem } from '../problems.ts';
import { slug } from '../records/words.ts';
import { indexText } from '../science/text-anchor.ts';
import type { Id } from '../types.ts';
import { dropClaimPassages } from './claims.ts';
import {
  dropMemos,
  getCoding,
  getPassage,
  listCoders,
  listCodings,
  listPassages,
  putCoder,
  putCoding,
  putMemo,
  putPassage,
} from './coding.ts';
import { all, type Db, transaction } from './db.ts';
import { isCited } from './keep-document.ts';
import { getSourceText } from './source-texts.ts';
import { remove } from './write.ts';

/** A passage by its quote (with what stands before and behind it), or by its place [code points]. */
export type PassageWanted = { quote: string; prefix?: string; suffix?: string } | { start: number; end: number };

/** The coder of a name or an id, made where there is none. */
export function coderOf(db: Db, by: string, name: string): Id {
  const found = listCoders(db).find((coder) => coder.id === name || coder.name.toLowerCase() === name.trim().toLowerCase());
  if (found !== undefined) return found.id;
  const id = slug(name);
  putCoder(db, by, { id, name: name.trim(), exchange: null });
  return id;
}

/** The text of a source. @throws Problem `text-unknown`, `text-not-kept` */
export function keptText(db: Db, source: Id): SourceText & { text: string } {
  const found = getSourceText(db, source);
  if (found === null) throw new Problem('text-unknown', { found: source, known: knownTexts(db) });
  const { text } = found;
  if (text === null) throw new Problem('text-not-kept', { source });
  return { ...found, text };
}

const knownTexts = (db: Db): string => {
  const ids = all<{ id: Id }>(db, 'select id from source_texts order by fid').map(({ id }) => id);
  return ids.length === 0 ? '–' : `${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ' …' : ''}`;
};

/**
 * Gives codes to a passage; the same place is the same passage, and the same code by the same coder is given once.
 * @throws Problem `text-unknown`, `text-not-kept`, `passage-not-found`, `passage-ambiguous`, `passage-place`
 */
export function addCodings(
  db: Db,
  by: string,
  { source, at, codes, coder, memo }: { source: Id; at: PassageWanted; codes: readonly Id[]; coder: string; memo?: string },
): { passage: Passage; codings: Coding[]; isNew: boolean } {
  return transaction(db, () => {
    const document = keptText(db, source);
    const index = indexText(document.text);
    const place = 'quote' in at ? findQuote(index, selectorOf(at), source) : at;
    const made = passageAt(document, index, place);
    const there = listPassages(db, source).find(({ start, end }) => start === made.start && end === made.end);
    const passage = there ?? freePassage(db, made);
    if (there === undefined) putPassage(db, by, passage);
    const who = coderOf(db, by, coder);
    const before = listCodings(db, source).filter((coding) => coding.passage === passage.id && coding.coder === who);
    const codings = codes.map((code): Coding => {
      const known = before.find((coding) => coding.code === code);
      const coding: Coding = known ?? {
        id: guidFrom(`coding ${passage.id} ${code} ${who}`),
        source,
        passage: passage.id,
        code,
        coder: who,
        status: 'draft',
        decidedBy: null,
        exchange: null,
      };
      putCoding(db, by, coding);
      return coding;
    });
    if (memo !== undefined && memo.trim() !== '') {
      const about = [{ noun: 'passage' as const, id: passage.id }];
      putMemo(db, by, {
        id: guidFrom(`memo ${passage.id} ${who} ${memo}`),
        title: null,
        text: memo.trim(),
        about,
        coder: who,
        exchange: null,
      });
    }
    return { passage, codings, isNew: codings.some(({ id }) => !before.some((coding) => coding.id === id)) };
  });
}

function selectorOf({ quote, prefix, suffix }: { quote: string; prefix?: string; suffix?: string }): {
  exact: string;
  prefix?: string;
  suffix?: string;
} {
  return { exact: quote, ...(prefix !== undefined && { prefix }), ...(suffix !== undefined && { suffix }) };
}

/** A passage whose id another one took before its text changed gets the next. */
function freePassage(db: Db, passage: Passage): Passage {
  let { id } = passage;
  for (let n = 2; getPassage(db, id) !== null; n++) id = guidFrom(`passage ${passage.id} ${n}`);
  return { ...passage, id };
}

/** Sets what was decided of codings. @throws Problem `coding-unknown` */
export function decideCodings(
  db: Db,
  by: string,
  ids: readonly Id[],
  { as, coder }: { as: CodingStatus; coder: string | null },
): number {
  return transaction(db, () => {
    const decidedBy = coder === null ? null : coderOf(db, by, coder);
    let changed = 0;
    for (const id of ids) {
      const coding = getCoding(db, id);
      if (coding === null) throw new Problem('coding-unknown', { found: id });
      if (putCoding(db, by, { ...coding, status: as, decidedBy }) !== 'same') changed++;
    }
    return changed;
  });
}

/** Removes a document with its passages; its source stays where other rows rest on it. @throws Problem `text-unknown`, `text-coded` */
export function removeDocument(
  db: Db,
  by: string,
  id: Id,
  { force = false } = {},
): { passages: number; codings: number; kept: boolean } {
  const found = getSourceText(db, id);
  if (found === null) throw new Problem('text-unknown', { found: id, known: knownTexts(db) });
  const [passages, codings] = [listPassages(db, id), listCodings(db, id)];
  if (codings.length > 0 && !force) throw new Problem('text-coded', { source: id, count: passages.length });
  return transaction(db, () => {
    for (const coding of codings) remove(db, 'codings', by, coding.id);
    dropClaimPassages(db, by, new Set(passages.map((passage) => passage.id)));
    for (const passage of passages) remove(db, 'passages', by, passage.id);
    dropMemos(db, by, new Set([id, ...codings.map((coding) => coding.id), ...passages.map((passage) => passage.id)]));
    remove(db, 'source_texts', by, id);
    const kept = isCited(db, id);
    if (!kept) remove(db, 'sources', by, id);
    return { passages: passages.length, codings: codings.length, kept };
  });
}
