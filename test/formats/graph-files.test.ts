import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Graph, readGraph, writeGexf, writeGraphml } from '../../src/formats/graph-files.ts';
import { Problem } from '../../src/problems.ts';
import { problemOf } from './expect-problem.ts';
import { mutated } from './mutate.ts';

const file = (text: string) => ({ name: 'net.gexf', bytes: new TextEncoder().encode(text) });
const withoutLines = ({ edges, ...graph }: Graph): Graph => ({ ...graph, edges: edges.map(({ line: _, ...edge }) => edge) });

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter(
    (text) =>
      !/[\s\uFFFD]/.test(text) &&
      text === text.toWellFormed() &&
      ![...text].some((sign) => sign < ' ' || (sign >= '\uFFFE' && sign <= '\uFFFF')),
  );
const spell = fc.constantFrom(null, { start: '2014-01-01', end: '2019-12-31' }, { start: '2020-01-01', end: null });
const graphs: fc.Arbitrary<Graph> = fc
  .record({
    ids: fc.uniqueArray(name, { minLength: 2, maxLength: 6 }),
    directed: fc.boolean(),
    ends: fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.double({ noNaN: true, noDefaultInfinity: true }), spell, name), {
      maxLength: 8,
    }),
    periods: fc.array(spell, { minLength: 6, maxLength: 6 }),
  })
  .map(({ ids, directed, ends, periods }) => ({
    directed,
    timeFormat: null,
    nodeAttributes: [{ id: 'k', title: 'kind', type: 'string' }],
    edgeAttributes: [{ id: 'n', title: 'meetings', type: 'integer' }],
    nodes: ids.map((id, i) => ({ id, label: `«${id}» & <${i}>`, period: periods[i] ?? null, spells: [], values: { k: id } })),
    edges: ends.map(([a, b, weight, period, label], i) => ({
      id: String(i),
      source: ids[a % ids.length] ?? '',
      target: ids[b % ids.length] ?? '',
      directed: i % 3 === 0 ? !directed : directed,
      weight: weight === 0 ? 0 : weight,
      label,
      period,
      spells: [],
      values: { n: i },
    })),
  }));

describe('networks', () => {
  it('GEXF comes back as it went', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { graph: again, skipped } = readGraph(file(writeGexf(graph)));
        expect(skipped).toBe(0);
        expect({ ...withoutLines(again), timeFormat: null }).toEqual(graph);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
  it('GraphML keeps nodes, edges, weights, periods and values', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { graph: again } = readGraph(file(writeGraphml(graph)));
        const plain = ({ nodes, edges }: Graph) => [
          nodes.map(({ id, label, period, values }) => [id, label, period, Object.values(values)]),
          edges.map(({ id, source, target, directed, weight, period, label, values }) => [
            id,
            source,
            target,
            directed,
            weight,
            period,
            label,
            Object.values(values),
          ]),
        ];
        expect(plain(again)).toEqual(plain(graph));
      }),
      { numRuns: 60, seed: 7 },
    );
  });
  it('values that change with time, spells and defaults are read (GEXF 1.2 primer)', () => {
    const text = `<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph mode="dynamic" defaultedgetype="undirected" timeformat="date">
<attributes class="node" mode="static"><attribute id="0" title="url" type="string"/><attribute id="1" title="frog" type="boolean"><default>true</default></attribute></attributes>
<attributes class="node" mode="dynamic"><attribute id="2" title="indegree" type="float"/></attributes>
<nodes><node id="0" label="Gephi" start="2009-03-01"><attvalues><attvalue for="0" value="http://gephi.org"/><attvalue for="2" value="1" end="2009-03-01"/><attvalue for="2" value="2" start="2009-03-02"/></attvalues></node>
<node id="1" label="RTGI"><spells><spell end="2009-03-01"/><spell start="2009-03-05" end="2009-03-10"/></spells></node></nodes>
<edges><edge id="0" source="0" target="1" start="2009-03-01" weight="2.5"/></edges></graph></gexf>`;
    const { graph } = readGraph(file(text));
    expect(graph.nodes[0]).toMatchObject({
      label: 'Gephi',
      period: { start: '2009-03-01', end: null },
      values: {
        0: 'http://gephi.org',
        1: true,
        2: [
          { start: null, end: '2009-03-01', value: 1 },
          { start: '2009-03-02', end: null, value: 2 },
        ],
      },
    });
    expect(graph.nodes[1]?.spells).toEqual([
      { start: null, end: '2009-03-01' },
      { start: '2009-03-05', end: '2009-03-10' },
    ]);
    expect(graph.edges[0]).toMatchObject({ weight: 2.5, directed: false });
    expect(withoutLines(readGraph(file(writeGexf(graph))).graph)).toEqual(withoutLines(graph));
  });
  it('GraphML keys have names, types and defaults (GraphML primer)', () => {
    const text = `<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d0" for="node" attr.name="color" attr.type="string"><default>yellow</default></key><key id="d1" for="edge" attr.name="weight" attr.type="double"/>
<graph edgedefault="undirected"><node id="n0"><data key="d0">green</data></node><node id="n1"/><edge source="n0" target="n1"><data key="d1">1.1</data></edge><edge source="n1" target="n0" directed="true"/></graph></graphml>`;
    const { graph } = readGraph(file(text));
    expect(graph.nodes.map(({ values }) => values.d0)).toEqual(['green', 'yellow']);
    expect(graph.edges.map(({ weight, directed }) => [weight, directed])).toEqual([
      [1.1, false],
      [null, true],
    ]);
    expect(graph.edgeAttributes).toEqual([]);
  });
  it('a loose edge, a node twice and a weight that is no number are told', () => {
    const { graph, skipped, issues } = readGraph(
      file(
        '<gexf><graph><nodes><node id="a"/><node id="a"/><node id="b"/></nodes><edges><edge source="a" target="c"/><edge source="a" target="b" weight="x"/></edges></graph></gexf>',
      ),
    );
    expect([graph.nodes.length, graph.edges.length, graph.edges[0]?.weight, skipped]).toEqual([2, 1, null, 2]);
    expect(issues.lists.error.map(({ code }) => code)).toEqual(['graph-node-twice', 'graph-value', 'graph-edge-end']);
  });
  it('other files and entities are refused', async () => {
    expect((await problemOf(() => readGraph(file('<svg/>')))).code).toBe('graph-unknown');
    expect((await problemOf(() => readGraph(file('<!DOCTYPE g [<!ENTITY a "b">]><gexf/>')))).code).toBe('xml-entities');
  });
  it('whatever the damage, it is a network or a problem', () => {
    const graph = fc.sample(graphs, { numRuns: 1, seed: 3 })[0];
    for (const text of graph === undefined ? [] : [writeGexf(graph), writeGraphml(graph)])
      fc.assert(
        fc.property(mutated(file(text).bytes), (bytes) => {
          try {
            readGraph({ name: 'a', bytes });
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
          }
        }),
        { numRuns: Number(process.env.FUZZ_RUNS ?? 200), seed: 20_261_123 },
      );
  });
});
