/**
 * What became what, in few words: changes of land cover in groups that a map can show, by the seven classes of UNCCD.
 *
 *     const group = changeGroups([[1, 1], [3, 3], [5, 5]]);
 *     group(first, last, n, into);       // 3 to 5 is building, whatever it was before
 *
 * Of several groups that a change belongs to, the one listed first is taken. A convention of ours: the transitions themselves are
 * figures of their own.
 */
import { NODATA } from '../science/land-cover.ts';
import { classIndex } from '../science/land-cover-areas.ts';
import type { Painted } from './picture.ts';
import { UNLISTED } from './raster-indicator.ts';

/** Classes of UNCCD. */
const [TREES, CROPS, WETLAND, ARTIFICIAL, WATER] = [1, 3, 4, 5, 7] as const;

/** Codes of nearly all legends lie below. */
const BYTE = 256;

const isWet = (family: number): boolean => family === WETLAND || family === WATER;

/** Colours are those of Okabe and Ito and of Tol, apart from one another for colour-blind readers. */
const GROUPS: readonly (Painted & { is(from: number, to: number): boolean })[] = [
  { code: 1, class: 'built', color: '#cc3311', is: (_, to) => to === ARTIFICIAL },
  { code: 2, class: 'water-lost', color: '#ee8866', is: (from, to) => isWet(from) && !isWet(to) },
  { code: 3, class: 'water-gained', color: '#0077bb', is: (from, to) => isWet(to) && !isWet(from) },
  { code: 4, class: 'trees-lost', color: '#882255', is: (from) => from === TREES },
  { code: 5, class: 'trees-gained', color: '#117733', is: (_, to) => to === TREES },
  { code: 6, class: 'crops-gained', color: '#ddaa33', is: (_, to) => to === CROPS },
  { code: 7, class: 'crops-left', color: '#bbcc66', is: (from) => from === CROPS },
  { code: 8, class: 'other-change', color: '#777777', is: () => true },
];

/** A change between classes of one family, and none. */
const WITHIN: Painted = { code: 9, class: 'within-family', color: '#dcd3bd' };
const SAME: Painted = { code: 10, class: 'no-change', color: '#f4f1e8' };

export const changePaints: readonly Painted[] = [
  ...GROUPS.map(({ code, class: word, color }) => ({ code, class: word, color })),
  WITHIN,
  SAME,
];

export const CHANGE_INDEX = classIndex(changePaints.map(({ code }) => code));

/** Puts pairs of classes into groups; what is not known at one of two dates is not known. */
export function changeGroups(
  families: readonly (readonly [code: number, family: number])[],
): (first: Int16Array, last: Int16Array, n: number, into: Int16Array) => void {
  const familyOf = new Map(families);
  const groupOf = (from: number, to: number): number => {
    if ([from, to].some((code) => code === NODATA || code === UNLISTED)) return NODATA;
    if (from === to) return SAME.code;
    const [before, after] = [familyOf.get(from) ?? from, familyOf.get(to) ?? to];
    if (before === after) return WITHIN.code;
    return GROUPS.find(({ is }) => is(before, after))?.code ?? NODATA;
  };
  const found = new Int16Array(BYTE * BYTE); // 0 where nobody asked yet
  return (first, last, n, into) => {
    for (let i = 0; i < n; i++) {
      const from = first[i] as number;
      const to = last[i] as number;
      if (from < 0 || from >= BYTE || to < 0 || to >= BYTE) {
        into[i] = groupOf(from, to);
        continue;
      }
      const at = from * BYTE + to;
      if (found[at] === 0) found[at] = groupOf(from, to);
      into[i] = found[at] as number;
    }
  };
}
