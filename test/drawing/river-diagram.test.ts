/** A river as a drawing. */
import { expect, test } from 'vitest';
import { type DiagramNode, riverDiagram } from '../../src/drawing/river-diagram.ts';

const node = (id: string, kind: DiagramNode['kind'], column: number, row: number, name: string, amount: number): DiagramNode => ({
  id,
  kind,
  column,
  row,
  name: { en: name },
  amount,
});

const drawn = riverDiagram(
  [
    node('spring', 'source', 0, 1, 'Spring & <brook>', 12.345),
    node('lake', 'store', 1, 1, 'Lake', 3),
    node('side', 'source', 1, 0, 'Side river', 1),
    node('fields', 'use', 2, 2, 'Fields with a name that does not fit into one line of its box', 0.256),
    node('sea', 'sea', 3, 1, 'Sea', 0),
  ],
  { lang: 'en', title: 'A river', description: 'Five nodes', unit: 'km³' },
);

test('it has its name and description, and no text of a node breaks out', () => {
  expect(drawn).not.toContain('<brook>');
  expect(drawn).toContain('<title id="river-title">A river</title><desc id="river-desc">Five nodes</desc>');
  expect(drawn).toContain('Spring &amp; &lt;brook&gt;');
});

test('each node has its amount, and what stands beside the river has one arrow', () => {
  for (const amount of ['12.3 km³', '3 km³', '1 km³', '0.26 km³', '0 km³']) expect(drawn).toContain(`>${amount}<`);
  expect(drawn.match(/<path /g)).toHaveLength(2);
});

test('nothing reaches over the edge of the sheet', () => {
  const width = Number(/width="(\d+)"/.exec(drawn)?.[1]);
  for (const [, x = '', own = ''] of drawn.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g))
    expect(Number(x) + Number(own)).toBeLessThanOrEqual(width);
});
