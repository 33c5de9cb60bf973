/** Parameters and recorders of a model, made when something needs them first, and kept in the order in which they compute. */
import { isJson, type PywrPart, partOf, shown } from '../formats/pywr-document.ts';
import type { Where } from '../formats/pywr-frame.ts';
import { Problem } from '../problems.ts';
import { type Fields, fieldsOf } from './river-fields.ts';
import type { RiverModel } from './river-model.ts';
import type { NodePart } from './river-node-part.ts';
import { PARAMETERS } from './river-parameters.ts';
import { RECORDERS } from './river-recorders.ts';
import { type Amount, amountNow, type Builder, type Kernel, type Recording, type RiverState } from './river-state.ts';
import { tableReader } from './river-tables.ts';
import type { VirtualPart } from './river-virtual.ts';

export interface Note {
  place: string;
  fields: string[];
}

export interface Parts {
  builder: Builder;
  state: RiverState;
  /** By index of the parameter. */
  kernels: Kernel[];
  labels: string[];
  /** Those that change, in the order in which they are computed. */
  order: number[];
  recordings: Recording[];
  /** What was given but not used. */
  notes: Note[];
  note(fields: Fields): void;
  setArcFlows(flows: Float64Array): void;
  /** Makes what no node needed. */
  makeRest(): void;
}

