/** Numbers of version 2: literals, parameters, tables, series and states of nodes, as version 1 writes them. */
import { Problem } from '../problems.ts';
import { isJson, type Json, listOf, shown } from './pywr-document.ts';

/** What conversion needs to know of the whole network. */
export interface Version2 {
  file: string;
  /** Options of tables, and of series, by name. */
  tables: Map<string, Json>;
  series: Map<string, Json>;
  /** Names of parameters that belong to a node, by node and name. */
  local: Map<string, string>;
}

export interface At {
  own: Version2;
  place: string;
  /** The node whose parameters may be meant. */
  node?: string;
}

export const wrong = ({ own, place }: At, found: unknown, expected: string): Problem =>
  new Problem('river-field', { file: own.file, place, found: shown(found), expected });
export const unknown = ({ own, place }: At, found: unknown, expected: string): Problem =>
  new Problem('river-type', { file: own.file, place, found: String(found), expected });

export const within = (at: At, field: string | number): At => ({
  ...at,
  place: `${at.place}${typeof field === 'number' ? `[${field}]` : `.${field}`}`,
});

/** A metric as version 1 writes it: a number, the name of a parameter, or a parameter of its own. */
export function metricOf(value: unknown, at: At): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  if (!isJson(value)) throw wrong(at, value, '{ type }');
  switch (value.type) {
    case 'Literal':
    case 'Constant':
      return value.value;
    case 'Parameter':
      if (value.key !== undefined && value.key !== null) throw unknown(within(at, 'key'), value.key, '—');
      return value.name;
    case 'LocalParameter': {
      const found = at.own.local.get(`${at.node ?? ''}.${String(value.name)}`);
      if (found === undefined)
        throw new Problem('river-reference', { file: at.own.file, place: at.place, found: String(value.name) });
      return found;
    }
    case 'Timeseries':
      return seriesOf(value, at);
    case 'Table':
      return tableOf(value, at);
    case 'Node':
    case 'VirtualNode':
      return stateOf(value, at);
    default:
      throw unknown(at, value.type, 'Literal, Parameter, LocalParameter, Timeseries, Table, Node, VirtualNode');
  }
}

export const metricsOf = (value: unknown, at: At): unknown[] =>
  listOf(value, at.own.file, at.place).map((one, i) => metricOf(one, within(at, i)));

/** A list of numbers, given or from a table: what goes into `values`. */
export function vectorOf(value: unknown, at: At): unknown {
  if (Array.isArray(value)) return value;
  if (!isJson(value)) throw wrong(at, value, '{ type, values }');
  if (value.type === 'Literal') return value.values;
  if (value.type === 'Table') return tableOf(value, at);
  throw unknown(at, value.type, 'Literal, Table');
}

/** A number that does not change: given, or from a table. */
export function constantOf(value: unknown, at: At): unknown {
  return metricOf(value, at);
}

function seriesOf({ name, columns }: Json, at: At): Json {
  const options = at.own.series.get(String(name));
  if (options === undefined) throw new Problem('river-reference', { file: at.own.file, place: at.place, found: shown(name) });
  const chosen = isJson(columns) ? (columns.type === 'Scenario' ? { scenario: columns.name } : { column: columns.name }) : {};
  return { type: 'dataframe', ...options, ...chosen };
}

function tableOf({ table, row, column }: Json, at: At): Json {
  const options = at.own.tables.get(String(table));
  if (options === undefined) throw new Problem('river-reference', { file: at.own.file, place: at.place, found: shown(table) });
  const { byColumn, ...given } = options;
  if (byColumn === true) return { ...given, column: column ?? row };
  return { ...given, ...(row == null ? {} : { index: row }), ...(column == null ? {} : { column }) };
}

/** Volumes are those of now; flows those of the step before. */
function stateOf({ name, attribute }: Json, at: At): Json {
  switch (attribute ?? 'Volume') {
    case 'Volume':
      return { type: attribute === undefined || attribute === null ? 'stateof' : 'storage', storage_node: name };
    case 'ProportionalVolume':
      return { type: 'storage', storage_node: name, use_proportional_volume: true };
    case 'Outflow':
    case 'Inflow':
    case 'Abstraction':
      return { type: 'flow', node: name };
    case 'Deficit':
      return { type: 'deficit', node: name };
    default:
      throw unknown(within(at, 'attribute'), attribute, 'Volume, ProportionalVolume, Outflow, Inflow, Deficit');
  }
}

/** The store that a metric of its part full names. */
export function storeIn(value: unknown, at: At): unknown {
  if (!isJson(value) || (value.type !== 'Node' && value.type !== 'VirtualNode') || value.attribute !== 'ProportionalVolume')
    throw wrong(at, value, '{ type: "Node", name, attribute: "ProportionalVolume" }');
  return value.name;
}
