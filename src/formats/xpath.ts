/**
 * XPath 1.0 on trees of `xml-tree.ts`: what the rules of published standards are written in. Variables, namespaces axis and
 * `id()` are left out; names match without regard to namespaces, but `xml:lang`.
 *
 *     const rule = parseXpath("count(sector[@vocabulary='99']) > 0");
 *     evaluate(rule, activity)          // true
 *     select("transaction/value/@currency", activity)
 *
 * Reference: XML Path Language (XPath) 1.0, W3C Recommendation 16 November 1999.
 */
import { textOf, XML_NAMESPACE, type XmlAttribute, type XmlElement } from './xml-tree.ts';
import { type Expression, type NodeTest, parseXpath, type Step } from './xpath-parse.ts';

/** A node that a path finds: an element, an attribute, a run of text, or the document above the root. */
export interface XpathNode {
  kind: 'document' | 'element' | 'attribute' | 'text';
  /** The element itself, or the one that an attribute or text belongs to; the root for the document. */
  element: XmlElement;
  attribute?: XmlAttribute;
  text?: string;
}

export type XpathValue = XpathNode[] | string | number | boolean;

interface Context {
  node: XpathNode;
  position: number;
  size: number;
}

const parsed = new Map<string, Expression>();

/** An expression, parsed once. */
function expressionOf(path: string | Expression): Expression {
  if (typeof path !== 'string') return path;
  const known = parsed.get(path) ?? parseXpath(path);
  if (parsed.size < 5_000) parsed.set(path, known);
  return known;
}

/** The value of an expression seen from `node`. */
export function evaluate(path: string | Expression, node: XpathNode): XpathValue {
  return valueIn(expressionOf(path), { node, position: 1, size: 1 });
}

/** The nodes that a path finds, in document order; none where the expression is no path. */
export function select(path: string | Expression, node: XpathNode): XpathNode[] {
  const value = evaluate(path, node);
  return Array.isArray(value) ? value : [];
}

/** Whether an expression holds: a path does where it finds anything. */
export function holds(path: string | Expression, node: XpathNode): boolean {
  return truthOf(evaluate(path, node));
}

export function elementNode(element: XmlElement): XpathNode {
  return { kind: 'element', element };
}

/** The document above `root`, where absolute paths begin. */
export function documentNode(root: XmlElement): XpathNode {
  return { kind: 'document', element: root };
}

/** The string-value of a node. */
export function stringOf(node: XpathNode): string {
  if (node.kind === 'attribute') return node.attribute?.value ?? '';
  return node.kind === 'text' ? (node.text ?? '') : textOf(node.element);
}

function valueIn(expression: Expression, context: Context): XpathValue {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return expression.value;
    case 'negative':
      return -numberOf(valueIn(expression.of, context));
    case 'call':
      return call(expression.name, expression.of, context);
    case 'operator':
      return operate(expression.operator, expression.left, expression.right, context);
    case 'path':
      return walk(expression, context);
  }
}

function operate(operator: string, left: Expression, right: Expression, context: Context): XpathValue {
  if (operator === 'or') return truthOf(valueIn(left, context)) || truthOf(valueIn(right, context));
  if (operator === 'and') return truthOf(valueIn(left, context)) && truthOf(valueIn(right, context));
  const a = valueIn(left, context);
  const b = valueIn(right, context);
  if (operator === '|') return ordered([...(Array.isArray(a) ? a : []), ...(Array.isArray(b) ? b : [])]);
  if (['=', '!=', '<', '<=', '>', '>='].includes(operator)) return compare(operator, a, b);
  const [x, y] = [numberOf(a), numberOf(b)];
  if (operator === '+') return x + y;
  if (operator === '-') return x - y;
  if (operator === '*') return x * y;
  return operator === 'div' ? x / y : x % y;
}

/** Section 3.4: a comparison with nodes holds where it does for any of them. */
function compare(operator: string, a: XpathValue, b: XpathValue): boolean {
  if (typeof a === 'boolean' && Array.isArray(b)) return compareTwo(operator, a, truthOf(b));
  if (Array.isArray(a) && typeof b === 'boolean') return compareTwo(operator, truthOf(a), b);
  if (Array.isArray(a)) return a.some((node) => compare(operator, atomOf(stringOf(node), b), b));
  if (Array.isArray(b)) return b.some((node) => compareTwo(operator, a, atomOf(stringOf(node), a)));
  return compareTwo(operator, a, b);
}

function atomOf(text: string, other: XpathValue): string | number {
  return typeof other === 'number' ? numberOf(text) : text;
}

function compareTwo(operator: string, a: string | number | boolean, b: string | number | boolean): boolean {
  if (operator === '=' || operator === '!=') {
    const same =
      typeof a === 'boolean' || typeof b === 'boolean'
        ? truthOf(a) === truthOf(b)
        : typeof a === 'number' || typeof b === 'number'
          ? numberOf(a) === numberOf(b)
          : a === b;
    return same === (operator === '=');
  }
  const [x, y] = [numberOf(a), numberOf(b)];
  if (operator === '<') return x < y;
  if (operator === '<=') return x <= y;
  return operator === '>' ? x > y : x >= y;
}

