/** Nodes of version 2 as nodes of version 1, some as several with edges between them. */
import { isJson, type Json, type PywrPart } from './pywr-document.ts';
import { type At, metricOf, unknown, within, wrong } from './pywr-v2-values.ts';

/** What a node became: its parts, edges inside it, and which part edges of each slot meet. */
export interface Converted {
  parts: PywrPart[];
  edges: [string, string][];
  inlet: string;
  outlet(slot: unknown): { name: string; slot: string | number | null } | null;
}

type Convert = (name: string, data: Json, at: At) => Converted;

/** Metrics of some fields, left out where there are none. */
const metrics = (data: Json, at: At, ...fields: (string | [string, string])[]): Json =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const [from, to] = typeof field === 'string' ? [field, field] : field;
      return data[from] === undefined || data[from] === null ? [] : [[to, metricOf(data[from], within(at, from))]];
    }),
  );

const part = (name: string, type: string, data: Json): PywrPart => ({ name, type, written: type, data });

/** A node of one part without slots. */
const single = (name: string, type: string, data: Json): Converted => ({
  parts: [part(name, type, data)],
  edges: [],
  inlet: name,
  outlet: (slot) => (slot === null ? { name, slot: null } : null),
});

const plain =
  (type: string, ...fields: (string | [string, string])[]): Convert =>
  (name, data, at) =>
    single(name, type, metrics(data, at, ...fields));

export function initialVolume(data: Json, at: At): Json {
  const { initial_volume: given } = data;
  if (!isJson(given)) throw wrong(within(at, 'initial_volume'), given, '{ type }');
  if (given.type === 'Absolute') return { initial_volume: given.volume };
  if (given.type === 'Proportional') return { initial_volume_pc: given.proportion };
  throw unknown(within(at, 'initial_volume'), given.type, 'Absolute, Proportional');
}

function lossOf(data: Json, at: At): Json {
  const { loss_factor: given } = data;
  if (given === undefined || given === null) return {};
  if (!isJson(given) || (given.type !== 'Net' && given.type !== 'Gross'))
    throw wrong(within(at, 'loss_factor'), given, 'Net, Gross');
  return { loss_factor: metricOf(given.factor, within(at, 'loss_factor')), loss_factor_type: given.type.toLowerCase() };
}

/** A link that may be let through below a soft least flow or above a soft largest one at another cost. */
const link: Convert = (name, data, at) => {
  const soft = (field: string): Json => {
    const given = data[field];
    return isJson(given) ? { [field]: metrics(given, within(at, field), 'flow', 'cost') } : {};
  };
  return single(name, 'softlink', {
    ...metrics(data, at, 'min_flow', 'max_flow', 'cost'),
    ...soft('soft_min'),
    ...soft('soft_max'),
  });
};

const works: Convert = (name, data, at) =>
  single(name, 'softlink', {
    ...metrics(data, at, 'min_flow', 'max_flow', 'cost'),
    ...lossOf(data, at),
    ...(data.soft_min_flow === undefined || data.soft_min_flow === null
      ? {}
      : { soft_min: metrics(data, at, ['soft_min_flow', 'flow'], ['soft_min_flow_cost', 'cost']) }),
  });

function routingOf(method: Json, at: At): Json {
  if (method.type === 'Delay') return { timesteps: method.delay, initial_flow: metricOf(method.initial_value, at) ?? 0 };
  if (method.type !== 'Muskingum') throw unknown(at, method.type, 'Delay, Muskingum');
  const start = method.initial_condition;
  const flows = isJson(start) && start.type === 'Specified' ? { inflow: start.inflow, outflow: start.outflow } : {};
  return { ...metrics(method, at, 'travel_time', 'weight'), ...flows };
}

const river: Convert = (name, data, at) => {
  const { routing_method: method } = data;
  const loss = lossOf(data, at);
  if (method === undefined || method === null) return single(name, 'losslink', loss);
  if (!isJson(method)) throw wrong(within(at, 'routing_method'), method, '{ type }');
  const reach = part(name, method.type === 'Delay' ? 'delaynode' : 'muskingum', routingOf(method, within(at, 'routing_method')));
  if (data.loss_factor === undefined || data.loss_factor === null)
    return { parts: [reach], edges: [], inlet: name, outlet: (slot) => (slot === null ? { name, slot: null } : null) };
  const head = `${name}.loss`;
  return {
    parts: [part(head, 'losslink', loss), reach],
    edges: [[head, name]],
    inlet: head,
    outlet: (slot) => (slot === null ? { name, slot: null } : null),
  };
};

