import { describe, expect, it } from 'vitest';
import { memoryBytes } from '../../src/formats/byte-source.ts';
import { DEEPEST_ELEMENT, readXml, readXmlSource, xmlEncoding, xmlReader } from '../../src/formats/xml.ts';
import {
  attribute,
  element,
  elements,
  escapeXml,
  textOf,
  treeBuilder,
  writeXml,
  type XmlElement,
} from '../../src/formats/xml-tree.ts';
import { problemOf } from './expect-problem.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const file = (bytes: Uint8Array) => ({ name: 'файл.xml', bytes });

function treeOf(bytes: Uint8Array): XmlElement {
  const tree = treeBuilder('файл.xml', {});
  readXml(file(bytes), tree);
  const root = tree.root();
  if (root === null) throw new Error('no root');
  return root;
}

function utf16(text: string, { little, mark }: { little: boolean; mark: boolean }): Uint8Array {
  const all = mark ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(all.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < all.length; i++) view.setUint16(i * 2, all.charCodeAt(i), little);
  return bytes;
}

function windows1251(text: string): Uint8Array {
  return Uint8Array.from([...text], (letter) => {
    const code = letter.charCodeAt(0);
    return code < 128 ? code : code - 0x410 + 0xc0;
  });
}

describe('encodings', () => {
  const text = '<?xml version="1.0"?><а имя="Ядро">Водосбор</а>';
  it.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with its mark', utf8(`\uFEFF${text}`)],
    ['UTF-16 with its mark', utf16(text, { little: true, mark: true })],
    ['UTF-16, big end first', utf16(text, { little: false, mark: true })],
    ['UTF-16 without a mark', utf16(text, { little: true, mark: false })],
    ['UTF-16, big end first, without a mark', utf16(text, { little: false, mark: false })],
    ['Windows-1251, declared', windows1251(text.replace('"1.0"', '"1.0" encoding="windows-1251"'))],
    ['Windows-1251, not declared', windows1251(text)],
    ['UTF-8, declared as UTF-16', utf8(text.replace('"1.0"', '"1.0" encoding="UTF-16"'))],
  ])('%s', (_, bytes) => {
    const root = treeOf(bytes);
    expect([root.name, attribute(root, 'имя'), textOf(root)]).toEqual(['а', 'Ядро', 'Водосбор']);
  });
  it('a guess is told', () => {
    expect(xmlEncoding(windows1251(text))).toEqual({ encoding: 'windows-1251', guessed: true });
    expect(xmlEncoding(utf8(text))).toEqual({ encoding: 'utf-8', guessed: false });
  });
});

describe('reading', () => {
  it('pieces of any size give the same tree', async () => {
    const text = `<r>${'<a b="ц">Әлем &amp; <![CDATA[<жер>]]></a>\n'.repeat(4_000)}</r>`;
    const whole = treeOf(utf8(text));
    for (const size of [1, 7, 65_536]) {
      const tree = treeBuilder('a', {});
      const reader = xmlReader('a', tree);
      const bytes = utf8(size === 1 ? text.slice(0, 4_000).replace(/<a[^/]*$/, '</r>') : text);
      for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
      reader.end();
      if (size > 1) expect(writeXml(tree.root() ?? element('none'))).toBe(writeXml(whole));
    }
    const tree = treeBuilder('a', {});
    await readXmlSource(memoryBytes('a', utf8(text)), tree);
    expect(elements(tree.root() ?? element('none'))).toHaveLength(4_000);
  });
  it('an element knows its line and namespace', () => {
    const root = treeOf(utf8('<r xmlns:x="urn:x">\n  <x:a xml:lang="kk"/>\n  <b xmlns="urn:y"><c/></b></r>'));
    const [a, b] = root.children.filter((child) => typeof child !== 'string');
    expect(a).toMatchObject({ name: 'a', uri: 'urn:x', line: 2 });
    expect(b?.children[0]).toMatchObject({ name: 'c', uri: 'urn:y', line: 3 });
    expect(attribute(a as XmlElement, 'xml:lang')).toBe('kk');
  });
  it('what is written is read the same', () => {
    const made = element('a', { 'xml:lang': 'tr', b: '"<&>\r\n' }, [element('c', {}, ['x < y & "z"\r']), element('d')]);
    const again = treeOf(utf8(writeXml(made)));
    expect(textOf(elements(again, 'c')[0] as XmlElement)).toBe('x < y & "z"\r');
    expect(attribute(again, 'b')?.replace(/\s/g, ' ')).toBe('"<&>  ');
    expect(escapeXml('a\u0000b\uD800')).toBe('a\uFFFDb\uFFFD');
  });
});

describe('hostile files', () => {
  const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(10)}">]><l>&b;</l>`;
  it.each([
    ['a billion laughs', laughs, 'xml-entities'],
    ['an external entity', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', 'xml-entities'],
    ['a parameter entity', '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]><r/>', 'xml-entities'],
    ['an entity that nothing declares', '<r>&nbsp;</r>', 'xml-broken'],
    ['half a file', '<r><a>', 'xml-broken'],
    ['elements that cross', '<r><a><b></a></b></r>', 'xml-broken'],
    ['no XML', 'Year,Value\n', 'xml-broken'],
    ['nothing', '', 'xml-broken'],
    ['a pit', `${'<a>'.repeat(DEEPEST_ELEMENT + 1)}`, 'xml-too-deep'],
  ])('%s', async (_, text, code) => {
    const problem = await problemOf(() => treeOf(utf8(text)));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain('файл.xml');
  });
  it('an external DTD is never fetched and does no harm', () => {
    expect(treeOf(utf8('<!DOCTYPE r SYSTEM "http://example.org/r.dtd"><r/>')).name).toBe('r');
  });
});
