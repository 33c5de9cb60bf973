/**
 * The nucleolus: of all divisions that give every player at least what it has alone, the one whose largest complaint of a
 * coalition is least, then its second largest, and so on (Schmeidler 1969, SIAM J. Appl. Math. 17:1163, doi:10.1137/0117107).
 *
 * A sequence of linear programmes (Maschler, Peleg & Shapley 1979, Math. Oper. Res. 4:303, doi:10.1287/moor.4.4.303):
 *
 *     max ε   with   x(S) ≥ v(S) + ε for coalitions that are not settled,   x(S) = v(S) + ε_S for those that are,   x(N) = v(N)
 *
 * A coalition with a dual is tight in every optimum and is settled; so is what follows from settled ones. It ends when the
 * settled coalitions leave one division.
 *
 *     nucleolus(game).division
 */
import { type Certificate, certify, proves } from './allocation-certificate.ts';
import { openLimits, programmeOf } from './allocation-programme.ts';
import { dualsOf, openSimplex, solveSimplex } from './allocation-simplex.ts';
import { type Game, membersOf, scaleOf } from './cooperative-game.ts';

export interface Nucleolus {
  /** What each player gets. */
  division: number[];
  /** Largest complaint −ε: above zero when the core is empty. */
  complaint: number;
  /** Programmes that were solved, each proved. */
  rounds: number;
}

/** A coalition's dual above this settles it, and a row of the basis below this counts as following from the others. */
const NEAR = 1e-9;

/**
 * The nucleolus of `game`; null when players alone have more than all together, as then no division satisfies everyone alone.
 * @throws Error when a programme is not proved: a fault of ours.
 */
export function nucleolus(game: Game): Nucleolus | null {
  const { players, values } = game;
  const all = values.length - 1;
  const scale = scaleOf(game);
  const v = values.map((value) => value / scale);
  const alone = Array.from({ length: players }, (_, i) => v[1 << i] as number);
  if (alone.reduce((sum, value) => sum + value, 0) > (v[all] as number) + NEAR) return null;
  if (players === 1) return { division: [values[all] as number], complaint: 0, rounds: 0 };
  const settled = new Map<number, number>();
  const basis: number[][] = [];
  extend(
    basis,
    Array.from({ length: players }, () => 1),
  );
  let complaint: number | null = null;
  let division: number[] = [];
  let rounds = 0;
  while (basis.length < players) {
    const round = solveRound(v, players, alone, settled);
    rounds++;
    complaint ??= -round.level * scale;
    division = round.division;
    const before = basis.length;
    for (let coalition = 1; coalition < all; coalition++) {
      if (settled.has(coalition) || (round.duals.get(coalition) ?? 0) <= NEAR) continue;
      extend(basis, indicator(coalition, players));
      settled.set(coalition, sumOf(coalition, division) - (v[coalition] as number));
    }
    for (const player of round.atAlone) extend(basis, indicator(1 << player, players));
    for (let coalition = 1; coalition < all; coalition++)
      if (!settled.has(coalition) && follows(basis, indicator(coalition, players)))
        settled.set(coalition, sumOf(coalition, division) - (v[coalition] as number));
    if (basis.length === before) break; // nothing more can be told apart
  }
  return { division: division.map((share) => share * scale + 0), complaint: (complaint ?? 0) + 0, rounds };
}

interface Round {
  division: number[];
  level: number;
  duals: Map<number, number>;
  /** Players that stay at what they have alone in every optimum. */
  atAlone: number[];
}

