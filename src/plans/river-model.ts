/**
 * A model of river allocation with all that it refers to, read once and run for as many scenarios as there are.
 *
 *     const model = await openRiver('models/thames.json');                  // Pywr's JSON, version 1 or 2
 *     const model = riverFrom({ timestepper, nodes, edges, parameters });   // the same, built in TypeScript
 *     const run = runScenario(model, 0, { series: true, worth: true });     // river-run.ts: step by step
 *     run.flows.get('town'); run.volumes.get('lake'); run.totals; run.certificate
 *     run.meanWorth[run.pointOf.get('town')]                                // what one unit more there would save
 *     const ahead = await runForesight(model, 0);                           // river-foresight.ts: all steps at once
 *     outcomeTable(model, [run])                                            // river-outcomes.ts: who got what
 *
 * Flows are volumes a day, costs are per unit of flow, a negative cost is a benefit; units are the model's own. `runScenario`
 * takes an `onStep` that sees each step's programme and duals. Many scenarios on many threads: `cli/water-allocate-task.ts`.
 */
import { dirname, isAbsolute, join } from 'node:path';
import { documentOf, readPywr } from '../formats/pywr.ts';
import type { Json, PywrDocument } from '../formats/pywr-document.ts';
import { type Grids, readGrids } from '../formats/pywr-tables.ts';
import { readSource, type SourceFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { type Calendar, calendarOf } from './river-calendar.ts';

export interface RiverModel {
  document: PywrDocument;
  calendar: Calendar;
  grids: Grids;
  /** Members of the scenario groups that are run together. */
  combinations: number[][];
  /** Numbers of tables that were read before, by the options they were read with. */
  read: Map<string, number[][] | Float64Array[]>;
}

/** The model at `path`, with the files beside it that it names. */
export async function openRiver(path: string): Promise<RiverModel> {
  const beside = (url: string): SourceFile => readSource(isAbsolute(url) ? url : join(dirname(path), url));
  const document = readPywr(readSource(path), beside);
  return riverModel(document, await readGrids(document, beside));
}

/** A model from an object in the shape of Pywr's JSON, which messages call `name`. Series are given as values or `data`. */
export function riverFrom(json: Json, name = 'model'): RiverModel {
  return riverModel(documentOf(json, name));
}

/** A model from a document; `grids` are the tables that it names. @throws Problem `river-field` */
export function riverModel(document: PywrDocument, grids: Grids = new Map()): RiverModel {
  const { file, scenarios } = document;
  const names = new Set<string>();
  for (const { name } of document.nodes) {
    if (names.has(name)) throw new Problem('river-field', { file, place: 'nodes', found: name, expected: '1 ×' });
    names.add(name);
  }
  return {
    document,
    calendar: calendarOf(document.time, { file }),
    grids,
    combinations: combinationsOf(document, scenarios),
    read: new Map(),
  };
}

function combinationsOf({ combinations, file }: PywrDocument, scenarios: PywrDocument['scenarios']): number[][] {
  if (scenarios.length === 0) return [[]];
  if (combinations === null)
    return scenarios.reduce<number[][]>(
      (all, { chosen }) => all.flatMap((before) => chosen.map((member) => [...before, member])),
      [[]],
    );
  for (const [i, members] of combinations.entries())
    if (
      members.length !== scenarios.length ||
      members.some((member, k) => !(member >= 0 && member < (scenarios[k]?.size as number)))
    )
      throw new Problem('river-field', {
        file,
        place: `scenario_combinations[${i}]`,
        found: JSON.stringify(members),
        expected: JSON.stringify(scenarios.map(({ size }) => `0 … ${size - 1}`)),
      });
  return combinations;
}

/** The name of a combination: "demand 2, climate dry". */
export function combinationName({ document, combinations }: RiverModel, combination: number): string {
  const members = combinations[combination] ?? [];
  return document.scenarios.map(({ name, members: names }, i) => `${name} ${names[members[i] as number]}`).join(', ');
}
