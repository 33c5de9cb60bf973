import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  components,
  degrees,
  density,
  type Network,
  network,
  strengths,
  subnetwork,
  type Tie,
  tiesOf,
} from '../../src/science/network.ts';
import { concentration, eiIndex, partnershipBalance } from '../../src/science/network-balance.ts';
import { adjustedRand, louvain, modularity, stableCommunities } from '../../src/science/network-communities.ts';
import { eigenvectorCentrality, pageRank } from '../../src/science/network-eigenvector.ts';
import { betweenness, closeness, distances } from '../../src/science/network-paths.ts';
import { leaveOneOut, project, rollUp, type TakesPart } from '../../src/science/network-projection.ts';
import {
  clustering,
  constraint,
  coreNumbers,
  degreeAssortativity,
  effectiveSize,
  transitivity,
} from '../../src/science/network-structure.ts';
import { goldenJson, goldenRows } from './cooperation-golden.ts';

type ByNode = Record<string, number | null>;
interface Expected {
  graphMetrics: Record<string, number>;
  centrality: Record<string, ByNode | null>;
  communities: { greedyModularity: { communities: string[][]; modularity: number }; louvainSeed1Modularity: number };
  published?: { betweennessNormalized_3dp?: ByNode; closeness_3dp?: ByNode | null; clubModularityUnweighted?: number };
}

const measures: Record<string, (net: Network) => ArrayLike<number> | null> = {
  degree: degrees,
  strength: strengths,
  degreeCentrality: (net) => degrees(net).map((degree) => degree / (net.nodes.length - 1)),
  betweennessNormalized: (net) => betweenness(net),
  betweennessRaw: (net) => betweenness(net, { normalised: false }),
  betweennessWeightAsDistance: (net) => betweenness(net, { weight: 'cost' }),
  // networkx compares lengths to the last bit: it takes 1/2 + 1/3 and 1/3 + 1/2 for different lengths where the sums round otherwise
  betweennessInverseWeight: (net) => betweenness(net, { weight: 'strength', sameLength: 0 }),
  closenessWF: (net) => closeness(net, { method: 'wasserman-faust' }),
  harmonic: (net) => closeness(net, { method: 'harmonic' }),
  eigenvectorUnweightedL2: (net) => eigenvectorCentrality(net).values,
  eigenvectorWeightedL2: (net) => eigenvectorCentrality(net, { weight: 'strength' }).values,
  pagerank085: (net) => pageRank(net),
  pagerankWeighted: (net) => pageRank(net, { weight: 'strength' }),
  clustering,
  coreNumber: coreNumbers,
  burtConstraint: (net) => constraint(net, { weight: 'none' }),
  burtEffectiveSize: effectiveSize,
};

const graphMeasures: Record<string, (net: Network) => number | null> = {
  nodes: (net) => net.nodes.length,
  edges: (net) => net.ties,
  density,
  components: (net) => components(net).count,
  averageClustering: (net) => clustering(net).reduce((sum, value) => sum + value, 0) / net.nodes.length,
  transitivity: (net) => transitivity(net) ?? 0,
  diameter: (net) => distances(net).diameter,
  averageShortestPath: (net) => distances(net).mean,
  degreeAssortativity,
};

const graphs = ['karate', 'florentine', 'krackhardt-kite', 'disconnected-with-isolate'].flatMap((name) => {
  const expected = goldenJson<Expected>('graphs', `${name}.expected.json`);
  const nodes = goldenRows('graphs', `${name}.nodes.csv`);
  const edges = goldenRows('graphs', `${name}.edges.csv`);
  if (expected === null || nodes === null || edges === null) return [];
  const ties = edges.map(({ source = '', target = '', weight }) => ({ a: source, b: target, weight: Number(weight) }));
  const ids = nodes.map(({ id = '' }) => id);
  return [{ name, expected, net: network(ids, ties), nodes }];
});

const placed = (net: Network, groups: readonly string[][]): number[] =>
  net.nodes.map((node) => groups.findIndex((group) => group.includes(node)));

