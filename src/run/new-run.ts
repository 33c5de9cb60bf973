/**
 * A run that has not begun. Its id follows from what decides its figures: the same asked twice is the same run.
 *
 *     newRun({ name: 'land-cover', method, version }, { decisive: [method, version, params, inputs], inputs, params })   // run-land-cover-1b43…
 */
import { digestOf, softwareVersion } from '../formats/source-node.ts';
import type { Id, Run } from '../types.ts';

export function newRun(
  {
    name,
    indicator = name,
    method,
    version,
  }: {
    name: string;
    /** The indicator that the run is filed under, where its name is another. */
    indicator?: Id;
    method: string;
    version: number;
  },
  {
    decisive,
    inputs,
    params,
    skipped = 0,
  }: { decisive: readonly unknown[]; inputs: Run['inputs']; params: Run['params']; skipped?: number },
): Run {
  return {
    id: `run-${name}-${digestOf(JSON.stringify(decisive)).slice(7, 23)}`,
    indicator,
    method,
    version,
    software: { name: 'saryarka', version: softwareVersion() },
    inputs,
    params,
    started: '',
    ended: null,
    status: 'done',
    skipped,
  };
}
