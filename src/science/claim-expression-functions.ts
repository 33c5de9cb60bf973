/**
 * The functions of the language of claims. Each takes values and lists of them; a figure that is missing makes the result missing, as
 * a blank is not a zero: `sum(known(@x))` says that the known ones are meant.
 */
import { type ClaimValue, type ClaimWorld, ExpressionError, type Quantity, type Span } from './claim-expression-types.ts';
import { inUnit, made, negated, product, quotient, sumOf } from './claim-expression-values.ts';

/** A value with the place it came from. */
export interface Given {
  value: ClaimValue;
  span: Span;
}

interface Call {
  name: string;
  args: readonly Given[];
  span: Span;
  world: ClaimWorld;
}

const DAY = 86_400_000;
const DAYS_OF_YEAR = 365.2425;

/** Functions over all figures of their arguments, lists taken apart. */
const OVER_ALL: Readonly<Record<string, (all: readonly { of: Quantity; span: Span }[], call: Call) => Quantity>> = {
  sum: (all, { world }) => sumOf(all, world.convert),
  mean: (all, { world, span }) => quotient(sumOf(all, world.convert), exact(all.length, '1'), span, world.convert),
  min: (all, { world }) => extreme(all, world, Math.min),
  max: (all, { world }) => extreme(all, world, Math.max),
};

/** Functions of so many figures. */
const OF_FIGURES: Readonly<Record<string, { count: number; of: (args: readonly Quantity[], call: Call) => Quantity }>> = {
  share: { count: 2, of: ([part, whole], call) => percent(part as Quantity, whole as Quantity, call) },
  ratio: { count: 2, of: ([a, b], call) => quotient(a as Quantity, b as Quantity, spanOf(call, 1), call.world.convert) },
  difference: { count: 2, of: ([from, to], call) => less(to as Quantity, from as Quantity, call) },
  change: {
    count: 2,
    of: ([from, to], call) => {
      const { value, low, high, ...rest } = percent(to as Quantity, from as Quantity, call);
      return made(value - 100, low - 100, high - 100, rest.unit, [from as Quantity, to as Quantity]);
    },
  },
  abs: {
    count: 1,
    of: ([a]) => {
      const of = a as Quantity;
      if (of.low >= 0) return of;
      if (of.high <= 0) return negated(of);
      return { ...of, value: Math.abs(of.value), low: 0, high: Math.max(-of.low, of.high) };
    },
  },
  round: {
    count: 2,
    of: ([a, places], call) => {
      const [of, digits] = [a as Quantity, (places as Quantity).value];
      if (!Number.isInteger(digits) || Math.abs(digits) > 12)
        throw new ExpressionError('type', spanOf(call, 1), `${digits} places`, 'a whole number from -12 to 12');
      const to = (value: number): number => Number(`${Math.round(Number(`${value}e${digits}`))}e${-digits}`);
      return made(to(of.value), to(of.low), to(of.high), of.unit, [of]);
    },
  },
};

/** Names of all functions, for documents and errors. */
export const claimFunctions: readonly string[] = [
  ...Object.keys(OVER_ALL),
  ...Object.keys(OF_FIGURES),
  'count',
  'list',
  'known',
  'first',
  'last',
  'date',
  'year',
  'days',
  'years',
].sort();

/** Carries out a function. @throws ExpressionError at the name or the argument that does not do */
export function callFunction(call: Call): ClaimValue {
  const { name, args, span } = call;
  if (name === 'count') return counted(args);
  if (name === 'list') return { kind: 'list', name, items: flat(args).map(({ value }) => value) };
  if (name === 'known')
    return { kind: 'list', name: 'known', items: flat(args).flatMap(({ value }) => (value.kind === 'missing' ? [] : [value])) };
  if (name === 'date' || name === 'year' || name === 'days' || name === 'years') return ofDates(call);
  const overAll = Object.hasOwn(OVER_ALL, name) ? OVER_ALL[name] : undefined;
  const ofFigures = Object.hasOwn(OF_FIGURES, name) ? OF_FIGURES[name] : undefined;
  if (overAll === undefined && ofFigures === undefined && name !== 'first' && name !== 'last')
    throw new ExpressionError('function', { at: span.at, length: name.length }, `function "${name}"`, claimFunctions.join(', '));
  if (ofFigures !== undefined && args.length !== ofFigures.count)
    throw new ExpressionError('arguments', span, `${args.length} arguments of ${name}`, String(ofFigures.count));
  const gone = ofFigures === undefined ? args.flatMap(({ value }) => missingIn(value)) : args.flatMap(missingFigure);
  if (gone.length > 0) return { kind: 'missing', names: gone };
  if (ofFigures !== undefined) return ofFigures.of(args.map(figure), call);
  const all = flat(args).map((given) => ({ of: figure(given), span: given.span }));
  if (all.length === 0) throw new ExpressionError('arguments', span, `no argument of ${name}`, 'one or more');
  return overAll?.(all, call) ?? inTime(all, call);
}

/** Names of what is missing in a value; a reference that stands for nothing is missing. */
export function missingIn(value: ClaimValue): string[] {
  if (value.kind === 'missing') return value.names;
  if (value.kind !== 'list') return [];
  return value.items.length === 0 ? [value.name ?? 'list'] : value.items.flatMap(missingIn);
}

