/** The rules that need a map, on squares whose sides can be counted, and what holds for any map. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geodesicArea } from '../../src/science/areas.ts';
import { geodesicDistance } from '../../src/science/distances.ts';
import type { Finding, LineString, MultiPolygon, PolygonRings, Position, Ring, ZoneKind } from '../../src/types.ts';
import { examine } from '../../src/zonation/examine.ts';
import type { Exemptions } from '../../src/zonation/exempt-borders.ts';
import { catalogue, judge } from '../../src/zonation/rules.ts';
import type { SiteFacts } from '../../src/zonation/site-facts.ts';
import { joined, lengthOf } from '../../src/zonation/stretches.ts';
import { tractsOf } from '../../src/zonation/tracts.ts';
import { bufferShare } from '../../src/zonation/z05-surrounded.ts';
import { box, siteFacts, zone } from './site-facts-of.ts';
import { mosaic, randomNumbers } from './zone-mosaics.ts';

const today = { profile: null, today: '2026-11-23' };
const MAP_RULES = ['Z01', 'Z02', 'Z03', 'Z05', 'Z06', 'Z07', 'Z16', 'TB1', 'TB2', 'TB3'];

type Drawn = [kind: ZoneKind, geometry: MultiPolygon, suffix?: string];

const shape = (...polygons: Position[][][]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: polygons.map((rings) => rings.map((ring) => [...ring, ring[0] as Position])),
});
const ringOf = (...boxes: MultiPolygon[]): MultiPolygon => {
  const [outer, ...holes] = boxes.map((b) => b.coordinates[0]?.[0] ?? []);
  return { type: 'MultiPolygon', coordinates: [[outer ?? [], ...holes.map((hole) => hole.toReversed())]] };
};
const both = (...list: MultiPolygon[]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: list.flatMap(({ coordinates }) => coordinates),
});

function drawn(id: string, zones: Drawn[], rest: Parameters<typeof siteFacts>[2] = {}): SiteFacts {
  return siteFacts(id, [], { zones: zones.map(([kind, geometry, suffix = '']) => zone(id, kind, geometry, suffix)), ...rest });
}

async function asked(facts: SiteFacts, exemptions: Exemptions = {}): Promise<Finding[]> {
  const { facts: known } = await examine(facts, exemptions);
  return judge(known, today).filter((f) => MAP_RULES.includes(f.rule));
}

const summary = (found: Finding[]): string[] => found.map((f) => `${f.rule} ${f.severity}`);

const notes = async (facts: SiteFacts): Promise<string> =>
  judge((await examine(facts)).facts, today).find((f) => f.rule === 'not-checked')?.text.en ?? '';

// A core area of 0.1 x 0.1 degrees; the buffer zone lies west, south and east of it; the transition area further south.
const core = box(0, 0, 0.1, 0.1);
const threeSides = shape([
  [
    [-0.1, -0.1],
    [0.2, -0.1],
    [0.2, 0.1],
    [0.1, 0.1],
    [0.1, 0],
    [0, 0],
    [0, 0.1],
    [-0.1, 0.1],
  ],
]);
const south = box(-0.1, -0.3, 0.2, -0.1);
const threeSided: Drawn[] = [
  ['core', core],
  ['buffer', threeSides],
  ['transition', south],
];
const northSide: LineString = {
  type: 'LineString',
  coordinates: [
    [-0.2, 0.1],
    [0.3, 0.1],
  ],
};
const side = geodesicDistance([0, 0.1], [0.1, 0.1]);

/** Squares one in another; `at` moves them. */
function nested(at = 0): Drawn[] {
  const square = (half: number): MultiPolygon => box(at - half, -half, at + half, half);
  return [
    ['core', square(0.05)],
    ['buffer', ringOf(square(0.1), square(0.05))],
    ['transition', ringOf(square(0.2), square(0.1))],
  ];
}