const splitWithGauge: Convert = (name, data, at) => {
  const splits = Array.isArray(data.splits) ? data.splits.filter(isJson) : [];
  const factors = splits.map(({ factor }, i) => metricOf(factor, within(within(at, 'splits'), i)));
  if (!factors.every((factor) => typeof factor === 'number')) throw wrong(within(at, 'splits'), data.splits, 'Literal');
  const rest = 1 - (factors as number[]).reduce((sum, factor) => sum + factor, 0);
  const slots = ['River', ...splits.map((_, i) => `Split ${i}`)];
  const users = new Map(
    splits.map(({ slot_name: own, slot }, i) => [
      (isJson(slot) ? String(slot.name) : String(own ?? slot ?? '')).toLowerCase(),
      `Split ${i}`,
    ]),
  );
  return {
    parts: [
      part(name, 'riversplitwithgauge', {
        ...metrics(data, at, 'mrf', 'mrf_cost'),
        factors: [rest, ...factors],
        slot_names: slots,
        back: false,
      }),
    ],
    edges: [],
    inlet: name,
    outlet: (slot) => {
      if (slot === null || (isJson(slot) && slot.type === 'River')) return { name, slot: 'River' };
      if (isJson(slot) && slot.type === 'Split') return { name, slot: `Split ${String(slot.position)}` };
      const user = isJson(slot) ? users.get(String(slot.type === 'User' ? slot.name : slot.type).toLowerCase()) : undefined;
      return user === undefined ? null : { name, slot: user };
    },
  };
};

const abstraction: Convert = (name, data, at) => ({
  ...single(name, 'abstraction', metrics(data, at, 'mrf', 'mrf_cost', 'abs_cost', 'abs_max_flow', 'abs_min_flow')),
  outlet: (slot) =>
    isJson(slot) && (slot.type === 'River' || slot.type === 'Abstraction')
      ? { name, slot: slot.type }
      : slot === null
        ? { name, slot: 'River' }
        : null,
});

/** Area of a reservoir by its volume. */
function areaOf(name: string, data: Json, at: At, most: boolean): unknown {
  const given = data.surface_area;
  const bathymetry = isJson(given) ? given.data : undefined;
  const curve = isJson(bathymetry) ? bathymetry : undefined;
  if (curve === undefined || !isJson(given)) throw wrong(within(at, 'surface_area'), given, '{ data }');
  const partly = given.is_storage_proportional === true;
  const volume: unknown = most
    ? partly
      ? { type: 'constant', value: 1 }
      : metricOf(data.max_volume, within(at, 'max_volume'))
    : { type: 'storage', storage_node: name, use_proportional_volume: partly };
  const { storage, area } = curve;
  if (isJson(storage) && isJson(area)) return { type: 'interpolated', parameter: volume, x: storage.values, y: area.values };
  const coefficients = Array.isArray(curve.coefficients)
    ? curve.coefficients
    : Array.isArray(curve.Polynomial)
      ? curve.Polynomial
      : null;
  if (coefficients === null) throw wrong(within(at, 'surface_area'), given, 'Interpolated, Polynomial');
  return { type: 'polynomial1d', parameter: volume, coefficients };
}

