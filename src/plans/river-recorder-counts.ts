/** Recorders that keep one number for a scenario: totals, means, counts of days and years, events. */
import { AGGREGATE_NAMES, aggregateNamed } from './river-aggregate.ts';
import type { Fields } from './river-fields.ts';
import { powerOf, turbineOf } from './river-hydropower.ts';
import { predicateOf } from './river-parameter-curves.ts';
import { type MakeRecorder, nodeIn, nothing, parameterIn, type Recorded } from './river-recorder-series.ts';
import type { Builder } from './river-state.ts';

/** A deficit smaller than this is none. */
const DEFICIT = 1e-6;

/** A sum over steps; a mean of them where `mean`. */
function total(now: (step: number) => number, mean = false): Recorded {
  let sum = 0;
  let count = 0;
  return {
    series: null,
    after(step) {
      sum += now(step);
      count++;
    },
    finish: nothing,
    value: () => (mean ? sum / count : sum),
  };
}

const deficitOf = (node: number, builder: Builder): number => builder.mostOf(node) - (builder.state.flow[node] as number);

/** The last value of something. */
const last = (now: () => number): Recorded => ({ series: null, after: nothing, finish: nothing, value: now });

function aggregated(fields: Fields, builder: Builder): Recorded {
  const parts = fields.list('recorders').map((one) => builder.recorder(one, fields.where));
  const aggregate = aggregateNamed(fields.raw('recorder_agg_func') ?? fields.raw('agg_func'));
  if (aggregate === null) throw fields.fail('agg_func', AGGREGATE_NAMES);
  return last(() => aggregate(parts.map((part) => part.value())));
}