/** Parts of `model` for one combination; `nodes` is filled while nodes are made. */
export function newParts(model: RiverModel, combination: number, nodes: readonly (NodePart | VirtualPart)[]): Parts {
  const { document, calendar, combinations } = model;
  const { file } = document;
  const nodeIndex = new Map(document.nodes.map(({ name }, i) => [name, i]));
  const parameterParts = new Map(document.parameters.map((part) => [part.name, part]));
  const recorderParts = new Map(document.recorders.map((part) => [part.name, part]));
  const state = newState(
    document.nodes.length,
    64 + 16 * document.nodes.length + sizeOf([document.nodes, document.parameters, document.recorders]),
  );
  const kernels: Kernel[] = [];
  const labels: string[] = [];
  const order: number[] = [];
  const notes: Note[] = [];
  const recordings: Recording[] = [];
  const known = new Map<string, number>();
  const constants = new Map<number, number>();
  const underway: string[] = [];
  const kept = { level: new Map<number, Amount>(), area: new Map<number, Amount>(), max_volume: new Map<number, Amount>() };
  let flows: Float64Array = new Float64Array(0);

  const note = (fields: Fields): void => {
    const left = fields.unread();
    if (left.length > 0) notes.push({ place: fields.where.place, fields: left });
  };
  const reserve = (label: string): number => {
    if (kernels.length >= state.values.length) throw new RangeError('no room for parameters');
    labels.push(label);
    return kernels.push({ value: () => Number.NaN }) - 1;
  };
  const settle = (index: number, kernel: Kernel): number => {
    kernels[index] = kernel;
    if (kernel.constant === undefined) order.push(index);
    else state.values[index] = kernel.constant;
    return index;
  };
  const make = (part: PywrPart, place: string): number => {
    const maker = PARAMETERS[part.type];
    if (maker === undefined)
      throw new Problem('river-type', { file, place, found: part.written, expected: Object.keys(PARAMETERS).join(', ') });
    const fields = fieldsOf(part.data, { file, place });
    const index = reserve(place);
    settle(index, maker(fields, builder, index)); // what it needs is made, and so computed, before it
    note(fields);
    return index;
  };
  const named = (name: string, where: Where): number => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const part = parameterParts.get(name);
    if (part === undefined) throw new Problem('river-reference', { ...where, found: name });
    if (underway.includes(name)) throw new Problem('river-ring', { file, found: [...underway, name].join(' → ') });
    underway.push(name);
    const index = make(part, `parameters.${name}`);
    underway.pop();
    known.set(name, index);
    return index;
  };
  const record = (part: PywrPart): Recording => {
    const place = `recorders.${part.name}`;
    const maker = RECORDERS[part.type];
    if (maker === undefined)
      throw new Problem('river-type', { file, place, found: part.written, expected: Object.keys(RECORDERS).join(', ') });
    const fields = fieldsOf(part.data, { file, place });
    const acrossScenarios = fields.raw('agg_func') ?? 'mean';
    const recording: Recording = {
      name: part.name,
      type: part.type,
      acrossScenarios,
      ignoreMissing: fields.raw('ignore_nan') === true,
      ...maker(fields, builder),
    };
    note(fields);
    recordings.push(recording);
    return recording;
  };
  const fieldOf = (node: number, name: 'level' | 'area' | 'max_volume'): Amount => {
    const before = kept[name].get(node);
    if (before !== undefined) return before;
    const part = document.nodes[node] as PywrPart;
    const value = part.data[name];
    const amount =
      value === undefined || value === null ? 0 : builder.amount(value, { file, place: `nodes.${part.name}.${name}` });
    kept[name].set(node, amount);
    return amount;
  };

  const builder: Builder = {
    file,
    calendar,
    state,
    members: combinations[combination] ?? [],
    combination,
    ...tableReader(model),
    node(name, where) {
      const index = nodeIndex.get(String(name));
      if (index === undefined) throw new Problem('river-reference', { ...where, found: shown(name) });
      return index;
    },
    scenario(name, where) {
      const group = document.scenarios.findIndex((scenario) => scenario.name === name);
      if (group === -1) throw new Problem('river-reference', { ...where, found: shown(name) });
      return { group, size: document.scenarios[group]?.size as number };
    },
    parameter(value, where) {
      const amount = builder.amount(value, where);
      if (typeof amount !== 'number') return amount.parameter;
      const before = constants.get(amount);
      if (before !== undefined) return before;
      const index = builder.made(
        { value: () => amount, constant: amount, daily: () => new Float64Array(366).fill(amount) },
        String(amount),
      );
      constants.set(amount, index);
      return index;
    },
    amount(value, where) {
      if (typeof value === 'number') return value;
      if (typeof value === 'string') return { parameter: named(value, where) };
      if (!isJson(value)) throw new Problem('river-field', { ...where, found: shown(value), expected: '0.0, "…", { type }' });
      if (value.type === undefined) {
        const numbers = builder.table(fieldsOf(value, where)).flat();
        if (numbers.length !== 1)
          throw new Problem('river-table', { ...where, found: `${numbers.length} × 0.0`, expected: '0.0' });
        return numbers[0] as number;
      }
      const own = typeof value.name === 'string' ? value.name : null;
      const before = own === null ? undefined : known.get(own);
      if (before !== undefined) return { parameter: before };
      const index = make(partOf(value, 'parameter', file, where.place, own ?? where.place), where.place);
      if (own !== null) known.set(own, index);
      return { parameter: index };
    },
    made: (kernel, label) => settle(reserve(label), kernel),
    kernel: (parameter) => kernels[parameter] as Kernel,
    arcFlow: (arc) => flows[arc] as number,
    setLevel: (node, level) => void kept.level.set(node, level),
    recorder(value, where) {
      const name = typeof value === 'string' ? value : where.place;
      const done = recordings.find((recording) => recording.name === name);
      if (done !== undefined) return done;
      const part = isJson(value) ? partOf(value, 'recorder', file, where.place, name) : recorderParts.get(name);
      if (part === undefined) throw new Problem('river-reference', { ...where, found: shown(value) });
      return record(part);
    },
    isRecorder: (name) => recorderParts.has(name) && !parameterParts.has(name),
    isStore: (node) => document.nodes[node]?.data.max_volume !== undefined || document.nodes[node]?.type === 'aggregatedstorage',
    mostOf(node) {
      const { most } = nodes[node] as NodePart;
      let sum = 0;
      for (let i = 0; i < most.length; i++) sum += amountNow(most[i] as Amount, state);
      return sum;
    },
    costOf: (node) => amountNow((nodes[node] as NodePart).cost ?? 0, state),
    levelOf: (node) => fieldOf(node, 'level'),
    areaOf: (node) => fieldOf(node, 'area'),
    fullOf: (node) => fieldOf(node, 'max_volume'),
  };
  return {
    builder,
    state,
    kernels,
    labels,
    order,
    recordings,
    notes,
    note,
    setArcFlows(array) {
      flows = array;
    },
    makeRest() {
      for (const name of parameterParts.keys()) named(name, { file, place: `parameters.${name}` });
    },
  };
}

function newState(nodes: number, parameters: number): RiverState {
  return {
    flow: new Float64Array(nodes),
    previous: new Float64Array(nodes),
    volume: new Float64Array(nodes),
    proportion: new Float64Array(nodes),
    // room for all from the beginning, as kernels keep hold of these arrays
    values: new Float64Array(parameters),
    indices: new Float64Array(parameters),
  };
}

/** How many values a document holds: no more parameters than that, and a few for each node, can come of it. */
function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 1);
}
