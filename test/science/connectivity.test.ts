import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectivity } from '../../src/science/connectivity.ts';
import { habitatNetwork, type PatchLink, patchLinks } from '../../src/science/habitat-network.ts';
import { protectedConnectivity } from '../../src/science/protected-connectivity.ts';

/** Three patches in a row: the middle one is the only way. */
const row = habitatNetwork(
  [10, 1, 10],
  [
    { from: 0, to: 1, distance: 100 },
    { from: 1, to: 2, distance: 100 },
  ],
);

const landscape = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 })), {
    minLength: 2,
    maxLength: 14,
  })
  .map((patches) => {
    const areas = patches.map(([area]) => area);
    areas[0] = 7;
    const links = patchLinks(
      patches.map(([, x, y]) => [x, y] as const),
      600,
    );
    // Costs of land between are not distances: detours can be cheaper.
    return { areas, links: links.map((link, i): PatchLink => ({ ...link, distance: link.distance * (1 + ((i * 7) % 5)) })) };
  });

describe('three patches in a row', () => {
  test('PC by hand: half reach 100 m, a quarter the far end', () => {
    const found = connectivity(row, { metric: 'PC', distance: 100, landscapeArea: 100, patches: true, links: true });
    const sum = 100 + 1 + 100 + 2 * (10 * 0.5 + 10 * 0.5 + 100 * 0.25);
    expect(found.sum).toBeCloseTo(sum, 12);
    expect(found.equivalentArea).toBeCloseTo(Math.sqrt(sum), 12);
    expect(found.index).toBeCloseTo(sum / 1e4, 14);
    // Without the middle: its own 1, its flux 20, and 50 that passed through it.
    expect(found.patches[1]).toMatchObject({
      intra: expect.closeTo(100 / sum, 10),
      flux: expect.closeTo(2000 / sum, 10),
      connector: expect.closeTo(5000 / sum, 10),
    });
    expect(found.patches[1]?.betweenness).toBeCloseTo(5000 / sum, 10);
    expect(found.patches[0]?.connector).toBe(0);
    // Without the first link: 2 × (5 + 25).
    expect(found.links[0]).toBeCloseTo(6000 / sum, 10);
  });

  test('IIC by hand: one link halves, two leave a third', () => {
    const found = connectivity(row, { metric: 'IIC', distance: 101, patches: true });
    expect(found.sum).toBeCloseTo(201 + 2 * (5 + 5 + 100 / 3), 12);
    expect(connectivity(row, { metric: 'IIC', distance: 100 }).sum).toBe(201);
  });

  test('a mean distance, and chances that are cut off', () => {
    expect(connectivity(row, { metric: 'PC', distance: 100, probability: null }).sum).toBeCloseTo(
      201 + 2 * (20 / Math.E + 100 / Math.E ** 2),
      10,
    );
    const cut = connectivity(row, { metric: 'PC', distance: 10, leastProbability: 0.01 });
    expect([cut.sum, cut.isolated, cut.components]).toEqual([201, 3, 3]);
  });

  test('ways that are not followed are bounded', () => {
    const short = connectivity(row, { metric: 'PC', distance: 100, leastWay: 0.3 });
    const whole = connectivity(row, { metric: 'PC', distance: 100 });
    expect(short.sum).toBeLessThan(whole.sum);
    expect(whole.sum - short.sum).toBeLessThanOrEqual(short.leftOut);
  });
});

