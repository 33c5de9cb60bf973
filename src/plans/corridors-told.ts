/**
 * A plan of corridors as people read it: sentences for a review, a table, a layer of a map.
 *
 *     corridorSentences(plan, 'ru')      // «Для обитателей ядер доступно 64 % их площади …»
 */
import { number, t } from '../i18n/index.ts';
import type { Geometry, Lang } from '../types.ts';
import type { Candidate, CorridorPlan } from './corridors.ts';

const KM = 1000;
/** Agreement that is asked of both ways to compute a gain. */
const SAME = 1e-9;

/** What a plan says, part by part. */
export interface CorridorWords {
  /** How connected the cores are, and what that hangs on. */
  state: string[];
  /** What would add most, and how that was checked. */
  best: string[];
  /** How it was reckoned, and what it does not know. */
  method: string[];
}

/** What the network hangs on and what would help most, each sentence with its numbers. */
export function corridorWords(plan: CorridorPlan, lang: Lang): CorridorWords {
  const { patches, distance } = plan.problem;
  const name = (patch: number): string => patches[patch]?.name ?? '';
  const km = (metres: number): string => kilometres(lang, metres);
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `plans.corridor.${key}`, values);
  const [link] = plan.weakest;
  const [stone] = plan.stones;
  const [best] = plan.candidates;
  if (patches.length === 1)
    return { state: [say('single', { name: name(0), area: number(lang, plan.equivalentArea, 0) })], best: [], method: [] };
  return {
    state: [
      say('share', {
        share: number(lang, plan.share, 1),
        area: number(lang, plan.equivalentArea, 0),
        km: km(distance),
        patches: patches.length,
      }),
      ...(plan.isolated > 0 ? [say('isolated', { count: plan.isolated })] : []),
      ...(link
        ? [
            say('weakest', {
              from: name(link.from),
              to: name(link.to),
              km: km(link.distance),
              share: number(lang, link.share, 1),
            }),
          ]
        : []),
      stone ? say('stone', { name: name(stone.patch), share: number(lang, stone.connector, 1) }) : say('no-stone'),
    ],
    best: best
      ? [
          say('best', {
            from: name(best.from),
            to: name(best.to),
            km: km(best.distance),
            area: hectares(lang, best.area),
            gain: hectares(lang, best.gain),
            each: number(lang, best.gainByArea, 2),
          }),
          say(isProven(best) ? 'proof' : 'no-proof', {
            before: number(lang, best.proof.before, 1),
            after: number(lang, best.proof.after, 1),
            again: number(lang, best.proof.recomputed, 1),
          }),
        ]
      : [say('none')],
    method: [say('examined', { examined: plan.examined, possible: plan.possible, km: km(plan.problem.width) }), say('model')],
  };
}

/** All of `corridorWords`, one after the other. */
export function corridorSentences(plan: CorridorPlan, lang: Lang): string[] {
  const { state, best, method } = corridorWords(plan, lang);
  return [...state, ...best, ...method];
}

/** A length in kilometres: `0.04`, `7.2`, `34`. */
export function kilometres(lang: Lang, metres: number): string {
  return number(lang, metres / KM, metres < 100 ? 3 : metres < KM ? 2 : metres < 10 * KM ? 1 : 0);
}

/** An area in hectares: whole ones, decimals only for what is small. */
export function hectares(lang: Lang, area: number): string {
  return number(lang, area, Math.abs(area) < 10 ? 1 : 0);
}

/** Whether both ways to compute the gain agree. */
export const isProven = ({ proof: { after, recomputed } }: Candidate): boolean =>
  Math.abs(after - recomputed) <= SAME * recomputed;

/** A row for each weak link and each candidate; names of columns are the same in every language. */
export function corridorTable({ problem: { patches }, weakest, candidates }: CorridorPlan): {
  header: string[];
  rows: (string | number | boolean | null)[][];
} {
  const id = (patch: number): string => patches[patch]?.id ?? '';
  const across = (from: number, to: number): boolean => patches[from]?.site !== patches[to]?.site;
  return {
    header: [
      'what',
      'from',
      'to',
      'between_reserves',
      'distance_m',
      'lost_percent',
      'corridor_ha',
      'gain_ha',
      'gain_per_ha',
      'eca_before_ha',
      'eca_after_ha',
      'eca_recomputed_ha',
    ],
    rows: [
      ...weakest.map(({ from, to, distance, share }) => [
        'weak-link',
        id(from),
        id(to),
        across(from, to),
        distance,
        share,
        null,
        null,
        null,
        null,
        null,
        null,
      ]),
      ...candidates.map(({ from, to, distance, area, gain, gainByArea, proof }) => [
        'corridor',
        id(from),
        id(to),
        across(from, to),
        distance,
        null,
        area,
        gain,
        gainByArea,
        proof.before,
        proof.after,
        proof.recomputed,
      ]),
    ],
  };
}

/** Weak links and candidates as lines between the nearest places of both patches. */
export function corridorLayer({
  problem: { patches },
  weakest,
  candidates,
}: CorridorPlan): { id: string; geometry: Geometry; properties: Record<string, unknown> }[] {
  const ends = ({ from, to }: { from: number; to: number }): { from: string; to: string } => ({
    from: patches[from]?.id ?? '',
    to: patches[to]?.id ?? '',
  });
  const line = (one: { ends: [[number, number], [number, number]] | readonly (readonly number[])[] }): Geometry => ({
    type: 'LineString',
    coordinates: one.ends.map((end) => [end[0] as number, end[1] as number]),
  });
  return [
    ...weakest.map((one, k) => ({
      id: `weak-link-${k + 1}`,
      geometry: line(one),
      properties: { what: 'weak-link', rank: k + 1, ...ends(one), distance_m: one.distance, lost_percent: one.share },
    })),
    ...candidates.map((one, k) => ({
      id: `corridor-${k + 1}`,
      geometry: line(one),
      properties: {
        what: 'corridor',
        rank: k + 1,
        ...ends(one),
        distance_m: one.distance,
        area_ha: one.area,
        gain_ha: one.gain,
        gain_per_ha: one.gainByArea,
      },
    })),
  ];
}
