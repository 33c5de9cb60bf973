/**
 * XML as a tree of elements that know their line, and back to text.
 *
 *     const tree = treeBuilder((element) => …);              // each element below the root, when it is whole
 *     writeXml(element('title', {}, [element('narrative', { 'xml:lang': 'ru' }, ['Водосбор'])]));
 */
import { Problem } from '../problems.ts';
import type { XmlHandlers } from './xml.ts';

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Elements that may stand in memory at once: one record of a file has a few thousand. */
const MOST_ELEMENTS = 2_000_000;

export interface XmlAttribute {
  /** Without its prefix. */
  name: string;
  /** The namespace, or an empty text. */
  uri: string;
  value: string;
}

export interface XmlElement {
  /** Without its prefix. */
  name: string;
  /** The namespace, or an empty text. */
  uri: string;
  attributes: XmlAttribute[];
  children: (XmlElement | string)[];
  parent: XmlElement | null;
  /** Line of the file where it begins, or 0 for one that was never in a file. */
  line: number;
}

/** Handlers for `readXml` that build the tree; `record` is called for each element right below the root, which then is let go. */
export function treeBuilder(
  file: string,
  handlers: {
    root?(root: XmlElement): void;
    record?(record: XmlElement, root: XmlElement): void;
    unbound?(prefix: string, line: number): void;
  },
): Pick<XmlHandlers, 'open' | 'close' | 'text'> & { root(): XmlElement | null } {
  const open: XmlElement[] = [];
  const scopes: Record<string, string>[] = [{ xml: XML_NAMESPACE, '': '' }];
  let root: XmlElement | null = null;
  let count = 0;
  const uriOf = (prefix: string, line: number): string => {
    const uri = scopes.at(-1)?.[prefix];
    if (uri === undefined) handlers.unbound?.(prefix, line);
    return uri ?? '';
  };
  return {
    root: () => root,
    open: (name, attributes, line) => {
      count += 1;
      if (count > MOST_ELEMENTS) throw new Problem('xml-too-large', { file, line: String(line), limit: MOST_ELEMENTS });
      scopes.push(scopeOf(scopes.at(-1) ?? {}, attributes));
      const parent = open.at(-1) ?? null;
      const [local, prefix] = split(name);
      const element: XmlElement = { name: local, uri: uriOf(prefix, line), attributes: [], children: [], parent, line };
      for (const [written, value] of Object.entries(attributes)) {
        if (written === 'xmlns' || written.startsWith('xmlns:')) continue;
        const [attribute, its] = split(written);
        element.attributes.push({ name: attribute, uri: its === '' ? '' : uriOf(its, line), value });
      }
      if (parent === null) {
        root = element;
        handlers.root?.(element);
      } else parent.children.push(element);
      open.push(element);
    },
    close: () => {
      scopes.pop();
      const element = open.pop();
      if (element === undefined || open.length !== 1 || handlers.record === undefined || root === null) return;
      const { children } = root;
      handlers.record(element, root);
      children.pop(); // stray text stays, to be told of
      count = 1;
    },
    text: (text) => {
      const element = open.at(-1);
      if (element === undefined) return;
      const { children } = element;
      const last = children.at(-1);
      if (typeof last === 'string') children[children.length - 1] = last + text;
      else if (element.parent !== null || handlers.record === undefined || text.trim() !== '') children.push(text);
    },
  };
}

function split(name: string): [local: string, prefix: string] {
  const at = name.indexOf(':');
  return at === -1 ? [name, ''] : [name.slice(at + 1), name.slice(0, at)];
}

function scopeOf(scope: Record<string, string>, attributes: Record<string, string>): Record<string, string> {
  let own: Record<string, string> | null = null;
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'xmlns') own = { ...(own ?? scope), '': value };
    else if (name.startsWith('xmlns:')) own = { ...(own ?? scope), [name.slice(6)]: value };
  }
  return own ?? scope;
}

/** A new element for `writeXml`; attributes that are `null` or `undefined` are left out, `xml:lang` is written so. */
export function element(
  name: string,
  attributes: Record<string, string | number | null | undefined> = {},
  children: (XmlElement | string | null)[] = [],
): XmlElement {
  const made: XmlElement = { name, uri: '', attributes: [], children: [], parent: null, line: 0 };
  for (const [written, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    const xml = written.startsWith('xml:');
    made.attributes.push({ name: xml ? written.slice(4) : written, uri: xml ? XML_NAMESPACE : '', value: String(value) });
  }
  for (const child of children) {
    if (child === null) continue;
    if (typeof child !== 'string') child.parent = made;
    made.children.push(child);
  }
  return made;
}

/** The elements right below `parent`, all or those of one name. */
export function elements(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement =>
      typeof child !== 'string' && (name === undefined || (child.name === name && child.uri === parent.uri)),
  );
}

/** The value of an attribute without a namespace (`xml:lang` with its own), or `null`. */
export function attribute(of: XmlElement, name: string): string | null {
  const [local, uri] = name.startsWith('xml:') ? [name.slice(4), XML_NAMESPACE] : [name, ''];
  return of.attributes.find((one) => one.name === local && one.uri === uri)?.value ?? null;
}

/** All text in and below `node`. */
export function textOf(node: XmlElement): string {
  let text = '';
  for (const child of node.children) text += typeof child === 'string' ? child : textOf(child);
  return text;
}

/** An element as XML, two spaces a level; elements that hold text stay on their line. Names are written as they stand. */
export function writeXml(node: XmlElement, indent = ''): string {
  const attributes = node.attributes
    .map(({ name, uri, value }) => ` ${uri === XML_NAMESPACE ? 'xml:' : ''}${name}="${escapeXml(value)}"`)
    .join('');
  const tag = `${indent}<${node.name}${attributes}`;
  if (node.children.length === 0) return `${tag}/>\n`;
  if (node.children.some((child) => typeof child === 'string')) {
    const inner = node.children.map((child) => (typeof child === 'string' ? escapeXml(child) : writeXml(child).trim())).join('');
    return `${tag}>${inner}</${node.name}>\n`;
  }
  const inner = node.children.map((child) => (typeof child === 'string' ? '' : writeXml(child, `${indent}  `))).join('');
  return `${tag}>\n${inner}${indent}</${node.name}>\n`;
}

/** Text for XML; characters that XML 1.0 cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML forbids
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
      .replace(/[&<>"\r]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '&#13;')
  );
}