function solveRound(v: Float64Array, players: number, alone: readonly number[], settled: ReadonlyMap<number, number>): Round {
  const all = v.length - 1;
  // columns: what each player gets above what it has alone, then ε; rows: every coalition
  const columns = Array.from({ length: players }, (_, i) => ({
    entries: Array.from({ length: all }, (_, k) => k + 1)
      .filter((coalition) => (coalition & (1 << i)) !== 0)
      .map((coalition) => ({ row: coalition - 1, value: 1 })),
  }));
  const open = Array.from({ length: all - 1 }, (_, k) => k + 1).filter((coalition) => !settled.has(coalition));
  const programme = programmeOf(all, [...columns, { entries: open.map((coalition) => ({ row: coalition - 1, value: -1 })) }]);
  const limits = openLimits(programme);
  const least = (coalition: number): number => (v[coalition] as number) - sumOf(coalition, alone);
  const most = least(all);
  for (let i = 0; i < players; i++) limits.upper[i] = Math.max(0, most);
  const far = 4 * (1 + v.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)) * players;
  limits.lower[players] = -far;
  limits.upper[players] = far;
  limits.cost[players] = -1;
  for (let coalition = 1; coalition < all; coalition++) {
    const level = settled.get(coalition);
    limits.rowLower[coalition - 1] = least(coalition) + (level ?? 0);
    limits.rowUpper[coalition - 1] = level === undefined ? Number.POSITIVE_INFINITY : least(coalition) + level;
  }
  limits.rowLower[all - 1] = most;
  limits.rowUpper[all - 1] = most;
  if (open.length === 0) limits.upper[players] = 0;
  loosen(limits.rowLower, limits.rowUpper, settled);
  const simplex = openSimplex(programme, limits);
  const end = solveSimplex(simplex);
  const y = dualsOf(simplex);
  const x = simplex.x.slice(0, programme.columns);
  const proof: Certificate = certify(programme, limits, x, y);
  if (end !== 'optimal' || !proves(proof, 1e-7)) throw new Error(`nucleolus: ${end}, gap ${proof.gap}`);
  const reduced = (i: number): number => (columns[i]?.entries ?? []).reduce((left, { row }) => left - (y[row] as number), 0);
  return {
    division: alone.map((own, i) => own + (x[i] as number)),
    level: x[players] as number,
    duals: new Map(open.map((coalition) => [coalition, y[coalition - 1] as number])),
    atAlone: alone.flatMap((_, i) => (reduced(i) > NEAR && (x[i] as number) <= NEAR ? [i] : [])),
  };
}

/** Settled coalitions are equations whose right sides carry the rounding of earlier rounds: they may be off by that much. */
function loosen(lower: Float64Array, upper: Float64Array, settled: ReadonlyMap<number, number>): void {
  for (const coalition of settled.keys()) {
    lower[coalition - 1] = (lower[coalition - 1] as number) - 1e-12;
    upper[coalition - 1] = (upper[coalition - 1] as number) + 1e-12;
  }
}

const sumOf = (coalition: number, shares: readonly number[]): number =>
  shares.reduce((sum, share, i) => ((coalition & (1 << i)) === 0 ? sum : sum + share), 0);

function indicator(coalition: number, players: number): number[] {
  const row = new Array<number>(players).fill(0);
  for (const i of membersOf(coalition, players)) row[i] = 1;
  return row;
}

/** What is left of `row` after the rows of the basis, each with its leading place. */
function remainder(basis: readonly number[][], row: readonly number[]): number[] {
  const left = [...row];
  for (const own of basis) {
    const lead = own.findIndex((value) => value !== 0);
    const factor = (left[lead] as number) / (own[lead] as number);
    if (factor === 0) continue;
    for (let i = 0; i < left.length; i++) left[i] = (left[i] as number) - factor * (own[i] as number);
  }
  return left.map((value) => (Math.abs(value) <= NEAR ? 0 : value));
}

const follows = (basis: readonly number[][], row: readonly number[]): boolean =>
  remainder(basis, row).every((value) => value === 0);

/** Adds `row` to the basis unless it follows from it. */
function extend(basis: number[][], row: readonly number[]): void {
  const left = remainder(basis, row);
  if (left.some((value) => value !== 0)) basis.push(left);
}
