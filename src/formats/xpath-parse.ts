/**
 * The grammar of XPath 1.0, as far as `xpath.ts` evaluates it.
 *
 *     parseXpath("activity-date[@type='1']/@iso-date")   // { kind: 'path', absolute: false, steps: [ … ] }
 */

export type NodeTest = string;

export interface Step {
  axis: string;
  /** A name, `*`, `node()` or `text()`. */
  test: NodeTest;
  predicates: Expression[];
}

export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'string'; value: string }
  | { kind: 'negative'; of: Expression }
  | { kind: 'operator'; operator: string; left: Expression; right: Expression }
  | { kind: 'call'; name: string; of: Expression[] }
  | { kind: 'path'; absolute: boolean; steps: Step[]; from?: Expression; predicates?: Expression[] };

/** Operators from the loosest to the tightest (section 3.1 to 3.5). */
const LEVELS = [['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', 'div', 'mod']];

const TOKEN =
  /\s*(?:(\d+(?:\.\d*)?|\.\d+)|"([^"]*)"|'([^']*)'|(\/\/|::|\.\.|!=|<=|>=|[()[\].@,/|+\-=<>*])|([\p{L}_][\p{L}\p{N}_.-]*(?::(?!:)[\p{L}_*][\p{L}\p{N}_.-]*)?))/uy;

interface Token {
  kind: 'number' | 'string' | 'sign' | 'name' | 'operator';
  text: string;
}

/**
 * The tree of an expression.
 * @throws RangeError where it is none: expressions are part of a ruleset, not of the data.
 */
export function parseXpath(text: string): Expression {
  const tokens = tokensOf(text);
  let at = 0;
  const is = (sign: string, ahead = 0): boolean => {
    const token = tokens[at + ahead];
    return token !== undefined && token.kind !== 'string' && token.text === sign;
  };
  const fail = (): never => {
    throw new RangeError(`"${text}" is no XPath expression (at ${tokens[at]?.text ?? 'its end'})`);
  };
  const expect = (sign: string): void => {
    if (!is(sign)) fail();
    at += 1;
  };

  const binary = (level: number): Expression => {
    const operators = LEVELS[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (let token = tokens[at]; token?.kind === 'operator' && operators.includes(token.text); token = tokens[at]) {
      at += 1;
      left = { kind: 'operator', operator: token.text, left, right: binary(level + 1) };
    }
    return left;
  };
  const unary = (): Expression => {
    if (is('-')) {
      at += 1;
      return { kind: 'negative', of: unary() };
    }
    let left = pathOrValue();
    while (is('|')) {
      at += 1;
      left = { kind: 'operator', operator: '|', left, right: pathOrValue() };
    }
    return left;
  };
  const predicates = (): Expression[] => {
    const found: Expression[] = [];
    while (is('[')) {
      at += 1;
      found.push(binary(0));
      expect(']');
    }
    return found;
  };
  const pathOrValue = (): Expression => {
    const from = value();
    if (from === null) return location();
    const own = predicates();
    if (own.length === 0 && !is('/') && !is('//')) return from;
    return { kind: 'path', absolute: false, from, predicates: own, steps: moreSteps() };
  };
  /** A literal, a call or an expression in brackets; `null` where a path begins. */
  const value = (): Expression | null => {
    const token = tokens[at];
    if (token?.kind === 'number' || token?.kind === 'string') {
      at += 1;
      return token.kind === 'number' ? { kind: 'number', value: Number(token.text) } : { kind: 'string', value: token.text };
    }
    if (is('(')) {
      at += 1;
      const inner = binary(0);
      expect(')');
      return inner;
    }
    if (token?.kind !== 'name' || !is('(', 1) || token.text === 'node' || token.text === 'text') return null;
    at += 2;
    const of: Expression[] = [];
    while (!is(')')) {
      if (of.length > 0) expect(',');
      of.push(binary(0));
    }
    at += 1;
    return { kind: 'call', name: token.text, of };
  };
  const location = (): Expression => {
    const absolute = is('/') || is('//');
    if (!absolute) return { kind: 'path', absolute, steps: [step(), ...moreSteps()] };
    if (is('/')) {
      at += 1;
      return { kind: 'path', absolute, steps: startsStep() ? [step(), ...moreSteps()] : [] };
    }
    return { kind: 'path', absolute, steps: moreSteps() };
  };
  const startsStep = (): boolean => tokens[at]?.kind === 'name' || ['@', '.', '..', '*'].some((sign) => is(sign));
  const moreSteps = (): Step[] => {
    const steps: Step[] = [];
    while (is('/') || is('//')) {
      if (is('//')) steps.push({ axis: 'descendant-or-self', test: 'node()', predicates: [] });
      at += 1;
      steps.push(step());
    }
    return steps;
  };
  const step = (): Step => {
    if (is('.') || is('..')) {
      const axis = is('.') ? 'self' : 'parent';
      at += 1;
      return { axis, test: 'node()', predicates: predicates() };
    }
    let axis = 'child';
    if (is('@')) {
      axis = 'attribute';
      at += 1;
    } else if (tokens[at]?.kind === 'name' && is('::', 1)) {
      axis = tokens[at]?.text ?? '';
      at += 2;
    }
    const token = tokens[at];
    if (token === undefined || (token.kind !== 'name' && token.text !== '*')) return fail();
    at += 1;
    let test = token.text;
    if ((test === 'text' || test === 'node') && is('(')) {
      at += 1;
      expect(')');
      test += '()';
    }
    return { axis, test, predicates: predicates() };
  };

  const whole = binary(0);
  return at < tokens.length ? fail() : whole;
}

/** Section 3.7: after a value, `*`, `and`, `or`, `div` and `mod` are operators; elsewhere they are names. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [, number, double, single, sign, name] = match;
    const before = tokens.at(-1);
    const afterValue =
      before !== undefined &&
      before.kind !== 'operator' &&
      (before.kind !== 'sign' || [')', ']', '.', '..', '*'].includes(before.text));
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (double !== undefined || single !== undefined) tokens.push({ kind: 'string', text: double ?? single ?? '' });
    else if (sign !== undefined) {
      const operator = ['=', '!=', '<', '<=', '>', '>=', '+', '-'].includes(sign) || (sign === '*' && afterValue);
      tokens.push({ kind: operator ? 'operator' : 'sign', text: sign });
    } else if (name !== undefined)
      tokens.push({ kind: afterValue && /^(and|or|div|mod)$/.test(name) ? 'operator' : 'name', text: name });
    if (TOKEN.lastIndex >= text.trimEnd().length) return tokens;
  }
  throw new RangeError(`"${text}" is no XPath expression`);
}
