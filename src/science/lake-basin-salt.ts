/**
 * Salt of lakes that hang together: it goes with the water that rivers, spills, sills and canals carry, and stays where water evaporates.
 *
 *     const salts = connectedSalts(connected, links, { start: { small: 11, east: 130, west: 130 }, river: 1.5, limit: 350 });
 *     salts.get('east')?.salinity     // g/L after each step; NaN where there is no water
 *
 * Each basin is a mixed tank; what leaves has the salinity before the step, of an empty basin that of what came. Salt above the limit, and
 * all of it where the water is gone, lies on the bed; it stays there, or dissolves again as far as the limit lets it.
 * @see Langbein 1961, Salinity and hydrology of closed lakes, USGS Professional Paper 412, doi 10.3133/pp412
 */
import { MOST_CLOSURE } from './lake-balance.ts';
import type { BasinLinks, BasinRun, ConnectedRuns } from './lake-basins.ts';

export interface ConnectedSaltOptions {
  /** Of each basin before the first step [g/L]. */
  start: Readonly<Record<string, number>>;
  /** Of the rivers [g/L]: one for all, or one for each basin. */
  river: number | Readonly<Record<string, number>>;
  /** Of water from below [g/L]. */
  groundwater?: number;
  /** Above it salts fall out [g/L]. */
  limit?: number;
  /** Whether what lies on the bed dissolves again. */
  bed?: 'stays' | 'dissolves';
}

export interface BasinSalt {
  /** After each step [g/L]. */
  salinity: Float64Array;
  /** In the water and on the bed, after each step [Mt]. */
  mass: Float64Array;
  fallen: Float64Array;
  /** Sums [Mt]: by rivers and from below; from other basins, sills and canals; out by gates, dike and sills. */
  brought: number;
  received: number;
  carried: number;
}

/** @throws RangeError for a basin without a salinity at the start, for one below 0, or where salt of all basins together does not close. */
export function connectedSalts(
  { runs, across, drawn }: ConnectedRuns,
  { spills = [], sills = [], canals = [] }: BasinLinks,
  { start, river, groundwater = 0, limit = Infinity, bed = 'stays' }: ConnectedSaltOptions,
): Map<string, BasinSalt> {
  const ids = [...runs.keys()];
  const riverOf = (id: string): number => (typeof river === 'number' ? river : (river[id] ?? 0));
  const steps = runs.get(ids[0] ?? '')?.inflow.length ?? 0;
  const salts = new Map(ids.map((id) => [id, startOf(id, runs.get(id) as BasinRun, start[id], steps)]));
  let came = 0;
  let left = 0;
  const held = (): number => [...salts.values()].reduce((sum, { now, onBed }) => sum + now + onBed, 0);
  const before = held();
  for (let step = 0; step < steps; step++) {
    const arriving = new Map(ids.map((id) => [id, 0]));
    const give = (id: string, mass: number): void => void arriving.set(id, (arriving.get(id) ?? 0) + mass);
    for (const [k, canal] of canals.entries()) {
      const mass = (drawn[k]?.[step] ?? 0) * (canal.part ?? 1) * riverOf(canal.river);
      give(canal.to, mass);
      came += mass;
    }
    for (const [id, run] of runs) {
      const salt = salts.get(id) as Kept;
      const at = (values: Float64Array): number => values[step] as number;
      const own = at(run.inflow) - at(run.received) - Math.max(0, at(run.drawn));
      const brought = own * riverOf(id) + Math.max(0, at(run.groundwater)) * groundwater;
      const received = arriving.get(id) ?? 0;
      const out = at(run.release) + at(run.overflow) + Math.max(0, -at(run.groundwater));
      const water = run.volume[step] as number;
      const mixed = water + at(run.inflow) + at(run.precipitation) + Math.max(0, at(run.groundwater));
      const all = salt.now + brought + received;
      const concentration = water > 0 ? salt.now / water : mixed > 0 ? all / mixed : 0;
      const carried = Math.min(all, out * concentration);
      salt.now = all - carried;
      salt.brought += brought;
      salt.received += received;
      salt.carried += carried;
      came += brought;
      const surface = at(run.release) + at(run.overflow);
      let onward = 0;
      for (const { from, to, part = 1 } of spills) {
        if (from !== id || out === 0) continue;
        const mass = ((carried * surface) / out) * part;
        give(to, mass);
        onward += mass;
      }
      left += carried - onward;
      salt.water = (run.volume[step + 1] as number) - at(run.exchange);
    }
    for (const [k, { between }] of sills.entries()) {
      const moved = across[k]?.[step] ?? 0;
      if (moved === 0) continue;
      const [from, to] = (moved > 0 ? between : between.toReversed()).map((id) => salts.get(id)) as [Kept, Kept];
      const size = Math.abs(moved);
      const mass = Math.min(from.now, (size * from.now) / from.water);
      [from.now, to.now] = [from.now - mass, to.now + mass];
      [from.water, to.water] = [from.water - size, to.water + size];
      from.carried += mass;
      to.received += mass;
    }
    for (const [id, run] of runs) settle(salts.get(id) as Kept, run.volume[step + 1] as number, { step, limit, bed });
  }
  const off = Math.abs(held() - before - came + left);
  if (!(off <= MOST_CLOSURE * Math.max(held(), before + came, Number.MIN_VALUE)))
    throw new RangeError(`salt of the basins together does not close: ${off} Mt are left over`);
  return new Map([...salts].map(([id, { now: _now, onBed: _onBed, water: _water, ...salt }]) => [id, salt]));
}

/** What a basin holds while it is run. */
interface Kept extends BasinSalt {
  now: number;
  onBed: number;
  water: number;
}

function startOf(id: string, run: BasinRun, salinity: number | undefined, steps: number): Kept {
  if (salinity === undefined || !(salinity >= 0 && Number.isFinite(salinity)))
    throw new RangeError(`${id}: a salinity at the start is a number from 0 up, not ${salinity ?? 'absent'}`);
  const room = (): Float64Array => new Float64Array(steps);
  const water = run.volume[0] as number;
  return {
    ...{ salinity: room(), mass: room(), fallen: room(), brought: 0, received: 0, carried: 0 },
    ...{ now: salinity * water, onBed: 0, water },
  };
}

/** What the water holds of the salt, and what lies on the bed. */
function settle(
  salt: Kept,
  volume: number,
  { step, limit, bed }: { step: number; limit: number; bed: 'stays' | 'dissolves' },
): void {
  const room = volume > 0 ? limit * volume : 0;
  const free = bed === 'dissolves' ? salt.now + salt.onBed : salt.now;
  const dissolved = Math.min(free, room);
  salt.onBed += salt.now - dissolved;
  salt.now = dissolved;
  salt.mass[step] = dissolved;
  salt.fallen[step] = salt.onBed;
  salt.salinity[step] = volume > 0 ? dissolved / volume : Number.NaN;
}