/** The same where one figure is wanted. @throws ExpressionError where there are several, missing or not */
export function missingFigure(given: Given): string[] {
  if (given.value.kind === 'list' && given.value.items.length > 1) figure(given);
  return missingIn(given.value);
}

/** The one figure of an argument. @throws ExpressionError where it is another thing, or several */
export function figure({ value, span }: Given): Quantity {
  if (value.kind === 'quantity') return value;
  if (value.kind === 'list' && value.items.length === 1) return figure({ value: value.items[0] as ClaimValue, span });
  if (value.kind === 'list')
    throw new ExpressionError(
      'several',
      span,
      `${value.items.length} figures`,
      'one: narrow it with [year=…], or use sum(), max() or another',
    );
  throw new ExpressionError('type', span, `a ${value.kind}`, 'a figure');
}

function flat(args: readonly Given[]): Given[] {
  return args.flatMap(({ value, span }) =>
    value.kind === 'list' ? flat(value.items.map((item) => ({ value: item, span }))) : [{ value, span }],
  );
}

const exact = (value: number, unit: string): Quantity => made(value, value, value, unit, []);

const spanOf = ({ args, span }: Call, i: number): Span => args[i]?.span ?? span;

function percent(part: Quantity, whole: Quantity, call: Call): Quantity {
  const { convert } = call.world;
  const share = quotient(part, whole, spanOf(call, 1), convert);
  if (share.unit !== '1')
    throw new ExpressionError('unit', spanOf(call, 0), `a value in ${part.unit}`, `one that can be written in ${whole.unit}`);
  const { value, low, high } = product(share, exact(100, '1'), convert);
  return made(value, low, high, '%', [part, whole]);
}

function less(a: Quantity, b: Quantity, call: Call): Quantity {
  const terms = [
    { of: a, span: spanOf(call, 1) },
    { of: b, span: spanOf(call, 0), negative: true },
  ];
  return sumOf(terms, call.world.convert);
}

function extreme(
  all: readonly { of: Quantity; span: Span }[],
  { convert }: ClaimWorld,
  of: (...values: number[]) => number,
): Quantity {
  const unit = all[0]?.of.unit ?? '1';
  const placed = all.map((given) => inUnit(given.of, unit, given.span, convert));
  const pick = (part: (value: Quantity) => number): number => of(...placed.map(part));
  return made(
    pick(({ value }) => value),
    pick(({ low }) => low),
    pick(({ high }) => high),
    unit,
    placed,
  );
}

/** How many things there are, with figures or without. */
function counted(args: readonly Given[]): ClaimValue {
  const count = flat(args).length;
  return exact(count, '1');
}

/** The earliest or the latest figure. */
function inTime(all: readonly { of: Quantity; span: Span }[], { name, span }: Call): Quantity {
  if (all.some(({ of }) => of.at === undefined))
    throw new ExpressionError('type', span, 'figures without a time', 'figures with a time');
  const sorted = all.map(({ of }) => of).sort((a, b) => ((a.at as string) < (b.at as string) ? -1 : 1));
  return (name === 'first' ? sorted[0] : sorted.at(-1)) as Quantity;
}

function ofDates({ name, args, span }: Call): ClaimValue {
  const wanted = name === 'days' || name === 'years' ? 2 : 1;
  if (args.length !== wanted) throw new ExpressionError('arguments', span, `${args.length} arguments of ${name}`, String(wanted));
  const dates = args.map(dateOf);
  const [from, to] = dates;
  if (name === 'date') return { kind: 'date', ...(from as { start: string; end: string }) };
  if (name === 'year') return exact(Number(from?.start.slice(0, 4)), '1');
  const days = (Date.parse(to?.start ?? '') - Date.parse(from?.start ?? '')) / DAY;
  return name === 'days' ? exact(days, 'd') : exact(days / DAYS_OF_YEAR, 'a');
}

/** First day, and the first behind the last, of a date, a text such as "2012-05", a figure with a time, or a number that is a year. */
export function dateOf({ value, span }: Given): { start: string; end: string } {
  if (value.kind === 'date') return { start: value.start, end: value.end };
  const text = value.kind === 'text' ? value.text : value.kind === 'quantity' ? (value.at ?? String(value.value)) : '';
  const found = periodOf(text);
  if (found === null)
    throw new ExpressionError(
      'type',
      span,
      text === '' ? `a ${value.kind}` : `"${text}"`,
      'a date such as 2012, 2012-05 or 2012-05-31',
    );
  return found;
}

/** The days of a year, month or day; `null` where there is none such. */
export function periodOf(text: string): { start: string; end: string } | null {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (found === null) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  const start = new Date(Date.UTC(year as number, (month ?? 1) - 1, day ?? 1));
  const iso = (date: Date): string => date.toISOString().slice(0, 10);
  if (!iso(start).startsWith(text)) return null; // 2012-13, 2012-02-30
  const end =
    day !== undefined
      ? new Date(start.getTime() + DAY)
      : month !== undefined
        ? new Date(Date.UTC(year as number, month, 1))
        : new Date(Date.UTC((year as number) + 1, 0, 1));
  return { start: iso(start), end: iso(end) };
}
