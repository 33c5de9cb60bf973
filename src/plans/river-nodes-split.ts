/** Nodes of several arcs side by side: piecewise links, gauges, splits with slots of their own. */
import type { Port, Term } from './river-assembly.ts';
import { fieldsOf, type Json } from './river-fields.ts';
import { amountOf, type MakeNode, type NodeMaking, type NodePart, one, onlyAt, ratios, takeOf } from './river-node-part.ts';
import type { Amount } from './river-state.ts';

/** Side by side links of different limits and costs, and ways out of some of them. */
function piecewise(
  making: NodeMaking,
  type: string,
  pieces: readonly { upper: Amount; cost: Amount; lower?: Amount; take?: Amount }[],
): NodePart & { from: number; to: number } {
  const { assembly, name } = making;
  const [from, to] = [assembly.point(name), assembly.point(name)];
  const arcs = pieces.map((piece, i) => assembly.arc({ name: `${name} (${i})`, from, to, ...piece }));
  return {
    name,
    type,
    flow: arcs.map((arc) => ({ arc, factor: 1 })),
    most: pieces.map(({ upper }) => upper),
    cost: 0,
    inlet: onlyAt({ point: from, pure: true }),
    outlet: onlyAt({ point: to, pure: true }),
    from,
    to,
  };
}

function piecesOf(making: NodeMaking): { upper: Amount; cost: Amount }[] {
  const { fields, builder } = making;
  const costs = fields.has('costs') ? fields.list('costs') : [];
  const flows = fields.has('max_flows') ? fields.list('max_flows') : [];
  const steps = fields.number('nsteps', Math.max(costs.length, flows.length, 1));
  const least = fields.has('min_flows') ? fields.list('min_flows') : [];
  for (const [list, field] of [
    [costs, 'costs'],
    [flows, 'max_flows'],
    [least, 'min_flows'],
  ] as const)
    if (list.length !== 0 && list.length !== steps) throw fields.fail(field, `${steps} × 0.0`);
  const amount = (value: unknown, otherwise: number): Amount =>
    value === undefined || value === null ? otherwise : builder.amount(value, fields.where);
  return Array.from({ length: steps }, (_, i) => ({
    upper: amount(flows[i], Number.POSITIVE_INFINITY),
    cost: amount(costs[i], 0),
    lower: amount(least[i], 0),
  }));
}

const gaugePieces = (making: NodeMaking): { upper: Amount; cost: Amount }[] => [
  { upper: amountOf(making, 'mrf', 0), cost: amountOf(making, 'mrf_cost', 0) },
  { upper: Number.POSITIVE_INFINITY, cost: amountOf(making, 'cost', 0) },
];

/** Pieces, and further ones from which water may also leave by slots of their own, in fixed proportion to the last piece. */
function split(making: NodeMaking, type: string, pieces: { upper: Amount; cost: Amount }[]): NodePart {
  const { assembly, name, fields, builder } = making;
  const factors = fields.has('factors') ? fields.list('factors') : null;
  const extra = fields.number('extra_slots', factors === null ? 1 : factors.length - 1);
  const slots = fields.has('slot_names') ? fields.list('slot_names') : Array.from({ length: extra + 1 }, (_, i) => i);
  if (extra < 1) throw fields.fail('extra_slots', '≥ 1');
  if (slots.length !== extra + 1) throw fields.fail('slot_names', `${extra + 1}`);
  if (factors !== null && factors.length !== extra + 1) throw fields.fail('factors', `${extra + 1}`);
  const back = fields.flag('back', true);
  const part = piecewise(making, type, pieces);
  const tied: { arc: number; factor: Amount }[] = [];
  const tie = (arc: number, factor: unknown): void => {
    if (factor !== undefined && factor !== null) tied.push({ arc, factor: builder.amount(factor, fields.where) });
  };
  tie(part.flow.at(-1)?.arc as number, factors?.[0]);
  const ports = new Map<unknown, Port>([[slots[0], { point: part.to, pure: true }]]);
  for (let i = 0; i < extra; i++) {
    const [middle, out] = [assembly.point(`${name} (${i})`), assembly.point(`${name} (${String(slots[i + 1])})`)];
    const arc = assembly.arc({ name: `${name} (${String(slots[i + 1])})`, from: part.from, to: middle });
    if (back) assembly.arc({ name: `${name} (${i} back)`, from: middle, to: part.to });
    assembly.arc({ name: `${name} (${i} out)`, from: middle, to: out });
    part.flow.push({ arc, factor: 1 });
    part.most.push(Number.POSITIVE_INFINITY);
    tie(arc, factors?.[i + 1]);
    ports.set(slots[i + 1], { point: out, pure: true });
  }
  ratios(
    making,
    tied.map(({ arc, factor }) => ({ terms: one(arc), factor })),
    name,
  );
  return {
    ...part,
    outlet: (slot) => ports.get(slot) ?? (slot === null ? null : (ports.get(String(slot)) ?? ports.get(Number(slot)) ?? null)),
  };
}

