/**
 * `$filter` and `$orderby` as trees. `or` binds least, then `and`, `not`, comparisons, `add` and `sub`, `mul`, `div` and `mod`, the minus sign.
 *
 *     parseFilter("result gt 5 and not (year(phenomenonTime) eq 2020)")
 */
import { FUNCTIONS } from './sensorthings-functions.ts';
import { syntax, type Token, tokensOf } from './sensorthings-tokens.ts';
import { type Comparison, durationOf, shapeOf, timeOf, type Value } from './sensorthings-values.ts';

export type Expression =
  | { kind: 'value'; value: Value }
  | { kind: 'path'; path: string[]; at: number }
  | { kind: 'call'; name: string; args: Expression[]; at: number }
  | { kind: 'not'; of: Expression; at: number }
  | { kind: 'minus'; of: Expression; at: number }
  | { kind: 'two'; operator: Operator; left: Expression; right: Expression; at: number };

export type Operator = 'or' | 'and' | Comparison | Arithmetic;
export type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'mod';

export interface Order {
  by: Expression;
  descending: boolean;
}

/** Operators from the one that binds least. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  ['eq', 'ne', 'gt', 'ge', 'lt', 'le'],
  ['add', 'sub'],
  ['mul', 'div', 'mod'],
];

/** Deeper than anybody writes by hand. */
const DEEPEST = 60;

interface Reading {
  option: string;
  tokens: readonly Token[];
  at: number;
  depth: number;
}

/** @throws Problem `sta-syntax` with the place of the error */
export function parseFilter(text: string, option = '$filter'): Expression {
  const reading: Reading = { option, tokens: tokensOf(option, text), at: 0, depth: 0 };
  const found = binary(reading, 0);
  const rest = peek(reading);
  if (rest.kind !== 'end') throw syntax(option, rest.at, rest.text, 'and, or, eq, ne, gt, ge, lt, le, add, sub, mul, div, mod');
  return found;
}

/** @throws Problem `sta-syntax` */
export function parseOrder(text: string, option = '$orderby'): Order[] {
  const reading: Reading = { option, tokens: tokensOf(option, text), at: 0, depth: 0 };
  const orders: Order[] = [];
  for (;;) {
    const by = binary(reading, 0);
    const word = peek(reading);
    const descending = word.kind === 'name' && word.text === 'desc';
    if (word.kind === 'name' && (descending || word.text === 'asc')) reading.at += 1;
    orders.push({ by, descending });
    const rest = peek(reading);
    if (rest.kind === 'end') return orders;
    if (rest.text !== ',') throw syntax(option, rest.at, rest.text, 'asc, desc, ","');
    reading.at += 1;
  }
}

function binary(reading: Reading, level: number): Expression {
  if (reading.depth > DEEPEST * LEVELS.length)
    throw syntax(reading.option, peek(reading).at, peek(reading).text, `≤ ${DEEPEST} ( )`);
  const operators = LEVELS[level];
  if (operators === undefined) return unary(reading);
  reading.depth += 1;
  const inner = (): Expression => (level === 1 ? negated(reading) : binary(reading, level + 1));
  let left = inner();
  for (;;) {
    const { kind, text, at } = peek(reading);
    const operator = operators.find((one) => kind === 'name' && one === text);
    if (operator === undefined) break;
    reading.at += 1;
    left = { kind: 'two', operator, left, right: inner(), at };
  }
  reading.depth -= 1;
  return left;
}

/** `not` binds less than a comparison here, as services and clients of the standard read it: `not result eq 5` denies the whole. */
function negated(reading: Reading): Expression {
  const { kind, text, at } = peek(reading);
  if (kind !== 'name' || text !== 'not') return binary(reading, 2);
  reading.at += 1;
  reading.depth += 1;
  if (reading.depth > DEEPEST * LEVELS.length) throw syntax(reading.option, at, text, `≤ ${DEEPEST} not`);
  const of = negated(reading);
  reading.depth -= 1;
  return { kind: 'not', of, at };
}

function unary(reading: Reading): Expression {
  const { text, at, kind } = peek(reading);
  if (kind !== 'mark' || text !== '-') return primary(reading);
  reading.at += 1;
  reading.depth += 1;
  if (reading.depth > DEEPEST * LEVELS.length) throw syntax(reading.option, at, text, '1.5');
  const of = unary(reading);
  reading.depth -= 1;
  return { kind: 'minus', of, at };
}

function primary(reading: Reading): Expression {
  const token = peek(reading);
  const { option } = reading;
  reading.at += 1;
  if (token.kind === 'mark' && token.text === '(') {
    const found = binary(reading, 0);
    expectMark(reading, ')');
    return found;
  }
  if (token.kind === 'name') return named(reading, token);
  const value = literal(token);
  if (value === undefined && token.kind === 'geography')
    throw syntax(option, token.at, token.text.slice(0, 40), "geography'POINT(61.7 46.1)', LINESTRING, POLYGON, MULTIPOLYGON");
  if (value === undefined) throw syntax(option, token.at, token.text, "name, 'text', 1.5, 2020-01-01T00:00:00Z, (");
  return { kind: 'value', value };
}

function named(reading: Reading, { text, at }: Token): Expression {
  if (text === 'true' || text === 'false') return { kind: 'value', value: text === 'true' };
  if (text === 'null') return { kind: 'value', value: null };
  if (peek(reading).text === '(' && peek(reading).kind === 'mark') return call(reading, text, at);
  const path = [text];
  while (peek(reading).kind === 'mark' && peek(reading).text === '/') {
    reading.at += 1;
    const next = peek(reading);
    if (next.kind !== 'name') throw syntax(reading.option, next.at, next.text, 'Datastream/name');
    reading.at += 1;
    path.push(next.text);
  }
  return { kind: 'path', path, at };
}

function call(reading: Reading, name: string, at: number): Expression {
  const known = FUNCTIONS[name];
  if (known === undefined) throw syntax(reading.option, at, `${name}()`, Object.keys(FUNCTIONS).join(', '));
  reading.at += 1;
  const args: Expression[] = [];
  while (!(peek(reading).kind === 'mark' && peek(reading).text === ')')) {
    if (args.length > 0) expectMark(reading, ',');
    args.push(binary(reading, 0));
  }
  expectMark(reading, ')');
  if (!known.takes.includes(args.length))
    throw syntax(reading.option, at, `${name}(${args.length})`, `${name}(${known.takes.join(' | ')})`);
  return { kind: 'call', name, args, at };
}

/** `undefined` where the token is no value. */
function literal({ kind, text }: Token): Value | undefined {
  if (kind === 'text') return text;
  if (kind === 'number') return Number(text);
  if (kind === 'time') return timeOf(text) ?? undefined;
  if (kind === 'duration') return durationOf(text) ?? undefined;
  if (kind === 'geography') return shapeOf(text) ?? undefined;
  return undefined;
}

function expectMark(reading: Reading, mark: string): void {
  const token = peek(reading);
  if (token.kind !== 'mark' || token.text !== mark) throw syntax(reading.option, token.at, token.text, `"${mark}"`);
  reading.at += 1;
}

function peek({ tokens, at }: Reading): Token {
  return tokens[Math.min(at, tokens.length - 1)] ?? { kind: 'end', text: '', at: 0 };
}
