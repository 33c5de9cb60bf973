/**
 * The selections of a project as passages and codings: placed in our texts, each with what was made of its offsets.
 */
import { pageAt } from '../formats/document-text.ts';
import type { IssueLists } from '../formats/import-issue.ts';
import type { QdaCoding, QdaSelection } from '../formats/qda-nouns.ts';
import { anchor, indexText, selectorsAt, type TextIndex } from '../science/text-anchor.ts';
import type { Id } from '../types.ts';
import { type Analysis, type Known, type LoadedText, theirs } from './analysis.ts';
import type { Anchored, Coding, Passage } from './coding-nouns.ts';
import { keptQuote } from './passages.ts';
import {
  type Counting,
  countingOf,
  type ForeignSelection,
  type ForeignText,
  foreignText,
  type Placing,
  placedSelection,
} from './qda-offsets.ts';

/** How many selections were placed in which way; `lost` have no place in a text of ours. */
export type PlacedCount = Record<Placing | 'lost', number>;

interface Context {
  file: string;
  rows: Analysis;
  issues: IssueLists;
  idOf: Known;
  known: Analysis;
}

/** A text with what its own program says of its selections. */
interface Counted extends LoadedText {
  foreign: ForeignText | null;
  selections: { selection: QdaSelection; given: ForeignSelection | null; within: boolean }[];
  counting: Counting | null;
}

const MOST_SHOWN = 60;

/** Adds the passages and codings of all texts to `rows`. */
export function placeSelections(texts: readonly LoadedText[], context: Context): PlacedCount {
  const counted = texts.map(countedText);
  const usual = usualCounting(counted);
  const namesAreQuotes = namesMatch(counted);
  const counts: PlacedCount = { given: 0, recounted: 0, found: 0, unconfirmed: 0, contradicted: 0, outside: 0, lost: 0 };
  for (const one of counted) {
    const index = one.text.text === null ? one.foreign?.index : indexText(one.text.text);
    for (const { selection, given, within } of one.selections) {
      const { how, passage } = placedPassage(one, { selection, given, within, index, usual, namesAreQuotes, context });
      counts[how] += 1;
      context.rows.passages.push(passage);
      for (const coding of selection.codings)
        context.rows.codings.push(
          codingRow(coding, { source: one.id, passage: passage.id, by: selection.stamp.creatingUser, context }),
        );
    }
    const whole = [...one.source.codings, ...(one.source.representation?.codings ?? [])];
    if (isText(one))
      for (const coding of whole)
        context.rows.codings.push(codingRow(coding, { source: one.id, passage: null, by: null, context }));
  }
  return counts;
}

const isText = ({ source }: LoadedText): boolean => source.element === 'TextSource' || source.element === 'PDFSource';

function countedText(one: LoadedText): Counted {
  const { source, raw } = one;
  const lists = isText(one)
    ? [
        source.selections.map((selection) => ({ selection, within: false })),
        (source.representation?.selections ?? []).map((selection) => ({ selection, within: true })),
      ].flat()
    : [];
  const selections = lists.map(({ selection, within }) => ({ selection, within, given: offsetsOf(selection) }));
  const foreign = raw === null ? null : foreignText(raw);
  const given = selections.flatMap((each) => each.given ?? []);
  return { ...one, foreign, selections, counting: foreign === null ? null : countingOf(foreign, given) };
}

function offsetsOf({ attributes, name, description }: QdaSelection): ForeignSelection | null {
  const [start, end] = [attributes.startPosition, attributes.endPosition].map((written) =>
    /^\d+$/.test(written?.trim() ?? '') ? Number(written) : Number.NaN,
  );
  if (start === undefined || end === undefined || Number.isNaN(start + end)) return null;
  return { start, end, quote: quoteOf(name, description) };
}

const quoteOf = (...texts: (string | null)[]): string | null => texts.find((text) => text !== null && text.trim() !== '') ?? null;

/** The way of counting of most texts of the project that tell one. */
function usualCounting(texts: readonly Counted[]): Counting | null {
  const known = texts.flatMap(({ counting, selections }) => (counting === null ? [] : [{ counting, weight: selections.length }]));
  const best = known.toSorted((a, b) => b.weight - a.weight)[0]?.counting;
  return best === undefined ? null : { ...best, lines: 'as-is', mark: false };
}

/** Whether the names of selections are their quotes, in at least half of those that can be compared. */
function namesMatch(texts: readonly Counted[]): boolean {
  let [named, alike] = [0, 0];
  for (const { foreign, counting, selections } of texts) {
    if (foreign === null) continue;
    for (const { given } of selections) {
      if (given === null || given.quote === null) continue;
      named++;
      if (['given', 'recounted', 'found'].includes(placedSelection(foreign, given, { counting, namesAreQuotes: true }).how))
        alike++;
    }
  }
  return named > 0 && 2 * alike >= named;
}

const ANCHORED: Record<Exclude<Placing, 'outside'>, Anchored> = {
  given: 'sure',
  recounted: 'sure',
  found: 'check',
  unconfirmed: 'offsets',
  contradicted: 'check',
};