/**
 * A link whose least or largest flow may be broken at a cost: up to `soft_min` at one price, up to `soft_max` at its own, beyond at
 * another; hard limits hold for the sum. It may lose a part of what enters it.
 */
const soft: MakeNode = (making) => {
  const { fields, assembly, name } = making;
  const cost = amountOf(making, 'cost', 0);
  const [least, most] = [amountOf(making, 'min_flow', 0), amountOf(making, 'max_flow', Number.POSITIVE_INFINITY)];
  const given = (field: string): { flow: Amount; cost: Amount } | null => {
    const value = fields.raw(field);
    if (value === undefined) return null;
    const inner = fieldsOf(value as Json, { ...fields.where, place: `${fields.where.place}.${field}` });
    const own = { ...making, fields: inner };
    return { flow: amountOf(own, 'flow', Number.POSITIVE_INFINITY), cost: amountOf(own, 'cost', 0) };
  };
  const [low, high] = [given('soft_min'), given('soft_max')];
  const pieces = [
    ...(low === null ? [] : [{ upper: low.flow, cost: low.cost }]),
    { upper: high !== null && low === null ? high.flow : Number.POSITIVE_INFINITY, cost },
    ...(high === null ? [] : [{ upper: Number.POSITIVE_INFINITY, cost: high.cost }]),
  ];
  const take = takeOf(making);
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) only.upper = most;
  const part = piecewise(
    making,
    'link',
    pieces.map((piece, i) => ({ ...piece, ...(pieces.length === 1 && i === 0 ? { lower: least } : {}), take: take.take })),
  );
  if (pieces.length > 1) {
    if (low !== null && high !== null)
      assembly.rule({ name: `${name} (soft)`, terms: part.flow.slice(0, 2), lower: 0, upper: high.flow });
    if (least !== 0 || most !== Number.POSITIVE_INFINITY) assembly.rule({ name, terms: part.flow, lower: least, upper: most });
  }
  const times = (factor: Amount): Term[] => part.flow.map(({ arc }) => ({ arc, factor }));
  return { ...part, most: [most], cost, inner: { inflow: times(take.take), loss: times(take.loss) } };
};

/** A river from which water is taken by a slot of its own; what stays may have to be left for a least flow first. */
const abstraction: MakeNode = (making) => {
  const { assembly, name } = making;
  const part = piecewise(making, 'abstraction', gaugePieces(making));
  const out = assembly.point(`${name} (abstraction)`);
  const upper = amountOf(making, 'abs_max_flow', Number.POSITIVE_INFINITY);
  const arc = assembly.arc({
    name: `${name} (abstraction)`,
    from: part.from,
    to: out,
    lower: amountOf(making, 'abs_min_flow', 0),
    upper,
    cost: amountOf(making, 'abs_cost', 0),
  });
  const river: Port = { point: part.to, pure: true };
  const taken: Port = { point: out, pure: true };
  return {
    ...part,
    flow: one(arc),
    most: [upper],
    inner: { inflow: [...part.flow, { arc, factor: 1 }], outflow: part.flow, abstraction: one(arc) },
    outlet: (slot) => (slot === 'Abstraction' ? taken : slot === 'River' || slot === null ? river : null),
  };
};

export const SPLITS: Readonly<Record<string, MakeNode>> = {
  piecewiselink: (making) => piecewise(making, 'piecewiselink', piecesOf(making)),
  rivergauge: (making) => piecewise(making, 'rivergauge', gaugePieces(making)),
  multisplitlink: (making) => split(making, 'multisplitlink', piecesOf(making)),
  riversplit: (making) => split(making, 'riversplit', piecesOf(making)),
  softlink: soft,
  abstraction,
  riversplitwithgauge: (making) => split(making, 'riversplitwithgauge', gaugePieces(making)),
};
