/**
 * How far coders agree: the text is cut into units, and for each unit and code every coder who read the document either gave the
 * code or did not.
 *
 *     const { overall, codes, differences } = compareCoders(analysis, { unit: 'paragraph', coders: ['a', 'b'], seed: 1 });
 *     overall.alpha.value;      // Krippendorff's alpha over all units and codes
 *
 * A coder counts as having read a document where they coded anything in it; elsewhere their ratings are missing. A unit has a code
 * where a passage with it overlaps the unit by a sign or more: how far to the left and right a passage reaches does not matter, as long
 * as the unit is the same. Coefficients over units where nearly nobody gave a code are low although all agree (Feinstein & Cicchetti
 * 1990, doi 10.1016/0895-4356(90)90158-L): the share of units with the code stands beside them.
 *
 * @see Krippendorff 2018, Content analysis, 4th ed., chapters 5 (unitizing) and 12 (reliability), doi 10.4135/9781071878781
 */
import { type Agreement, cohenKappa, fleissKappa, percentageAgreement, type RatedUnit } from '../science/agreement.ts';
import { krippendorffAlpha } from '../science/agreement-alpha.ts';
import { type BootstrapInterval, bootstrapByUnit } from '../science/agreement-bootstrap.ts';
import type { Id } from '../types.ts';
import type { Analysis } from './analysis.ts';
import { withBelow } from './codebook.ts';
import { type Coding, type Passage, standing } from './coding-nouns.ts';

export type ComparedUnit = 'paragraph' | 'sentence' | 'page' | 'document';
export const comparedUnits = ['paragraph', 'sentence', 'page', 'document'] as const satisfies readonly ComparedUnit[];

export interface TextUnit {
  source: Id;
  /** [code points]; the whole of a document whose text is not kept. */
  start: number;
  end: number;
}

export interface CompareOptions {
  unit: ComparedUnit;
  coders: readonly Id[];
  /** Of the draws of the interval. */
  seed: number;
  times?: number;
  /** Those and what lies below them; all without it. */
  codes?: readonly Id[];
}

export interface Coefficients {
  percentage: Agreement;
  /** With two coders only. */
  cohen: Agreement | null;
  fleiss: Agreement;
  alpha: Agreement;
  interval: BootstrapInterval;
}

export interface CodeAgreement extends Coefficients {
  code: Id;
  /** Units that each coder gave it to, in the order of coders. */
  given: number[];
}

/** A unit and code that coders do not agree on. */
export interface Difference {
  source: Id;
  unit: TextUnit;
  code: Id;
  /** Who gave it, and who read the document and did not. */
  gave: Id[];
  without: Id[];
  /** The codings of those who gave it, by which it can be decided. */
  codings: Id[];
  /** Whether each of these codings was decided already. */
  decided: boolean;
}

export interface Comparison {
  coders: Id[];
  units: number;
  documents: number;
  /** Documents with codings that fewer than two of the coders coded, left out. */
  skipped: number;
  overall: Coefficients;
  codes: CodeAgreement[];
  differences: Difference[];
  /** Codings that all who read the document agree on. */
  agreed: Id[];
}

interface Mark {
  code: Id;
  coder: Id;
  coding: Coding;
  start: number;
  end: number;
}

/** Compares what coders gave, whatever was decided of it since. */
export function compareCoders(analysis: Analysis, { unit, coders, seed, times, codes }: CompareOptions): Comparison {
  const wanted = codes === undefined ? null : new Set(codes.flatMap((id) => [...withBelow(analysis.codes, id)]));
  const marks = Map.groupBy(marksOf(analysis, coders), ({ coding }) => coding.source);
  const shared = [...marks].filter(([, list]) => new Set(list.map(({ coder }) => coder)).size > 1);
  const used = new Set(
    shared.flatMap(([, list]) => list.map(({ code }) => code)).filter((code) => wanted === null || wanted.has(code)),
  );
  const order = analysis.codes.map(({ id }) => id).filter((id) => used.has(id));
  const ratings = new Map<Id, RatedUnit[]>(order.map((id) => [id, []]));
  const found: Pick<Comparison, 'differences' | 'agreed'> = { differences: [], agreed: [] };
  const open = new Set<Id>();
  let units = 0;
  for (const [source, list] of shared) {
    const readers = coders.filter((coder) => list.some((mark) => mark.coder === coder));
    for (const one of unitsOf(analysis, source, unit)) {
      units++;
      const within = list.filter(({ start, end }) => start < one.end && end > one.start);
      for (const code of order) {
        const here = within.filter((mark) => mark.code === code);
        const gave = readers.filter((coder) => here.some((mark) => mark.coder === coder));
        ratings.get(code)?.push(coders.map((coder) => (readers.includes(coder) ? (gave.includes(coder) ? 1 : 0) : null)));
        if (gave.length === 0) continue;
        const codings = [...new Set(here.map(({ coding }) => coding.id))];
        if (gave.length === readers.length) found.agreed.push(...codings);
        else {
          const decided = here.every(({ coding }) => coding.status === 'kept' || coding.status === 'dropped');
          found.differences.push({
            source,
            unit: one,
            code,
            gave,
            without: readers.filter((coder) => !gave.includes(coder)),
            codings,
            decided,
          });
          for (const id of codings) open.add(id);
        }
      }
    }
  }
  const options = { seed, coders: coders.length, ...(times !== undefined && { times }) };
  return {
    coders: [...coders],
    units,
    documents: shared.length,
    skipped: marks.size - shared.length,
    overall: coefficients(
      Array.from({ length: units }, (_, i) => order.map((code) => ratings.get(code)?.[i] ?? [])),
      options,
    ),
    codes: order.map((code) => {
      const own = ratings.get(code) ?? [];
      return {
        code,
        given: coders.map((_, i) => own.filter((rated) => rated[i] === 1).length),
        ...coefficients(
          own.map((rated) => [rated]),
          options,
        ),
      };
    }),
    differences: found.differences,
    agreed: [...new Set(found.agreed)].filter((id) => !open.has(id)),
  };
}

