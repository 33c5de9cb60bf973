/** Parameters that remember flows and volumes: delays, deficits, licences, levels, turbines. */

import type { Fields } from './river-fields.ts';
import { numbersIn } from './river-fields.ts';
import { turbineOf } from './river-hydropower.ts';
import { curveOf } from './river-interpolation.ts';
import type { Make } from './river-parameter-profiles.ts';
import { type Amount, amountNow, type Builder, type Kernel } from './river-state.ts';

/** Steps that `timesteps` or `days` tell. */
export function stepsOf(fields: Fields, { calendar }: Builder, exact = false): number {
  const days = fields.number('days', 0);
  const steps = fields.number('timesteps', 0);
  if (days > 0) {
    if (calendar.delta === null || (exact && days % calendar.delta !== 0))
      throw fields.fail('days', `n × ${calendar.delta ?? '?'}`);
    return Math.floor(days / calendar.delta);
  }
  if (!Number.isInteger(steps) || steps < 1) throw fields.fail('timesteps', '≥ 1');
  return steps;
}

/** What `now` told some steps ago. */
export function delayed(now: () => number, steps: number, initial: number): Kernel {
  const memory = new Float64Array(steps).fill(initial);
  let at = 0;
  return {
    value: () => memory[at] as number,
    after() {
      memory[at] = now();
      at = (at + 1) % steps;
    },
  };
}

function rollingMean(fields: Fields, builder: Builder): Kernel {
  const node = builder.node(fields.raw('node'), fields.where);
  const steps = stepsOf(fields, builder);
  const initial = fields.number('initial_flow', 0);
  const memory = new Float64Array(steps);
  let at = 0;
  return {
    value(step) {
      if (step === 0) return initial;
      const count = Math.min(step, steps);
      let sum = 0;
      for (let i = 0; i < count; i++) sum += memory[i] as number;
      return sum / count;
    },
    after() {
      memory[at] = builder.state.flow[node] as number;
      at = (at + 1) % steps;
    },
  };
}

function flowBefore(fields: Fields, builder: Builder): Kernel {
  const node = builder.node(fields.raw('node'), fields.where);
  let next = fields.number('initial_value', 0);
  return {
    value: () => next,
    after() {
      next = builder.state.flow[node] as number;
    },
  };
}

/** What a node was short of in the step before; after a step, in that step. */
function deficit(fields: Fields, builder: Builder, self: number): Kernel {
  const node = builder.node(fields.raw('node'), fields.where);
  const { state } = builder;
  return {
    value: (step) => (step === 0 ? 0 : (state.values[self] as number)),
    after() {
      state.values[self] = builder.mostOf(node) - (state.flow[node] as number);
    },
  };
}

/** Volume of a store, or for other nodes the flow of the step before. */
function stateOf(fields: Fields, builder: Builder): Kernel {
  const node = builder.node(fields.raw('storage_node'), fields.where);
  return builder.isStore(node)
    ? { value: () => builder.state.volume[node] as number }
    : { value: () => builder.state.previous[node] as number };
}

function storage(fields: Fields, builder: Builder): Kernel {
  const node = builder.node(fields.raw('storage_node'), fields.where);
  const { volume, proportion } = builder.state;
  return fields.flag('use_proportional_volume', false)
    ? { value: () => proportion[node] as number }
    : { value: () => volume[node] as number };
}

const curveField = (fields: Fields, builder: Builder, name: string): number[] => {
  const value = fields.raw(name);
  return Array.isArray(value) ? numbersIn(value, fields.where) : builder.table(fields, name).flat();
};

function interpolatedVolume(fields: Fields, builder: Builder): Kernel {
  const node = builder.node(fields.raw('node'), fields.where);
  const curve = curveOf(curveField(fields, builder, 'volumes'), curveField(fields, builder, 'values'), fields);
  return { value: () => curve.at(builder.state.volume[node] as number) };
}

function interpolatedFlow(fields: Fields, builder: Builder): Kernel {
  const node = builder.node(fields.raw('node'), fields.where);
  const curve = curveOf(numbersIn(fields.raw('flows'), fields.where), numbersIn(fields.raw('values'), fields.where), fields);
  return { value: () => curve.at(builder.state.previous[node] as number) };
}

