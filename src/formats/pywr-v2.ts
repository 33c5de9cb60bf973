/**
 * Version 2 of Pywr's JSON, brought into the shape of version 1: typed metrics become numbers, names and inline parameters, slots
 * become names, a reservoir with rain, evaporation, spill and compensation becomes a store with parts of its own around it. The
 * schema is that of pywr-schema 2.0 (MIT).
 */
import { Problem } from '../problems.ts';
import {
  isJson,
  type Json,
  listOf,
  type PywrDocument,
  type PywrEdge,
  type PywrPart,
  type PywrScenario,
  shown,
} from './pywr-document.ts';
import { type Converted, initialVolume, NODES_2 } from './pywr-v2-nodes.ts';
import { parameterOf } from './pywr-v2-parameters.ts';
import { type At, metricOf, metricsOf, unknown, type Version2, within, wrong } from './pywr-v2-values.ts';

/** @throws Problem `river-type`, `river-field` or `river-reference` with the place. */
export function fromVersion2(json: Json, file: string): PywrDocument {
  const network = json.network as Json;
  const own: Version2 = { file, tables: tablesOf(network, file), series: seriesOf(network, file), local: new Map() };
  const list = (name: string): Json[] => listOf(network[name] ?? [], file, `network.${name}`).filter(isJson);
  const parameters: PywrPart[] = [];
  const metaOf = (value: Json): Json => (isJson(value.meta) ? value.meta : {});
  for (const node of [...list('nodes'), ...list('virtual_nodes')])
    for (const one of Array.isArray(node.parameters) ? node.parameters.filter(isJson) : []) {
      const [owner, name] = [String(metaOf(node).name), String(metaOf(one).name)];
      own.local.set(`${owner}.${name}`, `${owner}.${name}`);
    }
  const nodes = new Map<string, Converted>();
  const parts: PywrPart[] = [];
  const edges: PywrEdge[] = [];
  for (const node of list('nodes')) {
    const name = String(metaOf(node).name);
    const at: At = { own, place: `nodes.${name}`, node: name };
    const convert = NODES_2[String(node.type)];
    if (convert === undefined) throw unknown(at, node.type, Object.keys(NODES_2).join(', '));
    for (const one of Array.isArray(node.parameters) ? node.parameters.filter(isJson) : [])
      parameters.push(parameterOf(one, `${name}.${String(metaOf(one).name)}`, { ...at, place: `nodes.${name}.parameters` }));
    const found = convert(name, node, at);
    nodes.set(name, found);
    parts.push(...found.parts);
    edges.push(...found.edges.map(([from, to]) => ({ from, to, fromSlot: null, toSlot: null })));
  }
  for (const node of list('virtual_nodes')) {
    const name = String(metaOf(node).name);
    parts.push(virtualOf(name, node, { own, place: `virtual_nodes.${name}`, node: name }));
  }
  for (const one of list('parameters')) {
    const name = String(metaOf(one).name);
    parameters.push(parameterOf(one, name, { own, place: `parameters.${name}` }));
  }
  for (const [i, edge] of list('edges').entries()) edges.push(edgeOf(edge, nodes, { own, place: `edges[${i}]` }));
  const { metadata } = json;
  const time = json.time ?? json.timestepper; // as drafts of the schema called it
  const scenarios = isJson(json.scenarios) ? json.scenarios : {};
  return {
    file,
    version: 2,
    title: isJson(metadata) ? String(metadata.title ?? file) : file,
    description: isJson(metadata) ? String(metadata.description ?? '') : '',
    time: timeOf(time, file),
    scenarios: listOf(scenarios.groups ?? [], file, 'scenarios.groups')
      .filter(isJson)
      .map(groupOf),
    combinations: combinationsOf(scenarios, file),
    nodes: parts,
    edges,
    parameters,
    recorders: [],
    tables: {},
  };
}

function timeOf(time: unknown, file: string): PywrDocument['time'] {
  const written = isJson(time) ? time.timestep : undefined;
  const step = typeof written === 'number' ? { type: 'Days', days: written } : written;
  if (!isJson(time) || !isJson(step))
    throw new Problem('river-field', { file, place: 'time', found: shown(time), expected: '{ start, end, timestep }' });
  const days =
    step.type === 'Days'
      ? Number(step.days)
      : step.type === 'Hours'
        ? `${String(step.hours)}h`
        : plainFrequency(String(step.freq));
  return { start: String(time.start), end: String(time.end), step: days };
}

/** "1mo" of polars as "1M" of pandas; others are alike. */
const plainFrequency = (text: string): string =>
  text
    .replace(/^(\d*)mo$/, '$1M')
    .replace(/^(\d*)d$/, '$1D')
    .replace(/^(\d*)w$/, '$1W');

function groupOf(group: Json): PywrScenario {
  const size = Number(group.size ?? 1);
  const members = Array.isArray(group.labels) ? group.labels.map(String) : Array.from({ length: size }, (_, i) => String(i));
  const all = Array.from({ length: size }, (_, i) => i);
  const { subset } = group;
  let chosen = all;
  if (isJson(subset)) {
    if (Array.isArray(subset.indices)) chosen = subset.indices.map(Number);
    else if (Array.isArray(subset.labels)) chosen = subset.labels.map((label) => members.indexOf(String(label)));
    else if (subset.start !== undefined) chosen = all.slice(Number(subset.start), Number(subset.end));
  }
  return { name: String(group.name), size, members, chosen };
}