describe.skipIf(graphs.length === 0).each(graphs)('golden graph $name', ({ expected, net, nodes }) => {
  test.each(Object.entries(expected.centrality))('%s of every node to 1e-6', (name, values) => {
    const measure = measures[name];
    if (measure === undefined) throw new Error(`no measure for ${name}`);
    const found = measure(net);
    if (values === null) return expect(found).toBeNull();
    for (const [i, node] of net.nodes.entries()) {
      if (values[node] === null) expect(found?.[i]).toBeNaN();
      else expect(Math.abs((found?.[i] as number) - (values[node] as number))).toBeLessThan(1e-6);
    }
  });

  test.each(Object.entries(expected.graphMetrics).filter(([name]) => name !== 'connected'))('%s of the graph', (name, value) => {
    const measure = graphMeasures[name];
    if (measure === undefined) throw new Error(`no measure for ${name}`);
    expect(Math.abs((measure(net) as number) - value)).toBeLessThan(1e-6);
  });

  test('modularity of given groups, and Louvain as good as that of networkx', () => {
    const { communities, modularity: value } = expected.communities.greedyModularity;
    expect(modularity(net, placed(net, communities))).toBeCloseTo(value, 9);
    const found = stableCommunities(net, { seed: 1, runs: 20 });
    expect(found.modularity).toBeGreaterThan(expected.communities.louvainSeed1Modularity - 1e-9);
    const club = expected.published?.clubModularityUnweighted;
    const clubs = nodes.map(({ club }) => (club === 'Mr. Hi' ? 0 : 1));
    if (club !== undefined) expect(modularity(net, clubs)).toBeCloseTo(club, 9);
  });

  test('as printed to three decimals', () => {
    const near = (found: Float64Array, printed: ByNode | null = null): void => {
      for (const [i, node] of net.nodes.entries())
        if (printed !== null) expect(Math.abs((found[i] as number) - (printed[node] as number))).toBeLessThan(5.1e-4);
    };
    near(betweenness(net), expected.published?.betweennessNormalized_3dp);
    near(closeness(net, { method: 'wasserman-faust' }), expected.published?.closeness_3dp);
    expect(net.nodes.length).toBeGreaterThan(0);
  });
});

interface Demo {
  activities: number;
  partners: number;
  ties: number;
  projectionEdges: number;
  components: number;
  giantComponentNodes: number;
  density: number;
  top10Betweenness: [string, number][];
  degree: ByNode;
  strength: ByNode;
}
const demo = goldenJson<{ asWritten: Demo; rolledUpToParent: Demo; aliases: Record<string, string> }>(
  'graphs',
  'kz-unesco-demo.expected.json',
);
const takenOf = (which: string): TakesPart[] =>
  (goldenRows('graphs', `kz-unesco-demo.${which}.edges.csv`) ?? []).map(({ activity = '', partner = '' }) => ({
    activity,
    partner,
  }));

describe.skipIf(demo === null).each(['asWritten', 'rolledUpToParent'] as const)('golden projection %s', (which) => {
  if (demo === null) return;
  const expected = demo[which];
  const projection = project(takenOf(which));
  const { net } = projection;

  test('counts', () => {
    expect(projection).toMatchObject({ activities: expected.activities, participations: expected.ties });
    expect([net.nodes.length, net.ties]).toEqual([expected.partners, expected.projectionEdges]);
    expect(components(net)).toMatchObject({ count: expected.components });
    expect(components(net).sizes[0]).toBe(expected.giantComponentNodes);
    expect(density(net)).toBeCloseTo(expected.density, 7);
  });

  test('degree, strength and the greatest betweenness', () => {
    const [degree, strength, between] = [degrees(net), strengths(net), betweenness(net)];
    for (const [i, node] of net.nodes.entries()) {
      expect([node, degree[i], strength[i]]).toEqual([node, expected.degree[node], expected.strength[node]]);
    }
    for (const [node, value] of expected.top10Betweenness) expect(between[net.nodes.indexOf(node)]).toBeCloseTo(value, 7);
  });

  test('offices rolled up by their aliases are the table of parents', () => {
    const rolled = project(rollUp(takenOf('asWritten'), demo.aliases));
    const parents = project(takenOf('rolledUpToParent'));
    expect(rolled).toMatchObject({ activities: parents.activities, participations: parents.participations });
    expect([rolled.net.nodes.length, rolled.net.ties]).toEqual([parents.net.nodes.length, parents.net.ties]);
  });
});

const path = network(
  ['a', 'b', 'c', 'z'],
  [
    { a: 'a', b: 'b', weight: 2 },
    { a: 'b', b: 'c', weight: 4 },
  ],
);