describe('Z05 and Z06', () => {
  test('a core area with three sides in the buffer zone and one on the outside: 75 %', async () => {
    const found = await asked(drawn('s', threeSided));
    expect(summary(found)).toEqual(['Z05 question', 'Z06 question']);
    const [surrounded, contact] = found;
    expect(surrounded?.numbers.sharePercent).toBeCloseTo(75, 0);
    expect(surrounded?.numbers.withoutBufferM).toBeCloseTo(side, 3);
    expect(surrounded?.numbers.longestM).toBeCloseTo(side, 3);
    expect(surrounded?.zones).toEqual(['s/core']);
    expect(surrounded?.sources).toEqual(['zone-map']);
    expect(surrounded?.place).toEqual({
      type: 'LineString',
      coordinates: [
        [0, 0.1],
        [0.1, 0.1],
      ],
    });
    expect(surrounded?.text.en).toContain('contiguous');
    expect(surrounded?.suggestion?.en).toMatch(/^The core area adjoins the buffer zone along 74\.9 % .*because …\.$/);
    expect(contact?.numbers).toMatchObject({ stretches: 1, exemptM: 0 });
    expect(contact?.numbers.outsideM).toBeCloseTo(side, 3);
    expect(contact?.place).toEqual(surrounded?.place);
  });

  test('along a State border, or in open water, nothing is asked', async () => {
    expect(await asked(drawn('s', threeSided), { borders: [northSide] })).toEqual([]);
    expect(await asked(drawn('s', threeSided), { water: [box(-0.2, 0.05, 0.3, 0.3)] })).toEqual([]);
  });

  test('what is exempt is no part of the share, and is told', async () => {
    const half: LineString = { ...northSide, coordinates: [[-0.2, 0.1] as Position, [0.05, 0.1]] };
    const [found] = await asked(drawn('s', threeSided), { borders: [half] });
    const { bufferM, perimeterM, exemptM, sharePercent } = (found?.numbers ?? {}) as Record<string, number>;
    expect(exemptM).toBeGreaterThan(side * 0.49);
    expect(exemptM).toBeLessThan(side * 0.55);
    expect(sharePercent).toBeCloseTo(((bufferM ?? 0) / ((perimeterM ?? 0) - (exemptM ?? 0))) * 100, 9);
    expect(found?.text.en).toContain('along a State border or open water');
    expect(found?.suggestion?.en).toContain('along a State border or open water');
  });

  test('the transition area at the core: the same share, another neighbour', async () => {
    const north = box(-0.1, 0.1, 0.2, 0.3);
    const found = await asked(drawn('s', [...threeSided.slice(0, 2), ['transition', both(south, north)]]));
    expect(summary(found)).toEqual(['Z05 question', 'Z06 question']);
    expect(found[0]?.numbers.sharePercent).toBeCloseTo(75, 0);
    expect(found[1]?.numbers.transitionM).toBeCloseTo(side, 3);
    expect(found[1]?.place?.type).toBe('LineString');
    expect(found[1]?.text.en).toContain('transition area');
  });

  test('a core area that touches no buffer zone is an error, though another one is surrounded', async () => {
    const found = await asked(drawn('s', [...nested(), ['core', box(1, 0, 1.1, 0.1), '-2']]));
    const [error] = found;
    expect(error).toMatchObject({ rule: 'Z05', severity: 'error', zones: ['s/core'] });
    expect(error?.numbers.sharePercent).toBe(0);
    expect(error?.text.en).toContain('s/core, part 2');
    expect(found.filter((f) => f.rule === 'Z05')).toHaveLength(1);
  });

  test('core parts side by side are one core area: the part without a buffer zone of its own is no error', async () => {
    const west: Drawn = ['core', box(-0.05, -0.05, 0, 0.05), ''];
    const east: Drawn = ['core', box(0, -0.05, 0.05, 0.05), '-east'];
    const halves = drawn('s', [west, east, ...nested().slice(1)]);
    const named = { ...halves, zones: halves.zones.map((z) => (z.id === 's/core-east' ? { ...z, name: { en: 'East' } } : z)) };
    expect(await asked(named)).toEqual([]);
    const onlyEast: Drawn[] = [
      ['buffer', box(0.05, -0.05, 0.1, 0.05)],
      ['transition', box(0.1, -0.05, 0.2, 0.05)],
    ];
    const found = await asked({ ...named, zones: [...named.zones.slice(0, 2), ...drawn('s', onlyEast).zones] });
    expect(summary(found)).toEqual(['Z05 question', 'Z06 question']);
    expect(found[0]?.numbers.sharePercent).toBeCloseTo(25, 0);
  });

  test('a buffer zone in several parts counts as one', async () => {
    const parts: Drawn[] = [
      ['buffer', box(-0.1, -0.1, 0, 0.2)],
      ['buffer', box(0.1, -0.1, 0.2, 0.2), '-2'],
      ['buffer', box(0, -0.1, 0.1, 0), '-3'],
      ['buffer', box(0, 0.1, 0.1, 0.2), '-4'],
    ];
    expect(await asked(drawn('s', [['core', core], ...parts, ['transition', box(-0.1, -0.3, 0.2, -0.1)]]))).toEqual([]);
  });

  test('stretches that only digitising makes are not asked about', async () => {
    const notch = (width: number): MultiPolygon =>
      shape([
        [
          [-0.1, -0.1],
          [0.2, -0.1],
          [0.2, 0.2],
          [0.05 + width, 0.2],
          [0.05 + width, 0.1],
          [0.1, 0.1],
          [0.1, 0],
          [0, 0],
          [0, 0.1],
          [0.05, 0.1],
          [0.05, 0.2],
          [-0.1, 0.2],
        ],
      ]);
    const of = async (width: number) =>
      (
        await asked(
          drawn('s', [
            ['core', core],
            ['buffer', notch(width)],
            ['transition', south],
          ]),
        )
      ).filter((f) => f.rule !== 'Z03');
    expect(summary(await of(0.0008))).toEqual([]); // 89 m
    expect(summary(await of(0.0012))).toEqual(['Z05 question', 'Z06 question']); // 134 m
  });

  test('many core areas: the largest openings one by one, the others together', async () => {
    const cores = Array.from({ length: 9 }, (_, i) => box(i, 0, i + 0.01 + i / 1000, 0.01));
    const buffers = cores.map((_, i) => box(i, -0.01, i + 0.05, 0));
    const found = await asked(
      drawn('s', [
        ['core', both(...cores)],
        ['buffer', both(...buffers)],
        ['transition', box(0, -0.1, 9, -0.01)],
      ]),
    );
    const z05 = found.filter((f) => f.rule === 'Z05');
    expect(z05).toHaveLength(6);
    expect(z05.at(-1)?.numbers.coreAreas).toBe(4);
    expect(found.filter((f) => f.rule === 'Z06')).toHaveLength(1);
  });

  test('without any buffer zone there is one error beside the missing zone', async () => {
    const found = await asked(
      drawn('s', [nested()[0] as Drawn, ['transition', ringOf(box(-0.2, -0.2, 0.2, 0.2), box(-0.05, -0.05, 0.05, 0.05))]]),
    );
    expect(summary(found)).toEqual(['Z01 error', 'Z05 error', 'Z06 question']);
  });
});

