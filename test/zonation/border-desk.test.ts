import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geodesicArea } from '../../src/science/areas.ts';
import type { MultiPolygon, Position, Ring, ZoneKind } from '../../src/types.ts';
import { type Desk, openDesk, type Plan } from '../../src/zonation/border-desk.ts';
import { besideOf, besideZone, described, dropped, inserted, joined, moved, putOnEdge, removed } from '../../src/zonation/border-edits.ts'; // biome-ignore format: one line
import { cutOut, drawnZone, type Overlap, split } from '../../src/zonation/border-overlay.ts';
import { geometryEngine } from '../../src/zonation/geometry-engine.ts';
import { cross, monotoneChains } from '../../src/zonation/monotone-chains.ts';
import { type Edit, geometryOf, partArea, positionOf, type Refused, zoneArea } from '../../src/zonation/shared-borders.ts';
import { sharedEdges } from '../../src/zonation/shared-edges.ts';
import { vertexTable } from '../../src/zonation/vertex-table.ts';
import { mosaic, randomNumbers } from './zone-mosaics.ts';

const engine = await geometryEngine();

function square(west: number, south: number, size: number): Ring {
  const [east, north] = [west + size, south + size].map((n) => Number(n.toFixed(6))) as Position;
  return [[west, south], [east, south], [east, north], [west, north], [west, south]]; // biome-ignore format: a ring
}

function zone(id: string, kind: ZoneKind, ...parts: Ring[][]) {
  return { id, kind, name: {}, geometry: { type: 'MultiPolygon', coordinates: parts } as MultiPolygon };
}

/** A core and a buffer side by side, a border of one edge between them, and a transition area above both. */
const three = () =>
  openDesk([
    zone('core', 'core', [square(70, 50, 0.1)]),
    zone('buffer', 'buffer', [square(70.1, 50, 0.1)]),
    zone('transition', 'transition', [[[70, 50.1], [70.1, 50.1], [70.2, 50.1], [70.2, 50.2], [70, 50.2], [70, 50.1]]]), // biome-ignore format: a ring
  ]);

const at = (desk: Desk, [lon, lat]: Position): number => {
  const { borders } = desk;
  const found = borders.lon.findIndex((x, i) => x === lon && borders.lat[i] === lat);
  if (found === -1) throw new Error(`no vertex at ${lon}, ${lat}`);
  return found;
};
const areasOf = (desk: Desk) => Object.fromEntries(desk.borders.zones.map((own) => [own.id, zoneArea(desk.borders, own)]));
const sum = (desk: Desk) => desk.borders.zones.reduce((total, own) => total + zoneArea(desk.borders, own), 0);
const ok = (desk: Desk, plan: Plan): void => expect(desk.make(plan)).toBeNull();
const all = (desk: Desk) => desk.borders.zones.map(({ id, kind, name, ...own }) => ({ id, kind, name, geometry: geometryOf(desk.borders, { id, kind, name, ...own }) })); // biome-ignore format: one thought

/** Held against code that knows nothing of desks: the map is a planar subdivision, and covers as much as its zones have. */
function expectShared(desk: Desk): void {
  const zones = all(desk);
  for (const ring of zones.flatMap(({ geometry }) => geometry.coordinates.flat())) expect(ring[0]).toEqual(ring.at(-1));
  const table = vertexTable(zones);
  const edges = table === null ? null : sharedEdges(table);
  expect(edges).not.toBeNull();
  if (table !== null && edges !== null) expect(cross(table, monotoneChains(table, edges.twin))).toBe(false);
  const union = engine.dissolve(zones.flatMap(({ geometry }) => geometry.coordinates));
  const whole = geodesicArea({ type: 'MultiPolygon', coordinates: union });
  expect(Math.abs(sum(desk) / whole - 1)).toBeLessThan(1e-9);
  for (const { geometry } of zones) expect(engine.areValid(geometry.coordinates)).toBe(true);
}

