/**
 * GEXF and GraphML as networkx writes them, kept beside the project. See README.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readGraph, writeGexf, writeGraphml } from '../../../src/formats/graph-files.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'cooperation', 'graphs');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: networks are not compared in this run (set SARYARKA_GOLDEN)`);

const read = (file: string) => readGraph({ name: file, bytes: readFileSync(join(folder, file)) });
const bytes = (text: string) => ({ name: 'a.xml', bytes: new TextEncoder().encode(text) });

describe.skipIf(!present)('the Florentine families', () => {
  test.each(['florentine.gexf', 'florentine.graphml'])('%s has the nodes and edges of its table', (file) => {
    const { graph, skipped, issues } = read(file);
    const [header = '', ...lines] = readFileSync(join(folder, 'florentine.edges.csv'), 'utf8').trim().split(/\r?\n/);
    expect(header.split(',').slice(0, 2)).toEqual(['source', 'target']);
    const pair = (ends: (string | undefined)[]) => ends.slice(0, 2).sort().join(' – ');
    expect(graph.edges.map(({ source, target }) => pair([source, target])).sort()).toEqual(lines.map((line) => pair(line.split(','))).sort());
    const nodes = readFileSync(join(folder, 'florentine.nodes.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
    expect(graph.nodes).toHaveLength(nodes.length);
    expect([skipped, graph.directed, issues.counts]).toEqual([0, false, { critical: 0, error: 0, warning: 0 }]);
  });
  test.each(['florentine.gexf', 'florentine.graphml'])('%s is written in both formats and read the same', (file) => {
    const { graph } = read(file);
    const plain = (of: typeof graph) => ({
      nodes: of.nodes.map(({ id, label }) => ({ id, label })),
      edges: of.edges.map(({ source, target, weight, directed }) => ({ source, target, weight, directed })),
    });
    expect(plain(readGraph(bytes(writeGexf(graph))).graph)).toEqual(plain(graph));
    expect(plain(readGraph(bytes(writeGraphml(graph))).graph)).toEqual(plain(graph));
  });
});