describe('a network', () => {
  test('adds up ties given twice, leaves out and counts loops', () => {
    const net = network(
      ['a', 'b'],
      [
        { a: 'a', b: 'b' },
        { a: 'b', b: 'a', weight: 2 },
        { a: 'a', b: 'a' },
      ],
    );
    expect(net).toMatchObject({ ties: 1, merged: 1, loops: 1 });
    expect(tiesOf(net)).toEqual([{ a: 'a', b: 'b', weight: 3 }]);
  });

  test('refuses what it cannot hold', () => {
    expect(() => network(['a', 'a'], [])).toThrow('"a" is given twice');
    expect(() => network(['a'], [{ a: 'a', b: 'x' }])).toThrow('"x", which is no node');
    expect(() => network(['a', 'b'], [{ a: 'a', b: 'b', weight: 0 }])).toThrow('above 0');
    expect(density(network(['a'], []))).toBeNull();
  });

  test('a part of it', () => {
    const part = subnetwork(path, (i) => i !== 1);
    expect([part.nodes, part.ties]).toEqual([['a', 'c', 'z'], 0]);
  });

  test('components: the largest first', () => {
    const net = network(['z', 'a', 'b'], [{ a: 'a', b: 'b' }]);
    expect(components(net)).toEqual({ count: 2, of: Int32Array.from([1, 0, 0]), sizes: [2, 1] });
  });
});

