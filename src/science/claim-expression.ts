/**
 * Computes expressions of the language of claims: figures with units and exactness, compared as printed, every step kept.
 *
 *     const world = { resolve: () => [], convert };
 *     evaluate('101000 + 250000 + 194000', world).value      // 545000, from 543500 to 546500
 *     evaluate('share(8849, 17195)', world).value            // 51.46 %
 *     evaluate('@area[year=2012] in har >= 1000 har', world)
 *
 * The grammar stands in claim-expression-parser.ts and docs/claims.md.
 */
import { callFunction, dateOf, figure, type Given, missingFigure, periodOf } from './claim-expression-functions.ts';
import { parseExpression } from './claim-expression-parser.ts';
import {
  type ArithmeticStep,
  type ClaimNode,
  type ClaimValue,
  type ClaimWorld,
  type Evaluation,
  ExpressionError,
  type Fact,
  type Quantity,
} from './claim-expression-types.ts';
import { factQuantity, inUnit, literal, negated, product, quotient, sumOf } from './claim-expression-values.ts';

interface Work {
  source: string;
  world: ClaimWorld;
  steps: ArithmeticStep[];
  facts: Map<string, Fact>;
  numbers: { value: number; printed: string }[];
}

/** Relative difference below which two exact numbers are equal: rests of binary arithmetic. */
const EQUAL = 1e-12;

/**
 * Reads and computes an expression.
 * @throws ExpressionError with place, what was found and what would do, where it cannot be read, or types or units do not fit
 */
export function evaluate(source: string, world: ClaimWorld): Evaluation {
  const work: Work = { source, world, steps: [], facts: new Map(), numbers: [] };
  const value = valueFrom(parseExpression(source), work);
  return { value, steps: work.steps, facts: [...work.facts.values()], numbers: work.numbers };
}

function valueFrom(node: ClaimNode, work: Work): ClaimValue {
  switch (node.is) {
    case 'number':
      work.numbers.push({ value: node.value, printed: node.printed });
      return literal(node.value, node.printed, node.unit);
    case 'text':
      return { kind: 'text', text: node.text };
    case 'date': {
      const period = periodOf(node.text);
      if (period === null) throw new ExpressionError('type', node, `"${node.text}"`, 'a day of the calendar');
      return { kind: 'date', ...period };
    }
    case 'reference':
      return looked(node, work);
    default:
      return kept(node, work, computed(node, work));
  }
}

/** Keeps a step of the arithmetic. */
function kept(node: ClaimNode, { source, steps }: Work, value: ClaimValue): ClaimValue {
  steps.push({ text: source.slice(node.at, node.at + node.length), at: node.at, length: node.length, value });
  return value;
}

function computed(node: ClaimNode, work: Work): ClaimValue {
  const { convert } = work.world;
  switch (node.is) {
    case 'call':
      return callFunction({ name: node.name, args: node.args.map((arg) => given(arg, work)), span: node, world: work.world });
    case 'convert':
      return withFigures([given(node.of, work)], ([of]) => inUnit(of as Quantity, node.unit, node, convert));
    case 'unary':
      if (node.sign === '-') return withFigures([given(node.of, work)], ([of]) => negated(of as Quantity));
      return { kind: 'truth', value: opposite(truthOf(given(node.of, work))) };
    case 'binary':
      return binary(node, work);
    default:
      throw new ExpressionError('type', node, node.is, 'a computation');
  }
}

const given = (node: ClaimNode, work: Work): Given => ({ value: valueFrom(node, work), span: node });

/** Computes with figures; with one that is missing the result is missing. */
function withFigures(args: readonly Given[], of: (figures: readonly Quantity[]) => ClaimValue): ClaimValue {
  const gone = args.flatMap(missingFigure);
  return gone.length > 0 ? { kind: 'missing', names: gone } : of(args.map(figure));
}

