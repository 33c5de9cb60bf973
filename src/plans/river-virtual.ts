/** Nodes that carry no water: sums of others with limits and ratios, licences with a volume, sums of stores. */
import type { Assembly, Term } from './river-assembly.ts';
import type { Fields } from './river-fields.ts';
import { amountOf, type NodeMaking, type NodePart, ratios, type Store } from './river-node-part.ts';
import { type Amount, amountNow, type Builder } from './river-state.ts';

/** A volume that flows of nodes use up. */
export interface Licence extends Store {
  rule: number;
  terms: Term[];
  /** Whether it binds now. */
  active: boolean;
  /** Gives the volume back, or wakes and sleeps it, before a step. */
  before(step: number): void;
  /** Uses per step that come back after a rolling period. */
  rolling: { memory: Float64Array; at: number; before: number } | null;
}

/** A node that stands for others. */
export interface VirtualPart {
  name: string;
  type: string;
  flow: Term[];
  /** Limits of the sum, where it is one. */
  most: Amount[];
  licence?: Licence;
  stores?: number[];
}

export type MakeVirtual = (making: NodeMaking, others: (name: unknown) => NodePart) => VirtualPart;

/** Starting volume and part of a store. */
export function startOf(store: Store, builder: Builder): { volume: number; part: number } {
  const full = typeof store.full === 'number' ? store.full : builder.kernel(store.full.parameter).constant;
  if (full === undefined) return { volume: store.volume as number, part: store.part as number };
  if (store.part !== null) return { volume: store.part * full, part: store.part };
  return { volume: store.volume as number, part: (store.volume as number) / full };
}

const isDate = (month: number, day: number, then: { month: number; day: number }): 'before' | 'on' | 'after' =>
  month === then.month && day === then.day
    ? 'on'
    : month > then.month || (month === then.month && day > then.day)
      ? 'after'
      : 'before';

function members(making: NodeMaking, others: (name: unknown) => NodePart): NodePart[] {
  return making.fields.list('nodes').map(others);
}

function factorsOf(fields: Fields, count: number): number[] {
  const factors = fields.has('factors') ? fields.numbers('factors') : new Array<number>(count).fill(1);
  if (factors.length !== count) throw fields.fail('factors', `${count} × 0.0`);
  return factors;
}

const times = (making: NodeMaking, factor: Amount, by: number): Amount =>
  typeof factor === 'number'
    ? factor * by
    : {
        parameter: making.builder.made({ value: () => amountNow(factor, making.builder.state) * by }, `${making.name} (factor)`),
      };

/** What all licences share: the rule that change of volume keeps within what is left. */
function licenceOf(
  making: NodeMaking,
  others: (name: unknown) => NodePart,
  initial: number | null,
): { licence: Licence; flow: Term[] } {
  const { fields, assembly, name, node, builder } = making;
  const nodes = members(making, others);
  const factors = factorsOf(fields, nodes.length);
  const terms = nodes.flatMap(({ flow }, i) =>
    flow.map((term) => ({ arc: term.arc, factor: times(making, term.factor, -(factors[i] as number)) })),
  );
  if (fields.has('cost') && fields.number('cost') !== 0) throw fields.fail('cost', '0');
  const full = amountOf(making, 'max_volume', 0);
  const part = fields.has('initial_volume_pc') ? fields.number('initial_volume_pc') : null;
  const volume = fields.has('initial_volume') ? fields.number('initial_volume') : part === null ? initial : null;
  const known = typeof full === 'number' || builder.kernel(full.parameter).constant !== undefined;
  if (volume === null && part === null) throw fields.fail('initial_volume', '0.0');
  if (!known && (volume === null || part === null)) throw fields.fail('initial_volume_pc', 'initial_volume, initial_volume_pc');
  const rule = assembly.rule({ name, terms, lower: 0, upper: 0 });
  return {
    licence: {
      node,
      least: amountOf(making, 'min_volume', 0),
      full,
      volume,
      part,
      rule,
      terms,
      active: true,
      before: () => {},
      rolling: null,
    },
    flow: terms,
  };
}