describe('Z01, Z02, Z03', () => {
  test('each kind that the map lacks is an error of its own', async () => {
    const found = await asked(drawn('s', [['buffer', core]]));
    expect(found.filter((f) => f.rule === 'Z01').map((f) => f.severity)).toEqual(['error', 'error']);
    expect(await notes(drawn('s', [['buffer', core]]))).toMatch(/Z05, Z06, Z07 \(from a zone map\)/);
  });

  test('what the repair left open is asked with the site and the source of the map', async () => {
    const overlapping = drawn('s', [...threeSided.slice(0, 2), ['transition', box(-0.1, -0.3, 0.2, -0.05)]]);
    const found = (await asked(overlapping)).filter((f) => f.rule === 'Z02');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: 'error', site: 's', sources: ['zone-map'] });
    expect(found[0]?.suggestion?.en).toContain('overlap');
  });

  test('without a map all of them wait for one', async () => {
    expect(await notes(drawn('s', []))).toMatch(/Z02, Z03, Z05, Z06, Z07 \(from a zone map\)/);
    const note = await notes(drawn('s', nested()));
    expect(note).not.toMatch(/zone map\)|Z0[123567]/);
    expect(note).toMatch(/Z04, Z18 \(from documents.*Z08, Z09, Z10, Z20 \(from spatial.*Z16 \(from the zonation/);
  });
});

