/** Parameters of version 2 as version 1 writes them. */
import { isJson, type Json, type PywrPart } from './pywr-document.ts';
import { type At, constantOf, metricOf, metricsOf, storeIn, unknown, vectorOf, within, wrong } from './pywr-v2-values.ts';

type Convert = (data: Json, at: At) => Json;

const one =
  (type: string, field: string, ...plain: string[]): Convert =>
  (data, at) => ({ type, parameter: metricOf(data[field], within(at, field)), ...only(data, plain) });

/** Fields that are written alike. */
const only = (data: Json, names: readonly string[]): Json =>
  Object.fromEntries(names.filter((name) => data[name] !== undefined && data[name] !== null).map((name) => [name, data[name]]));

const vector = (data: Json, at: At): Json => {
  const values = vectorOf(data.values, within(at, 'values'));
  return Array.isArray(values) ? { values } : (values as Json);
};

const aggregate = (data: Json, at: At): string => {
  const found = isJson(data.agg_func) ? data.agg_func.type : data.agg_func;
  if (typeof found !== 'string' || found === 'Python')
    throw unknown(within(at, 'agg_func'), found, 'Sum, Product, Mean, Min, Max, Any, All');
  return found.toLowerCase();
};

const curves =
  (type: string): Convert =>
  (data, at) => ({
    type,
    storage_node: storeIn(data.storage_metric, within(at, 'storage_metric')),
    control_curves: metricsOf(data.control_curves, within(at, 'control_curves')),
    ...(data.values === undefined || type === 'controlcurvepiecewiseinterpolated'
      ? only(data, ['values', 'minimum', 'maximum'])
      : { parameters: metricsOf(data.values, within(at, 'values')) }),
  });

const profile =
  (type: string): Convert =>
  (data, at) => ({
    type,
    ...vector(data, at),
    ...(typeof data.interp_day === 'string' ? { interp_day: data.interp_day.toLowerCase() } : {}),
  });

const RADIAL: Record<string, string> = {
  Linear: 'linear',
  Cubic: 'cubic',
  Quintic: 'quintic',
  ThinPlateSpline: 'thin_plate',
  Gaussian: 'gaussian',
  MultiQuadric: 'multiquadric',
  InverseMultiQuadric: 'inverse',
};

