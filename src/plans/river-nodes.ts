/** Nodes that carry water: how each becomes points and arcs of the network. Those of several arcs: `river-nodes-split.ts`. */
import type { Port } from './river-assembly.ts';
import { numbersIn } from './river-fields.ts';
import { curveOf } from './river-interpolation.ts';
import {
  amountOf,
  type FlowLimits,
  limitsOf,
  type MakeNode,
  type NodeMaking,
  type NodePart,
  one,
  onlyAt,
  type Store,
  takeOf,
} from './river-node-part.ts';
import { SPLITS } from './river-nodes-split.ts';
import { delayed, keating, stepsOf } from './river-parameter-water.ts';
import { type Amount, amountNow, fullness } from './river-state.ts';

const input =
  (limits: (making: NodeMaking) => FlowLimits): MakeNode =>
  (making) => {
    const { assembly, name } = making;
    making.fields.raw('conversion_factor');
    const point = assembly.point(name);
    const own = limits(making);
    const arc = assembly.arc({ name, from: -1, to: point, ...own });
    return {
      name,
      type: 'input',
      flow: one(arc),
      most: [own.upper],
      cost: own.cost,
      inlet: onlyAt({ point, pure: false }),
      outlet: onlyAt({ point, pure: true }),
    };
  };

const catchment = input((making) => {
  const flow = amountOf(making, 'flow', 0);
  return { lower: flow, upper: flow, cost: amountOf(making, 'cost', 0) };
});

const output: MakeNode = (making) => {
  const { assembly, name } = making;
  const point = assembly.point(name);
  const own = limitsOf(making);
  const arc = assembly.arc({ name, from: point, to: -1, ...own });
  return {
    name,
    type: 'output',
    flow: one(arc),
    most: [own.upper],
    cost: own.cost,
    inlet: onlyAt({ point, pure: true }),
    outlet: onlyAt({ point, pure: false }),
  };
};

const link: MakeNode = (making) => {
  const { assembly, name } = making;
  const [from, to] = [assembly.point(name), assembly.point(name)];
  const own = limitsOf(making);
  const arc = assembly.arc({ name, from, to, ...own });
  return {
    name,
    type: 'link',
    flow: one(arc),
    most: [own.upper],
    cost: own.cost,
    inlet: onlyAt({ point: from, pure: true }),
    outlet: onlyAt({ point: to, pure: true }),
  };
};

/** A link that loses a part of what enters it: limits and cost are those of what leaves it. */
const lossLink: MakeNode = (making): NodePart => {
  const { assembly, name } = making;
  const [from, to] = [assembly.point(name), assembly.point(name)];
  const own = limitsOf(making);
  const { take, loss, all } = takeOf(making);
  if (all) {
    const lost = assembly.arc({ name: `${name} (loss)`, from, to: -1 });
    const none = assembly.arc({ name, from, to, upper: 0 });
    return {
      name,
      type: 'losslink',
      flow: one(none),
      most: [0],
      cost: own.cost,
      inner: { loss: one(lost) },
      inlet: onlyAt({ point: from, pure: true }),
      outlet: onlyAt({ point: to, pure: true }),
    };
  }
  const arc = assembly.arc({ name, from, to, ...own, take });
  return {
    name,
    type: 'losslink',
    flow: one(arc),
    most: [own.upper],
    cost: own.cost,
    inner: { loss: [{ arc, factor: loss }], inflow: [{ arc, factor: take }] },
    inlet: onlyAt({ point: from, pure: true }),
    outlet: onlyAt({ point: to, pure: true }),
  };
};

/** Water that comes out of a node some steps after it went in. */
const delay: MakeNode = (making) => {
  const { assembly, name, fields, builder } = making;
  const [from, to] = [assembly.point(name), assembly.point(name)];
  const sink = assembly.arc({ name: `${name} (in)`, from, to: -1 });
  const steps = stepsOf(fields, builder, true);
  const initial = fields.number('initial_flow', 0);
  const flow = {
    parameter: builder.made(
      delayed(() => builder.arcFlow(sink), steps, initial),
      `${name} (delay)`,
    ),
  };
  const source = assembly.arc({ name, from: -1, to, lower: flow, upper: flow });
  return {
    name,
    type: 'delaynode',
    flow: one(source),
    most: [Number.POSITIVE_INFINITY],
    cost: 0,
    inner: { in: one(sink) },
    delay: { sink, source, steps, initial },
    inlet: onlyAt({ point: from, pure: true }),
    outlet: onlyAt({ point: to, pure: true }),
  };
};

