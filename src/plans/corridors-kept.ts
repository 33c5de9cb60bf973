/**
 * A plan of corridors as it is kept in a dossier, and as it is read again. What is found is kept as numbers and ids; names are told
 * in the reader's language.
 *
 *     const plan = corridorsToKeep(found, { site, run, within: 100_000, reserves });
 *     const { found: again, reserves } = keptCorridors(plan, 'ru');      // the same numbers, cores named in Russian
 */
import { languages, pick, t } from '../i18n/index.ts';
import { representativePoint } from '../science/representative-point.ts';
import type { Id, Lang, LocalText, Plan, Polygon, Position } from '../types.ts';
import type { CorridorPatch, CorridorPlan } from './corridors.ts';

/** Saura & Rubio 2010 (what patches and links are worth); a run of it is one of the indicator. */
export const CORRIDORS = { indicator: 'connectivity', method: 'saura-rubio-2010', version: 1 } as const;

/** What was asked. */
export interface CorridorProblem {
  /** Distance that half of the dispersers reach, width of a corridor, and its greatest length [m]. */
  distance: number;
  width: number;
  within: number;
  /** Every reserve whose cores were looked at, near or far. */
  reserves: Id[];
  /** Of those that have a patch here. */
  names: Record<Id, LocalText>;
  patches: KeptPatch[];
}

interface KeptPatch {
  id: Id;
  site: Id;
  /** Which of its reserve's cores it is, from 1; `null` for an only one. */
  number: number | null;
  /** [ha] */
  area: number;
  /** A place inside it. */
  place: Position;
}

/** A plan of corridors in a language. */
export interface KeptCorridors {
  site: Id;
  run: Id;
  found: CorridorPlan;
  within: number;
  reserves: readonly Id[];
  /** A place inside each patch, in their order. */
  places: readonly Position[];
  /** Names of reserves, in their order. */
  names: ReadonlyMap<Id, string>;
}

export interface CorridorsToKeep {
  site: Id;
  run: Id;
  within: number;
  /** Every reserve that was looked at, with all of its cores. */
  reserves: readonly { id: Id; name: LocalText; cores: number }[];
  /** Of each patch, in their order. */
  shapes: readonly Polygon[];
}

/** One plan for each reserve: a later one takes its place. */
export const corridorsId = (site: Id): Id => `${site}:corridors`;

/**
 * The plan as a row. The objective is the gain by hectare of the best corridor; where every possible one was valued no other surpasses it.
 */
export function corridorsToKeep(
  { problem: { distance, width, patches }, ...result }: CorridorPlan,
  { site, run, within, reserves, shapes }: CorridorsToKeep,
): Plan {
  const known = new Map(reserves.map((reserve) => [reserve.id, reserve]));
  const used = [...new Set(patches.map((patch) => patch.site))];
  const problem: CorridorProblem = {
    distance,
    width,
    within,
    reserves: reserves.filter(({ cores }) => cores > 0).map(({ id }) => id),
    names: Object.fromEntries(used.map((id) => [id, known.get(id)?.name ?? {}])),
    patches: patches.map(({ id, site: of, area }, i) => ({
      id,
      site: of,
      number: known.get(of)?.cores === 1 ? null : Number(id.slice(id.lastIndexOf('/') + 1)),
      area,
      place: placeIn(shapes[i] as Polygon),
    })),
  };
  const objective = result.candidates[0]?.gainByArea ?? 0;
  const isWhole = result.examined === result.possible;
  const name = known.get(site)?.name ?? {};
  return {
    id: corridorsId(site),
    site,
    kind: 'corridor',
    title: Object.fromEntries(
      languages.map((lang) => [lang, t(lang, 'plans.corridor.title', { site: pick(name, lang) || site })]),
    ),
    problem,
    solutions: [{ run, objective, bound: isWhole ? objective : null, gap: isWhole ? 0 : null, result }],
  };
}

/** What `corridorsToKeep` kept, its latest solution; `null` for a plan of another kind. */
export function keptCorridors({ site, kind, problem, solutions }: Plan, lang: Lang): KeptCorridors | null {
  const solution = solutions.at(-1);
  if (kind !== 'corridor' || site === null || solution === undefined) return null;
  const { distance, width, within, reserves, names, patches } = problem as CorridorProblem;
  const told = new Map(Object.entries(names).map(([id, name]) => [id, pick(name, lang) || id]));
  const named = ({ id, site: of, number, area }: KeptPatch): CorridorPatch => {
    const name = told.get(of) ?? of;
    return { id, site: of, area, name: number === null ? name : `${name}\u00a0${number}` };
  };
  return {
    site,
    run: solution.run,
    found: { ...(solution.result as Omit<CorridorPlan, 'problem'>), problem: { distance, width, patches: patches.map(named) } },
    within,
    reserves,
    places: patches.map(({ place }) => place),
    names: told,
  };
}

/** A ring without an inside is stood for by its first position. */
function placeIn(geometry: Polygon): Position {
  try {
    return representativePoint(geometry);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return geometry.coordinates[0]?.[0] ?? [0, 0];
  }
}
