/**
 * OpenAIRE CERIF: the order of elements that `src/formats/cerif.ts` writes is that of the published sample records. See README.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inCerifOrder } from '../../../src/formats/cerif.ts';
import { readXml } from '../../../src/formats/xml.ts';
import { elements, treeBuilder, type XmlElement } from '../../../src/formats/xml-tree.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'cooperation', 'cris');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: CERIF is not compared in this run (set SARYARKA_GOLDEN)`);

function recordsOf(file: string): XmlElement[] {
  const tree = treeBuilder(file, {});
  readXml({ name: file, bytes: readFileSync(join(folder, 'samples', file)) }, tree);
  const found: XmlElement[] = [];
  const walk = (one: XmlElement): void => {
    if (one.name === 'metadata') found.push(...elements(one).concat(one.children.filter((child) => typeof child !== 'string')));
    else for (const child of one.children) if (typeof child !== 'string') walk(child);
  };
  const root = tree.root();
  if (root !== null) walk(root);
  return [...new Set(found)];
}

const shape = (of: XmlElement): unknown => [of.name, of.children.flatMap((child) => (typeof child === 'string' ? [] : [shape(child)]))];

/** The children of each name together, the names the other way round. */
function disordered(of: XmlElement): XmlElement {
  if (of.children.some((child) => typeof child !== 'string' && child.name === 'Affiliation') && of.name !== 'Person') return of;
  const children = of.children.map((child) => (typeof child === 'string' ? child : disordered(child)));
  const names = [...new Set(children.map((child) => (typeof child === 'string' ? '' : child.name)))].reverse();
  return { ...of, children: names.flatMap((name) => children.filter((child) => (typeof child === 'string' ? '' : child.name) === name)) };
}

const expected = present ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { observed: Record<string, { records: number }> }).observed : {};
const files = present ? readdirSync(join(folder, 'samples')).filter((file) => file.includes('_example_')) : [];

describe.skipIf(!present)('records of the guidelines', () => {
  test.each(files)('%s stands in the order that is written', (file) => {
    const records = recordsOf(file);
    expect(records).toHaveLength(expected[`samples/${file}`]?.records ?? -1);
    for (const record of records) expect(shape(inCerifOrder(disordered(record)))).toEqual(shape(record));
  });
});