describe('Z07', () => {
  test('two clusters far apart: the smaller transition area is listed with its area', async () => {
    const [coreZone, buffer, transition] = nested(1);
    const clusters = nested().map(
      ([kind, geometry], i): Drawn => [kind, both(geometry, [coreZone, buffer, transition][i]?.[1] ?? geometry)],
    );
    const small = ringOf(box(2.9, -0.1, 3.1, 0.1), box(2.95, -0.05, 3.05, 0.05));
    const third: Drawn[] = [['core', box(2.95, -0.05, 3.05, 0.05), '-3']];
    const found = await asked(drawn('s', [...clusters, ...third, ['buffer', small, '-3']]));
    expect(summary(found)).toEqual(['Z07 question', 'Z07 question']);
    const [apart, without] = found;
    const expected = geodesicArea(transition?.[1] as MultiPolygon) / 1e4;
    expect(apart?.numbers.pieces).toBe(1);
    expect(apart?.numbers.piece1Ha).toBeCloseTo(expected, 3);
    expect(apart?.place?.type).toBe('Polygon');
    expect(without?.text.en).toContain('have no transition area');
  });

  test('a piece of transition area within the buffer zone is not outer', async () => {
    const [coreZone, , transition] = nested() as [Drawn, Drawn, Drawn];
    const village = box(0.06, -0.02, 0.09, 0.02);
    const buffer = ringOf(box(-0.1, -0.1, 0.1, 0.1), box(-0.05, -0.05, 0.05, 0.05), village);
    const found = await asked(drawn('s', [coreZone, ['buffer', buffer], ['transition', both(transition[1], village)]]));
    expect(summary(found)).toEqual(['Z07 question']);
    expect(found[0]?.numbers.pieces).toBe(1);
    expect(found[0]?.numbers.piecesHa).toBeCloseTo(geodesicArea(village) / 1e4, 3);
    expect(found[0]?.text.en).toContain('outer');
  });

  test('pieces on both sides of the core hang together by way of it', async () => {
    const north = box(-0.1, 0.1, 0.2, 0.3);
    const buffer = both(box(-0.1, 0, 0, 0.1), box(0.1, 0, 0.2, 0.1));
    const found = await asked(
      drawn('s', [
        ['core', core],
        ['buffer', buffer],
        ['transition', both(box(-0.1, -0.3, 0.2, 0), north)],
      ]),
    );
    expect(found.some((f) => f.rule === 'Z07')).toBe(false);
  });
});

describe('Z16', () => {
  const before = (geometry: MultiPolygon): SiteFacts['zones'] =>
    drawn('s', [['core', geometry, '-before']]).zones.map((z) => ({ ...z, valid: { start: '2010-01-01', end: '2020-01-01' } }));

  test('ground that the core area lost is told with its place and area', async () => {
    const facts = drawn('s', nested());
    const found = (await asked({ ...facts, zones: [...facts.zones, ...before(box(-0.05, -0.05, 0.06, 0.05))] })).filter(
      (f) => f.rule === 'Z16',
    );
    expect(found).toHaveLength(1);
    const strip = geodesicArea(box(0.05, -0.05, 0.06, 0.05)) / 1e4;
    expect(found[0]?.numbers.coreLostHa).toBeCloseTo(strip, 1);
    expect(found[0]?.numbers.coreGainedHa).toBe(0);
    expect(found[0]?.numbers).toMatchObject({ toleranceHa: 1, toleranceM: 50 });
    expect(found[0]?.text.en).toMatch(/core area: −[\d,.]+ ha/);
    expect(found[0]?.place?.type).toBe('Polygon');
  });

  test('the same lines drawn again ask nothing; without a zonation before, nothing was checked', async () => {
    const facts = drawn('s', nested());
    const again = facts.zones.map((z) => ({ ...z, id: `${z.id}-before`, valid: { start: null, end: '2020-01-01' } }));
    const shifted = again.map((z) => ({
      ...z,
      geometry: {
        type: 'MultiPolygon' as const,
        coordinates: (z.geometry?.coordinates ?? []).map((p) => p.map((r) => r.map(([x, y]): Position => [x + 2e-4, y]))),
      },
    }));
    expect(await asked({ ...facts, zones: [...facts.zones, ...again] })).toEqual([]);
    expect(await asked({ ...facts, zones: [...facts.zones, ...shifted] })).toEqual([]); // 22 m
    expect(await notes(facts)).toContain('Z16 (from the zonation approved last)');
  });
});