/** Days of each year on which an index reaches a threshold. */
function annualCounts(fields: Fields, builder: Builder): Recorded {
  const parameters = fields.list('parameters').map((one) => builder.parameter(one, fields.where));
  const threshold = fields.number('threshold');
  const left = new Set(fields.has('exclude_months') ? fields.numbers('exclude_months') : []);
  const { calendar, state } = builder;
  const first = calendar.year[0] as number;
  const series = new Float64Array(calendar.lastYear - first + 1);
  const aggregate = aggregateNamed(fields.raw('temporal_agg_func') ?? 'sum');
  if (aggregate === null) throw fields.fail('temporal_agg_func', AGGREGATE_NAMES);
  const bound = (which: 'from' | 'to', year: number, otherwise: number): number => {
    if (!fields.has(`include_${which}_month`) || !fields.has(`include_${which}_day`)) return otherwise;
    const day = Date.UTC(year, fields.number(`include_${which}_month`) - 1, fields.number(`include_${which}_day`));
    return Math.round((day - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
  };
  return {
    series,
    after(step) {
      const year = calendar.year[step] as number;
      const day = calendar.dayOfYear[step] as number;
      if (left.has(calendar.month[step] as number) || day < bound('from', year, 1) || day > bound('to', year, 366)) return;
      if (parameters.some((parameter) => (state.indices[parameter] as number) >= threshold))
        series[year - first] = (series[year - first] as number) + 1;
    },
    finish: nothing,
    value: () => aggregate(series),
  };
}

/** Volume that passes nodes in each calendar year; a step across New Year is shared out by days. */
function annualFlow(fields: Fields, builder: Builder): Recorded {
  const nodes = fields.list('nodes').map((one) => builder.node(one, fields.where));
  const factors = fields.has('factors') ? fields.numbers('factors') : nodes.map(() => 1);
  const { calendar, state } = builder;
  const first = calendar.year[0] as number;
  const series = new Float64Array(calendar.lastYear - first + 1);
  const aggregate = aggregateNamed(fields.raw('temporal_agg_func') ?? 'sum');
  if (aggregate === null) throw fields.fail('temporal_agg_func', AGGREGATE_NAMES);
  const add = (year: number, volume: number): void => {
    if (year - first < series.length) series[year - first] = (series[year - first] as number) + volume;
  };
  return {
    series,
    after(step) {
      const start = calendar.start[step] as number;
      const end = start + (calendar.days[step] as number);
      const flow = nodes.reduce((sum, node, i) => sum + (state.flow[node] as number) * (factors[i] as number), 0);
      const year = calendar.year[step] as number;
      const newYear = Date.UTC(year + 1, 0, 1) / 86_400_000; // a week belongs to the year that it ends in
      add(year, flow * (Math.min(end, newYear) - start));
      if (end > newYear) add(year + 1, flow * (end - newYear));
    },
    finish: nothing,
    value: () => aggregate(series),
  };
}

/** Years in which an index reaches a threshold. */
function annualIndexCount(fields: Fields, builder: Builder): Recorded {
  const parameter = parameterIn(fields, builder);
  const threshold = fields.number('threshold');
  const years = new Set<number>();
  return {
    series: null,
    after(step) {
      if ((builder.state.indices[parameter] as number) >= Math.max(threshold, Number.MIN_VALUE))
        years.add(builder.calendar.year[step] as number);
      else if (threshold <= 0) years.add(builder.calendar.year[step] as number);
    },
    finish: nothing,
    value: () => years.size,
  };
}

interface WaterEvent {
  from: number;
  to: number;
  values: number[];
}

/** Events by the recording that finds them, for recorders that count these. */
const eventsOf = new WeakMap<object, WaterEvent[]>();

function events(fields: Fields, builder: Builder): Recorded {
  const given = fields.raw('threshold');
  const recorder = typeof given === 'string' && builder.isRecorder(given) ? builder.recorder(given, fields.where) : null;
  const parameter = recorder === null ? builder.parameter(given, fields.where) : -1;
  const indexed = parameter !== -1 && builder.kernel(parameter).index !== undefined;
  const tracked = fields.has('tracked_parameter') ? builder.parameter(fields.raw('tracked_parameter'), fields.where) : null;
  const least = fields.number('minimum_event_length', 1);
  fields.raw('event_agg_func');
  const found: WaterEvent[] = [];
  let current: WaterEvent | null = null;
  const { state, calendar } = builder;
  const recorded: Recorded = {
    series: null,
    after(step) {
      const now =
        recorder === null ? ((indexed ? state.indices[parameter] : state.values[parameter]) as number) : recorder.value();
      if (Math.trunc(now) !== 0) {
        current ??= { from: step, to: calendar.count, values: [] };
        if (tracked !== null) current.values.push(state.values[tracked] as number);
      } else if (current !== null) {
        current.to = step;
        if (current.to - current.from >= least) found.push(current);
        current = null;
      }
    },
    finish() {
      if (current !== null) found.push(current);
      current = null;
    },
    value: () => found.length,
  };
  eventsOf.set(recorded.after, found);
  return recorded;
}

function ofEvents(fields: Fields, builder: Builder, of: (event: WaterEvent) => number, across: string): Recorded {
  const found = eventsOf.get(builder.recorder(fields.raw('event_recorder'), fields.where).after);
  if (found === undefined) throw fields.fail('event_recorder', 'event');
  const aggregate = aggregateNamed(fields.raw(across) ?? fields.raw('agg_func') ?? 'mean');
  if (aggregate === null) throw fields.fail(across, AGGREGATE_NAMES);
  return last(() => (found.length === 0 ? Number.NaN : aggregate(found.map(of))));
}

function eventStatistic(fields: Fields, builder: Builder): Recorded {
  const inner = aggregateNamed(fields.raw('event_agg_func') ?? fields.raw('agg_func') ?? 'mean');
  if (inner === null) throw fields.fail('event_agg_func', AGGREGATE_NAMES);
  return ofEvents(fields, builder, ({ values }) => inner(values), 'recorder_agg_func');
}

function thresholdNow(fields: Fields, builder: Builder, kept: Float64Array): Recorded {
  const node = nodeIn(fields, builder);
  const limit = fields.number('threshold');
  const compare = predicateOf(fields);
  let met = false;
  return {
    series: null,
    after() {
      met = compare(kept[node] as number, limit);
    },
    finish: nothing,
    value: () => (met ? 1 : 0),
  };
}

export const COUNT_RECORDERS: Record<string, MakeRecorder> = {
  node: (fields, builder) => {
    const node = nodeIn(fields, builder);
    return last(() => builder.state.flow[node] as number);
  },
  storage: (fields, builder) => {
    const node = nodeIn(fields, builder);
    return last(() => builder.state.volume[node] as number);
  },
  aggregated,
  totalflownode: (fields, builder) => {
    const [node, factor] = [nodeIn(fields, builder), fields.number('factor', 1)];
    return total((step) => (builder.state.flow[node] as number) * factor * (builder.calendar.days[step] as number));
  },
  meanflownode: (fields, builder) => {
    const [node, factor] = [nodeIn(fields, builder), fields.number('factor', 1)];
    return total(() => (builder.state.flow[node] as number) * factor, true);
  },
  totaldeficitnode: (fields, builder) => {
    const node = nodeIn(fields, builder);
    return total((step) => deficitOf(node, builder) * (builder.calendar.days[step] as number));
  },
  deficitfrequencynode: (fields, builder) => {
    const node = nodeIn(fields, builder);
    return total(() => (Math.abs(deficitOf(node, builder)) > DEFICIT ? 1 : 0), true);
  },
  totalparameter: (fields, builder) => {
    const [parameter, factor] = [parameterIn(fields, builder), fields.number('factor', 1)];
    const integrate = fields.flag('integrate', false);
    return total(
      (step) => (builder.state.values[parameter] as number) * factor * (integrate ? (builder.calendar.days[step] as number) : 1),
    );
  },
  meanparameter: (fields, builder) => {
    const [parameter, factor] = [parameterIn(fields, builder), fields.number('factor', 1)];
    return total(() => (builder.state.values[parameter] as number) * factor, true);
  },
  totalhydroenergy: (fields, builder) => {
    const node = nodeIn(fields, builder);
    const turbine = turbineOf(fields, builder);
    return total((step) => powerOf(builder.state.flow[node] as number, turbine) * (builder.calendar.days[step] as number));
  },
  minimumvolumestorage: (fields, builder) => {
    const node = nodeIn(fields, builder);
    let least = Infinity;
    return {
      ...last(() => least),
      after() {
        least = Math.min(least, builder.state.volume[node] as number);
      },
    };
  },
  minimumthresholdvolumestorage: (fields, builder) => {
    const [node, limit] = [nodeIn(fields, builder), fields.number('threshold')];
    let met = 0;
    return {
      ...last(() => met),
      after() {
        met = (builder.state.volume[node] as number) <= limit ? 1 : met;
      },
    };
  },
  timestepcountindexparameter: (fields, builder) => {
    const [parameter, limit] = [parameterIn(fields, builder), fields.number('threshold')];
    return total(() => ((builder.state.indices[parameter] as number) >= limit ? 1 : 0));
  },
  annualcountindexthreshold: annualCounts,
  annualcountindexparameter: annualIndexCount,
  annualtotalflow: annualFlow,
  storagethreshold: (fields, builder) => thresholdNow(fields, builder, builder.state.volume),
  nodethreshold: (fields, builder) => thresholdNow(fields, builder, builder.state.flow),
  event: events,
  eventduration: (fields, builder) => {
    const { start } = builder.calendar;
    return ofEvents(
      fields,
      builder,
      ({ from, to }) => Math.floor((start[to] as number) - (start[from] as number)),
      'recorder_agg_func',
    );
  },
  eventstatistic: eventStatistic,
};
