/**
 * Reads an expression of the language of claims into a tree. The grammar, in the order of binding, loosest first:
 *
 *     expression = all { "or" all } ;            all  = not { "and" not } ;         not = [ "not" ] comparison ;
 *     comparison = given [ ("=" | "!=" | "<" | "<=" | ">" | ">=") given ] ;         given = sum [ "in" unit ] ;
 *     sum = product { ("+" | "-") product } ;    product = sign { ("*" | "/") sign } ;  sign = [ "-" ] primary ;
 *     primary = number [ unit ] [ text ] | date | text | "@" name [ "[" key "=" value { "," … } "]" ] [ text ]
 *             | name "(" [ expression { "," expression } ] ")" | "(" expression ")" ;
 */
import { type Word, wordsOf } from './claim-expression-lexer.ts';
import { type BinarySign, type ClaimNode, ExpressionError } from './claim-expression-types.ts';

/** Parentheses within one another that are read. */
export const MOST_DEEP = 60;

interface Reader {
  words: readonly Word[];
  next: number;
  deep: number;
}

/** The tree of an expression. @throws ExpressionError with the place, what was found and what would do */
export function parseExpression(source: string): ClaimNode {
  const reader: Reader = { words: wordsOf(source), next: 0, deep: 0 };
  if (peek(reader).kind === 'end')
    throw new ExpressionError('empty', { at: 0, length: source.length }, 'nothing', 'an expression');
  const tree = expression(reader);
  if (peek(reader).kind !== 'end') throw unexpected(peek(reader), 'a sign such as + - * / or the end');
  return tree;
}

const peek = (reader: Reader): Word => reader.words[reader.next] as Word;
const take = (reader: Reader): Word => reader.words[reader.next++] as Word;
const isSign = (word: Word, ...signs: string[]): boolean => word.kind === 'sign' && signs.includes(word.text);
const isName = (word: Word, name: string): boolean => word.kind === 'name' && word.text === name;

function unexpected(word: Word, expected: string): ExpressionError {
  return new ExpressionError('unexpected', word, word.kind === 'end' ? 'the end' : `"${word.text}"`, expected);
}

function expect(reader: Reader, sign: string): Word {
  if (!isSign(peek(reader), sign)) throw unexpected(peek(reader), `"${sign}"`);
  return take(reader);
}

const spanned = (from: { at: number }, to: { at: number; length: number }): { at: number; length: number } => ({
  at: from.at,
  length: to.at + to.length - from.at,
});

/** A row of parts with signs of one rank between them, from the left. */
function row(reader: Reader, part: (reader: Reader) => ClaimNode, signOf: (word: Word) => BinarySign | null): ClaimNode {
  let left = part(reader);
  for (let sign = signOf(peek(reader)); sign !== null; sign = signOf(peek(reader))) {
    take(reader);
    const right = part(reader);
    left = { is: 'binary', sign, left, right, ...spanned(left, right) };
  }
  return left;
}

const oneOf =
  (...signs: string[]) =>
  (word: Word): BinarySign | null =>
    isSign(word, ...signs) ? (word.text as BinarySign) : null;

function expression(reader: Reader): ClaimNode {
  if (++reader.deep > MOST_DEEP)
    throw new ExpressionError('too-deep', peek(reader), `${MOST_DEEP} parentheses`, 'fewer within one another');
  const all = (inner: Reader): ClaimNode => row(inner, negation, (word) => (isName(word, 'and') ? 'and' : null));
  const tree = row(reader, all, (word) => (isName(word, 'or') ? 'or' : null));
  reader.deep--;
  return tree;
}

function negation(reader: Reader): ClaimNode {
  if (!isName(peek(reader), 'not')) return comparison(reader);
  const word = take(reader);
  const of = comparison(reader);
  return { is: 'unary', sign: 'not', of, ...spanned(word, of) };
}