describe('transboundary', () => {
  // Bands from the border at x = 0 outwards are cut by y: core 0 to 0.1, buffer to 0.2, transition to 0.4.
  const bands = (id: string, west: number, east: number, up = 0): SiteFacts =>
    drawn(id, [
      ['core', box(west, 0, east, 0.1 + up)],
      ['buffer', both(box(west, 0.1 + up, east, 0.2 + up), box(west, -0.1, east, 0))],
      ['transition', box(west, 0.2 + up, east, 0.4 + up)],
    ]);
  const whole = (...parts: SiteFacts[]): SiteFacts => siteFacts('w', [], { parts });

  test('zones that match across the border ask nothing, also where the two maps leave a gap or overlap', async () => {
    for (const gap of [0, 0.001, -0.0005]) expect(await asked(whole(bands('a', -0.3, 0), bands('b', gap, 0.3)))).toEqual([]);
  });

  test('a core area that faces the transition area is asked about with length and place', async () => {
    const other = drawn('b', [
      ['core', box(0.1, 0, 0.2, 0.1)],
      ['buffer', ringOf(box(0.05, -0.1, 0.3, 0.2), box(0.1, 0, 0.2, 0.1))],
      ['transition', box(0, -0.1, 0.05, 0.2)],
    ]);
    const found = await asked(whole(bands('a', -0.3, 0), other));
    expect(summary(found)).toEqual(['TB1 question', 'TB1 question']);
    const [faced, buffered] = found;
    expect(faced?.numbers.facingM).toBeCloseTo(geodesicDistance([0, 0], [0, 0.1]), 0);
    expect(faced?.zones).toEqual(['a/core', 'b/transition']);
    expect(faced?.place?.type).toBe('LineString');
    expect(faced?.text.en).toContain('the core area of a and the transition area of b');
    expect(buffered?.text.en).toContain('the buffer zone of a');
    expect(buffered?.numbers.facingM).toBeCloseTo(2 * geodesicDistance([0, 0], [0, 0.1]), -1);
  });

  test('parts that do not meet are asked about', async () => {
    const found = await asked(whole(bands('a', -0.3, 0), bands('b', 0.1, 0.3)));
    expect(found.map((f) => [f.rule, f.numbers.parts])).toEqual([['TB1', 2]]);
  });

  test('a zone that only one part draws, and zonations of different years', async () => {
    const lacking = drawn('b', [
      ['core', box(0, 0, 0.3, 0.1)],
      ['buffer', both(box(0, 0.1, 0.3, 0.2), box(0, -0.1, 0.3, 0))],
    ]);
    const found = await asked(whole(bands('a', -0.3, 0), lacking));
    expect(summary(found)).toEqual(['TB2 question']);
    expect(found[0]?.text.en).toContain('b (transition area)');
    const dated = (facts: SiteFacts, start: string | null): SiteFacts => ({
      ...facts,
      zones: facts.zones.map((z) => ({ ...z, valid: { start, end: null } })),
    });
    const years = await asked(whole(dated(bands('a', -0.3, 0), '2014-06-01'), dated(bands('b', 0, 0.3), '2000-01-01')));
    expect(years.map((f) => [f.rule, f.numbers.firstYear, f.numbers.lastYear])).toEqual([['TB3', 2000, 2014]]);
    expect(await asked(whole(dated(bands('a', -0.3, 0), '2014-06-01'), dated(bands('b', 0, 0.3), '2014-01-01')))).toEqual([]);
    expect(await notes(whole(dated(bands('a', -0.3, 0), '2014-06-01'), bands('b', 0, 0.3)))).toMatch(
      /TB3, TB4, TB5 \(from documents/,
    );
  });

  test('a part without a map leaves TB1 and TB2 unchecked', async () => {
    expect(await notes(whole(bands('a', -0.3, 0), drawn('b', [])))).toMatch(/TB1, TB2 \(from a zone map\)/);
  });
});

describe('any map', () => {
  const seeds = fc.integer({ min: 1, max: 1e6 });

  test('shares lie between 0 and 1, and what a core area touches adds up to its perimeter', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const zones = (await mosaic({ seed })).map((z): Drawn => [z.kind, z.geometry]);
        const { facts } = await examine(drawn('s', zones));
        for (const kind of ['core', 'buffer', 'transition'] as const)
          for (const tract of tractsOf(facts, kind)) {
            const touched = Object.values(tract.shared).reduce((sum, length) => sum + length, 0);
            expect(touched / tract.perimeter).toBeCloseTo(1, 9);
            expect(bufferShare(tract)).toBeGreaterThanOrEqual(0);
            expect(bufferShare(tract)).toBeLessThanOrEqual(1);
          }
      }),
      { numRuns: 20 },
    );
  });

  test('the order of zones and of their parts changes nothing that is said', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const random = randomNumbers(seed);
        const zones = (await mosaic({ seed })).flatMap((z): Drawn[] =>
          z.geometry.coordinates.map((polygon, i) => [z.kind, { type: 'MultiPolygon', coordinates: [polygon] }, `-${i}`]),
        );
        const named = (list: Drawn[]): SiteFacts => {
          const facts = drawn('s', list);
          return { ...facts, zones: facts.zones.map((z) => ({ ...z, name: { en: z.id } })) };
        };
        const shuffled = zones
          .map((z) => [random(), z] as const)
          .sort(([a], [b]) => a - b)
          .map(([, z]) => z);
        const told = async (facts: SiteFacts) =>
          (await asked(facts)).map((f) => ({ ...f, zones: [...f.zones].sort(), sources: [] }));
        expect(await told(named(shuffled))).toEqual(await told(named(zones)));
      }),
      { numRuns: 10 },
    );
  });

  test('crooked zones nested in one another ask nothing', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        expect(await asked(drawn('s', crooked(seed)))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('lines are joined whatever their order and directions, and no metre is lost', () => {
    const random = randomNumbers(7);
    const positions = Array.from({ length: 12 }, (_, i): Position => [i / 100, random() / 100]);
    const edges = positions
      .slice(1)
      .map((to, i): LineString => ({ type: 'LineString', coordinates: [positions[i] as Position, to] }));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(edges, { minLength: edges.length }),
        fc.array(fc.boolean(), { minLength: 11, maxLength: 11 }),
        (list, turns) => {
          const turned = list.map((line, i) => (turns[i] ? { ...line, coordinates: line.coordinates.toReversed() } : line));
          const [only, ...more] = joined(turned);
          expect(more).toEqual([]);
          expect(only?.line.coordinates).toEqual(positions);
          expect(only?.length).toBeCloseTo(lengthOf(positions), 6);
        },
      ),
    );
  });
});

