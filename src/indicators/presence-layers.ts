/**
 * What presence layers have in common: masks by codes or by a threshold, and layers put together to months and years.
 *
 *     const { meaning } = meaningOf(params);                 // { present: [2], absent: [1], unseen: [0] } or { threshold }
 *     const mask = maskOf(meaning);
 *     mask(values, n, into);                                 // returns how many codes are in none of the lists
 *     const { steps, years } = monthsOfDates(dates);
 */
import { ABSENT, PRESENT, type PresenceCodes, presenceAbove, presenceFromCodes, UNSEEN } from '../science/presence.ts';
import type { Period } from '../types.ts';
import { codesOf } from './params.ts';

/** What values mean: codes, or an index that is above a threshold where the thing is. */
export type Meaning = Required<PresenceCodes> | { threshold: number };

/** Codes that parameters `present`, `absent` and `unseen` name. */
export function codesMeaning(params: Record<string, string>): Required<PresenceCodes> {
  return { present: codesOf(params, 'present'), absent: codesOf(params, 'absent'), unseen: codesOf(params, 'unseen') };
}

/** Sorts `n` values into `PRESENT`, `ABSENT` and `UNSEEN`; `strange` is set to 1 for a code that is in no list. */
export function maskOf(meaning: Meaning): (values: Float64Array, n: number, mask: Uint8Array, strange: Uint8Array) => void {
  if ('threshold' in meaning) {
    return (values, n, mask) => presenceAbove(values, meaning.threshold, mask.subarray(0, n));
  }
  const listed = new Set([...meaning.present, ...meaning.absent, ...meaning.unseen]);
  return (values, n, mask, strange) => {
    const { unlisted } = presenceFromCodes(values, meaning, mask.subarray(0, n));
    if (unlisted === 0) return;
    for (let i = 0; i < n; i++) {
      const value = values[i] as number;
      if (!Number.isNaN(value) && !listed.has(value)) strange[i] = 1;
    }
  };
}

/** How layers make months, and months years. */
export interface MonthsOfDates {
  /** Month of each layer, counted from 0. */
  steps: number[];
  /** Place of its year, of each month. */
  yearOf: number[];
  years: number[];
  /** Number of months that have layers, of each year. */
  counts: number[];
}

/** Months and years that layers begin in; layers rise by date. */
export function monthsOfDates(dates: readonly Period[]): MonthsOfDates {
  const months = [...new Set(dates.map(({ start }) => start.slice(0, 7)))];
  const years = [...new Set(months.map((month) => Number(month.slice(0, 4))))];
  const yearOf = months.map((month) => years.indexOf(Number(month.slice(0, 4))));
  return {
    steps: dates.map(({ start }) => months.indexOf(start.slice(0, 7))),
    yearOf,
    years,
    counts: years.map((_, year) => yearOf.filter((own) => own === year).length),
  };
}

/** Counts scenes of a month as they come, and says at its end what it shows: the rule of `compositePresence`. */
export interface MonthComposite {
  begin(n: number): void;
  add(mask: Uint8Array): void;
  /** Fills `mask` and starts anew. */
  end(mask: Uint8Array): void;
}

export function monthComposite(): MonthComposite {
  let [n, seen, present] = [0, new Uint16Array(0), new Uint16Array(0)];
  return {
    begin(count) {
      n = count;
      if (seen.length < n) [seen, present] = [new Uint16Array(n), new Uint16Array(n)];
      seen.fill(0);
      present.fill(0);
    },
    add(mask) {
      for (let i = 0; i < n; i++) {
        const state = mask[i] as number;
        if (state === UNSEEN) continue;
        seen[i] = (seen[i] as number) + 1;
        present[i] = (present[i] as number) + state;
      }
    },
    end(mask) {
      for (let i = 0; i < n; i++) {
        const [all, there] = [seen[i] as number, present[i] as number];
        mask[i] = all === 0 ? UNSEEN : 2 * there >= all ? PRESENT : ABSENT;
      }
      seen.fill(0);
      present.fill(0);
    },
  };
}