describe('paths', () => {
  test('a weight is a length or a strength, as told', () => {
    const triangle = network(
      ['a', 'b', 'c'],
      [
        { a: 'a', b: 'b', weight: 5 },
        { a: 'b', b: 'c', weight: 5 },
        { a: 'a', b: 'c', weight: 1 },
      ],
    );
    expect(Array.from(betweenness(triangle))).toEqual([0, 0, 0]);
    expect(Array.from(betweenness(triangle, { weight: 'cost' }))).toEqual([0, 0, 0]);
    expect(Array.from(betweenness(triangle, { weight: 'strength' }))).toEqual([0, 1, 0]);
  });

  test('two ways of one length share the pair, also with lengths that do not add up exactly', () => {
    const ties: Tie[] = [
      { a: 'a', b: 'b', weight: 10 },
      { a: 'b', b: 'd', weight: 5 },
      { a: 'a', b: 'c', weight: 5 },
      { a: 'c', b: 'd', weight: 10 },
    ];
    const square = network(['a', 'b', 'c', 'd'], ties);
    expect(Array.from(betweenness(square, { weight: 'strength', normalised: false }))).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  test('lengths that are equal as fractions are equal: 1/2 + 1/3 + 1/6 is 1', () => {
    const ends = ['a', 'b', 'c', 'd', 'e', 'f'];
    const long = [2, 3, 6].map((weight, i) => ({ a: ['a', 'b', 'c'][i] as string, b: ['b', 'c', 'd'][i] as string, weight }));
    const other = [6, 3, 2].map((weight, i) => ({ a: ['a', 'e', 'f'][i] as string, b: ['e', 'f', 'd'][i] as string, weight }));
    const between = betweenness(network(ends, [...long, ...other]), { weight: 'strength', normalised: false });
    expect(between[1]).toBeCloseTo(between[5] as number, 12);
    expect(between[2]).toBeCloseTo(between[4] as number, 12);
  });

  test('a node without ties is far from all, not undefined', () => {
    expect(Array.from(closeness(path, { method: 'harmonic', weight: 'cost' }))).toEqual([
      1 / 2 + 1 / 6,
      1 / 2 + 1 / 4,
      1 / 4 + 1 / 6,
      0,
    ]);
    expect(closeness(path, { method: 'wasserman-faust' })[1]).toBeCloseTo(2 / 3, 12);
    expect(distances(path)).toEqual({ mean: 4 / 3, diameter: 2, reached: 3, apart: 3 });
    expect(distances(network(['a'], []))).toEqual({ mean: null, diameter: null, reached: 0, apart: 0 });
  });
});

describe('eigenvector centrality', () => {
  test('a star: the centre has root two of the length', () => {
    const star = network(
      ['m', 'a', 'b', 'c'],
      ['a', 'b', 'c'].map((b) => ({ a: 'm', b })),
    );
    const { values, eigenvalue } = eigenvectorCentrality(star);
    expect(values?.[0]).toBeCloseTo(Math.SQRT1_2, 9);
    expect(eigenvalue).toBeCloseTo(Math.sqrt(3), 9);
  });

  test('a network of parts has none, unless the largest is asked for', () => {
    expect(eigenvectorCentrality(path)).toMatchObject({ values: null, why: 'disconnected', components: 2 });
    const found = eigenvectorCentrality(path, { of: 'largest' });
    expect(found).toMatchObject({ components: 2, covered: 3 });
    expect(found.values?.[3]).toBeNaN();
    expect(eigenvectorCentrality(network(['a', 'b'], []))).toMatchObject({ values: null, why: 'no-ties' });
    const pairs = network(
      ['a', 'b', 'c', 'd'],
      [
        { a: 'a', b: 'b' },
        { a: 'c', b: 'd' },
      ],
    );
    expect(eigenvectorCentrality(pairs, { of: 'largest' })).toMatchObject({ values: null, why: 'disconnected' });
  });
});

const taken: TakesPart[] = [
  ...['a', 'b', 'c'].map((partner) => ({ activity: 'one', partner })),
  ...['a', 'b'].map((partner) => ({ activity: 'two', partner })),
  ...['c', 'd'].map((partner) => ({ activity: 'three', partner })),
  { activity: 'four', partner: 'e' },
];

describe('projection', () => {
  test('by count and after Newman', () => {
    const { net, ...told } = project([...taken, { activity: 'one', partner: 'a' }]);
    expect(told).toMatchObject({ activities: 4, participations: 8, repeated: 1, alone: 1 });
    expect(tiesOf(net).map(({ a, b, weight }) => `${a}${b}${weight}`)).toEqual(['ab2', 'ac1', 'bc1', 'cd1']);
    const newman = project(taken, { weight: 'newman' }).net;
    expect(tiesOf(newman).map(({ weight }) => weight)).toEqual([1.5, 0.5, 0.5, 1]);
  });

  test('after Newman, strength is the number of activities with others', () => {
    const part = fc.record({ activity: fc.constantFrom('1', '2', '3', '4'), partner: fc.constantFrom('a', 'b', 'c', 'd', 'e') });
    fc.assert(
      fc.property(fc.array(part), (list) => {
        const { net } = project(list, { weight: 'newman' });
        for (const [i, value] of strengths(net).entries()) {
          const own = new Set(list.filter(({ partner }) => partner === net.nodes[i]).map(({ activity }) => activity));
          const shared = [...own].filter((activity) =>
            list.some((other) => other.activity === activity && other.partner !== net.nodes[i]),
          );
          expect(value).toBeCloseTo(shared.length, 9);
        }
      }),
    );
  });

  test('parents of parents are taken, circles refused', () => {
    expect(rollUp([{ activity: 'x', partner: 'a' }], { a: 'b', b: 'c' })).toEqual([{ activity: 'x', partner: 'c' }]);
    expect(() => rollUp([{ activity: 'x', partner: 'a' }], { a: 'b', b: 'a' })).toThrow('circle');
  });

  test('one activity left out: the range of a value, of a place, and which activity it rests on', () => {
    const found = leaveOneOut(taken, (net) => betweenness(net, { normalised: false }));
    expect(found[0]).toEqual({
      partner: 'c',
      value: 2,
      low: 0,
      lowWithout: 'one',
      high: 2,
      highWithout: null,
      rank: 1,
      bestRank: 1,
      worstRank: 1,
    });
    expect(leaveOneOut(taken, degrees, { top: 2 })).toHaveLength(2);
    const signal = AbortSignal.abort();
    expect(() => leaveOneOut(taken, degrees, { signal })).toThrow();
  });
});

describe('communities', () => {
  const [left, right] = ['abcd', 'efgh'].map((names) => [...names]) as [string[], string[]];
  const clique = (names: string[]): Tie[] => names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b })));
  const two = network([...left, ...right], [...clique(left), ...clique(right), { a: 'a', b: 'e' }]);

  test('two cliques and a bridge: found by every seed, modularity by hand', () => {
    const found = stableCommunities(two, { seed: 5, runs: 10 });
    expect(found.sizes).toEqual([4, 4]);
    expect(found.modularity).toBeCloseTo(12 / 13 - 1 / 2, 12);
    expect(found.agreement).toEqual({ mean: 1, least: 1 });
    expect(Array.from(found.steadiness)).toEqual(Array(8).fill(1));
  });

  test('weights count where asked for: a heavy bridge joins', () => {
    const heavy = network(
      two.nodes,
      tiesOf(two).map((tie) => (tie.b === 'e' ? { ...tie, weight: 50 } : tie)),
    );
    expect(louvain(heavy, { seed: 1 }).sizes).toEqual([4, 4]);
    const { of } = louvain(heavy, { seed: 1, weight: 'strength' });
    expect(of[0]).toBe(of[4]);
  });

  test('without ties each stands alone and there is no modularity', () => {
    expect(stableCommunities(network(['a', 'b'], []), { seed: 1, runs: 2 })).toMatchObject({
      modularity: null,
      modularityRange: null,
      sizes: [1, 1],
    });
    expect(() => stableCommunities(two, { seed: 1, runs: 0 })).toThrow('runs');
  });

  test('adjusted Rand as scikit-learn 1.9 finds it', () => {
    expect(adjustedRand([0, 0, 1, 1, 2, 2, 2], [0, 0, 1, 2, 2, 2, 1])).toBeCloseTo(0.2125, 12);
    expect(adjustedRand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])).toBeCloseTo(0.24242424242424243, 12);
    expect(adjustedRand([0, 0], [1, 1])).toBe(1);
    expect(() => adjustedRand([0], [0, 1])).toThrow('1 and 2');
  });
});