/** The flow that makes the energy asked for. */
function hydropowerTarget(fields: Fields, builder: Builder): Kernel {
  const target = builder.amount(fields.raw('target'), fields.where);
  const turbine = turbineOf(fields, builder);
  const most: Amount = fields.has('max_flow') ? builder.amount(fields.raw('max_flow'), fields.where) : Infinity;
  const least: Amount = fields.has('min_flow') ? builder.amount(fields.raw('min_flow'), fields.where) : -Infinity;
  const leastHead = fields.number('min_head', 0);
  const { state } = builder;
  return {
    value() {
      const head = turbine.head();
      if (head < leastHead) return 0;
      const per = turbine.factor * head;
      const flow = per === 0 ? Infinity : amountNow(target, state) / per;
      return Math.max(Math.min(flow, amountNow(most, state)), amountNow(least, state));
    },
  };
}

/** What is left of a licence for a calendar year: all of it in a step (`storage`), or its part for each day left (`annual`). */
function licence(fields: Fields, builder: Builder, kind: 'storage' | 'annual'): Kernel {
  const node = builder.node(fields.raw('node'), fields.where);
  const amount = fields.number('amount');
  const { calendar, state } = builder;
  let left = amount;
  let year: number | null = null;
  const value = (step: number): number => {
    if (kind === 'storage') return left;
    const of = calendar.year[step] as number;
    const length = new Date(Date.UTC(of, 1, 29)).getUTCDate() === 29 ? 366 : 365;
    return left / Math.max(1, length - ((calendar.dayOfYear[step] as number) - 1));
  };
  return {
    before(step) {
      if (kind === 'storage' || calendar.year[step] === year) return;
      year = calendar.year[step] as number;
      left = amount - ((calendar.dayOfYear[step] as number) - 1) * (state.previous[node] as number);
    },
    value,
    after(step) {
      left = Math.max(0, left - (state.flow[node] as number) * (calendar.days[step] as number));
    },
  };
}

/** A price of a licence: the less is left against the mean use, the higher. */
function licencePrice(fields: Fields, builder: Builder, of: (left: number) => number): Kernel {
  const kernel = licence(fields, builder, 'annual');
  const amount = fields.number('amount');
  const { calendar } = builder;
  return {
    ...kernel,
    value(step) {
      const leap = new Date(Date.UTC(calendar.year[step] as number, 1, 29)).getUTCDate() === 29;
      return of(kernel.value(step) / (amount / (leap ? 366 : 365)));
    },
  };
}

/**
 * Flow of a stream from an aquifer by its level: Keating 1982, Ground Water 20:430, doi:10.1111/j.1745-6584.1982.tb02763.x.
 */
export function keating(
  level: Amount,
  levels: readonly number[],
  transmissivity: readonly number[],
  coefficient: number,
  { state }: Builder,
): Kernel {
  return {
    value() {
      const now = amountNow(level, state);
      let flow = 0;
      for (const [i, from] of levels.entries())
        if (now > from) flow += 2 * (transmissivity[i] as number) * coefficient * (now - from);
      return flow;
    },
  };
}

export const WATER: Record<string, Make> = {
  flow: flowBefore,
  flowdelay: (fields, builder) => {
    const node = builder.node(fields.raw('node'), fields.where);
    return delayed(() => builder.state.flow[node] as number, stepsOf(fields, builder, true), fields.number('initial_flow', 0));
  },
  rollingmeanflownode: rollingMean,
  deficit,
  stateof: stateOf,
  storage,
  interpolatedvolume: interpolatedVolume,
  interpolatedflow: interpolatedFlow,
  hydropowertarget: hydropowerTarget,
  timesteplicense: (fields) => {
    const amount = fields.number('amount');
    return { value: () => amount, constant: amount };
  },
  dailylicense: (fields) => {
    const amount = fields.number('amount');
    return { value: () => amount, constant: amount };
  },
  storagelicense: (fields, builder) => licence(fields, builder, 'storage'),
  annuallicense: (fields, builder) => licence(fields, builder, 'annual'),
  annualexponentiallicense: (fields, builder) => {
    const [most, k] = [fields.number('max_value'), fields.number('k', 1)];
    return licencePrice(fields, builder, (left) => most * Math.exp(-left / k));
  },
  annualhyperbolalicense: (fields, builder) => {
    const value = fields.number('value');
    return licencePrice(fields, builder, (left) => (left === 0 ? Infinity : value / left));
  },
  keatingstreamflow: (fields, builder) =>
    keating(
      builder.levelOf(builder.node(fields.raw('storage_node'), fields.where)),
      fields.numbers('levels'),
      fields.numbers('transmissivity'),
      fields.number('coefficient', 1),
      builder,
    ),
};
