/**
 * What codes tell: how often each was given, in which documents, years, kinds of source and languages, which go together, and how
 * that stands beside the figures of an indicator.
 *
 *     const report = codingReport(analysis);
 *     report.codes[0];                // { code: 'water', codings: 41, passages: 40, documents: 9 }
 *     report.by.year.rows;            // [{ key: '2019', values: [3, 0, 7] }]
 *     jointDisplay(report, series);   // years as rows: codes beside values
 *
 * Counted are passages: two coders who gave a code to the same place count once. What a decision dropped does not count. Numbers of
 * passages tell how much was written, and not how important it is (Morgan 1993, doi 10.1177/104973239300300107).
 *
 * @see Guetterman, Fetters & Creswell 2015, Integrating quantitative and qualitative results through joint displays, Ann. Fam. Med. 13,
 * 554-561, doi 10.1370/afm.1865
 */
import type { Id } from '../types.ts';
import type { Analysis } from './analysis.ts';
import { codeTree, flatCodes, withBelow } from './codebook.ts';
import { standing } from './coding-nouns.ts';

export interface CodeCount {
  code: Id;
  codings: number;
  /** Places, each once. */
  passages: number;
  documents: number;
  coders: number;
  /** Passages of the code and of all below it. */
  withBelow: number;
}

/** Passages by code (columns) and by something else (rows). `key` is null for what is not known. */
export interface CodeTable {
  codes: Id[];
  rows: { key: string | null; documents: number; values: number[] }[];
}

/** Two codes at one place. */
export interface CodePair {
  a: Id;
  b: Id;
  /** Pairs of passages that overlap, or are the same. */
  passages: number;
  documents: number;
  /** Places with both as a share of places with either (Jaccard 1901). */
  jaccard: number;
}

export interface CodingReport {
  documents: number;
  codings: number;
  passages: number;
  lost: number;
  dropped: number;
  codes: CodeCount[];
  by: Record<'year' | 'kind' | 'language', CodeTable>;
  pairs: CodePair[];
}

interface Place {
  source: Id;
  /** Of a whole document `null`. */
  passage: Id | null;
  start: number | null;
  end: number | null;
}

/** Counts over all that stands. @param only codes that are looked at, with what lies below them */
export function codingReport(analysis: Analysis, { only }: { only?: readonly Id[] } = {}): CodingReport {
  const wanted = only === undefined ? null : new Set(only.flatMap((id) => [...withBelow(analysis.codes, id)]));
  const codings = analysis.codings.filter((coding) => standing(coding) && (wanted === null || wanted.has(coding.code)));
  const passages = new Map(analysis.passages.map((passage) => [passage.id, passage]));
  const placed = Map.groupBy(codings, ({ code }) => code);
  const order = flatCodes(codeTree(analysis.codes))
    .map(({ id }) => id)
    .filter((id) => wanted === null || wanted.has(id));
  const places = new Map(
    order.map((code) => {
      const own = new Map<string, Place>();
      for (const { source, passage } of placed.get(code) ?? []) {
        const at = passage === null ? undefined : passages.get(passage);
        own.set(passage ?? source, { source, passage, start: at?.start ?? null, end: at?.end ?? null });
      }
      return [code, [...own.values()]];
    }),
  );
  const codes = order.map((code): CodeCount => {
    const [own, at] = [placed.get(code) ?? [], places.get(code) ?? []];
    const below = [...withBelow(analysis.codes, code)].flatMap((id) => places.get(id) ?? []);
    return {
      code,
      codings: own.length,
      passages: at.length,
      documents: new Set(at.map(({ source }) => source)).size,
      coders: new Set(own.map(({ coder }) => coder)).size,
      withBelow: new Set(below.map(({ passage, source }) => passage ?? source)).size,
    };
  });
  const used = codes.filter((one) => one.passages > 0).map(({ code }) => code);
  const texts = new Map(analysis.texts.map((text) => [text.id, text]));
  const sources = new Map(analysis.sources.map((source) => [source.id, source]));
  const table = (keyOf: (source: Id) => string | null): CodeTable => tableOf(used, places, keyOf);
  return {
    documents: new Set(codings.map(({ source }) => source)).size,
    codings: codings.length,
    passages: new Set(codings.map(({ passage, source }) => passage ?? source)).size,
    lost: analysis.passages.filter(({ anchored }) => anchored === 'lost').length,
    dropped: analysis.codings.length - analysis.codings.filter(standing).length,
    codes,
    by: {
      year: table((id) => /^\d{4}/.exec(texts.get(id)?.date ?? '')?.[0] ?? null),
      kind: table((id) => sources.get(id)?.kind ?? null),
      language: table((id) => texts.get(id)?.lang ?? sources.get(id)?.lang ?? null),
    },
    pairs: pairsOf(used, places),
  };
}

