/**
 * All that can be computed over the interface: indicators of data that lie in files, and those of living things, which are computed
 * of what the dossier holds or of a table.
 *
 *     processNamed('species-richness')     // { id: 'species-richness', of: 'records', … }
 */

import { type LifeComputable, lifeComputables } from '../run/compute-life.ts';
import { type Computable, computables, isOfRasters } from '../run/computing.ts';
import type { Id } from '../types.ts';

export type Process = Computable | LifeComputable;

/** Every process, by its name. */
export const processes: readonly Process[] = [...computables, ...lifeComputables].toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** The process `id`, or `null`. */
export const processNamed = (id: Id): Process | null => processes.find((one) => one.id === id) ?? null;

/** Whether it is computed of what the dossier holds, or of a table. */
export const isOfLife = (process: Process): process is LifeComputable => 'of' in process;

/** The indicator that it is named by where its figures are listed. */
export const leadOf = (process: Process): Id => (isOfLife(process) || isOfRasters(process) ? process.id : process.leads);

/** Whether it does without the input: of sources of several kinds any one will do. */
export function isOptional(process: Process, input: Process['inputs'][number]): boolean {
  if (isOfLife(process)) return false;
  return !isOfRasters(process) || ('optional' in input && input.optional === true);
}

/** Whether it is computed by zone: of a reserve without a map it cannot be. Of a table figures are of the whole reserve, too. */
export const needsMap = (process: Process): boolean => !(isOfLife(process) && process.of === 'table');

/** Those that are computed of the very same; what else they have of parameters is their own. */
export function relatedTo(process: Process): LifeComputable[] {
  if (!isOfLife(process) || process.of === 'table') return [];
  return lifeComputables.filter(({ id, of }) => of === process.of && id !== process.id);
}
