/**
 * Checks the structure of an element against types that are kept as data, as an XML Schema would, but to the end: every fault is
 * told and the next child is looked at. Content models are sequences, which is all that IATI uses.
 *
 * A type is one line `content | attributes | text`: content `title=~text+ note? #*` names each child, its type where that has
 * another name, and how often it may stand (`#` is any element of a foreign namespace); attributes `ref!:string xml:lang:lang @`
 * name each with its simple type, `!` where required, `@` where foreign ones may stand.
 *
 *     checkElement(activity, 'iati-activity', typesOf(schema.shared, schema.activities), (fault) => …);
 */
import { textOf, XML_NAMESPACE, type XmlElement, XSI_NAMESPACE } from './xml-tree.ts';

interface Particle {
  /** `#` for any element of a foreign namespace. */
  name: string;
  type: string;
  least: 0 | 1;
  most: number;
}

interface ElementType {
  content: Particle[];
  attributes: Map<string, { type: string; required: boolean }>;
  foreign: boolean;
  /** The simple type of its text; `null` where only elements may stand, or nothing. */
  text: string | null;
}

export type ElementTypes = ReadonlyMap<string, ElementType>;

export interface Fault {
  kind:
    | 'attribute-missing'
    | 'attribute-unknown'
    | 'attribute-value'
    | 'element-missing'
    | 'element-unknown'
    | 'element-order'
    | 'element-again'
    | 'text-stray'
    | 'text-value';
  /** The element that is at fault, or the parent of one that is missing. */
  at: XmlElement;
  /** The name of the attribute or child. */
  name: string;
  found: string;
  expected: string;
}

/** Types from their lines. */
export function typesOf(...tables: Record<string, string>[]): ElementTypes {
  return new Map(tables.flatMap((table) => Object.entries(table).map(([name, line]) => [name, typeOf(line)] as const)));
}

function typeOf(line: string): ElementType {
  const [content = '', attributes = '', text = ''] = line.split('|').map((part) => part.trim());
  const names = attributes.split(' ').filter((token) => token !== '');
  return {
    content: content
      .split(' ')
      .filter((token) => token !== '')
      .map(particleOf),
    attributes: new Map(
      names
        .filter((token) => token !== '@')
        .map((token) => {
          const at = token.lastIndexOf(':');
          const name = token.slice(0, at).replace('!', '');
          return [name, { type: token.slice(at + 1), required: token.includes('!') }];
        }),
    ),
    foreign: names.includes('@'),
    text: text === '' ? null : text,
  };
}

function particleOf(token: string): Particle {
  const [, written = '', sign = ''] = /^(.*?)([?*+]?)$/.exec(token) ?? [];
  const [name = '', type = name] = written.split('=');
  return {
    name,
    type,
    least: sign === '' || sign === '+' ? 1 : 0,
    most: sign === '' || sign === '?' ? 1 : Number.POSITIVE_INFINITY,
  };
}

/** Tells every fault of `element` and of what it holds to `tell`. */
export function checkElement(element: XmlElement, typeName: string, types: ElementTypes, tell: (fault: Fault) => void): void {
  const type = types.get(typeName);
  if (type === undefined) throw new RangeError(`no type "${typeName}"`);
  if (type.text === 'ANY') {
    checkForeign(element, types, tell);
    return;
  }
  checkAttributes(element, type, tell);
  checkText(element, type, tell);
  if (type.text !== null) {
    for (const child of element.children)
      if (typeof child !== 'string')
        tell({ kind: 'element-unknown', at: child, name: child.name, found: child.name, expected: '' });
    return;
  }
  checkContent(element, type, types, tell);
}