/** Puts the volume back, to the full one or to that of the beginning. */
function refill({ builder }: NodeMaking, licence: Licence, toInitial: boolean): void {
  const { state } = builder;
  const full = amountNow(licence.full, state);
  const start = toInitial ? startOf(licence, builder) : { volume: full, part: full / full };
  state.volume[licence.node] = start.volume;
  state.proportion[licence.node] = start.part;
}

const plain: MakeVirtual = (making, others) => {
  const { licence, flow } = licenceOf(making, others, null);
  return { name: making.name, type: 'virtualstorage', flow, most: [], licence };
};

interface Yearly {
  before(step: number): void;
  lastReset(): number | null;
  date: { month: number; day: number };
}

/** Refills on a day of the year. */
function yearly(making: NodeMaking, licence: Licence): Yearly {
  const { fields, builder } = making;
  const { calendar } = builder;
  const date = { month: fields.number('reset_month', 1), day: fields.number('reset_day', 1) };
  const toInitial = fields.flag('reset_to_initial_volume', false);
  let last: number | null = null;
  return {
    date,
    lastReset: () => last,
    before(step) {
      const year = calendar.year[step] as number;
      const now = isDate(calendar.month[step] as number, calendar.day[step] as number, date);
      if (step === 0 && now === 'after') last = year;
      if (year === last || now === 'before') return;
      refill(making, licence, toInitial || (step === 0 && typeof licence.full !== 'number'));
      last = year;
      licence.active = true;
    },
  };
}

const annual: MakeVirtual = (making, others) => {
  const { licence, flow } = licenceOf(making, others, null);
  licence.before = yearly(making, licence).before;
  return { name: making.name, type: 'annualvirtualstorage', flow, most: [], licence };
};

/** A licence that binds from the day of its refill to another day of the year. */
const seasonal: MakeVirtual = (making, others) => {
  const { fields, builder } = making;
  const { calendar } = builder;
  const { licence, flow } = licenceOf(making, others, null);
  const year = yearly(making, licence);
  const end = { month: fields.number('end_month', 12), day: fields.number('end_day', 31) };
  let lastActive: number | null = null;
  const endAgainstStart = isDate(end.month, end.day, year.date);
  licence.before = (step) => {
    year.before(step);
    const now = calendar.year[step] as number;
    if (now === lastActive) return;
    if (step === 0) {
      if (year.lastReset() === now) {
        if (endAgainstStart !== 'after') lastActive = now;
      } else if (endAgainstStart !== 'before') licence.active = false;
    } else if (isDate(calendar.month[step] as number, calendar.day[step] as number, end) !== 'before') {
      lastActive = now;
      licence.active = false;
    }
  };
  return { name: making.name, type: 'seasonalvirtualstorage', flow, most: [], licence };
};

/** The same as version 2 has it: it binds from its first day to its last, both included, and is full while it sleeps. */
const season: MakeVirtual = (making, others) => {
  const { fields, builder } = making;
  const { calendar } = builder;
  const { licence, flow } = licenceOf(making, others, null);
  const number = (month: number, day: number): number => month * 100 + day;
  const [first, last] = [
    number(fields.number('reset_month'), fields.number('reset_day')),
    number(fields.number('end_month'), fields.number('end_day')),
  ];
  const toInitial = fields.flag('reset_to_initial_volume', false);
  licence.before = (step) => {
    const now = number(calendar.month[step] as number, calendar.day[step] as number);
    const binds = first <= last ? now >= first && now <= last : now >= first || now <= last;
    if (binds !== licence.active && step > 0) refill(making, licence, toInitial);
    licence.active = binds;
  };
  return { name: making.name, type: 'seasonallicence', flow, most: [], licence };
};