describe('any landscape', () => {
  test('groups are what links join, whichever ways are followed and whichever patch stands first', () => {
    const chain = [0, 1, 2, 3, 4].map((i) => ({ from: i, to: i + 1, distance: 1000 }));
    const turned = chain.map(({ from, to, distance }) => ({ from: (from * 5) % 6, to: (to * 5) % 6, distance }));
    for (const links of [chain, turned]) {
      const network = habitatNetwork([1, 1, 1, 1, 1, 1], links);
      const options = { metric: 'PC', distance: 1000 } as const;
      expect(connectivity(network, { ...options, leastWay: 0.4 }).components).toBe(1);
      expect(connectivity(network, { ...options, leastProbability: 0.6 })).toMatchObject({ components: 6, isolated: 6 });
    }
  });

  test('what a patch is worth is what the index loses when it is taken away', () => {
    fc.assert(
      fc.property(landscape, fc.constantFrom('PC' as const, 'IIC' as const), ({ areas, links }, metric) => {
        const options = { metric, distance: 400 };
        const whole = connectivity(habitatNetwork(areas, links), { ...options, patches: true, links: true });
        areas.forEach((_, gone) => {
          const rest = connectivity(
            habitatNetwork(
              areas.map((area, i) => (i === gone ? 0 : area)),
              links.filter(({ from, to }) => from !== gone && to !== gone),
            ),
            options,
          );
          expect(whole.patches[gone]?.share).toBeCloseTo((100 * (whole.sum - rest.sum)) / whole.sum, 8);
        });
        links.forEach((_, gone) => {
          const rest = connectivity(
            habitatNetwork(
              areas,
              links.filter((__, i) => i !== gone),
            ),
            options,
          );
          expect(whole.links[gone]).toBeCloseTo((100 * (whole.sum - rest.sum)) / whole.sum, 8);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('a further link never takes away, and the parts of a patch add up', () => {
    fc.assert(
      fc.property(landscape, ({ areas, links }) => {
        const some = connectivity(habitatNetwork(areas, links.slice(1)), { metric: 'PC', distance: 300 });
        const all = connectivity(habitatNetwork(areas, links), { metric: 'PC', distance: 300, patches: true });
        expect(all.sum).toBeGreaterThanOrEqual(some.sum - 1e-9);
        const squares = areas.reduce((sum, area) => sum + area * area, 0);
        expect(all.patches.reduce((sum, { intra }) => sum + intra, 0)).toBeCloseTo((100 * squares) / all.sum, 8);
        expect(all.patches.reduce((sum, { flux }) => sum + flux, 0)).toBeCloseTo(2 * (100 - (100 * squares) / all.sum), 8);
      }),
    );
  });
});

describe('what is protected', () => {
  test('one patch is connected whole; two apart by half', () => {
    const one = protectedConnectivity(habitatNetwork([30], []), { regionArea: 100, distance: 1 });
    expect(one).toMatchObject({ protected: 30, connected: 30, unconnected: 0, relative: 100, bound: null });
    const two = protectedConnectivity(habitatNetwork([30, 40], [{ from: 0, to: 1, distance: 5 }]), {
      regionArea: 100,
      distance: 5,
    });
    expect(two.connected).toBeCloseTo(Math.sqrt(900 + 1600 + 1200), 10);
    expect(two.ofConnected.patches).toBeCloseTo((100 * 50) / Math.sqrt(3700), 10);
  });

  test('a patch abroad that joins two is what connects them', () => {
    const network = habitatNetwork(
      [30, 0, 30],
      [
        { from: 0, to: 1, distance: 0 },
        { from: 1, to: 2, distance: 0 },
      ],
    );
    const found = protectedConnectivity(network, { regionArea: 100, distance: 5, transboundary: [false, true, false] });
    expect(found.connected).toBeCloseTo(60, 10);
    expect(found.ofConnected.transboundary).toBeCloseTo((100 * (60 - Math.sqrt(1800))) / 60, 10);
    expect(found.ofConnected.unprotected).toBeCloseTo(0, 10);
  });

  test('what no corridor can mend is told apart', () => {
    const apart = habitatNetwork([30, 40], []);
    const joined = habitatNetwork(
      [30, 40, 0],
      [
        { from: 0, to: 2, distance: 0 },
        { from: 1, to: 2, distance: 0 },
      ],
    );
    const found = protectedConnectivity(apart, { regionArea: 100, distance: 5, joined });
    expect(found.bound?.unconnectedByDesign).toBeCloseTo(70 - 50, 10);
    expect(found.bound?.connectable).toBeCloseTo(50, 10);
  });
});

test.each([
  ['a negative area', () => habitatNetwork([1, -1], []), 'patch 2 has area -1'],
  ['a link to nowhere', () => habitatNetwork([1, 1], [{ from: 0, to: 2, distance: 1 }]), 'link 1 joins patches 0 and 2'],
  ['a link to itself', () => habitatNetwork([1], [{ from: 0, to: 0, distance: 1 }]), 'with itself'],
  ['a negative distance', () => habitatNetwork([1, 1], [{ from: 0, to: 1, distance: -3 }]), 'distance -3'],
  ['no dispersal', () => connectivity(row, { metric: 'PC', distance: 0 }), 'dispersal distance 0'],
  ['a sure chance', () => connectivity(row, { metric: 'PC', distance: 1, probability: 1 }), 'probability 1'],
  ['a region too small', () => protectedConnectivity(row, { regionArea: 20, distance: 1 }), 'a region of 20 holds 21'],
  [
    'an area abroad',
    () => protectedConnectivity(row, { regionArea: 30, distance: 1, transboundary: [true] }),
    'patch 1 lies outside',
  ],
])('%s is refused', (_, act, message) => {
  expect(act).toThrow(message);
});

test('a computation that is called off stops', () => {
  expect(() => connectivity(row, { metric: 'PC', distance: 1, signal: AbortSignal.abort() })).toThrow('abort');
});