function checkAttributes(element: XmlElement, type: ElementType, tell: (fault: Fault) => void): void {
  const present = new Set<string>();
  for (const { name: local, uri, value } of element.attributes) {
    if (uri === XSI_NAMESPACE) continue;
    const name = uri === XML_NAMESPACE ? `xml:${local}` : local;
    const declared = uri === '' || uri === XML_NAMESPACE ? type.attributes.get(name) : undefined;
    present.add(name);
    if (declared === undefined && !(uri !== '' && type.foreign)) {
      const expected = [...type.attributes.keys()].join(', ');
      tell({ kind: 'attribute-unknown', at: element, name, found: value, expected });
      continue;
    }
    const simple = declared?.type ?? (uri === XML_NAMESPACE ? FOREIGN_TYPES[name] : undefined);
    if (simple !== undefined && !isOfType(value, simple))
      tell({ kind: 'attribute-value', at: element, name, found: value, expected: simple });
  }
  for (const [name, { required, type: simple }] of type.attributes)
    if (required && !present.has(name)) tell({ kind: 'attribute-missing', at: element, name, found: '', expected: simple });
}

/** The same for the element alone: its attributes, its text, and which children stand in which order, but nothing inside these. */
export function checkShallow(element: XmlElement, typeName: string, types: ElementTypes, tell: (fault: Fault) => void): void {
  const type = types.get(typeName);
  if (type === undefined) throw new RangeError(`no type "${typeName}"`);
  checkAttributes(element, type, tell);
  checkText(element, type, tell);
  checkContent(element, type, null, tell);
}

/** Attributes of the xml namespace are checked wherever foreign ones may stand. */
const FOREIGN_TYPES: Record<string, string> = {
  'xml:lang': 'lang',
  'xml:space': 'space',
  'xml:base': 'anyURI',
  'xml:id': 'NCName',
};

function checkText(element: XmlElement, type: ElementType, tell: (fault: Fault) => void): void {
  const own = element.children.filter((child): child is string => typeof child === 'string').join('');
  if (type.text === null) {
    const found = own.trim();
    if (found !== '') tell({ kind: 'text-stray', at: element, name: element.name, found, expected: '' });
  } else if (!isOfType(textOf(element), type.text))
    tell({ kind: 'text-value', at: element, name: element.name, found: own.trim(), expected: type.text });
}

/** `types` are `null` where children are not looked into. */
function checkContent(element: XmlElement, type: ElementType, types: ElementTypes | null, tell: (fault: Fault) => void): void {
  const { content } = type;
  const children = element.children.filter((child) => typeof child !== 'string');
  const present = new Set(children.filter(({ uri }) => uri === '').map(({ name }) => name));
  let at = 0;
  let count = 0;
  for (const child of children) {
    const next = content.findIndex((particle, i) => i >= at && accepts(particle, child) && (i > at || count < particle.most));
    if (next === -1) {
      tellMisplaced(child, content, at, tell);
      const known = content.find((particle) => accepts(particle, child));
      if (known !== undefined) checkChild(child, known, types, tell);
      continue;
    }
    count = next === at ? count + 1 : 1;
    at = next;
    const particle = content[next];
    if (particle !== undefined) checkChild(child, particle, types, tell);
  }
  for (const { name, least } of content)
    if (least === 1 && name !== '#' && !present.has(name))
      tell({ kind: 'element-missing', at: element, name, found: '', expected: name });
}

function tellMisplaced(child: XmlElement, content: Particle[], at: number, tell: (fault: Fault) => void): void {
  const before = content.findIndex((particle) => accepts(particle, child));
  const kind = before === -1 ? 'element-unknown' : before === at ? 'element-again' : 'element-order';
  const expected = content
    .slice(kind === 'element-order' ? before + 1 : at, at + 4)
    .map(({ name }) => name)
    .filter((name) => name !== '#')
    .join(', ');
  tell({ kind, at: child, name: child.name, found: child.name, expected });
}

function accepts(particle: Particle, child: XmlElement): boolean {
  return particle.name === '#' ? child.uri !== '' : child.uri === '' && particle.name === child.name;
}

function checkChild(child: XmlElement, particle: Particle, types: ElementTypes | null, tell: (fault: Fault) => void): void {
  if (types === null) return;
  if (particle.name !== '#') checkElement(child, particle.type, types, tell);
  else checkForeign(child, types, tell);
}