function binary(node: ClaimNode & { is: 'binary' }, work: Work): ClaimValue {
  const { convert } = work.world;
  if (node.sign === '+' || node.sign === '-') {
    const terms = termsOf(node).map(({ node: term, negative }) => ({ ...given(term, work), negative }));
    return withFigures(terms, (figures) =>
      sumOf(
        figures.map((of, i) => ({ of, span: terms[i]?.span ?? node, negative: terms[i]?.negative ?? false })),
        convert,
      ),
    );
  }
  const [left, right] = [given(node.left, work), given(node.right, work)];
  if (node.sign === '*') return withFigures([left, right], ([a, b]) => product(a as Quantity, b as Quantity, convert));
  if (node.sign === '/')
    return withFigures([left, right], ([a, b]) => quotient(a as Quantity, b as Quantity, node.right, convert));
  if (node.sign === 'and' || node.sign === 'or') {
    const [a, b] = [truthOf(left), truthOf(right)];
    const decided = node.sign === 'or';
    return { kind: 'truth', value: a === decided || b === decided ? decided : a === null || b === null ? null : !decided };
  }
  const gone = [left, right].flatMap(missingFigure);
  return gone.length > 0 ? { kind: 'missing', names: gone } : { kind: 'truth', value: compared(node, left, right, convert) };
}

/** The terms of a row of + and −, so that they are rounded as one sum. */
function termsOf(node: ClaimNode, negative = false): { node: ClaimNode; negative: boolean }[] {
  if (node.is !== 'binary' || (node.sign !== '+' && node.sign !== '-')) return [{ node, negative }];
  const flip = node.sign === '-' ? !negative : negative;
  return [...termsOf(node.left, negative), ...termsOf(node.right, flip)];
}

/**
 * Compares two values. Figures: true or false only where their exactness leaves no doubt, else null; equal where their ranges
 * meet. Dates: by their days; a year and a day in it are equal.
 */
function compared(node: ClaimNode & { is: 'binary' }, left: Given, right: Given, convert: ClaimWorld['convert']): boolean | null {
  const kinds = [left.value.kind, right.value.kind];
  const equal = node.sign === '=' || node.sign === '!=';
  if (kinds.includes('text') && !kinds.includes('date')) {
    if (!equal || left.value.kind !== 'text' || right.value.kind !== 'text')
      throw new ExpressionError('type', node, `${kinds[0]} ${node.sign} ${kinds[1]}`, 'two texts with = or !=');
    return (left.value.text === right.value.text) === (node.sign === '=');
  }
  const [a, b] = kinds.includes('date') ? [daysOf(left), daysOf(right)] : rangesOf(left, right, convert);
  const near = EQUAL * Math.max(Math.abs(a.high), Math.abs(b.high));
  const meet = a.low <= b.high + near && b.low <= a.high + near;
  if (equal) return meet === (node.sign === '=');
  const [x, y] = node.sign === '<' || node.sign === '<=' ? [a, b] : [b, a];
  const strict = node.sign === '<' || node.sign === '>';
  if (strict ? x.high < y.low - near : x.high <= y.low + near) return true;
  if (strict ? x.low >= y.high - near : x.low > y.high + near) return false;
  return null;
}

function daysOf(date: Given): Range {
  const { start, end } = dateOf(date);
  return { low: Date.parse(start), high: Date.parse(end) - 1 };
}

interface Range {
  low: number;
  high: number;
}

function rangesOf(left: Given, right: Given, convert: ClaimWorld['convert']): [Range, Range] {
  const a = figure(left);
  return [a, inUnit(figure(right), a.unit, right.span, convert)];
}

function truthOf({ value, span }: Given): boolean | null {
  if (value.kind === 'truth') return value.value;
  if (value.kind === 'missing') return null;
  throw new ExpressionError('type', span, `a ${value.kind}`, 'a comparison');
}

const opposite = (truth: boolean | null): boolean | null => (truth === null ? null : !truth);

/** What a reference stands for: one figure, a list, or nothing. */
function looked(node: ClaimNode & { is: 'reference' }, work: Work): ClaimValue {
  const facts = work.world.resolve(node.name, node.filters);
  for (const fact of facts) work.facts.set(fact.id, fact);
  const items = facts.map((fact): ClaimValue => factQuantity(fact) ?? { kind: 'missing', names: [fact.id] });
  if (items.length === 1) return items[0] as ClaimValue;
  return { kind: 'list', items, name: `@${node.name}` };
}
