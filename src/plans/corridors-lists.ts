/**
 * The best of a plan of corridors, each with the label that it has in tables and on maps: weak links A, B, C …, corridors 1, 2, 3 …
 *
 *     const { links, stones, corridors } = corridorLists(kept, 5);
 *     links[0]      // { label: 'A', from: 'Lake 3', to: 'Hills', across: true, distance: 7153, share: 15.9, ends: [[69.36, 50.13], [69.46, 50.12]] }
 */
import type { Position } from '../types.ts';
import type { Candidate, WeakLink } from './corridors.ts';
import type { KeptCorridors } from './corridors-kept.ts';
import { isProven } from './corridors-told.ts';

interface Way {
  label: string;
  /** As people name them. */
  from: string;
  to: string;
  /** Patches of the plan. */
  patches: [number, number];
  /** Whether it joins two reserves. */
  across: boolean;
}

export type ListedLink = Way & Pick<WeakLink, 'distance' | 'share' | 'ends'>;

export type ListedCorridor = Way & Omit<Candidate, 'from' | 'to'> & { proven: boolean };

export interface ListedStone {
  name: string;
  /** Name of its reserve. */
  reserve: string;
  patch: number;
  place: Position;
  /** Percent of PC that is reached only by way of it, and that would be lost without it. */
  connector: number;
  share: number;
}

export interface CorridorLists {
  links: ListedLink[];
  stones: ListedStone[];
  corridors: ListedCorridor[];
}

/** How many of each stand in a review and on a map. */
export const LISTED = 5;

/** At most `most` of each, the most important first. */
export function corridorLists({ found, places, names }: KeptCorridors, most: number = LISTED): CorridorLists {
  const { patches } = found.problem;
  const name = (patch: number): string => patches[patch]?.name ?? '';
  const way = ({ from, to }: { from: number; to: number }, label: string): Way => ({
    label,
    from: name(from),
    to: name(to),
    patches: [from, to],
    across: patches[from]?.site !== patches[to]?.site,
  });
  return {
    links: found.weakest
      .slice(0, most)
      .map((link, k) => ({ ...way(link, letter(k)), distance: link.distance, share: link.share, ends: link.ends })),
    stones: found.stones.slice(0, most).map(({ patch, connector, share }) => ({
      name: name(patch),
      reserve: names.get(patches[patch]?.site ?? '') ?? '',
      patch,
      place: places[patch] ?? [0, 0],
      connector,
      share,
    })),
    corridors: found.candidates.slice(0, most).map(({ from, to, ...rest }, k) => ({
      ...rest,
      ...way({ from, to }, String(k + 1)),
      proven: isProven({ from, to, ...rest }),
    })),
  };
}

/** A to Z, then A1 … */
function letter(k: number): string {
  const round = Math.floor(k / 26);
  return String.fromCharCode(65 + (k % 26)) + (round === 0 ? '' : String(round));
}
