/** Parameters that look at where a store stands against its control curves, or a number against thresholds. */
import { Problem } from '../problems.ts';
import type { Fields } from './river-fields.ts';
import { numbersIn } from './river-fields.ts';
import type { Make } from './river-parameter-profiles.ts';
import { type Amount, amountNow, type Builder, fullness, type Kernel } from './river-state.ts';

/** Days from the beginning of the common era to 1970-01-01. */
const COMMON_ERA = 719_163;

function curvesOf(fields: Fields, builder: Builder): { node: number; curves: Amount[] } {
  const given = fields.has('control_curve') ? [fields.raw('control_curve')] : fields.list('control_curves');
  return {
    node: builder.node(fields.raw('storage_node'), fields.where),
    curves: given.map((one, i) => builder.amount(one, { ...fields.where, place: `${fields.where.place}.control_curves[${i}]` })),
  };
}

/** How many curves lie above the store: 0 where it stands at the first or above. */
const levelOf = (curves: readonly Amount[], node: number, builder: Builder): number => {
  const now = fullness(builder.state, node);
  for (let i = 0; i < curves.length; i++) if (now >= amountNow(curves[i] as Amount, builder.state)) return i;
  return curves.length;
};

/** Values or parameters of each level. */
function choices(fields: Fields, builder: Builder, count: number): Amount[] | null {
  const found: Amount[] | null =
    fields.has('values') || fields.has('url') || fields.has('table')
      ? builder.table(fields).flat()
      : fields.has('parameters')
        ? fields.list('parameters').map((one) => builder.amount(one, fields.where))
        : null;
  if (found !== null && found.length !== count) throw fields.fail('values', `${count} × 0.0`);
  return found;
}

function controlCurve(fields: Fields, builder: Builder): Kernel {
  const { node, curves } = curvesOf(fields, builder);
  const found = choices(fields, builder, curves.length + 1);
  return {
    value() {
      const level = levelOf(curves, node, builder);
      return found === null ? level : amountNow(found[level] as Amount, builder.state);
    },
  };
}

function controlCurveIndex(fields: Fields, builder: Builder, self: number): Kernel {
  const { node, curves } = curvesOf(fields, builder);
  return { index: () => levelOf(curves, node, builder), value: () => builder.state.indices[self] as number };
}

function controlCurveInterpolated(fields: Fields, builder: Builder): Kernel {
  const { node, curves } = curvesOf(fields, builder);
  const found = choices(fields, builder, curves.length + 2);
  if (found === null) throw fields.fail('values', `${curves.length + 2} × 0.0`);
  const { state } = builder;
  return {
    value() {
      const now = fullness(state, node);
      const level = levelOf(curves, node, builder);
      const top = level === 0 ? 1 : amountNow(curves[level - 1] as Amount, state);
      const bottom = level === curves.length ? 0 : amountNow(curves[level] as Amount, state);
      const [upper, lower] = [found[level] as Amount, found[level + 1] as Amount];
      if (top === bottom) return amountNow(level === curves.length ? upper : lower, state);
      const weight = (now - bottom) / (top - bottom);
      return amountNow(upper, state) * weight + amountNow(lower, state) * (1 - weight);
    },
  };
}

function controlCurvePiecewise(fields: Fields, builder: Builder): Kernel {
  const { node, curves } = curvesOf(fields, builder);
  const pairs = fields.list('values').map((pair) => numbersIn(pair, fields.where));
  if (pairs.length !== curves.length + 1 || pairs.some((pair) => pair.length !== 2))
    throw fields.fail('values', `${curves.length + 1} × [0.0, 0.0]`);
  const [least, most] = [fields.number('minimum', 0), fields.number('maximum', 1)];
  return {
    value() {
      const now = fullness(builder.state, node);
      const level = levelOf(curves, node, builder);
      const top = level === 0 ? most : amountNow(curves[level - 1] as Amount, builder.state);
      const bottom = level === curves.length ? least : amountNow(curves[level] as Amount, builder.state);
      const [upper, lower] = pairs[level] as [number, number];
      if (now < bottom || top === bottom) return now > top ? upper : lower;
      return now > top ? upper : lower + (upper - lower) * ((now - bottom) / (top - bottom));
    },
  };
}

