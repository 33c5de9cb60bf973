/** Recorders that keep a number of every step, and what is made of these. */
import { AGGREGATE_NAMES, type Aggregate, aggregateNamed, percentile, withoutMissing } from './river-aggregate.ts';
import { type Fields, numbersIn } from './river-fields.ts';
import { powerOf, turbineOf } from './river-hydropower.ts';
import { type Amount, amountNow, type Builder, type Recording } from './river-state.ts';

/** What a recorder type makes, without the name that all have. */
export type Recorded = Pick<Recording, 'after' | 'finish' | 'value' | 'series'>;
export type MakeRecorder = (fields: Fields, builder: Builder) => Recorded;

/** What recorders do at the end that need do nothing. */
export const nothing = (): void => {};

/** How numbers of steps become one, by `temporal_agg_func` or the name `older`. */
function inTime(fields: Fields, older?: string): Aggregate {
  const given = fields.raw('temporal_agg_func') ?? (older === undefined ? undefined : fields.raw(older)) ?? 'mean';
  const found = aggregateNamed(given);
  if (found === null) throw fields.fail('temporal_agg_func', AGGREGATE_NAMES);
  return fields.flag('ignore_nan', false) ? withoutMissing(found) : found;
}

/** A recorder of one number for each step. */
function eachStep(fields: Fields, { calendar }: Builder, now: (step: number) => number): Recorded {
  const series = new Float64Array(calendar.count);
  const aggregate = inTime(fields);
  return {
    series,
    after(step) {
      series[step] = now(step);
    },
    finish: nothing,
    value: () => aggregate(series),
  };
}

/** The node that a recorder is on. */
export const nodeIn = (fields: Fields, builder: Builder): number => builder.node(fields.raw('node'), fields.where);

const ofNode =
  (now: (node: number, builder: Builder) => number): MakeRecorder =>
  (fields, builder) => {
    const node = nodeIn(fields, builder);
    const factor = fields.number('factor', 1);
    return eachStep(fields, builder, () => now(node, builder) * factor);
  };

/** The same without a factor, which these recorders do not take. */
const shareOf =
  (now: (flow: number, most: number) => number): MakeRecorder =>
  (fields, builder) => {
    const node = nodeIn(fields, builder);
    return eachStep(fields, builder, () => now(builder.state.flow[node] as number, builder.mostOf(node)));
  };

/** The parameter that a recorder is on. */
export const parameterIn = (fields: Fields, builder: Builder): number => builder.parameter(fields.raw('parameter'), fields.where);

/** Percentiles of a series: `months` alone where they are given. */
function durationCurve(fields: Fields, builder: Builder, now: () => number, older: string): Recorded {
  const percentiles = fields.numbers('percentiles');
  const months = fields.has('months') ? new Set(fields.numbers('months')) : null;
  const values = new Float64Array(builder.calendar.count);
  const series = new Float64Array(percentiles.length);
  const aggregate = inTime(fields, older);
  return {
    series,
    after(step) {
      values[step] = now();
    },
    finish() {
      const kept = months === null ? values : values.filter((_, step) => months.has(builder.calendar.month[step] as number));
      for (const [i, percent] of percentiles.entries()) series[i] = percentile(kept, percent);
    },
    value: () => aggregate(series),
  };
}

/** Targets of a duration curve, for the scenario that is run. */
function targetOf(fields: Fields, builder: Builder, name: string, count: number, member: number): number[] | null {
  const given = fields.raw(name);
  if (given === undefined) return null;
  const rows = Array.isArray(given) ? given.map((row) => numbersIn(row, fields.where)) : builder.table(fields, name);
  if (rows.length !== count) throw fields.fail(name, `${count} × 0.0`);
  return rows.map((row) => (row.length === 1 ? row[0] : row[member]) as number);
}

/** How far a flow duration curve lies outside two others, as part of these. */
function curveDeviation(fields: Fields, builder: Builder): Recorded {
  const node = nodeIn(fields, builder);
  const percentiles = fields.numbers('percentiles');
  const named = fields.raw('scenario');
  const member =
    named === undefined ? globalIndex(builder) : (builder.members[builder.scenario(named, fields.where).group] as number);
  const lower = targetOf(fields, builder, 'lower_target_fdc', percentiles.length, member);
  const upper = targetOf(fields, builder, 'upper_target_fdc', percentiles.length, member);
  if (lower === null && upper === null) throw fields.fail('lower_target_fdc', '[0.0, …]');
  const curve = durationCurve(fields, builder, () => builder.state.flow[node] as number, 'fdc_agg_func');
  const series = new Float64Array(percentiles.length);
  const aggregate = inTime(fields, 'fdc_agg_func');
  return {
    series,
    after: curve.after,
    finish() {
      curve.finish();
      for (let k = 0; k < series.length; k++) {
        const now = curve.series?.[k] as number;
        const above = upper === null ? 0 : (now - (upper[k] as number)) / (upper[k] as number);
        const below = lower === null ? 0 : ((lower[k] as number) - now) / (lower[k] as number);
        const wrong = upper?.[k] === 0 || lower?.[k] === 0;
        series[k] = wrong ? Number.NaN : Math.max(above, below, 0);
      }
    },
    value: () => aggregate(series),
  };
}

const globalIndex = ({ combination }: Builder): number => combination;