function truthOf(value: XpathValue): boolean {
  if (Array.isArray(value) || typeof value === 'string') return value.length > 0;
  return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : value;
}

function numberOf(value: XpathValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = textFrom(value).trim();
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}

function textFrom(value: XpathValue): string {
  if (Array.isArray(value)) return value[0] === undefined ? '' : stringOf(value[0]);
  return String(value);
}

function call(name: string, of: readonly Expression[], context: Context): XpathValue {
  const value = (i: number): XpathValue => {
    const argument = of[i];
    return argument === undefined ? [context.node] : valueIn(argument, context);
  };
  const text = (i: number): string => textFrom(value(i));
  switch (name) {
    case 'count': {
      const nodes = value(0);
      return Array.isArray(nodes) ? nodes.length : 0;
    }
    case 'sum': {
      const nodes = value(0);
      return Array.isArray(nodes) ? nodes.reduce((sum, node) => sum + numberOf(stringOf(node)), 0) : Number.NaN;
    }
    case 'not':
      return !truthOf(value(0));
    case 'boolean':
      return truthOf(value(0));
    case 'true':
      return true;
    case 'false':
      return false;
    case 'number':
      return numberOf(value(0));
    case 'string':
      return text(0);
    case 'position':
      return context.position;
    case 'last':
      return context.size;
    case 'name':
    case 'local-name': {
      const nodes = value(0);
      const node = Array.isArray(nodes) ? nodes[0] : undefined;
      return node?.attribute?.name ?? (node?.kind === 'element' ? node.element.name : '');
    }
    case 'concat':
      return of.map((_, i) => text(i)).join('');
    case 'contains':
      return text(0).includes(text(1));
    case 'starts-with':
      return text(0).startsWith(text(1));
    case 'substring-before':
      return text(0).includes(text(1)) ? text(0).slice(0, text(0).indexOf(text(1))) : '';
    case 'substring-after':
      return text(0).includes(text(1)) ? text(0).slice(text(0).indexOf(text(1)) + text(1).length) : '';
    case 'substring': {
      const from = Math.round(numberOf(value(1)));
      const to = of.length > 2 ? from + Math.round(numberOf(value(2))) : Number.POSITIVE_INFINITY;
      return [...text(0)].filter((_, i) => i + 1 >= from && i + 1 < to).join('');
    }
    case 'string-length':
      return [...text(0)].length;
    case 'normalize-space':
      return text(0).trim().replace(/\s+/g, ' ');
    case 'translate': {
      const [from, to] = [[...text(1)], [...text(2)]];
      return [...text(0)].map((sign) => (from.includes(sign) ? (to[from.indexOf(sign)] ?? '') : sign)).join('');
    }
    case 'floor':
      return Math.floor(numberOf(value(0)));
    case 'ceiling':
      return Math.ceil(numberOf(value(0)));
    case 'round':
      return Math.round(numberOf(value(0)));
    default:
      throw new RangeError(`XPath function ${name}() is not known`);
  }
}

function walk(path: Extract<Expression, { kind: 'path' }>, context: Context): XpathNode[] {
  let nodes: XpathNode[];
  if (path.from !== undefined) {
    const value = valueIn(path.from, context);
    nodes = Array.isArray(value) ? value : [];
    for (const predicate of path.predicates ?? []) nodes = filter(nodes, predicate);
  } else if (path.absolute) {
    let root = context.node.element;
    while (root.parent !== null) root = root.parent;
    nodes = [documentNode(root)];
  } else nodes = [context.node];
  for (let i = 0; i < path.steps.length; i++) {
    let step = path.steps[i];
    const next = path.steps[i + 1];
    if (step === undefined) break;
    if (
      step.axis === 'descendant-or-self' &&
      step.predicates.length === 0 &&
      next?.axis === 'child' &&
      next.predicates.length === 0
    ) {
      step = { ...next, axis: 'descendant' }; // `//a`
      i += 1;
    }
    const along = step;
    const [only] = nodes;
    // in each step the nodes of one are in order; only those of several may overlap
    if (only !== undefined && nodes.length === 1) nodes = stepFrom(only, along);
    else {
      const found = nodes.flatMap((node) => stepFrom(node, along));
      nodes = along.axis === 'child' || along.axis === 'attribute' || found.length < 2 ? found : ordered(found);
    }
  }
  return nodes;
}

function stepFrom(node: XpathNode, step: Step): XpathNode[] {
  let found = named(node, step) ?? axis(node, step.axis).filter((one) => matches(one, step.test, step.axis));
  for (const predicate of step.predicates) found = filter(found, predicate);
  return found;
}