describe('balance', () => {
  test('ties across and within groups, those of unknown group apart', () => {
    const groups: Record<string, string> = { a: 'KZ', b: 'KZ', c: 'DE' };
    expect(eiIndex(path, (node) => groups[node] ?? null)).toEqual({ value: 0, across: 1, within: 1, unknown: 0 });
    expect(eiIndex(path, (node) => groups[node] ?? null, { weight: 'strength' }).value).toBeCloseTo(1 / 3, 12);
    expect(eiIndex(path, (node) => (node === 'b' ? 'KZ' : null))).toEqual({ value: null, across: 0, within: 0, unknown: 2 });
  });

  test('concentration', () => {
    expect(concentration([1, 1, 1, 1])).toEqual({ index: 0.25, normalised: 0, effective: 4, parts: 4 });
    expect(concentration([5])).toEqual({ index: 1, normalised: null, effective: 1, parts: 1 });
    expect(concentration([0, 0])).toEqual({ index: null, normalised: null, effective: null, parts: 2 });
    expect(() => concentration([1, -1])).toThrow('-1');
  });

  test('partnerships by breadth', () => {
    const region = ['KZ', 'KG', 'UZ'];
    const of = (countries: string[], international = false, incomplete = false) => ({ countries, international, incomplete });
    expect(
      partnershipBalance(
        [
          of(['KZ']),
          of(['KZ'], true),
          of(['KZ', 'DE']),
          of(region),
          of([...region, 'DE']),
          of(region, true),
          of([], true),
          of(['KZ'], false, true),
        ],
        { region },
      ),
    ).toEqual({ domestic: 1, bilateral: 2, regional: 1, multilateral: 2, unknown: 2, activities: 8 });
  });
});

describe('whatever the network', () => {
  const names = [...'abcdefgh'];
  const tie = fc.record({ a: fc.constantFrom(...names), b: fc.constantFrom(...names), weight: fc.integer({ min: 1, max: 5 }) });
  const ties = fc.array(tie, { maxLength: 20 });

  test('the order of nodes and ties changes nothing', () => {
    fc.assert(
      fc.property(ties, (list) => {
        const [one, other] = [network(names, list), network([...names].reverse(), [...list].reverse())];
        for (const measure of [degrees, strengths, betweenness, pageRank, clustering, coreNumbers, effectiveSize] as const) {
          const [a, b] = [measure(one), [...measure(other)].reverse()];
          for (const [i, value] of a.entries()) {
            if (Number.isNaN(value)) expect(b[i]).toBeNaN();
            else expect(b[i]).toBeCloseTo(value, 9);
          }
        }
      }),
    );
  });

  test('betweenness sums to the steps between, and a weight of 1 is no weight', () => {
    fc.assert(
      fc.property(ties, (list) => {
        const net = network(names, list);
        const { mean, reached } = distances(net);
        const sum = betweenness(net, { normalised: false }).reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(reached * ((mean ?? 1) - 1), 9); // each pair passes distance − 1 others
        const plain = network(
          names,
          tiesOf(net).map(({ a, b }) => ({ a, b })),
        );
        for (const weight of ['cost', 'strength'] as const)
          for (const [i, value] of betweenness(plain, { weight }).entries())
            expect(value).toBeCloseTo(betweenness(net)[i] as number, 9);
      }),
    );
  });

  test('the modularity Louvain tells is that of its groups, and not below that of one group', () => {
    fc.assert(
      fc.property(ties, fc.integer(), fc.constantFrom('none', 'strength'), (list, seed, weight) => {
        const net = network(names, list);
        const found = louvain(net, { seed, weight });
        if (net.ties === 0) expect(found.modularity).toBeNull();
        else expect(found.modularity).toBe(modularity(net, found.of, { weight }));
        expect(found.modularity ?? 0).toBeGreaterThan(-1e-12);
        expect(found.sizes.reduce((sum, size) => sum + size, 0)).toBe(names.length);
      }),
    );
  });
});