describe('one vertex of several zones', () => {
  test('is moved in all of them: what one wins the other loses', () => {
    const desk = three();
    const { vertex, ...edit } = inserted(desk.borders, [at(desk, [70.1, 50]), at(desk, [70.1, 50.1])], [70.1, 50.05]);
    desk.make(() => edit);
    const before = areasOf(desk);
    ok(desk, (borders) => moved(borders, vertex, [70.11, 50.06]));
    const after = areasOf(desk);
    expect(after.core).toBeGreaterThan((before.core ?? 0) + 3e6);
    expect((after.core ?? 0) - (before.core ?? 0)).toBeCloseTo((before.buffer ?? 0) - (after.buffer ?? 0), 3);
    expect(after.transition).toBe(before.transition);
    expectShared(desk);
  });

  test('put on an edge is put there for all that have the edge', () => {
    const desk = three();
    const { vertex, ...edit } = inserted(desk.borders, [at(desk, [70.1, 50]), at(desk, [70.1, 50.1])], [70.12, 50.05]);
    desk.make(() => edit);
    expect(desk.borders.zones.filter(({ parts }) => parts[0]?.rings[0]?.includes(vertex)).map(({ id }) => id)).toEqual(['core', 'buffer']); // biome-ignore format: one thought
    expectShared(desk);
  });

  test('where three zones meet leaves no gap when it is taken away', () => {
    const desk = three();
    const before = sum(desk);
    const corner = at(desk, [70.1, 50.1]);
    expect(besideOf(desk.borders, corner)).toHaveLength(4 - 1);
    ok(desk, (borders) => removed(borders, corner));
    expectShared(desk);
    const holes = engine.dissolve(all(desk).flatMap(({ geometry }) => geometry.coordinates)).flatMap((rings) => rings.slice(1));
    expect(holes).toEqual([]);
    expect(sum(desk)).toBeLessThanOrEqual(before * (1 + 1e-12));
  });

  test('is not taken from a triangle, nor joined with one across the zone', () => {
    const desk = openDesk([zone('core', 'core', [[[70, 50], [71, 50], [70, 51], [70, 50]]])]); // biome-ignore format: a ring
    expect(removed(desk.borders, 0)).toEqual({ refused: 'too-few' });
    const wide = three();
    expect(joined(wide.borders, at(wide, [70, 50]), at(wide, [70.1, 50.1]))).toEqual({ refused: 'touches' });
  });

  test('dragged on to a border of a neighbour becomes part of it', () => {
    const desk = openDesk([zone('core', 'core', [square(70, 50, 0.1)]), zone('buffer', 'buffer', [square(70.15, 49.95, 0.2)])]);
    const corner = at(desk, [70.1, 50]);
    desk.make((borders) => putOnEdge(borders, corner, [at(desk, [70.15, 49.95]), at(desk, [70.15, 50.15])], [70.15, 50]));
    expect(desk.borders.zones.every(({ parts }) => parts[0]?.rings[0]?.includes(corner))).toBe(true);
    expect(desk.faults()).toEqual([]);
    expectShared(desk);
  });
});

describe('a line', () => {
  test('splits a zone, and its neighbours get its ends', () => {
    const desk = three();
    const before = areasOf(desk);
    ok(desk, (borders) => split(borders, 'transition', [[70.05, 50.05], [70.05, 50.3]], (n) => `new-${n}`)); // biome-ignore format: a line
    const after = areasOf(desk);
    // new vertices lie on straight lines of longitude and latitude, edges are geodesics: parts of ten thousand
    expect(((after.transition ?? 0) + (after['new-0'] ?? 0)) / (before.transition ?? 0)).toBeCloseTo(1, 3);
    expect(after.transition).toBeGreaterThan(after['new-0'] ?? 0);
    expect((after.core ?? 0) / (before.core ?? 0)).toBeCloseTo(1, 3);
    expect(desk.borders.zones.filter(({ parts }) => parts[0]?.rings[0]?.includes(at(desk, [70.05, 50.1])))).toHaveLength(3);
    expectShared(desk);
  });

  test('that does not cross a zone does not split it; one that crosses itself is refused', () => {
    const { borders } = three();
    const name = (n: number): string => `new-${n}`;
    expect(split(borders, 'core', [[70.02, 50.02], [70.05, 50.05]], name)).toEqual({ refused: 'not-split' }); // biome-ignore format: a line
    expect(split(borders, 'core', [[69, 50.05], [70.05, 50.05], [70.05, 50.01], [70.02, 50.09]], name)).toEqual({ refused: 'path-crosses' }); // biome-ignore format: a line
  });

  test('through a hole parts the ring around it', () => {
    const ring = zone('buffer', 'buffer', [square(70, 50, 0.3), square(70.1, 50.1, 0.1).toReversed()]);
    const desk = openDesk([ring, zone('core', 'core', [square(70.1, 50.1, 0.1)])]);
    ok(desk, (borders) => split(borders, 'buffer', [[69.9, 50.15], [70.4, 50.15]], (n) => `new-${n}`)); // biome-ignore format: a line
    expect(desk.borders.zones.map(({ id, parts }) => [id, parts.map(({ rings }) => rings.length)])).toEqual([['buffer', [1]], ['new-0', [1]], ['core', [1]]]); // biome-ignore format: a table
    expectShared(desk);
  });
});