function placedPassage(
  one: Counted,
  how: Counted['selections'][number] & {
    index: TextIndex | undefined;
    usual: Counting | null;
    namesAreQuotes: boolean;
    context: Context;
  },
): { how: keyof PlacedCount; passage: Passage } {
  const { selection, given, within, index, usual, namesAreQuotes, context } = how;
  const { foreign, text } = one;
  const id = context.idOf('passages', selection.guid);
  const before = context.known.passages.find((passage) => passage.id === id);
  const base = { id, source: one.id, exchange: theirs(context.known.passages, id, exchangeOf(selection, within)) };
  const written = quoteOf(selection.representation?.content ?? null, selection.name, selection.description) ?? '';
  const issue = {
    file: context.file,
    source: one.source.name ?? one.id,
    quote: shown(written),
    offsets: given === null ? '–' : `${given.start}–${given.end}`,
  };
  const lost = (placing: 'outside' | 'lost'): { how: keyof PlacedCount; passage: Passage } => {
    if (before !== undefined) return { how: 'lost', passage: before };
    if (foreign !== null || index !== undefined) context.issues.add('error', 'qda-passage-lost', issue);
    return {
      how: placing,
      passage: {
        ...base,
        quote: keptQuote(written, text),
        prefix: '',
        suffix: '',
        start: null,
        end: null,
        page: null,
        anchored: 'lost',
      },
    };
  };
  if (foreign === null || given === null) {
    const found = index === undefined || written === '' ? null : anchor(index, { exact: written });
    if (index === undefined || found === null || !found.found) return lost('lost');
    return { how: 'found', passage: { ...base, ...placeIn(index, text, found), anchored: found.sure ? 'sure' : 'check' } };
  }
  const placed = placedSelection(foreign, given, { counting: one.counting ?? usual, namesAreQuotes });
  if (placed.place === null) return lost('outside');
  if (placed.how === 'found')
    context.issues.add('warning', 'qda-passage-moved', { ...issue, place: `${placed.place.start}–${placed.place.end}` });
  if (placed.how === 'contradicted') context.issues.add('error', 'qda-passage-contradicted', issue);
  const anchored = ANCHORED[placed.how as Exclude<Placing, 'outside'>];
  const there = placeIn(foreign.index, text, placed.place);
  if (index === undefined || index.text === foreign.index.text)
    return { how: placed.how, passage: { ...base, ...there, anchored } };
  // the dossier has another edition of the text: the passage is looked for there
  const { exact, prefix, suffix } = selectorsAt(foreign.index, placed.place.start, placed.place.end);
  const ours = anchor(index, { exact, prefix, suffix });
  if (!ours.found) return lost('lost');
  return { how: placed.how, passage: { ...base, ...placeIn(index, text, ours), anchored: ours.sure ? anchored : 'check' } };
}

function placeIn(
  index: TextIndex,
  text: LoadedText['text'],
  { start, end }: { start: number; end: number },
): Pick<Passage, 'quote' | 'prefix' | 'suffix' | 'start' | 'end' | 'page'> {
  const { exact, prefix, suffix } = selectorsAt(index, start, end);
  return { quote: keptQuote(exact, text), prefix, suffix, start, end, page: pageAt(text.pages, start) };
}

/** What of a selection the dossier has no column for. */
function exchangeOf(
  { guid, element, name, description, attributes, stamp, representation }: QdaSelection,
  within: boolean,
): Record<string, unknown> {
  return { guid, element, name, description, attributes, stamp, representation, within };
}

function codingRow(
  coding: QdaCoding,
  { source, passage, by, context }: { source: Id; passage: Id | null; by: string | null; context: Context },
): Coding {
  const { rows, issues, idOf, known, file } = context;
  const id = idOf('codings', coding.guid);
  const before = known.codings.find((one) => one.id === id);
  const code = idOf('codes', coding.code);
  if (![...rows.codes, ...known.codes].some((one) => one.id === code)) {
    issues.add('error', 'qda-code-missing', { file, found: coding.code });
    rows.codes.push(unnamedCode(code, rows.codes.length));
  }
  const user = coding.creatingUser ?? by;
  const coder = user === null ? null : idOf('coders', user);
  if (coder !== null && ![...rows.coders, ...known.coders].some((one) => one.id === coder))
    rows.coders.push({ id: coder, name: user ?? coder, exchange: { guid: user, name: null, id: null } });
  return {
    id,
    source,
    passage,
    code,
    coder,
    status: before?.status ?? 'draft',
    decidedBy: before?.decidedBy ?? null,
    exchange: theirs(known.codings, id, {
      guid: coding.guid,
      creatingUser: coding.creatingUser,
      creationDateTime: coding.creationDateTime,
    }),
  };
}

/** A code that the codebook lacks, under its GUID. */
function unnamedCode(id: Id, position: number): Analysis['codes'][number] {
  const none = { definition: {}, inclusion: {}, exclusion: {}, example: {} };
  return {
    id,
    parent: null,
    name: { en: id === '' ? '?' : id },
    ...none,
    colour: null,
    codable: true,
    position,
    exchange: { guid: id },
  };
}

function shown(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length > MOST_SHOWN ? `${plain.slice(0, MOST_SHOWN)}…` : plain || '–';
}