const PREDICATES: Record<string, (a: number, b: number) => boolean> = {
  lt: (a, b) => a < b,
  '<': (a, b) => a < b,
  gt: (a, b) => a > b,
  '>': (a, b) => a > b,
  eq: (a, b) => a === b,
  '=': (a, b) => a === b,
  le: (a, b) => a <= b,
  '<=': (a, b) => a <= b,
  ge: (a, b) => a >= b,
  '>=': (a, b) => a >= b,
};

/** The comparison that `predicate` names. */
export function predicateOf(fields: Fields): (a: number, b: number) => boolean {
  const given = fields.raw('predicate') ?? '<';
  const own = PREDICATES[String(given).toLowerCase()];
  if (own === undefined) throw fields.fail('predicate', '<, >, =, <=, >=');
  return own;
}

/** 1 where `now` meets the predicate with the threshold, else 0; with `ratchet` it stays 1 once it was. */
function threshold(fields: Fields, builder: Builder, self: number, now: (step: number) => number | null): Kernel {
  const limit = builder.amount(fields.raw('threshold'), fields.where);
  const compare = predicateOf(fields);
  const ratchet = fields.flag('ratchet', false);
  const values = fields.has('values') ? numbersIn(fields.raw('values'), fields.where) : null;
  const initial = fields.number('initial_value', 1);
  let triggered = false;
  return {
    index(step) {
      if (ratchet && triggered) return 1;
      const value = now(step);
      if (value === null) return initial;
      const met = compare(value, amountNow(limit, builder.state));
      triggered ||= met;
      return met ? 1 : 0;
    },
    value: () => (values === null ? Number.NaN : (values[builder.state.indices[self] as number] as number)),
  };
}

/** The first of falling thresholds that a number reaches; their count where it reaches none. */
function manyThresholds(fields: Fields, builder: Builder, self: number, now: () => number): Kernel {
  const limits = fields.list('thresholds').map((one) => builder.amount(one, fields.where));
  return {
    index() {
      const value = now();
      const found = limits.findIndex((limit) => value >= amountNow(limit, builder.state));
      return found === -1 ? limits.length : found;
    },
    value: () => builder.state.indices[self] as number,
  };
}

export const CURVES: Record<string, Make> = {
  controlcurve: controlCurve,
  controlcurveindex: controlCurveIndex,
  controlcurveinterpolated: controlCurveInterpolated,
  controlcurvepiecewiseinterpolated: controlCurvePiecewise,
  storagethreshold(fields, builder, self) {
    const node = builder.node(fields.raw('storage_node'), fields.where);
    return threshold(fields, builder, self, () => builder.state.volume[node] as number);
  },
  nodethreshold(fields, builder, self) {
    const node = builder.node(fields.raw('node'), fields.where);
    const kernel = threshold(fields, builder, self, () => builder.state.previous[node] as number);
    return { ...kernel, index: (step) => (step === 0 ? 0 : (kernel.index?.(step) as number)) };
  },
  parameterthreshold(fields, builder, self) {
    const inner = builder.amount(fields.raw('parameter'), fields.where);
    return threshold(fields, builder, self, () => amountNow(inner, builder.state));
  },
  recorderthreshold(fields, builder, self) {
    const recording = builder.recorder(fields.raw('recorder'), fields.where);
    return threshold(fields, builder, self, (step) => {
      if (step === 0) return null;
      if (recording.series === null)
        throw new Problem('river-field', { ...fields.where, found: recording.type, expected: 'NumpyArray…' });
      return recording.series[step - 1] as number;
    });
  },
  currentyearthreshold: (fields, builder, self) =>
    threshold(fields, builder, self, (step) => builder.calendar.year[step] as number),
  currentordinaldaythreshold: (fields, builder, self) =>
    threshold(fields, builder, self, (step) => Math.floor(builder.calendar.start[step] as number) + COMMON_ERA),
  multiplethresholdindex(fields, builder, self) {
    const node = builder.node(fields.raw('node'), fields.where);
    return manyThresholds(fields, builder, self, () => builder.state.previous[node] as number);
  },
  multiplethresholdparameterindex(fields, builder, self) {
    const inner = builder.amount(fields.raw('parameter'), fields.where);
    return manyThresholds(fields, builder, self, () => amountNow(inner, builder.state));
  },
};