describe('a new zone', () => {
  const path: Position[] = [[70.05, 50.05], [70.15, 50.05], [70.15, 50.15], [70.05, 50.15]]; // biome-ignore format: a ring
  const made = (kind: ZoneKind, overlap: Overlap) => {
    const desk = three();
    const before = areasOf(desk);
    ok(desk, (borders) => drawnZone(borders, path, { id: 'new', kind, name: {}, overlap }));
    return { desk, before, after: areasOf(desk) };
  };

  test('takes the ground of others, and all stays covered once', () => {
    const { desk, before, after } = made('transition', 'take');
    for (const id of ['core', 'buffer', 'transition']) expect(after[id]).toBeLessThan(before[id] ?? 0);
    expect(Object.values(after).reduce((a, b) => a + b)).toBeCloseTo(
      Object.values(before).reduce((a, b) => a + b),
      -4,
    );
    expectShared(desk);
  });

  test('as the stricter kind takes from the less strict alone', () => {
    const { desk, before, after } = made('buffer', 'strict');
    expect(Math.abs((after.core ?? 0) - (before.core ?? 0))).toBeLessThan(1e4);
    expect(Math.abs((after.buffer ?? 0) - (before.buffer ?? 0))).toBeLessThan(1e4);
    expect(after.transition).toBeLessThan((before.transition ?? 0) - 1e6);
    expectShared(desk);
  });

  test('leaves the others theirs, and is refused where nothing is left for it', () => {
    const { borders } = three();
    expect(drawnZone(borders, path, { id: 'new', kind: 'core', name: {}, overlap: 'leave' })).toEqual({ refused: 'no-ground' });
  });

  test('around others has holes where they are', () => {
    const desk = three();
    const around: Position[] = [[69, 49], [71, 49], [71, 51], [69, 51]]; // biome-ignore format: a ring
    ok(desk, (borders) => drawnZone(borders, around, { id: 'new', kind: 'transition', name: {}, overlap: 'leave' }));
    expect(desk.borders.zones.at(-1)?.parts.map(({ rings }) => rings.length)).toEqual([2]);
    expectShared(desk);
  });

  test('may touch a border along its length: the border is shared', () => {
    const desk = three();
    const beside: Position[] = [[69.9, 50.02], [70, 50.02], [70, 50.08], [69.9, 50.08]]; // biome-ignore format: a ring
    ok(desk, (borders) => drawnZone(borders, beside, { id: 'new', kind: 'buffer', name: {}, overlap: 'leave' }));
    expect(besideZone(desk.borders, 'new').map(({ id }) => id)).toEqual(['core']);
    expectShared(desk);
  });
});

describe('ground', () => {
  test('is cut out as a hole, and a zone gone leaves its ground to an heir', () => {
    const desk = three();
    const before = areasOf(desk);
    ok(desk, (borders) => cutOut(borders, 'core', [[70.02, 50.02], [70.04, 50.02], [70.04, 50.04]])); // biome-ignore format: a ring
    expect(desk.borders.zones[0]?.parts[0]?.rings).toHaveLength(2);
    expectShared(desk);
    desk.undo();
    ok(desk, (borders) => dropped(borders, 'buffer', { heir: 'core' }));
    expect(zoneArea(desk.borders, desk.borders.zones[0] as never)).toBeCloseTo((before.core ?? 0) + (before.buffer ?? 0), 0);
    expectShared(desk);
  });

  test('of the last zone is not given up', () => {
    const desk = openDesk([zone('core', 'core', [square(70, 50, 0.1)])]);
    expect(dropped(desk.borders, 'core')).toEqual({ refused: 'nothing-left' });
  });
});

