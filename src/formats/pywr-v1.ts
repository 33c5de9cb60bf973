/** Version 1 of Pywr's JSON: `timestepper`, `nodes`, `edges` as pairs, `parameters` and `recorders` by name. */
import { Problem } from '../problems.ts';
import {
  isJson,
  type Json,
  listOf,
  type PywrDocument,
  type PywrEdge,
  type PywrPart,
  type PywrScenario,
  partOf,
  shown,
} from './pywr-document.ts';

/** @throws Problem `river-field` with the place of what is missing or wrong. */
export function fromVersion1(json: Json, file: string): PywrDocument {
  const metadata = isJson(json.metadata) ? json.metadata : {};
  const time = json.timestepper;
  if (!isJson(time))
    throw new Problem('river-field', { file, place: 'timestepper', found: shown(time), expected: '{ start, end, timestep }' });
  const step = time.timestep ?? 1;
  if (typeof step !== 'number' && typeof step !== 'string')
    throw new Problem('river-field', { file, place: 'timestepper.timestep', found: shown(step), expected: '1, "7D", "M"' });
  return {
    file,
    version: 1,
    title: String(metadata.title ?? file),
    description: String(metadata.description ?? ''),
    time: { start: String(time.start), end: String(time.end), step },
    scenarios: listOf(json.scenarios ?? [], file, 'scenarios').map((one, i) => scenarioOf(one, file, `scenarios[${i}]`)),
    combinations: combinationsOf(json.scenario_combinations, file, 'scenario_combinations'),
    nodes: listOf(json.nodes, file, 'nodes').map((one, i) => partOf(one, '', file, `nodes[${i}]`)),
    edges: listOf(json.edges, file, 'edges').map((one, i) => edgeOf(one, file, `edges[${i}]`)),
    parameters: namedParts(json.parameters, 'parameter', file, 'parameters'),
    recorders: namedParts(json.recorders, 'recorder', file, 'recorders'),
    tables: Object.fromEntries(
      Object.entries(isJson(json.tables) ? json.tables : {}).map(([name, data]) => {
        if (!isJson(data))
          throw new Problem('river-field', { file, place: `tables.${name}`, found: shown(data), expected: '{ url }' });
        return [name, data];
      }),
    ),
  };
}

function namedParts(value: unknown, ending: string, file: string, place: string): PywrPart[] {
  if (value === undefined || value === null) return [];
  if (!isJson(value)) throw new Problem('river-field', { file, place, found: shown(value), expected: '{…}' });
  return Object.entries(value).map(([name, one]) => partOf(one, ending, file, `${place}.${name}`, name));
}

function edgeOf(value: unknown, file: string, place: string): PywrEdge {
  const list = listOf(value, file, place);
  const [from, to, fromSlot = null, toSlot = null] = list;
  const isSlot = (slot: unknown): slot is string | number | null =>
    slot === null || typeof slot === 'string' || typeof slot === 'number';
  if (typeof from !== 'string' || typeof to !== 'string' || !isSlot(fromSlot) || !isSlot(toSlot) || list.length > 4)
    throw new Problem('river-field', { file, place, found: shown(value), expected: '["A", "B"]' });
  return { from, to, fromSlot, toSlot };
}

function scenarioOf(value: unknown, file: string, place: string): PywrScenario {
  if (!isJson(value) || typeof value.name !== 'string')
    throw new Problem('river-field', { file, place, found: shown(value), expected: '{ name, size }' });
  const named = Array.isArray(value.ensemble_names) ? value.ensemble_names.map(String) : null;
  const size = Number(value.size ?? named?.length ?? 1);
  if (!Number.isInteger(size) || size < 1)
    throw new Problem('river-field', { file, place: `${place}.size`, found: shown(value.size), expected: '≥ 1' });
  if (named !== null && named.length !== size)
    throw new Problem('river-field', {
      file,
      place: `${place}.ensemble_names`,
      found: String(named.length),
      expected: String(size),
    });
  const all = Array.from({ length: size }, (_, i) => i);
  return {
    name: value.name,
    size,
    members: named ?? all.map(String),
    chosen: Array.isArray(value.slice) ? sliced(all, value.slice) : all,
  };
}

/** What Python's `slice(...)` takes of a list. */
function sliced(all: number[], given: unknown[]): number[] {
  const [first, second, third] = given.map((part) => (part === null ? undefined : Number(part)));
  const [start, stop, step] = given.length === 1 ? [0, first, 1] : [first ?? 0, second, third ?? 1];
  return all.slice(start, stop).filter((_, i) => i % step === 0);
}

function combinationsOf(value: unknown, file: string, place: string): number[][] | null {
  if (value === undefined || value === null) return null;
  return listOf(value, file, place).map((one, i) => listOf(one, file, `${place}[${i}]`).map(Number));
}
