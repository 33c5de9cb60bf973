/** The tables of `data/land`, as the tests read them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Legend, Nesting, TransitionTable } from '../../src/science/land-cover.ts';
import type { CombinationTable } from '../../src/science/land-degradation-productivity.ts';
import type { SoilFactorTable } from '../../src/science/land-degradation-soil.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

export const legend = (id: string): Legend => read('data', 'land', `legend-${id}.json`) as Legend;
export const nesting = (id: string): Nesting => read('data', 'land', `nesting-${id}.json`) as Nesting;
export const transitionTable = (id: string): TransitionTable => read('data', 'land', `transitions-${id}.json`) as TransitionTable;
export const combinationTables = read('data', 'land', 'combinations.json') as CombinationTable[];
export const combinationTable = (id: string): CombinationTable => {
  const found = combinationTables.find((table) => table.id === id);
  if (found === undefined) throw new Error(`no table ${id}`);
  return found;
};
export const soilTable = read('data', 'land', 'soil-factors.json') as SoilFactorTable;
export const performanceUnits = read('data', 'land', 'performance-units.json') as Nesting;
/** What `test/golden/land` holds. */
export const golden = <T>(name: string): T => read('test', 'golden', 'land', `${name}.json`) as T;
