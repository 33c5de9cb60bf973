/** Networks of other programs as organisations, activities and participations. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GraphInOptions, graphNouns } from '../../src/cooperation/graph-in.ts';
import { readGraph } from '../../src/formats/graph-files.ts';
import type { Graph } from '../../src/formats/graph-model.ts';

const bytes = (text: string) => ({ name: 'g.graphml', bytes: new TextEncoder().encode(text) });
const options = (rest: Partial<GraphInOptions> = {}): GraphInOptions => {
  const taken = new Set<string>();
  return {
    dataset: 'graph/g',
    findOrganisation: () => null,
    findActivity: () => null,
    freeId(label) {
      let id = label.toLowerCase();
      while (taken.has(id)) id += '-2';
      taken.add(id);
      return id;
    },
    ties: null,
    ...rest,
  };
};

const two = readGraph(
  bytes(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="t" for="node" attr.name="type" attr.type="string"/><key id="l" for="node" attr.name="label" attr.type="string"/>
  <key id="c" for="node" attr.name="country" attr.type="string"/><key id="k" for="node" attr.name="kind" attr.type="string"/>
  <key id="r" for="edge" attr.name="role" attr.type="string"/><key id="w" for="edge" attr.name="weight" attr.type="double"/>
  <graph edgedefault="undirected">
  <node id="n1"><data key="t">organisation</data><data key="l">Park</data><data key="c">KZ</data></node>
  <node id="n2"><data key="t">organisation</data><data key="l">Institute</data><data key="c">Kazakhstan</data></node>
  <node id="n3"><data key="t">project</data><data key="l">Survey</data></node>
  <node id="n4"><data key="t">project</data><data key="l">School</data><data key="k">training</data></node>
  <edge source="n1" target="n3"><data key="r">host</data></edge><edge source="n3" target="n2"><data key="w">3</data></edge>
  <edge source="n1" target="n4"/><edge source="n4" target="n1"/><edge source="n3" target="n4"/><edge source="n1" target="n2"/>
  <edge source="n2" target="n2"/>
  </graph></graphml>`),
).graph;

test('nodes of two kinds are organisations and activities, edges between them participations with their role', () => {
  const found = graphNouns(two, options());
  expect(found.modes).toBe('type');
  expect(found.organisations.map(({ id, country }) => [id, country])).toEqual([
    ['park', 'KZ'],
    ['institute', null],
  ]);
  expect(found.activities.map(({ id, kind }) => [id, kind])).toEqual([
    ['survey', 'project'],
    ['school', 'training'],
  ]);
  expect(found.participations.map(({ activity, organisation, role, stated }) => [activity, organisation, role, stated])).toEqual([
    ['survey', 'park', 'host', true],
    ['survey', 'institute', 'partner', false],
    ['school', 'park', 'partner', false],
  ]);
});

test('what is left out, or taken with less, is counted by why', () => {
  expect(graphNouns(two, options()).losses).toEqual({ weight: 1, twice: 1, 'activities-tied': 1, 'tie-no-activity': 1, self: 1 });
});

test('what the dossier has is not made anew', () => {
  const found = graphNouns(two, options({ findOrganisation: ({ label }) => (label === 'Park' ? 'korgalzhyn-park' : null) }));
  expect(found.known.organisations).toEqual(['korgalzhyn-park']);
  expect(found.organisations).toHaveLength(1);
  expect(found.participations[0]?.organisation).toBe('korgalzhyn-park');
});

test('ties of organisations become activities of their own only where somebody asks for it', () => {
  const found = graphNouns(two, options({ ties: 'agreement' }));
  expect(found.activities.at(-1)).toMatchObject({ kind: 'agreement', title: { en: 'Park – Institute' } });
  expect(found.participations.slice(-2).map(({ organisation }) => organisation)).toEqual(['park', 'institute']);
  expect(found.losses['tie-no-activity']).toBeUndefined();
});

test('the last day of a spell belongs to it; what is no date is lost and told', () => {
  const graph: Graph = {
    directed: false,
    timeFormat: 'date',
    nodeAttributes: [{ id: 'm', title: 'mode', type: 'string' }],
    edgeAttributes: [],
    nodes: [
      { id: 'a', label: null, period: { start: '2019', end: '2020-06-30' }, spells: [], values: { m: 'activity' } },
      { id: 'b', label: null, period: { start: 'spring', end: null }, spells: [], values: { m: 'event' } },
      { id: 'c', label: null, period: null, spells: [], values: { m: 'organisation' } },
    ],
    edges: [],
  };
  const found = graphNouns(graph, options());
  expect(found.activities.map(({ period }) => period)).toEqual([
    { start: '2019-01-01', end: '2020-07-01' },
    { start: null, end: null },
  ]);
  expect(found.losses).toEqual({ kind: 2, period: 1 });
});

test('every edge is taken or counted', () => {
  const node = fc.record({ mode: fc.constantFrom('organisation', 'activity') });
  const edge = fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 }));
  fc.assert(
    fc.property(fc.array(node, { minLength: 8, maxLength: 8 }), fc.array(edge, { maxLength: 30 }), (nodes, edges) => {
      const graph: Graph = {
        directed: false,
        timeFormat: null,
        nodeAttributes: [{ id: 'mode', title: 'mode', type: 'string' }],
        edgeAttributes: [],
        nodes: nodes.map((values, i) => ({ id: `n${i}`, label: null, period: null, spells: [], values })),
        edges: edges.map(([a, b]) => {
          const none = { id: null, directed: false, weight: null, label: null, period: null, spells: [], values: {} };
          return { ...none, source: `n${a}`, target: `n${b}` };
        }),
      };
      const { participations, losses } = graphNouns(graph, options());
      expect(participations.length + Object.values(losses).reduce((sum, n) => sum + n, 0) - (losses.kind ?? 0)).toBe(
        edges.length,
      );
    }),
  );
});