const monthly: MakeVirtual = (making, others) => {
  const { fields, builder } = making;
  const { licence, flow } = licenceOf(making, others, null);
  const months = fields.number('months', 1);
  const toInitial = fields.flag('reset_to_initial_volume', false);
  let count = fields.number('initial_months', 0) - 1;
  let last = -1;
  licence.before = (step) => {
    const month = builder.calendar.month[step] as number;
    if (month === last) return;
    last = month;
    if (++count !== months) return;
    count = 0;
    refill(making, licence, toInitial);
  };
  return { name: making.name, type: 'monthlyvirtualstorage', flow, most: [], licence };
};

/** A licence on the last so many steps: what was used in the first of them comes back. */
const rolling: MakeVirtual = (making, others) => {
  const { fields, builder } = making;
  const { licence, flow } = licenceOf(making, others, 0);
  const days = fields.number('days', 0);
  if (days > 0 && builder.calendar.delta === null) throw fields.fail('days', 'timesteps');
  const steps = days > 0 ? Math.floor(days / (builder.calendar.delta as number)) : fields.number('timesteps', 0);
  if (steps < 2) throw fields.fail('timesteps', '≥ 2');
  const { volume, part } = startOf(licence, builder);
  const full = part === 0 ? amountNow(licence.full, builder.state) : volume / part;
  const used = (full - volume) / (steps - 1);
  licence.rolling = { memory: new Float64Array(steps - 1).fill(used), at: 0, before: used };
  return { name: making.name, type: 'rollingvirtualstorage', flow, most: [], licence };
};

/** A sum of flows with limits, and flows in fixed proportion. */
const aggregated: MakeVirtual = (making, others) => {
  const { fields, assembly, builder, name } = making;
  const nodes = members(making, others);
  const weights = fields.has('flow_weights') ? fields.numbers('flow_weights') : nodes.map(() => 1);
  if (weights.length !== nodes.length) throw fields.fail('flow_weights', `${nodes.length} × 0.0`);
  if (fields.has('factors')) {
    const given = fields.list('factors');
    if (given.length !== nodes.length) throw fields.fail('factors', `${nodes.length} × 0.0`);
    const parts = nodes.map(({ flow }, i) => ({ terms: flow, factor: builder.amount(given[i], fields.where) }));
    ratios(making, parts, name);
  }
  const flow = nodes.flatMap((node, i) =>
    node.flow.map((term) => ({ arc: term.arc, factor: times(making, term.factor, weights[i] as number) })),
  );
  const lower = amountOf(making, 'min_flow', 0);
  const upper = amountOf(making, 'max_flow', Number.POSITIVE_INFINITY);
  const needed = lower !== 0 || upper !== Number.POSITIVE_INFINITY || weights.some((weight) => weight < 0);
  if (needed) limitSum(assembly, name, flow, lower, upper);
  return { name, type: 'aggregatednode', flow, most: [upper] };
};

function limitSum(assembly: Assembly, name: string, terms: Term[], lower: Amount, upper: Amount): void {
  assembly.rule({ name, terms, lower, upper });
}

/** A sum of stores, to be looked at. */
const stores: MakeVirtual = (making, others) => {
  const parts = making.fields.list('storage_nodes').map(others);
  for (const part of parts) if (part.store === undefined) throw making.fields.fail('storage_nodes', 'storage');
  return {
    name: making.name,
    type: 'aggregatedstorage',
    flow: parts.flatMap(({ flow }) => flow),
    most: [],
    stores: parts.map(({ store }) => store?.node as number),
  };
};

export const VIRTUALS: Readonly<Record<string, MakeVirtual>> = {
  virtualstorage: plain,
  annualvirtualstorage: annual,
  seasonalvirtualstorage: seasonal,
  seasonallicence: season,
  monthlyvirtualstorage: monthly,
  rollingvirtualstorage: rolling,
  aggregatednode: aggregated,
  aggregatedstorage: stores,
};