/** The common steps to a name, without a node for what has another; `null` for the rest. */
function named(node: XpathNode, { axis: along, test }: Step): XpathNode[] | null {
  if (!/^[\w-]+$/.test(test)) return null;
  const found: XpathNode[] = [];
  if (along === 'attribute') {
    if (node.kind !== 'element') return found;
    for (const attribute of node.element.attributes)
      if (attribute.name === test && attribute.uri !== XML_NAMESPACE)
        found.push({ kind: 'attribute', element: node.element, attribute });
    return found;
  }
  if (along !== 'child' && along !== 'descendant') return null;
  const look = (child: XmlElement | string): void => {
    if (typeof child === 'string') return;
    if (child.name === test) found.push(elementNode(child));
    if (along === 'descendant') for (const one of child.children) look(one);
  };
  if (node.kind === 'document') look(node.element);
  else if (node.kind === 'element') for (const child of node.element.children) look(child);
  return found;
}

function filter(nodes: XpathNode[], predicate: Expression): XpathNode[] {
  return nodes.filter((node, i) => {
    const value = valueIn(predicate, { node, position: i + 1, size: nodes.length });
    return typeof value === 'number' ? value === i + 1 : truthOf(value);
  });
}

function matches(node: XpathNode, test: NodeTest, along: string): boolean {
  if (test === 'node()') return true;
  if (test === 'text()') return node.kind === 'text';
  if (along === 'attribute') {
    const { name = '', uri = '' } = node.attribute ?? {};
    return test === '*' || (uri === XML_NAMESPACE ? test === `xml:${name}` : test === name);
  }
  return node.kind === 'element' && (test === '*' || node.element.name === test.slice(test.indexOf(':') + 1));
}

function childrenOf(node: XpathNode): XpathNode[] {
  if (node.kind === 'document') return [elementNode(node.element)];
  if (node.kind !== 'element') return [];
  return node.element.children.map((child) =>
    typeof child === 'string' ? { kind: 'text', element: node.element, text: child } : elementNode(child),
  );
}

function parentOf(node: XpathNode): XpathNode[] {
  if (node.kind === 'document') return [];
  if (node.kind !== 'element') return [elementNode(node.element)];
  return [node.element.parent === null ? documentNode(node.element) : elementNode(node.element.parent)];
}

function axis(node: XpathNode, name: string): XpathNode[] {
  const descendants = (of: XpathNode): XpathNode[] => childrenOf(of).flatMap((child) => [child, ...descendants(child)]);
  const ancestors = (of: XpathNode): XpathNode[] => parentOf(of).flatMap((parent) => [parent, ...ancestors(parent)]);
  const siblings = (): XpathNode[] => (node.kind === 'attribute' ? [] : parentOf(node).flatMap(childrenOf));
  const place = (): number => siblings().findIndex((one) => one.kind === 'element' && one.element === node.element);
  switch (name) {
    case 'child':
      return childrenOf(node);
    case 'attribute':
      return node.kind === 'element'
        ? node.element.attributes.map((attribute) => ({ kind: 'attribute', element: node.element, attribute }))
        : [];
    case 'self':
      return [node];
    case 'parent':
      return parentOf(node);
    case 'descendant':
      return descendants(node);
    case 'descendant-or-self':
      return [node, ...descendants(node)];
    case 'ancestor':
      return ancestors(node);
    case 'ancestor-or-self':
      return [node, ...ancestors(node)];
    case 'following-sibling':
      return siblings().slice(place() + 1);
    case 'preceding-sibling':
      return siblings().slice(0, Math.max(place(), 0)).reverse();
    default:
      throw new RangeError(`XPath axis ${name} is not known`);
  }
}

/** Each node once, in the order of the document. */
function ordered(nodes: XpathNode[]): XpathNode[] {
  const keys = new Map<XpathNode, number[]>();
  for (const node of nodes) keys.set(node, placeOf(node));
  const sorted = [...nodes].sort((a, b) => comparePlaces(keys.get(a) ?? [], keys.get(b) ?? []));
  return sorted.filter((node, i) => {
    const before = sorted[i - 1];
    return before === undefined || comparePlaces(keys.get(before) ?? [], keys.get(node) ?? []) !== 0;
  });
}

function placeOf(node: XpathNode): number[] {
  const place: number[] = [];
  for (let at: XmlElement = node.element; at.parent !== null; at = at.parent)
    place.unshift(at.parent.children.indexOf(at) + 1_000_000);
  if (node.kind === 'document') return [];
  const own = [1, ...place];
  if (node.kind === 'attribute' && node.attribute !== undefined) own.push(node.element.attributes.indexOf(node.attribute));
  if (node.kind === 'text') own.push(node.element.children.indexOf(node.text ?? '') + 1_000_000);
  return own;
}

function comparePlaces(a: number[], b: number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return a.length - b.length;
}