const PARAMETERS: Record<string, Convert> = {
  Constant: (data, at) => {
    const value = constantOf(data.value, within(at, 'value'));
    return isJson(value) ? { type: 'constant', ...value } : { type: 'constant', value };
  },
  ConstantScenario: (data, at) => ({ type: 'constantscenario', scenario: data.scenario_group, ...vector(data, at) }),
  MonthlyProfile: profile('monthlyprofile'),
  WeeklyProfile: profile('weeklyprofile'),
  DailyProfile: profile('dailyprofile365'),
  UniformDrawdownProfile: (data, at) => ({
    type: 'uniformdrawdownprofile',
    ...Object.fromEntries(
      ['reset_day', 'reset_month', 'residual_days'].flatMap((name) =>
        data[name] == null ? [] : [[name, constantOf(data[name], within(at, name))]],
      ),
    ),
  }),
  RbfProfile: (data, at) => {
    const { points, function: given } = data;
    const name = isJson(given) ? String(given.type) : '';
    const kind = RADIAL[name];
    if (kind === undefined || !Array.isArray(points)) throw unknown(within(at, 'function'), name, Object.keys(RADIAL).join(', '));
    const epsilon = isJson(given) && typeof given.epsilon === 'number' ? { epsilon: given.epsilon } : {};
    return {
      type: 'rbfprofile',
      days_of_year: points.map((point) => (point as number[])[0]),
      values: points.map((point) => (point as number[])[1]),
      rbf_kwargs: { function: kind, ...epsilon },
    };
  },
  Aggregated: (data, at) => ({
    type: 'aggregated',
    agg_func: aggregate(data, at),
    parameters: metricsOf(data.metrics, within(at, 'metrics')),
  }),
  AggregatedIndex: (data, at) => ({
    type: 'aggregatedindex',
    agg_func: aggregate(data, at),
    parameters: metricsOf(data.metrics, within(at, 'metrics')),
  }),
  IndexedArray: (data, at) => ({
    type: 'indexedarray',
    index_parameter: metricOf(data.index_parameter, within(at, 'index_parameter')),
    params: metricsOf(data.metrics, within(at, 'metrics')),
  }),
  ControlCurve: curves('controlcurve'),
  ControlCurveIndex: curves('controlcurveindex'),
  ControlCurveInterpolated: curves('controlcurveinterpolated'),
  ControlCurvePiecewiseInterpolated: curves('controlcurvepiecewiseinterpolated'),
  Threshold: (data, at) => {
    const { returned_metrics: returned } = data;
    const index = {
      type: 'parameterthreshold',
      parameter: metricOf(data.metric, within(at, 'metric')),
      threshold: metricOf(data.threshold, within(at, 'threshold')),
      ...only(data, ['predicate', 'ratchet']),
    };
    if (returned === undefined || returned === null) return index;
    const values = metricsOf(returned, within(at, 'returned_metrics'));
    if (!values.every((value) => typeof value === 'number')) throw wrong(within(at, 'returned_metrics'), returned, 'Literal');
    return { ...index, values };
  },
  Max: one('max', 'parameter', 'threshold'),
  Min: one('min', 'parameter', 'threshold'),
  Negative: one('negative', 'parameter'),
  NegativeMax: one('negativemax', 'metric', 'threshold'),
  NegativeMin: one('negativemin', 'metric', 'threshold'),
  Offset: (data, at) => ({
    type: 'offset',
    parameter: metricOf(data.metric, within(at, 'metric')),
    offset: constantOf(data.offset, within(at, 'offset')),
  }),
  Division: (data, at) => ({
    type: 'division',
    numerator: metricOf(data.numerator, within(at, 'numerator')),
    denominator: metricOf(data.denominator, within(at, 'denominator')),
  }),
  Polynomial1D: one('polynomial1d', 'metric', 'coefficients', 'scale', 'offset'),
  DiscountFactor: (data, at) => ({
    type: 'discountfactor',
    rate: metricOf(data.discount_rate, within(at, 'discount_rate')),
    base_year: data.base_year,
  }),
  Interpolated: (data, at) => ({
    type: 'interpolated',
    parameter: metricOf(data.x, within(at, 'x')),
    x: metricsOf(data.xp, within(at, 'xp')),
    y: metricsOf(data.fp, within(at, 'fp')),
    ...(data.error_on_bounds === false
      ? { interp_kwargs: { bounds_error: false, fill_value: [firstOf(data.fp), lastOf(data.fp)] } }
      : {}),
  }),
  HydropowerTarget: (data, at) => ({
    type: 'hydropowertarget',
    ...Object.fromEntries(
      [
        ['target', 'target'],
        ['water_elevation', 'water_elevation_parameter'],
        ['max_flow', 'max_flow'],
        ['min_flow', 'min_flow'],
      ].flatMap(([from = '', to = '']) => (data[from] == null ? [] : [[to, metricOf(data[from], within(at, from))]])),
    ),
    ...only(data, ['turbine_elevation', 'min_head', 'efficiency', 'flow_unit_conversion', 'energy_unit_conversion']),
    ...(data.water_density == null ? {} : { density: data.water_density }),
  }),
};

const literal = (value: unknown): unknown => (isJson(value) ? value.value : value);
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? literal(value[0]) : undefined);
const lastOf = (value: unknown): unknown => (Array.isArray(value) ? literal(value.at(-1)) : undefined);

/** @throws Problem `river-type` for a parameter that is not converted. */
export function parameterOf(value: Json, name: string, at: At): PywrPart {
  const written = String(value.type);
  const convert = PARAMETERS[written];
  if (convert === undefined) throw unknown(at, written, Object.keys(PARAMETERS).join(', '));
  const { type, ...data } = convert(value, at);
  return { name, type: String(type), written, data };
}