/** The aggregate of the last steps of a parameter. */
function rollingWindow(fields: Fields, builder: Builder): Recorded {
  const parameter = parameterIn(fields, builder);
  const window = fields.number('window');
  const aggregate = aggregateNamed(fields.raw('temporal_agg_func') ?? fields.raw('agg_func') ?? 'mean');
  if (aggregate === null) throw fields.fail('temporal_agg_func', AGGREGATE_NAMES);
  const memory: number[] = [];
  const series = new Float64Array(builder.calendar.count);
  return {
    series,
    after(step) {
      memory[step % window] = builder.state.values[parameter] as number;
      series[step] = aggregate(memory);
    },
    finish: nothing,
    value: () => aggregate(series),
  };
}

function rollingFlow(fields: Fields, builder: Builder): Recorded {
  const node = nodeIn(fields, builder);
  const days = fields.number('days', 0);
  const steps = days > 0 ? Math.floor(days / (builder.calendar.delta ?? Number.NaN)) : fields.number('timesteps', 0);
  if (!(steps >= 1)) throw fields.fail('timesteps', '≥ 1');
  const memory: number[] = [];
  const series = new Float64Array(builder.calendar.count);
  return {
    series,
    after(step) {
      memory[step % steps] = builder.state.flow[node] as number;
      series[step] = memory.reduce((a, b) => a + b, 0) / memory.length;
    },
    finish: nothing,
    value: () => builder.state.flow[node] as number,
  };
}

/** Volume against a curve: 1 when full, 0 on the curve, -1 when empty. */
function normalised(fields: Fields, builder: Builder): Recorded {
  const node = nodeIn(fields, builder);
  const curve: Amount = builder.amount(fields.raw('parameter'), fields.where);
  return eachStep(fields, builder, () => {
    const now = builder.state.proportion[node] as number;
    const at = amountNow(curve, builder.state);
    return now < at ? now / at - 1 : (now - at) / (1 - at);
  });
}

const hydropower: MakeRecorder = (fields, builder) => {
  const node = nodeIn(fields, builder);
  const turbine = turbineOf(fields, builder);
  fields.raw('factor');
  return eachStep(fields, builder, () => powerOf(builder.state.flow[node] as number, turbine));
};

const storageOf: MakeRecorder = (fields, builder) => {
  const node = nodeIn(fields, builder);
  const { proportion, volume } = builder.state;
  const kept = fields.flag('proportional', false) ? proportion : volume;
  return eachStep(fields, builder, () => kept[node] as number);
};

export const SERIES_RECORDERS: Record<string, MakeRecorder> = {
  numpyarraynode: ofNode((node, { state }) => state.flow[node] as number),
  numpyarraynodedeficit: shareOf((flow, most) => most - flow),
  numpyarraynodesuppliedratio: shareOf((flow, most) => (most === 0 ? 1 : flow / most)),
  numpyarraynodecurtailmentratio: shareOf((flow, most) => (most === 0 ? 0 : 1 - flow / most)),
  numpyarraynodecost: (fields, builder) => {
    const node = nodeIn(fields, builder);
    return eachStep(fields, builder, () => builder.costOf(node));
  },
  flowdurationcurve: (fields, builder) => {
    const node = nodeIn(fields, builder);
    return durationCurve(fields, builder, () => builder.state.flow[node] as number, 'fdc_agg_func');
  },
  seasonalflowdurationcurve: (fields, builder) => {
    const node = nodeIn(fields, builder);
    return durationCurve(fields, builder, () => builder.state.flow[node] as number, 'fdc_agg_func');
  },
  flowdurationcurvedeviation: curveDeviation,
  storagedurationcurve: (fields, builder) => {
    const node = nodeIn(fields, builder);
    const { proportion, volume } = builder.state;
    const kept = fields.flag('proportional', false) ? proportion : volume;
    return durationCurve(fields, builder, () => kept[node] as number, 'sdc_agg_func');
  },
  numpyarraystorage: storageOf,
  numpyarraynormalisedstorage: normalised,
  numpyarraylevel: (fields, builder) => {
    const level = builder.levelOf(nodeIn(fields, builder));
    return eachStep(fields, builder, () => amountNow(level, builder.state));
  },
  numpyarrayarea: (fields, builder) => {
    const area = builder.areaOf(nodeIn(fields, builder));
    return eachStep(fields, builder, () => amountNow(area, builder.state));
  },
  numpyarrayparameter: (fields, builder) => {
    const parameter = parameterIn(fields, builder);
    return eachStep(fields, builder, () => builder.state.values[parameter] as number);
  },
  numpyarrayindexparameter: (fields, builder) => {
    const parameter = parameterIn(fields, builder);
    return eachStep(fields, builder, () => builder.state.indices[parameter] as number);
  },
  numpyarraydailyprofileparameter: (fields, builder) => {
    const parameter = parameterIn(fields, builder);
    const aggregate = inTime(fields);
    const series = new Float64Array(366);
    return {
      series,
      after(step) {
        series[builder.calendar.dayIndex[step] as number] = builder.state.values[parameter] as number;
      },
      finish: nothing,
      value: () => aggregate(series),
    };
  },
  rollingwindowparameter: rollingWindow,
  rollingmeanflownode: rollingFlow,
  hydropower,
};