function tableOf(codes: Id[], places: ReadonlyMap<Id, Place[]>, keyOf: (source: Id) => string | null): CodeTable {
  const all = codes.flatMap((code) => places.get(code) ?? []);
  const keys = [...new Set(all.map(({ source }) => keyOf(source)))].sort((a, b) =>
    a === null ? 1 : b === null ? -1 : a < b ? -1 : 1,
  );
  const rows = keys.map((key) => {
    const within = (list: readonly Place[]): Place[] => list.filter(({ source }) => keyOf(source) === key);
    return {
      key,
      documents: new Set(within(all).map(({ source }) => source)).size,
      values: codes.map((code) => within(places.get(code) ?? []).length),
    };
  });
  return { codes, rows };
}

/** Codes that were given to the same place, or to places that overlap; whole documents do not count as places. */
function pairsOf(codes: readonly Id[], places: ReadonlyMap<Id, Place[]>): CodePair[] {
  const pairs: CodePair[] = [];
  for (const [i, a] of codes.entries()) {
    for (const b of codes.slice(i + 1)) {
      const [ofA, ofB] = [located(places.get(a)), located(places.get(b))];
      const together = ofA.flatMap((one) => ofB.filter((other) => overlap(one, other)).map((other) => [one, other] as const));
      if (together.length === 0) continue;
      const both = new Set(together.flat().map(({ passage }) => passage));
      const either = new Set([...ofA, ...ofB].map(({ passage }) => passage));
      pairs.push({
        a,
        b,
        passages: together.length,
        documents: new Set(together.map(([{ source }]) => source)).size,
        jaccard: both.size / either.size,
      });
    }
  }
  return pairs.sort((one, other) => other.passages - one.passages || other.jaccard - one.jaccard);
}

type Located = Place & { start: number; end: number };

const located = (places: readonly Place[] | undefined): Located[] =>
  (places ?? []).filter((place): place is Located => place.start !== null && place.end !== null);

const overlap = (a: Located, b: Located): boolean => a.source === b.source && a.start < b.end && b.start < a.end;

/** A value of an indicator in a year. */
export interface SeriesValue {
  year: number;
  value: number | null;
}

export interface JointDisplay {
  codes: Id[];
  /** Every year from the first to the last that either has. */
  rows: { year: number; documents: number; passages: number[]; value: number | null }[];
  /** Passages of documents without a year, which stand in no row. */
  undated: number;
}

/** Codes by year beside an indicator's values; a year without a value has `null`, one without passages 0. */
export function jointDisplay({ by }: Pick<CodingReport, 'by'>, series: readonly SeriesValue[]): JointDisplay {
  const { codes, rows } = by.year;
  const years = [
    ...rows.flatMap(({ key }) => (key === null ? [] : [Number(key)])),
    ...series.filter(({ value }) => value !== null).map(({ year }) => year),
  ];
  const [first, last] = years.length === 0 ? [0, -1] : [Math.min(...years), Math.max(...years)];
  const values = new Map(series.map(({ year, value }) => [year, value]));
  return {
    codes,
    rows: Array.from({ length: last - first + 1 }, (_, i) => {
      const own = rows.find(({ key }) => key === String(first + i));
      return {
        year: first + i,
        documents: own?.documents ?? 0,
        passages: own?.values ?? codes.map(() => 0),
        value: values.get(first + i) ?? null,
      };
    }),
    undated: (rows.find(({ key }) => key === null)?.values ?? []).reduce((sum, n) => sum + n, 0),
  };
}