function comparison(reader: Reader): ClaimNode {
  const left = given(reader);
  const sign = oneOf('=', '!=', '<', '<=', '>', '>=')(peek(reader));
  if (sign === null) return left;
  take(reader);
  const right = given(reader);
  return { is: 'binary', sign, left, right, ...spanned(left, right) };
}

/** A sum, written in another unit. */
function given(reader: Reader): ClaimNode {
  const product = (inner: Reader): ClaimNode => row(inner, signed, oneOf('*', '/'));
  const of = row(reader, product, oneOf('+', '-'));
  if (!isName(peek(reader), 'in')) return of;
  take(reader);
  const unit = take(reader);
  if (unit.kind !== 'unit') throw unexpected(unit, 'a unit');
  return { is: 'convert', of, unit: unit.text, ...spanned(of, unit) };
}

function signed(reader: Reader): ClaimNode {
  if (!isSign(peek(reader), '-')) return primary(reader);
  const word = take(reader);
  if (++reader.deep > MOST_DEEP) throw new ExpressionError('too-deep', word, `${MOST_DEEP} signs`, 'fewer within one another');
  const of = signed(reader);
  reader.deep--;
  return { is: 'unary', sign: '-', of, ...spanned(word, of) };
}

function primary(reader: Reader): ClaimNode {
  const word = take(reader);
  switch (word.kind) {
    case 'number': {
      const unit = peek(reader).kind === 'unit' ? take(reader) : null;
      const node = { is: 'number', value: word.value as number, printed: word.text, unit: unit?.text ?? null } as const;
      return noted(reader, { ...node, ...spanned(word, unit ?? word) });
    }
    case 'date':
    case 'text':
      return { is: word.kind, text: word.text, at: word.at, length: word.length };
    case 'reference':
      return noted(reader, { is: 'reference', name: word.text, ...filters(reader, word) });
    case 'name':
      return call(reader, word);
    default: {
      if (!isSign(word, '(')) throw unexpected(word, 'a number, @reference, "text", a date, a function or "("');
      const tree = expression(reader);
      const end = expect(reader, ')');
      return { ...tree, ...spanned(word, end) };
    }
  }
}

/** A text behind a number or a reference is a note on it. */
function noted<T extends ClaimNode>(reader: Reader, node: T): T {
  return peek(reader).kind === 'text' ? { ...node, note: take(reader).text } : node;
}

function filters(reader: Reader, name: Word): { filters: Record<string, string>; at: number; length: number } {
  const found: Record<string, string> = Object.create(null);
  const open = peek(reader);
  if (!isSign(open, '[') || open.at !== name.at + name.length) return { filters: found, at: name.at, length: name.length };
  take(reader);
  for (;;) {
    const key = take(reader);
    if (key.kind !== 'name') throw unexpected(key, 'a name such as year or feature');
    expect(reader, '=');
    let value = '';
    let last = peek(reader);
    for (let word = last; !['end', 'unit'].includes(word.kind) && !isSign(word, ',', ']'); word = peek(reader)) {
      if (value !== '' && word.at !== last.at + last.length) throw unexpected(word, '"," or "]", or the value in "…"');
      value += word.text;
      last = take(reader);
    }
    if (value === '') throw unexpected(peek(reader), 'a value');
    found[key.text] = value;
    const sign = take(reader);
    if (isSign(sign, ']')) return { filters: { ...found }, ...spanned(name, sign) };
    if (!isSign(sign, ',')) throw unexpected(sign, '"," or "]"');
  }
}

function call(reader: Reader, name: Word): ClaimNode {
  if (!isSign(peek(reader), '(')) throw unexpected(name, `${name.text}(…) or @${name.text}`);
  take(reader);
  const args: ClaimNode[] = [];
  while (!isSign(peek(reader), ')')) {
    args.push(expression(reader));
    if (!isSign(peek(reader), ')')) expect(reader, ',');
  }
  const end = take(reader);
  return { is: 'call', name: name.text, args, ...spanned(name, end) };
}
