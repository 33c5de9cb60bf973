/** What a node of a model becomes: sums of arcs, places where edges meet it, a volume. */
import type { Assembly, Port, Term } from './river-assembly.ts';
import type { Fields } from './river-fields.ts';
import { type Amount, amountNow, type Builder } from './river-state.ts';

/** A reservoir, licence or other thing that has a volume. */
export interface Store {
  node: number;
  least: Amount;
  full: Amount;
  /** Volume at the beginning, given as it is or as part of the full one. */
  volume: number | null;
  part: number | null;
}

/** What a node became. */
export interface NodePart {
  name: string;
  type: string;
  /** Flow of the node, as a sum over arcs. */
  flow: Term[];
  /** Largest flow it may have, as a sum; what it costs. */
  most: Amount[];
  cost: Amount;
  inlet(slot: string | number | null): Port | null;
  outlet(slot: string | number | null): Port | null;
  /** The arc of its change of volume. */
  store?: Store & { arc: number };
  /** Water that goes in by one arc and comes out by another some steps later. */
  delay?: { sink: number; source: number; steps: number; initial: number };
  /** Arcs of a wider meaning: evaporation, rain, loss, delay. */
  inner?: Record<string, Term[]>;
}

export interface NodeMaking {
  fields: Fields;
  builder: Builder;
  assembly: Assembly;
  name: string;
  node: number;
}

export type MakeNode = (making: NodeMaking) => NodePart;

/** A port for edges that name no slot. */
export const onlyAt =
  (port: Port) =>
  (slot: string | number | null): Port | null =>
    slot === null ? port : null;
/** The flow of one arc. */
export const one = (arc: number): Term[] => [{ arc, factor: 1 }];

export interface FlowLimits {
  lower: Amount;
  upper: Amount;
  cost: Amount;
}

/** The amount of a field, or what holds without it. */
export function amountOf({ fields, builder }: Pick<NodeMaking, 'fields' | 'builder'>, name: string, otherwise: number): Amount {
  const value = fields.raw(name);
  return value === undefined
    ? otherwise
    : builder.amount(value, { file: fields.where.file, place: `${fields.where.place}.${name}` });
}

/** Limits and cost of a plain node. */
export const limitsOf = (making: NodeMaking): FlowLimits => ({
  lower: amountOf(making, 'min_flow', 0),
  upper: amountOf(making, 'max_flow', Number.POSITIVE_INFINITY),
  cost: amountOf(making, 'cost', 0),
});

/** Keeps flows in the proportion of their factors: f(i) × flow(0) = f(0) × flow(i). */
export function ratios(
  { assembly, builder }: NodeMaking,
  parts: readonly { terms: Term[]; factor: Amount }[],
  name: string,
): void {
  const [first, ...others] = parts;
  if (first === undefined) return;
  const times = (a: Amount, b: Amount, sign: number): Amount =>
    typeof a === 'number' && typeof b === 'number'
      ? sign * a * b
      : {
          parameter: builder.made(
            { value: () => sign * amountNow(a, builder.state) * amountNow(b, builder.state) },
            `${name} (factor)`,
          ),
        };
  for (const [i, { terms, factor }] of others.entries())
    assembly.rule({
      name: `${name} (${i})`,
      terms: [
        ...first.terms.map((term) => ({ arc: term.arc, factor: times(factor, term.factor, 1) })),
        ...terms.map((term) => ({ arc: term.arc, factor: times(first.factor, term.factor, -1) })),
      ],
      lower: 0,
      upper: 0,
    });
}

/** What enters a node for each unit that leaves it, and what is lost of it; `all` where nothing comes through. */
export function takeOf(making: NodeMaking): { take: Amount; loss: Amount; all: boolean } {
  const { fields, builder, name } = making;
  const factor = amountOf(making, 'loss_factor', 0);
  const kind = fields.text('loss_factor_type', 'net');
  if (kind !== 'net' && kind !== 'gross') throw fields.fail('loss_factor_type', '"net", "gross"');
  const netOf = (part: number): number => (kind === 'net' ? part : part / (1 - part));
  if (factor === 1 && kind === 'gross') return { take: 1, loss: 1, all: true };
  if (typeof factor === 'number') return { take: 1 + netOf(factor), loss: netOf(factor), all: false };
  const made = (add: number, label: string): Amount => ({
    parameter: builder.made({ value: () => add + netOf(amountNow(factor, builder.state)) }, `${name} (${label})`),
  });
  return { take: made(1, 'take'), loss: made(0, 'loss'), all: false };
}