/** Three zones, each around the one before, with wavy borders. */
function crooked(seed: number): Drawn[] {
  const random = randomNumbers(seed);
  const ring = (radius: number): Ring => {
    const open = Array.from({ length: 40 }, (_, i): Position => {
      const r = radius * (0.9 + 0.2 * random());
      return [70 + r * Math.cos((i * Math.PI) / 20), 50 + r * Math.sin((i * Math.PI) / 20)];
    });
    return [...open, open[0] as Position];
  };
  const [inner, middle, outer] = [ring(0.1), ring(0.2), ring(0.4)];
  const of = (...rings: Ring[]): MultiPolygon => ({
    type: 'MultiPolygon',
    coordinates: [rings.map((r, i) => (i === 0 ? r : r.toReversed()))] as PolygonRings[],
  });
  return [
    ['core', of(inner)],
    ['buffer', of(middle, inner)],
    ['transition', of(outer, middle)],
  ];
}

describe('suggestions', () => {
  const texts = ['en', 'ru', 'kk', 'tr'].map((lang) => JSON.parse(readFileSync(`src/i18n/${lang}.json`, 'utf8')).rules);

  test('every sentence that a rule asks has one to suggest, except where the map must be mended first', () => {
    const without = new Set<string>();
    const code = readdirSync('src/zonation')
      .filter((name) => /^(z\d|tb\d)/.test(name))
      .map((name) => readFileSync(`src/zonation/${name}`, 'utf8'))
      .join();
    for (const rules of texts)
      for (const { id } of catalogue)
        for (const variant of Object.keys(rules[id] ?? {}).filter((key) => !key.endsWith('-report')))
          if (!(`${variant}-report` in rules[id])) without.add(`${id}.${variant}`);
    const mended = ['not-a-number', 'no-area', 'crosses-itself', 'hole-outside', 'part-in-part', 'same-shape'];
    const added = ['Z05.exempt', 'Z12.other-parts', 'Z17.unconfirmed', 'Z19.property-part-area', 'Z19.property-part-buffer-area'];
    expect([...without].sort()).toEqual([...mended.map((variant) => `Z02.${variant}`), ...added].sort());
    for (const { id, rules } of catalogue.filter((item) => item.rules.length > 0 && item.id !== 'TB6'))
      expect(rules.length > 0 && (code.includes(`'${id}'`) || id === 'Z02'), id).toBe(true);
  });

  test('findings on a map speak four languages, in text and in suggestion', async () => {
    const faulty: Drawn[] = [
      ...threeSided.slice(0, 2),
      ['transition', box(-0.1, -0.3, 0.2, -0.05)],
      ['core', box(1, 0, 1.1, 0.1), '-2'],
    ];
    const found = await asked(drawn('s', faulty));
    expect(found.length).toBeGreaterThan(3);
    for (const { text, suggestion } of found)
      for (const words of [text, suggestion ?? text]) {
        expect(Object.keys(words).sort()).toEqual(['en', 'kk', 'ru', 'tr']);
        expect(Object.values(words).join()).not.toMatch(/[{}]|undefined|NaN|–,/);
      }
  });
});