/** @param units of text, each with its ratings for every code: they are drawn together, as they are of one text */
function coefficients(
  units: readonly (readonly RatedUnit[])[],
  { seed, coders, times }: { seed: number; coders: number; times?: number },
): Coefficients {
  const all = units.flat();
  return {
    percentage: percentageAgreement(all),
    cohen: coders === 2 ? cohenKappa(all) : null,
    fleiss: fleissKappa(all),
    alpha: krippendorffAlpha(all, { level: 'nominal' }),
    interval: bootstrapByUnit(units.map(sumsOf), (drawn) => alphaOfSums(drawn), { seed, times: times ?? TIMES }),
  };
}

/** Draws of the interval: enough for two decimals. */
const TIMES = 1000;

/** What a unit adds to alpha, over all codes: ratings of either value that have a pair, and pairs that differ. */
export interface Sums {
  without: number;
  having: number;
  differing: number;
}

/** The sums of one unit of text. */
export function sumsOf(ratings: readonly RatedUnit[]): Sums {
  const sums: Sums = { without: 0, having: 0, differing: 0 };
  for (const rated of ratings) {
    const having = rated.filter((one) => one === 1).length;
    const without = rated.filter((one) => one === 0).length;
    if (having + without < 2) continue;
    sums.having += having;
    sums.without += without;
    sums.differing += (2 * having * without) / (having + without - 1);
  }
  return sums;
}

/** Alpha of two values from sums, as it is drawn a thousand times: 1 − (n − 1) Σ o / Σ n·n. Krippendorff 2011, section C */
export function alphaOfSums(drawn: readonly Sums[]): number | null {
  let [without, having, differing] = [0, 0, 0];
  for (const sums of drawn) {
    without += sums.without;
    having += sums.having;
    differing += sums.differing;
  }
  return without === 0 || having === 0 ? null : 1 - ((without + having - 1) * differing) / (2 * without * having);
}

/** What coders gave where; a coding of a whole document counts for all of it. What was dropped was given all the same. */
function marksOf({ passages, codings, texts }: Analysis, coders: readonly Id[]): Mark[] {
  const places = new Map(passages.map((passage) => [passage.id, passage]));
  const lengths = new Map(texts.map(({ id, length }) => [id, length ?? 1]));
  return codings.flatMap((coding): Mark[] => {
    const { code, coder, passage: id, source } = coding;
    if (coder === null || !coders.includes(coder)) return [];
    const passage = id === null ? null : places.get(id);
    if (passage === null) return [{ code, coder, coding, start: 0, end: lengths.get(source) ?? 1 }];
    if (passage === undefined || passage.start === null || passage.end === null) return [];
    return [{ code, coder, coding, start: passage.start, end: passage.end }];
  });
}

/** Where one unit ends and the next begins. */
const ENDS: Record<Exclude<ComparedUnit, 'page' | 'document'>, RegExp> = {
  paragraph: /\n\s*\n/gu,
  // a full stop within a number, or after an initial or a short form, ends no sentence
  sentence:
    /(?<=(?<!(?<!\p{L})\p{L})(?<!(?<!\p{L})(?:т|г|гг|стр|рис|табл|др|пр|им|см|тыс|млн|млрд|Dr|Mr|Mrs|vs|etc|e\.g|i\.e|fig|no|vol))[.!?…]+["»”)\]]*)\s+(?=[\p{Lu}\p{N}"«“([—–-])|\n\s*\n/gu,
};

/** The units of a document; those without a letter or a figure are none. */
export function unitsOf({ texts }: Pick<Analysis, 'texts'>, source: Id, unit: ComparedUnit): TextUnit[] {
  const document = texts.find(({ id }) => id === source);
  const length = document?.length ?? 1;
  const text = document?.text ?? null;
  if (unit === 'page' && document?.pages != null) {
    const starts = document.pages;
    return starts.map((start, i) => ({ source, start, end: starts[i + 1] ?? length })).filter(({ start, end }) => end > start);
  }
  if (text === null || unit === 'document' || unit === 'page') return [{ source, start: 0, end: Math.max(1, length) }];
  const units: TextUnit[] = [];
  let [point, from] = [0, 0];
  const add = (to: number, next: number): void => {
    const part = text.slice(from, to);
    const size = Array.from(part).length;
    if (/[\p{L}\p{N}]/u.test(part)) units.push({ source, start: point, end: point + size });
    point += size + Array.from(text.slice(to, next)).length;
    from = next;
  };
  for (const match of text.matchAll(ENDS[unit])) add(match.index, match.index + match[0].length);
  add(text.length, text.length);
  return units;
}

/** The passage of a coding, where it has one. */
export function passageOf({ passages }: Analysis, { passage }: Coding): Passage | null {
  return passages.find(({ id }) => id === passage) ?? null;
}

/** Those who coded anything, in the order of the dossier. */
export function activeCoders({ coders, codings }: Analysis): Id[] {
  const active = new Set(codings.filter(standing).map(({ coder }) => coder));
  return coders.map(({ id }) => id).filter((id) => active.has(id));
}