/** Elements of a foreign namespace may hold anything, but what they hold of ours has to be right ("lax" processing). */
export function checkForeign(element: XmlElement, types: ElementTypes, tell: (fault: Fault) => void): void {
  for (const { name: local, uri, value } of element.attributes) {
    const simple = uri === XML_NAMESPACE ? FOREIGN_TYPES[`xml:${local}`] : undefined;
    if (simple !== undefined && !isOfType(value, simple))
      tell({ kind: 'attribute-value', at: element, name: `xml:${local}`, found: value, expected: simple });
  }
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (child.uri === '' && !child.name.includes('/') && types.has(child.name)) checkElement(child, child.name, types, tell);
    else checkForeign(child, types, tell);
  }
}

/**
 * The children of `element` and of all below it put into the order that its type asks for; those the type does not know come last.
 * Children of one name keep their order.
 */
export function inOrder(element: XmlElement, typeName: string, types: ElementTypes): XmlElement {
  const content = types.get(typeName)?.content ?? [];
  const rank = (child: XmlElement | string): number => {
    const place = typeof child === 'string' ? 0 : content.findIndex((particle) => accepts(particle, child));
    return place === -1 ? content.length : place;
  };
  const children = element.children
    .map((child) => {
      const particle = typeof child === 'string' ? undefined : content.find((one) => accepts(one, child));
      return typeof child === 'string' || particle === undefined || particle.name === '#'
        ? child
        : inOrder(child, particle.type, types);
    })
    .sort((a, b) => rank(a) - rank(b));
  return { ...element, children };
}

const INTEGER = /^[+-]?\d+$/;
const DATE = /^(-?(?:[1-9]\d{3,}|0\d{3}))-(\d\d)-(\d\d)$/;
const ZONE = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?';

/** Whether a text is of a simple type of XML Schema (part 2), white space collapsed but for `string`. */
export function isOfType(text: string, type: string): boolean {
  if (type === 'string') return true;
  const value = text.replace(/[\t\n\r ]+/g, ' ').trim();
  switch (type) {
    case 'boolean':
      return /^(true|false|0|1)$/.test(value);
    case 'decimal':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(value);
    case 'int':
      return INTEGER.test(value) && Math.abs(Number(value) + 0.5) <= 2_147_483_647.5;
    case 'nonNegativeInteger':
      return INTEGER.test(value) && Number(value) >= 0;
    case 'positiveInteger':
      return INTEGER.test(value) && Number(value) > 0;
    case 'date':
      return isDate(value.replace(new RegExp(`${ZONE}$`), ''));
    case 'dateTime':
      return isDateTime(value);
    case 'anyURI':
      return isUri(value);
    case 'NMTOKEN':
      return /^[\p{L}\p{N}_:.\-\u00B7]+$/u.test(value);
    case 'NCName':
      return /^[\p{L}_][\p{L}\p{N}_.\-\u00B7]*$/u.test(value);
    case 'lang':
      return value === '' || /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(value);
    case 'space':
      return value === 'default' || value === 'preserve';
    default:
      throw new RangeError(`no simple type "${type}"`);
  }
}

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || Number(year) === 0) return false;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1];
  return days !== undefined && d >= 1 && d <= days;
}

function isDateTime(text: string): boolean {
  const [day, clock] = text.split('T');
  if (clock === undefined || !isDate(day ?? '')) return false;
  return new RegExp(`^(([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?|24:00:00(\\.0+)?)${ZONE}$`).test(clock);
}

const UNRESERVED = "[\\w\\-.~!$&'()*+,;=]|%[0-9a-fA-F]{2}";
const URI = new RegExp(
  `^([a-zA-Z][a-zA-Z0-9+.-]*:|(?![^/?#]*:))(//((${UNRESERVED}|:)*@)?(\\[[^\\]/?#]*\\]|(${UNRESERVED})*)(:\\d+)?(?=[/?#]|$)|(?!//))(${UNRESERVED}|[:@/])*(\\?(${UNRESERVED}|[:@/?])*)?(#(${UNRESERVED}|[:@/?[\\]])*)?$`,
);

/** RFC 3986, after the signs that XML Schema lets stand unescaped (part 2, 3.2.17) are taken for letters. */
function isUri(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all but printable ASCII
  const plain = text.replace(/[\u0000-\u0020\u007F-\uFFFF<>"{}|\\^`]/g, '_');
  return URI.test(plain);
}