function storeOf(making: NodeMaking): Store {
  const { fields, builder, node } = making;
  const full = amountOf(making, 'max_volume', 0);
  const volume = fields.raw('initial_volume');
  const start = volume === undefined || typeof volume === 'number' ? (volume ?? null) : startVolume(making, volume);
  const part = fields.has('initial_volume_pc') ? fields.number('initial_volume_pc') : null;
  const known = typeof full === 'number' || builder.kernel(full.parameter).constant !== undefined;
  if (start === null && part === null) throw fields.fail('initial_volume', '0.0');
  if (!known && (start === null || part === null)) throw fields.fail('initial_volume_pc', 'initial_volume, initial_volume_pc');
  return { node, least: amountOf(making, 'min_volume', 0), full, volume: start as number | null, part };
}

function startVolume({ fields, builder }: NodeMaking, given: unknown): number {
  const amount = builder.amount(given, { ...fields.where, place: `${fields.where.place}.initial_volume` });
  const value = typeof amount === 'number' ? amount : builder.kernel(amount.parameter).constant;
  if (value === undefined) throw fields.fail('initial_volume', '0.0');
  return value;
}

/** Where the store stands against its control curve decides which of two costs holds. */
function costOfReservoir(making: NodeMaking): Amount {
  const { fields, builder, node } = making;
  const cost = amountOf(making, 'cost', 0);
  if (!fields.has('above_curve_cost')) {
    fields.raw('control_curve');
    return cost;
  }
  const above = fields.number('above_curve_cost');
  const curve = amountOf(making, 'control_curve', 1);
  return {
    parameter: builder.made(
      {
        value: () => (fullness(builder.state, node) >= amountNow(curve, builder.state) ? above : amountNow(cost, builder.state)),
      },
      `${fields.where.place} (cost)`,
    ),
  };
}

const storage: MakeNode = (making) => {
  const { assembly, name, fields } = making;
  const point = assembly.point(name);
  const store = storeOf(making);
  const cost = costOfReservoir(making);
  const arc = assembly.arc({ name, from: point, to: -1, lower: Number.NEGATIVE_INFINITY, cost });
  const port: Port = { point, pure: false };
  const [ins, outs] = [fields.number('outputs', 1), fields.number('inputs', 1)];
  const at = (count: number) => (slot: string | number | null) =>
    (slot === null && count === 1) || (typeof slot === 'number' && slot < count) ? port : null;
  fields.raw('level');
  fields.raw('area');
  return {
    name,
    type: 'storage',
    flow: one(arc),
    most: [Number.POSITIVE_INFINITY],
    cost,
    store: { ...store, arc },
    inlet: at(ins),
    outlet: at(outs),
  };
};