describe('faults', () => {
  test('a border that crosses itself is told at once, and no longer when it is put right', () => {
    const desk = three();
    const corner = at(desk, [70, 50]);
    desk.show((borders) => moved(borders, corner, [70.09, 50.15]));
    expect(desk.faults().some(({ kind, zones }) => kind === 'self' && zones.includes('core'))).toBe(true);
    desk.show((borders) => moved(borders, corner, [70.01, 50.01]));
    expect(desk.faults()).toEqual([]);
    desk.cancel();
    expect(positionOf(desk.borders, corner)).toEqual([70, 50]);
  });

  test('zones that come to lie over one another are named', () => {
    const desk = openDesk([zone('core', 'core', [square(70, 50, 0.1)]), zone('buffer', 'buffer', [square(70.15, 50, 0.1)])]);
    desk.make((borders) => moved(borders, at(desk, [70.15, 50.1]), [70.05, 50.05]));
    expect(desk.faults().map(({ kind, zones }) => [kind, zones])).toEqual([['between', ['core', 'buffer']], ['between', ['core', 'buffer']]]); // biome-ignore format: a table
  });
});

/** Some edit of a map, chosen by numbers from 0 to 1; `null` where the one that was chosen cannot be made. */
function anyEdit(desk: Desk, random: () => number, n: number): Edit | Refused {
  const { borders } = desk;
  const own = borders.zones[Math.floor(random() * borders.zones.length)] as (typeof borders.zones)[number];
  const corners = own.parts[0]?.rings[0] ?? [];
  const i = Math.floor(random() * corners.length);
  const vertex = corners[i] as number;
  const next = corners[(i + 1) % corners.length] as number;
  const [lon, lat] = positionOf(borders, vertex);
  const off = (): number => (random() - 0.5) * 0.01;
  const place: Position = [lon + off(), lat + off()];
  const far = (): Position => [lon + 4 * off(), lat + 4 * off()];
  const choices: (() => Edit | Refused)[] = [
    () => moved(borders, vertex, place),
    () => moved(borders, vertex, place),
    () => inserted(borders, [vertex, next], place),
    () => removed(borders, vertex),
    () => split(borders, own.id, [far(), place, far()], (k) => `split-${n}-${k}`),
    () => drawnZone(borders, [place, far(), far()], { id: `new-${n}`, kind: 'core', name: {}, overlap: (['take', 'leave', 'strict'] as const)[n % 3] ?? 'take' }), // biome-ignore format: one thought
    () => cutOut(borders, own.id, [place, far(), far()]),
    () => dropped(borders, own.id, { heir: besideZone(borders, own.id)[0]?.id ?? null }),
    () => described(borders, own.id, { kind: 'transition' }),
  ];
  return (choices[Math.floor(random() * choices.length)] as () => Edit | Refused)();
}

describe('after any edits', () => {
  const maps = fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
    const desk = openDesk((await mosaic({ seed, cells: 3 })).map((own) => ({ ...own, name: {} })));
    const random = randomNumbers(seed + 7);
    const states = [JSON.stringify(all(desk))];
    let made = 0;
    for (let n = 0; n < 14; n++) {
      if (desk.make(() => anyEdit(desk, random, n)) !== null) continue;
      // what a person would not keep either
      if (
        desk.faults().length > 0 ||
        desk.borders.zones.some(({ parts }) => parts.some((part) => partArea(desk.borders, part) < 1))
      ) {
        desk.undo();
        continue;
      }
      made++;
      states.push(JSON.stringify(all(desk)));
      expectShared(desk);
    }
    for (const state of states.toReversed().slice(1)) {
      expect(desk.undo()).toBe(true);
      expect(JSON.stringify(all(desk))).toBe(state);
    }
    expect(desk.undo()).toBe(false);
    for (const state of states.slice(1)) {
      expect(desk.redo()).toBe(true);
      expect(JSON.stringify(all(desk))).toBe(state);
    }
    expect(made).toBe(states.length - 1);
  });

  test('borders are shared, rings are closed, and undo brings back every coordinate', async () => {
    await fc.assert(maps, { numRuns: 40, seed: 20261123 });
  });

  test('what is measured is what measuring anew gives', async () => {
    const desk = openDesk((await mosaic({ seed: 5, cells: 4 })).map((own) => ({ ...own, name: {} })));
    const random = randomNumbers(11);
    for (let n = 0; n < 12; n++) {
      desk.show(() => anyEdit(desk, random, n));
      if (n % 3 === 0) desk.keep();
      for (const own of desk.borders.zones) {
        if (desk.faults().length > 0) continue;
        expect(zoneArea(desk.borders, own)).toBeCloseTo(geodesicArea(geometryOf(desk.borders, own)), 3);
      }
      const anew = openDesk(all(desk)).faults();
      expect(desk.faults().length).toBe(anew.length);
    }
  });
});