function combinationsOf({ combinations, groups }: Json, file: string): number[][] | null {
  if (combinations === undefined || combinations === null) return null;
  const labels = listOf(groups ?? [], file, 'scenarios.groups').map((group) =>
    isJson(group) && Array.isArray(group.labels) ? group.labels.map(String) : [],
  );
  return listOf(combinations, file, 'scenarios.combinations').map((row) =>
    listOf(row, file, 'scenarios.combinations').map((one, i) => {
      const value = isJson(one) ? (one.index ?? one.label ?? one.value) : one;
      return typeof value === 'string' ? (labels[i]?.indexOf(value) ?? -1) : Number(value);
    }),
  );
}

function seriesOf(network: Json, file: string): Map<string, Json> {
  return new Map(
    listOf(network.timeseries ?? [], file, 'network.timeseries')
      .filter(isJson)
      .map((one) => {
        const { meta, url, time_col: column, kwargs } = one;
        const index = column ?? (isJson(kwargs) ? kwargs.index_col : undefined) ?? 0;
        const options = { url, index_col: index, parse_dates: true, dayfirst: 'auto', ...(isJson(kwargs) ? kwargs : {}) };
        return [String(isJson(meta) ? meta.name : ''), { ...options, ...checksumOf(one) }];
      }),
  );
}

const checksumOf = ({ checksum }: Json): Json =>
  isJson(checksum) ? { checksum: { [String(checksum.type)]: checksum.hash } } : {};

function tablesOf(network: Json, file: string): Map<string, Json> {
  return new Map(
    listOf(network.tables ?? [], file, 'network.tables')
      .filter(isJson)
      .map((one, i) => {
        const { meta, url, lookup } = one;
        const found = isJson(lookup) ? lookup : {};
        const columns = found.type === 'Col' ? 0 : Number(found.cols ?? 1);
        if (found.type !== 'Row' && Number(found.rows ?? 1) !== 1)
          throw new Problem('river-field', {
            file,
            place: `network.tables[${i}].lookup.rows`,
            found: shown(found.rows),
            expected: '1',
          });
        const index = columns === 0 ? { byColumn: true } : { index_col: Array.from({ length: columns }, (_, k) => k) };
        return [String(isJson(meta) ? meta.name : ''), { url, ...index, ...checksumOf(one) }];
      }),
  );
}

function edgeOf(
  { from_node: from, to_node: to, from_slot: slot }: Json,
  nodes: ReadonlyMap<string, Converted>,
  at: At,
): PywrEdge {
  const [start, end] = [from, to].map((name) => {
    const found = nodes.get(String(name));
    if (found === undefined) throw new Problem('river-reference', { file: at.own.file, place: at.place, found: String(name) });
    return found;
  }) as [Converted, Converted];
  const out = start.outlet(slot ?? null);
  if (out === null) throw wrong(within(at, 'from_slot'), slot, 'River, Spill, Compensation, Abstraction, Split');
  return { from: out.name, to: end.inlet, fromSlot: out.slot, toSlot: null };
}

function virtualOf(name: string, data: Json, at: At): PywrPart {
  const part = (type: string, own: Json): PywrPart => ({ name, type, written: String(data.type), data: own });
  const metric = (...fields: string[]): Json =>
    Object.fromEntries(
      fields.flatMap((field) =>
        data[field] === undefined || data[field] === null ? [] : [[field, metricOf(data[field], within(at, field))]],
      ),
    );
  if (data.type === 'AggregatedStorage')
    return part('aggregatedstorage', {
      storage_nodes: listOf(data.storage_nodes, at.own.file, at.place).map((one) => (isJson(one) ? one.name : one)),
    });
  if (data.type === 'Aggregated')
    return part('aggregatednode', { nodes: data.nodes, ...metric('min_flow', 'max_flow'), ...relationOf(data, at) });
  if (data.type !== 'VirtualStorage') throw unknown(at, data.type, 'VirtualStorage, Aggregated, AggregatedStorage');
  const { reset, window, reset_volume: refill } = data;
  const shared = {
    nodes: data.nodes,
    ...(data.factors === undefined || data.factors === null ? {} : { factors: data.factors }),
    ...metric('max_volume', 'min_volume', 'cost'),
    ...initialVolume(data, at),
  };
  const toInitial = (isJson(refill) ? refill.type : refill) !== 'Max';
  if (isJson(window))
    return part('rollingvirtualstorage', {
      ...shared,
      ...(window.type === 'Days' ? { days: window.days } : { timesteps: window.timesteps }),
    });
  if (!isJson(reset) || reset.type === 'Never') return part('virtualstorage', shared);
  const again = { ...shared, reset_to_initial_volume: toInitial };
  if (reset.type === 'Annual') return part('annualvirtualstorage', { ...again, reset_day: reset.day, reset_month: reset.month });
  if (reset.type === 'Monthly') return part('monthlyvirtualstorage', { ...again, months: reset.months });
  if (reset.type === 'Seasonal')
    return part('seasonallicence', {
      ...again,
      reset_day: reset.start_day,
      reset_month: reset.start_month,
      end_day: reset.end_day,
      end_month: reset.end_month,
    });
  throw unknown(within(at, 'reset'), reset.type, 'Never, Annual, Monthly, Seasonal');
}

/** Proportions of the whole, of which the first node takes the rest, or plain ratios. */
function relationOf({ relationship: given }: Json, at: At): Json {
  if (given === undefined || given === null) return {};
  const where = within(at, 'relationship');
  if (!isJson(given)) throw wrong(where, given, '{ type }');
  const factors = metricsOf(given.factors ?? [], within(where, 'factors'));
  if (given.type === 'Ratio') return { factors };
  if (given.type === 'Proportion' && factors.every((factor) => typeof factor === 'number'))
    return { factors: [1 - (factors as number[]).reduce((sum, factor) => sum + factor, 0), ...factors] };
  throw unknown(where, given.type, 'Proportion, Ratio');
}