/** A store of groundwater with streams that flow by its level. */
const aquifer: MakeNode = (making) => {
  const { assembly, name, fields, builder, node } = making;
  const levels = fields.numbers('levels');
  const volumes = fields.has('volumes') ? fields.numbers('volumes') : [0];
  if (!fields.has('volumes'))
    for (const [i, storativity] of fields.numbers('storativity').entries())
      volumes.push(
        (volumes[i] as number) +
          fields.number('area') * storativity * ((levels[i + 1] as number) - (levels[i] as number)) * 0.001,
      );
  const streams = fields.number('num_streams');
  const others = fields.number('num_additional_inputs');
  const stream = fields.list('stream_flow_levels').map((row) => numbersIn(row, fields.where));
  const transmissivity = fields.numbers('transmissivity');
  const curve = curveOf(volumes, levels, fields);
  const level: Amount = {
    parameter: builder.made({ value: () => curve.at(builder.state.volume[node] as number) }, `${name} (level)`),
  };
  builder.setLevel(node, level);
  const point = assembly.point(name);
  const cost = amountOf(making, 'cost', 0);
  const arc = assembly.arc({ name, from: point, to: -1, lower: Number.NEGATIVE_INFINITY, cost });
  const start = fields.has('initial_level')
    ? curveOf(levels, volumes, fields).at(fields.number('initial_level'))
    : fields.number('initial_volume');
  const outlets = Array.from({ length: streams }, (_, i): Port => {
    const to = assembly.point(`${name} (${i})`);
    const flow = {
      parameter: builder.made(
        keating(level, stream[i] ?? [], transmissivity, fields.number('coefficient'), builder),
        `${name} (${i})`,
      ),
    };
    assembly.arc({ name: `${name} (${i})`, from: point, to, lower: flow, upper: flow });
    return { point: to, pure: true };
  });
  const port: Port = { point, pure: false };
  return {
    name,
    type: 'keatingaquifer',
    flow: one(arc),
    most: [Number.POSITIVE_INFINITY],
    cost,
    store: { node, least: Math.min(...volumes), full: Math.max(...volumes), volume: start, part: null, arc },
    inlet: onlyAt(port),
    outlet: (slot) => (typeof slot !== 'number' ? null : (outlets[slot] ?? (slot < streams + others ? port : null))),
  };
};

/**
 * A reach that flattens a flood: what leaves follows what enters now and what entered and left in the step before (Muskingum;
 * McCarthy 1938, after Chow, Maidment & Mays 1988, Applied Hydrology, ch. 8.4). Travel time is in steps. In the first step as
 * much leaves as enters, unless flows of the step before are given.
 */
const muskingum: MakeNode = (making): NodePart => {
  const { assembly, name, fields, builder } = making;
  const [from, to] = [assembly.point(name), assembly.point(name)];
  const [time, weight] = [amountOf(making, 'travel_time', 0), amountOf(making, 'weight', 0)];
  const sink = assembly.arc({ name: `${name} (in)`, from, to: -1 });
  const source = assembly.arc({ name, from: -1, to });
  const given = fields.has('inflow') && fields.has('outflow');
  let before = given ? { inflow: fields.number('inflow'), outflow: fields.number('outflow') } : null;
  const parts = (): { k: number; x: number; whole: number } => {
    const [k, x] = [amountNow(time, builder.state), amountNow(weight, builder.state)];
    return { k, x, whole: 2 * k * (1 - x) + 1 };
  };
  const now = builder.made(
    {
      value() {
        const { k, x, whole } = parts();
        return before === null ? -1 : -(1 - 2 * k * x) / whole;
      },
      after() {
        before = { inflow: builder.arcFlow(sink), outflow: builder.arcFlow(source) };
      },
    },
    `${name} (inflow)`,
  );
  const rest = builder.made(
    {
      value() {
        const { k, x, whole } = parts();
        return before === null ? 0 : (before.inflow * (1 + 2 * k * x) + before.outflow * (whole - 2)) / whole;
      },
    },
    `${name} (routing)`,
  );
  const terms = [
    { arc: source, factor: 1 },
    { arc: sink, factor: { parameter: now } },
  ];
  assembly.rule({ name, terms, lower: { parameter: rest }, upper: { parameter: rest } });
  return {
    name,
    type: 'muskingum',
    flow: one(source),
    most: [Number.POSITIVE_INFINITY],
    cost: 0,
    inner: { inflow: one(sink) },
    inlet: onlyAt({ point: from, pure: true }),
    outlet: onlyAt({ point: to, pure: true }),
  };
};

export const NODES: Readonly<Record<string, MakeNode>> = {
  input: input(limitsOf),
  catchment,
  discharge: catchment,
  output,
  link,
  river: link,
  breaklink: link,
  losslink: lossLink,
  delaynode: delay,
  muskingum,
  storage,
  reservoir: storage,
  keatingaquifer: aquifer,
  ...SPLITS,
};
