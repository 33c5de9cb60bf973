/**
 * What a river is in one scenario at one moment, and the parts that change it. One scenario is one object, so that threads share
 * nothing and a step allocates nothing.
 */
import type { Where } from '../formats/pywr-frame.ts';
import type { Calendar } from './river-calendar.ts';
import type { Fields } from './river-fields.ts';

/** State by node and by parameter. */
export interface RiverState {
  flow: Float64Array;
  /** Flow of the step before. */
  previous: Float64Array;
  volume: Float64Array;
  /** Volume as part of the largest; NaN where that is zero. */
  proportion: Float64Array;
  values: Float64Array;
  indices: Float64Array;
}

/** A number, or the parameter that tells it. */
export type Amount = number | { parameter: number };

/** A parameter that is being computed: in each step `before` of all, then `index` and `value` of each in order, `after` at its end. */
export interface Kernel {
  value(step: number): number;
  /** Where the parameter counts levels; `value` comes after it. */
  index?(step: number): number;
  before?(step: number): void;
  after?(step: number): void;
  /** Its value, where it never changes. */
  constant?: number;
  /** Values of each day of a year of 366, where that is all it depends on. */
  daily?(): Float64Array;
}

/** What recorders keep of a scenario. */
export interface Recording {
  name: string;
  type: string;
  /** How scenarios are brought together, and whether missing ones are left out. */
  acrossScenarios: unknown;
  ignoreMissing: boolean;
  after(step: number): void;
  finish(): void;
  /** One number for the scenario. */
  value(): number;
  /** Numbers by step, or by percentile or year; null where there is only one. */
  series: Float64Array | null;
}

/** What parts are built with. */
export interface Builder {
  readonly file: string;
  readonly calendar: Calendar;
  readonly state: RiverState;
  /** Member of each scenario group that is run. */
  readonly members: readonly number[];
  /** Which of the combinations that are run this is. */
  readonly combination: number;
  /** Index of a node. @throws Problem `river-reference` */
  node(name: unknown, where: Where): number;
  /** Index of a scenario group and its size. */
  scenario(name: unknown, where: Where): { group: number; size: number };
  /** Index of the parameter that `value` names, holds or is as a number. */
  parameter(value: unknown, where: Where): number;
  /** The same, where a plain number stays one. */
  amount(value: unknown, where: Where): Amount;
  /** A parameter made for a node, which no model names. */
  made(kernel: Kernel, label: string): number;
  /** Flow of an arc in the step that was solved last. */
  arcFlow(arc: number): number;
  /** Tells the level of a node that knows it better than its fields. */
  setLevel(node: number, level: Amount): void;
  /** The kernel at an index. */
  kernel(parameter: number): Kernel;
  /** The recording of a recorder, by name or by object. */
  recorder(value: unknown, where: Where): Recording;
  isRecorder(name: string): boolean;
  /** Numbers from `values`, or from a table that `url`, `table` or `data` name. */
  table(fields: Fields, valuesField?: string): number[][];
  /** The array at `path` of the HDF5 file that `url` names. */
  array(fields: Fields, path: string): number[][];
  /** Series of a table at the steps, by column. */
  series(fields: Fields): Float64Array[];
  /** Whether a node holds water, by its fields. */
  isStore(node: number): boolean;
  /** Amounts of nodes, known once all are built. */
  mostOf(node: number): number;
  costOf(node: number): number;
  levelOf(node: number): Amount;
  areaOf(node: number): Amount;
  fullOf(node: number): Amount;
}

/** The value of an amount now. */
export function amountNow(amount: Amount, { values }: RiverState): number {
  return typeof amount === 'number' ? amount : (values[amount.parameter] as number);
}

/** How full a store is, between 0 and 1; one without volume counts as full. */
export function fullness({ proportion }: RiverState, node: number): number {
  const part = proportion[node] as number;
  if (part > 1 || Number.isNaN(part)) return 1;
  return Math.max(part, 0);
}
