/** Parameters that are computed from others. */

import { type Fields, numbersIn } from './river-fields.ts';
import { curveOf } from './river-interpolation.ts';
import type { Make } from './river-parameter-profiles.ts';
import { type Amount, amountNow, type Builder, fullness, type Kernel } from './river-state.ts';

const AGGREGATES: Record<string, (values: readonly number[]) => number> = {
  sum: (values) => values.reduce((a, b) => a + b, 0),
  product: (values) => values.reduce((a, b) => a * b, 1),
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  mean: (values) => values.reduce((a, b) => a + b, 0) / values.length,
  median: (values) => {
    const sorted = values.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1
      ? (sorted[middle] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  },
  any: (values) => (values.some((value) => value !== 0) ? 1 : 0),
  all: (values) => (values.every((value) => value !== 0) ? 1 : 0),
};

function aggregateOf(fields: Fields, allowed: readonly string[]): (values: readonly number[]) => number {
  const name = fields.text('agg_func').toLowerCase();
  const own = AGGREGATES[name];
  if (own === undefined || !allowed.includes(name)) throw fields.fail('agg_func', allowed.join(', '));
  return own;
}

const parametersOf = (fields: Fields, builder: Builder, name: string): number[] =>
  fields.list(name).map((one, i) => builder.parameter(one, { ...fields.where, place: `${fields.where.place}.${name}[${i}]` }));

function aggregated(fields: Fields, builder: Builder): Kernel {
  const name = fields.text('agg_func').toLowerCase();
  const own = aggregateOf(fields, ['sum', 'min', 'max', 'mean', 'product', 'median']);
  const parts = parametersOf(fields, builder, 'parameters');
  const { values } = builder.state;
  if (parts.length === 0) throw fields.fail('parameters', '[…]');
  const kernels = parts.map((part) => builder.kernel(part));
  const constant = kernels.every((kernel) => kernel.constant !== undefined)
    ? own(kernels.map((kernel) => kernel.constant as number))
    : undefined;
  const fast = (): Kernel['value'] => {
    if (name === 'product')
      return () => {
        let result = 1;
        for (let i = 0; i < parts.length; i++) result *= values[parts[i] as number] as number;
        return result;
      };
    if (name === 'sum')
      return () => {
        let result = 0;
        for (let i = 0; i < parts.length; i++) result += values[parts[i] as number] as number;
        return result;
      };
    return () => own(parts.map((part) => values[part] as number));
  };
  return { value: fast(), ...(constant === undefined ? {} : { constant }) };
}

function aggregatedIndex(fields: Fields, builder: Builder, self: number): Kernel {
  const own = aggregateOf(fields, ['sum', 'min', 'max', 'product', 'any', 'all']);
  const parts = parametersOf(fields, builder, 'parameters');
  for (const part of parts) if (builder.kernel(part).index === undefined) throw fields.fail('parameters', 'index');
  const { indices } = builder.state;
  return { index: () => own(parts.map((part) => indices[part] as number)), value: () => indices[self] as number };
}

function indexedArray(fields: Fields, builder: Builder): Kernel {
  const index = builder.parameter(fields.raw('index_parameter'), fields.where);
  if (builder.kernel(index).index === undefined) throw fields.fail('index_parameter', 'index');
  const parts = parametersOf(fields, builder, fields.has('params') ? 'params' : 'parameters');
  const { values, indices } = builder.state;
  return {
    value() {
      const part = parts[indices[index] as number];
      if (part === undefined) throw fields.fail('params', `> ${indices[index]}`);
      return values[part] as number;
    },
  };
}

/** A parameter made from one other. */
const ofOne =
  (of: (value: number, given: number) => number, field?: string): Make =>
  (fields, builder) => {
    const inner = builder.amount(fields.raw('parameter'), fields.where);
    const given = field === undefined ? 0 : fields.number(field, 0);
    return { value: () => of(amountNow(inner, builder.state), given) };
  };

function division(fields: Fields, builder: Builder): Kernel {
  const above = builder.amount(fields.raw('numerator'), fields.where);
  const below = builder.amount(fields.raw('denominator'), fields.where);
  return { value: () => amountNow(above, builder.state) / amountNow(below, builder.state) };
}

/** Integral of a function of steps from zero to the parameter. */
function stepIntegral(fields: Fields, builder: Builder): Kernel {
  const inner = builder.amount(fields.raw('parameter'), fields.where);
  const [x, y] = [fields.numbers('x'), fields.numbers('y')];
  if (x.length !== y.length) throw fields.fail('y', `${x.length} × 0.0`);
  return {
    value() {
      const to = amountNow(inner, builder.state);
      let sum = 0;
      let before = 0;
      for (const [i, end] of x.entries()) {
        const part = Math.min(to, end) - before;
        if (part < 0) break;
        sum += part * (y[i] as number);
        before = end;
      }
      return sum;
    },
  };
}

function interpolated(fields: Fields, builder: Builder): Kernel {
  const inner = builder.amount(fields.raw('parameter'), fields.where);
  const curve = curveOf(numbersIn(fields.raw('x'), fields.where), numbersIn(fields.raw('y'), fields.where), fields);
  return { value: () => curve.at(amountNow(inner, builder.state)) };
}

function quadrature(fields: Fields, builder: Builder): Kernel {
  const upper = builder.amount(fields.raw('upper_parameter'), fields.where);
  const lower: Amount = fields.has('lower_parameter') ? builder.amount(fields.raw('lower_parameter'), fields.where) : 0;
  const curve = curveOf(numbersIn(fields.raw('x'), fields.where), numbersIn(fields.raw('y'), fields.where), fields);
  return { value: () => curve.between(amountNow(lower, builder.state), amountNow(upper, builder.state)) };
}

function scenarioWrapper(fields: Fields, builder: Builder): Kernel {
  const { group, size } = builder.scenario(fields.raw('scenario'), fields.where);
  const parts = parametersOf(fields, builder, 'parameters');
  if (parts.length !== size) throw fields.fail('parameters', `${size}`);
  const own = parts[builder.members[group] as number] as number;
  const { constant } = builder.kernel(own);
  return { value: () => builder.state.values[own] as number, ...(constant === undefined ? {} : { constant }) };
}

function storeNow(fields: Fields, builder: Builder): () => number {
  const node = builder.node(fields.raw('storage_node'), fields.where);
  const part = fields.flag('use_proportional_volume', false);
  return () => (part ? fullness(builder.state, node) : (builder.state.volume[node] as number));
}

function polynomial(fields: Fields, builder: Builder): Kernel {
  const coefficients = fields.numbers('coefficients');
  const [offset, scale] = [fields.number('offset', 0), fields.number('scale', 1)];
  const inputs = ['parameter', 'storage_node', 'node'].filter((name) => fields.has(name));
  if (inputs.length !== 1) throw fields.fail('parameter', 'parameter | storage_node | node');
  let input: () => number;
  if (fields.has('parameter')) {
    const inner = builder.amount(fields.raw('parameter'), fields.where);
    input = () => amountNow(inner, builder.state);
    fields.raw('use_proportional_volume');
  } else if (fields.has('storage_node')) input = storeNow(fields, builder);
  else {
    const node = builder.node(fields.raw('node'), fields.where);
    input = () => builder.state.flow[node] as number;
  }
  return {
    value() {
      const x = input() * scale + offset;
      return coefficients.reduce((sum, coefficient, i) => sum + coefficient * x ** i, 0);
    },
  };
}

function polynomialOfStore(fields: Fields, builder: Builder): Kernel {
  const coefficients = fields.list('coefficients').map((row) => numbersIn(row, fields.where));
  const inner = builder.amount(fields.raw('parameter'), fields.where);
  const volume = storeNow(fields, builder);
  const [offset, scale] = [fields.number('storage_offset', 0), fields.number('storage_scale', 1)];
  const [otherOffset, otherScale] = [fields.number('parameter_offset', 0), fields.number('parameter_scale', 1)];
  return {
    value() {
      const x = scale * volume() + offset;
      const y = otherScale * amountNow(inner, builder.state) + otherOffset;
      let sum = 0;
      for (const [i, row] of coefficients.entries())
        for (const [j, coefficient] of row.entries()) sum += coefficient * x ** i * y ** j;
      return sum;
    },
  };
}

export const SUMS: Record<string, Make> = {
  aggregated,
  aggregatedindex: aggregatedIndex,
  indexedarray: indexedArray,
  division,
  negative: ofOne((value) => -value),
  max: ofOne(Math.max, 'threshold'),
  min: ofOne(Math.min, 'threshold'),
  negativemax: ofOne((value, threshold) => Math.max(-value, threshold), 'threshold'),
  negativemin: ofOne((value, threshold) => Math.min(-value, threshold), 'threshold'),
  offset: ofOne((value, offset) => value + offset, 'offset'),
  piecewiseintegral: stepIntegral,
  interpolated,
  interpolatedquadrature: quadrature,
  scenariowrapper: scenarioWrapper,
  polynomial1d: polynomial,
  polynomial2dstorage: polynomialOfStore,
};
