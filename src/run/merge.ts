/**
 * Brings partial results together in the order of the tasks, and finishes a zone as soon as nothing more can come for it.
 *
 *     const merger = newMerger({ targets, specs, zones, last, layers, finished: (zone, target, total) => … });
 *     merger.take(task, parcel);   // for each task, in order
 *     merger.end();
 */
import { type Accumulator, type AccumulatorSpec, clear, mergeParcel, newAccumulator } from '../science/accumulate.ts';

export interface MergerOptions {
  zones: number;
  /** How many layers partial results are named by. */
  layers: number;
  /** Per layer, which target it is counted in: layers of one date may make one figure together. */
  targets: Int32Array;
  /** Per target, what is gathered. */
  specs: readonly AccumulatorSpec[];
  /** Per zone, the last task that may bring something; -1 for none. */
  last: Int32Array;
  /** Called once for each zone and target; `null` where no cell came. The accumulator is used again afterwards. */
  finished(zone: number, target: number, total: Accumulator | null): void;
}

export interface Merger {
  take(task: number, parcel: Float64Array): void;
  /** Finishes the zones that no task touches. */
  end(): void;
}

export function newMerger({ zones, layers, targets, specs, last, finished }: MergerOptions): Merger {
  const totals = new Map<number, Accumulator>();
  const spare: Accumulator[][] = specs.map(() => []);
  const count = specs.length;
  const order = Uint32Array.from({ length: zones }, (_, zone) => zone).sort(
    (a, b) => (last[a] as number) - (last[b] as number) || a - b,
  );
  let next = 0;
  while (next < zones && last[order[next] as number] === -1) next += 1;

  const totalOf = (key: number): Accumulator => {
    const zone = Math.floor(key / layers);
    const target = targets[key - zone * layers] as number;
    const known = totals.get(zone * count + target);
    if (known !== undefined) return known;
    const total = spare[target]?.pop() ?? newAccumulator(specs[target] as AccumulatorSpec);
    totals.set(zone * count + target, total);
    return total;
  };
  const finish = (zone: number): void => {
    for (let target = 0; target < count; target++) {
      const total = totals.get(zone * count + target);
      finished(zone, target, total ?? null);
      if (total === undefined) continue;
      totals.delete(zone * count + target);
      clear(total);
      spare[target]?.push(total);
    }
  };
  return {
    take(task, parcel) {
      mergeParcel(parcel, totalOf);
      for (; next < zones && (last[order[next] as number] as number) <= task; next++) finish(order[next] as number);
    },
    end() {
      for (let zone = 0; zone < zones; zone++) if (last[zone] === -1) finish(zone);
    },
  };
}