/** A store with compensation flow, spill, rain and evaporation on its area, and leakage, each as a part of its own. */
const reservoir: Convert = (name, data, at) => {
  const parts = [part(name, 'storage', { ...metrics(data, at, 'max_volume', 'min_volume', 'cost'), ...initialVolume(data, at) })];
  const edges: [string, string][] = [];
  const has = (field: string): boolean => data[field] !== undefined && data[field] !== null;
  const on = (field: string): Json => data[field] as Json;
  const product = (field: string): unknown => ({
    type: 'aggregated',
    agg_func: 'product',
    parameters: [areaOf(name, data, at, on(field).use_max_area === true), metricOf(on(field).data, within(at, field))],
  });
  if (has('compensation')) {
    parts.push(part(`${name}.compensation`, 'link', { min_flow: metricOf(data.compensation, within(at, 'compensation')) }));
    edges.push([name, `${name}.compensation`]);
  }
  if (has('spill')) {
    parts.push(part(`${name}.spill`, data.spill === 'LinkNode' ? 'link' : 'output', {}));
    edges.push([name, `${name}.spill`]);
    if (has('compensation') && data.connect_compensation_to_spill !== false)
      edges.push([`${name}.compensation`, `${name}.spill`]);
  }
  if (has('rainfall')) {
    parts.push(part(`${name}.rainfall`, 'catchment', { flow: product('rainfall') }));
    edges.push([`${name}.rainfall`, name]);
  }
  for (const field of ['evaporation', 'leakage'] as const)
    if (has(field)) {
      const flow = field === 'evaporation' ? product(field) : metricOf(on(field).loss, within(at, field));
      parts.push(part(`${name}.${field}`, 'output', { max_flow: flow, ...metrics(on(field), within(at, field), 'cost') }));
      edges.push([name, `${name}.${field}`]);
    }
  return {
    parts,
    edges,
    inlet: name,
    outlet: (slot) => {
      if (slot === null || (isJson(slot) && slot.type === 'Storage')) return { name, slot: null };
      if (isJson(slot) && (slot.type === 'Spill' || slot.type === 'Compensation')) {
        const own = `${name}.${slot.type.toLowerCase()}`;
        return parts.some((one) => one.name === own) ? { name: own, slot: null } : null;
      }
      return null;
    },
  };
};

const turbine: Convert = (name, data, at) => {
  const flow =
    data.target === undefined || data.target === null
      ? null
      : {
          type: 'hydropowertarget',
          ...metrics(data, at, 'target', ['water_elevation', 'water_elevation_parameter']),
          ...Object.fromEntries(
            ['turbine_elevation', 'min_head', 'efficiency', 'flow_unit_conversion', 'energy_unit_conversion'].flatMap((field) =>
              data[field] === undefined || data[field] === null ? [] : [[field, data[field]]],
            ),
          ),
          ...(typeof data.water_density === 'number' ? { density: data.water_density } : {}),
        };
  const type = isJson(data.target_type) ? data.target_type.type : (data.target_type ?? 'MaxFlow');
  return single(name, 'link', {
    ...metrics(data, at, 'cost'),
    ...(flow === null || type === 'MinFlow' ? {} : { max_flow: flow }),
    ...(flow === null || type === 'MaxFlow' ? {} : { min_flow: flow }),
  });
};

export const NODES_2: Readonly<Record<string, Convert>> = {
  Input: plain('input', 'min_flow', 'max_flow', 'cost'),
  Output: plain('output', 'min_flow', 'max_flow', 'cost'),
  Link: link,
  Catchment: plain('catchment', 'flow', 'cost'),
  Storage: (name, data, at) =>
    single(name, 'storage', { ...metrics(data, at, 'max_volume', 'min_volume', 'cost'), ...initialVolume(data, at) }),
  Reservoir: reservoir,
  RiverGauge: plain('rivergauge', 'mrf', 'mrf_cost', ['bypass_cost', 'cost']),
  RiverSplitWithGauge: splitWithGauge,
  Abstraction: abstraction,
  River: river,
  LossLink: (name, data, at) =>
    single(name, 'losslink', {
      ...metrics(data, at, ['min_net_flow', 'min_flow'], ['max_net_flow', 'max_flow'], ['net_cost', 'cost']),
      ...lossOf(data, at),
    }),
  Delay: (name, data, at) =>
    single(name, 'delaynode', {
      timesteps: metricOf(data.delay, within(at, 'delay')),
      initial_flow: metricOf(data.initial_value, within(at, 'initial_value')) ?? 0,
    }),
  PiecewiseLink: (name, data, at) => {
    const steps = Array.isArray(data.steps) ? data.steps.filter(isJson) : [];
    const each = (field: string): unknown[] =>
      steps.map((step, i) => metricOf(step[field], within(within(at, 'steps'), i)) ?? null);
    return single(name, 'piecewiselink', {
      nsteps: steps.length,
      costs: each('cost'),
      max_flows: each('max_flow'),
      min_flows: each('min_flow'),
    });
  },
  WaterTreatmentWorks: works,
  Turbine: turbine,
};
