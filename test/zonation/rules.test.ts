/** The catalogue of rules, their sentences, and each rule on figures that can be checked by hand. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/formats/csv.ts';
import { catalogues, languages } from '../../src/i18n/index.ts';
import { boxArea } from '../../src/science/areas.ts';
import { parseProfile } from '../../src/zonation/profile.ts';
import { aboutOf, halfPlace, roundingOf, roundingOfAngle } from '../../src/zonation/rounding.ts';
import { catalogue, judge } from '../../src/zonation/rules.ts';
import { agree } from '../../src/zonation/z11-sources.ts';
import { ringArea, widestRing } from '../../src/zonation/z14-ring.ts';
import { asked, box, type Declaration, observations, overlap, rulesOf, siteFacts, zone } from './site-facts-of.ts';

const germany = parseProfile(JSON.parse(readFileSync('data/profiles/germany.json', 'utf8')), 'germany.json');
const about = { approximate: true };

function zones(total: number, core: number, buffer: number, transition: number, rest: Declaration[5] = {}): Declaration[] {
  return [
    ['', 'area', total, 'har', 'a'],
    ['core', 'area', core, 'har', 'a'],
    ['buffer', 'area', buffer, 'har', 'a'],
    ['transition', 'area', transition, 'har', 'a', rest],
  ];
}

function limits(west: number, south: number, east: number, north: number, source = 'a'): Declaration[] {
  return Object.entries({ west, south, east, north }).map(([side, value]) => ['', `extent-${side}`, value, 'deg', source]);
}

function centre(lon: number, lat: number, source = 'a', rest: Declaration[5] = {}): Declaration[] {
  return [
    ['', 'centre-latitude', lat, 'deg', source, rest],
    ['', 'centre-longitude', lon, 'deg', source, rest],
  ];
}

/** Computed areas [m2], as a zone map gives them. */
function computed(site: string, areasHa: Record<string, number>) {
  const rest = { role: 'computed', from: { run: 'run-1' } } as const;
  return observations(
    site,
    Object.entries(areasHa).map(([feature, ha]): Declaration => [feature, 'area', ha * 1e4, 'm2', 'run-1', rest]),
  ).map((o) => ({ ...o, id: `computed-${o.id}` }));
}

describe('catalogue', () => {
  test('data/rules.csv lists the same rules with the same severity and needs', () => {
    const { rows } = readCsv({ name: 'rules.csv', bytes: readFileSync('data/rules.csv') });
    const listed = rows.map(({ values: { id, severity, needs } }) => ({ id, severity, needs }));
    expect(listed).toEqual(catalogue.map(({ id, severity, needs }) => ({ id, severity, needs })));
    for (const { values } of rows) expect(Object.values(values).every((cell) => cell !== '')).toBe(true);
  });

  test('docs/rules.md names every rule', () => {
    const docs = readFileSync('docs/rules.md', 'utf8');
    for (const { id } of catalogue) expect(docs).toContain(`**${id}**`);
  });

  test('every sentence is there in four languages, with the same placeholders', () => {
    const sentences = (node: unknown, path = ''): [string, string][] =>
      typeof node === 'string'
        ? [
            [
              path,
              [...node.matchAll(/\{(\w+)\}/g)]
                .map((m) => m[1])
                .sort()
                .join(),
            ],
          ]
        : Object.entries(node as object).flatMap(([key, child]) => sentences(child, `${path}.${key}`));
    const english = sentences((catalogues.en as { rules: unknown }).rules);
    for (const lang of languages) expect(sentences((catalogues[lang] as { rules: unknown }).rules)).toEqual(english);
    for (const { id, rules } of catalogue.filter((item) => item.rules.length > 0)) {
      expect(english.some(([path]) => path.startsWith(`.${rules[0]?.id ?? id}.`))).toBe(true);
    }
  });

  test('one note per site names the rules that were not checked and what they need', () => {
    const facts = siteFacts('s', zones(100, 10, 20, 70));
    const notes = judge(facts, { profile: null, today: '2026-03-01' }).filter((f) => f.rule === 'not-checked');
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ severity: 'info', site: 's', numbers: {} });
    expect(notes[0]?.text.en).toContain('Z02, Z03, Z05, Z06, Z07 (from a zone map)');
    expect(notes[0]?.text.en).toContain('Z12, Z13, Z14 (from figures that are not declared yet)');
    expect(notes[0]?.text.en).not.toMatch(/Z11|TB/);
  });

  test('findings come errors first, then by rule', () => {
    const facts = siteFacts('s', [...zones(100_000, 10_000, 10_000, 10_000), ...limits(0, 0, 0.01, 0.01), ...centre(5, 5)]);
    expect(rulesOf(facts)).toEqual(['Z11 error', 'Z12 error', 'Z13 error', 'Z15 info']);
  });

  test('a World Heritage property has no zonation to ask about', () => {
    expect(
      judge(siteFacts('s', [], { site: { kind: 'world-heritage' } as never }), { profile: null, today: '2026-03-01' }),
    ).toEqual([]);
  });

  test('every finding speaks four languages', () => {
    const facts = siteFacts('s', [...zones(100_000, 10_000, 10_000, 10_000), ...limits(0, 0, 0.01, 0.01), ...centre(-5, -5)]);
    for (const { rule, text, suggestion } of judge(facts, { profile: germany, today: '2026-03-01' })) {
      expect(suggestion === null).toBe(rule === 'not-checked');
      for (const words of [text, suggestion ?? text]) {
        expect(Object.keys(words).sort()).toEqual(['en', 'kk', 'ru', 'tr']);
        expect(Object.values(words).join()).not.toMatch(/[{}]|undefined|NaN/);
      }
    }
  });
});

describe('rounding', () => {
  test('half of the place of the last digit that is not zero', () => {
    expect([500_000, 650_000, 71_800, 46_306.34, 0.5, 7, 0].map(halfPlace)).toEqual([50_000, 5_000, 50, 0.005, 0.05, 0.5, 0]);
  });

  test('"about" reaches half a place, a plain figure keeps two digits, bounds go before both', () => {
    const [plain, rounded, bounded] = observations('s', [
      ['', 'area', 200_000, 'har', 'a'],
      ['', 'area', 200_000, 'har', 'a', about],
      ['', 'area', 200_000, 'har', 'a', { low: 190_000, high: 230_000 }],
    ]);
    expect([plain, rounded, bounded].map((o) => (o === undefined ? null : aboutOf(o, 'har')))).toEqual([0, 50_000, 30_000]);
    expect([plain, rounded].map((o) => (o === undefined ? null : roundingOf(o, 'har')))).toEqual([5_000, 50_000]);
  });

  test('rounding is read in the unit that is printed: 718 km2 is 71,750 to 71,850 ha', () => {
    const [km2] = observations('s', [['', 'area', 718, 'km2', 'a']]);
    expect(km2 === undefined ? null : roundingOf(km2, 'har')).toBeCloseTo(50);
  });

  test('angles: minutes, seconds, decimals', () => {
    expect(roundingOfAngle(42.33333)).toBeCloseTo(0.5 / 60);
    expect(roundingOfAngle(49.351389)).toBeCloseTo(0.5 / 3600);
    expect(roundingOfAngle(49.3517)).toBeCloseTo(0.00005);
  });

  test('two figures agree when the coarser can be a rounding of the other', () => {
    const pairs: [number, number, boolean][] = [
      [71_800, 71_700, false],
      [151_800, 151_792, true],
      [17_490, 17_492, true],
      [17_490, 17_496, false],
      [200_000, 228_256, false],
    ];
    for (const [a, b, expected] of pairs) {
      const facts = siteFacts('s', [
        ['core', 'area', a, 'har', 'a'],
        ['core', 'area', b, 'har', 'b'],
      ]);
      expect(asked(facts).some((f) => f.rule === 'Z11')).toBe(!expected);
    }
  });

  test('whether two figures agree does not depend on their order', () => {
    const figure = (value: number, rounding: number) => ({
      value,
      rounding,
      about: 0,
      period: null,
      origins: [],
      sources: [],
      features: [],
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), fc.nat(1e4), fc.nat(1e4), (a, b, r, q) => {
        expect(agree(figure(a, r), figure(b, q))).toBe(agree(figure(b, q), figure(a, r)));
      }),
    );
  });
});

describe('Z01 zones', () => {
  test('zones without a declared area are asked about', () => {
    const [found, ...more] = asked(siteFacts('s', [['core', 'area', 10, 'har', 'a']]));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      rule: 'Z01',
      severity: 'question',
      numbers: { coreHa: 10, bufferHa: null, transitionHa: null },
    });
    expect(found?.text.en).toContain('buffer zone and transition area');
    expect(found?.text.kk).toContain('буферлік аймақ');
  });

  test('with a map, a kind that is not drawn is an error, declared or not', () => {
    const drawn = [zone('s', 'core', box(0, 0, 1, 1)), zone('s', 'buffer', box(1, 0, 2, 1)), zone('s', 'transition', null)];
    expect(rulesOf(siteFacts('s', zones(100, 10, 20, 70), { zones: drawn }))).toEqual(['Z01 error']);
  });

  test('a transboundary whole has the zones of its parts', () => {
    const part = siteFacts('p', zones(100, 10, 20, 70));
    expect(rulesOf(siteFacts('w', [['', 'area', 100, 'har', 'a']], { parts: [part] }))).toEqual([]);
  });
});

describe('Z11 areas', () => {
  test('zones may differ from the total by 1 %, in both directions', () => {
    expect(rulesOf(siteFacts('s', zones(1000, 100, 200, 709)))).toEqual([]);
    expect(rulesOf(siteFacts('s', zones(1000, 100, 200, 691)))).toEqual([]);
    expect(rulesOf(siteFacts('s', zones(1000, 100, 200, 711)))).toEqual(['Z11 error']);
    expect(rulesOf(siteFacts('s', zones(1000, 100, 200, 689)))).toEqual(['Z11 error']);
  });

  test('an excess that "about" explains is a question, a larger one an error', () => {
    expect(rulesOf(siteFacts('s', zones(1000, 100, 200, 740, about)))).toEqual(['Z11 error']); // 740 is 735 to 745
    expect(rulesOf(siteFacts('s', zones(1030, 100, 200, 700, about)))).toEqual(['Z11 question']); // 700 is 650 to 750
  });

  test('figures of different sources are only asked about', () => {
    const facts = siteFacts('s', zones(1000, 100, 200, 800));
    const [total, ...rest] = facts.observations;
    if (total === undefined) throw new Error('no total');
    expect(rulesOf({ ...facts, observations: [{ ...total, from: { source: 'b' } }, ...rest] })).toEqual(['Z11 question']);
  });

  test('core area and buffer zone alone may not exceed the total', () => {
    const [found] = asked(siteFacts('s', [...zones(1000, 600, 500, 0).slice(0, 3)])).filter((f) => f.rule === 'Z11');
    expect(found).toMatchObject({ severity: 'error', numbers: { sumHa: 1100, totalHa: 1000, differenceHa: 100 } });
    expect(found?.text.en).toContain('alone');
  });

  test('every source is held to its own figures, each set once', () => {
    const second = zones(2000, 100, 200, 900).map(
      (d): Declaration => [d[0], d[1], d[2], d[3], 'b', { period: { start: '2020-01-01', end: '2021-01-01' } }],
    );
    const first = zones(1000, 100, 200, 700).map(
      (d): Declaration => [d[0], d[1], d[2], d[3], 'a', { period: { start: '2010-01-01', end: '2011-01-01' } }],
    );
    const found = asked(siteFacts('s', [...first, ...second]));
    expect(found.map((f) => [f.rule, f.numbers.totalHa, f.numbers.sumHa])).toEqual([['Z11', 2000, 1200]]);
  });

  test('the order of figures changes nothing', () => {
    const all: Declaration[] = [
      ...zones(1000, 100, 200, 800),
      ['core', 'area-part', 60, 'har', 'a', { by: { class: 'x' } }],
      ['core', 'area-part', 50, 'har', 'a', { by: { class: 'y' } }],
    ];
    const expected = asked(siteFacts('s', all)).map((f) => f.numbers.sumHa);
    expect(expected).toEqual([1100, 110]);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(asked(siteFacts('s', shuffled)).map((f) => f.numbers.sumHa)).toEqual(expected);
      }),
    );
  });

  test('areas a thousand times as large ask the same', () => {
    const area = fc.integer({ min: 1, max: 9_999 });
    fc.assert(
      fc.property(area, area, area, area, (total, core, buffer, transition) => {
        const rules = (scale: number) =>
          rulesOf(siteFacts('s', zones(total * scale, core * scale, buffer * scale, transition * scale))).filter((r) =>
            r.startsWith('Z11'),
          );
        expect(rules(1000)).toEqual(rules(1));
      }),
    );
  });

  test('parts that add up are silent; one part alone may be an unfinished list', () => {
    const part = (value: number, name: string): Declaration => ['core', 'area-part', value, 'har', 'a', { by: { class: name } }];
    expect(rulesOf(siteFacts('s', [...zones(100, 30, 30, 40), part(10, 'x'), part(20, 'y')]))).toEqual([]);
    expect(rulesOf(siteFacts('s', [...zones(100, 30, 30, 40), part(10, 'x')]))).toEqual(['Z11 question']);
    expect(rulesOf(siteFacts('s', [...zones(100, 30, 30, 40), part(10, 'x'), part(25, 'y')]))).toEqual(['Z11 error']);
  });

  test('computed areas of several drawn zones are added and compared with what is declared, within 1 %', () => {
    const map = [
      zone('s', 'core', box(0, 0, 1, 1)),
      zone('s', 'core', box(5, 0, 6, 1), '-2'),
      zone('s', 'buffer', box(1, 0, 2, 1)),
      zone('s', 'transition', box(2, 0, 3, 1)),
    ];
    const facts = siteFacts('s', zones(1000, 100, 200, 700), { zones: map });
    const withMap = (areas: Record<string, number>) => ({
      ...facts,
      observations: [...facts.observations, ...computed('s', areas)],
    });
    expect(rulesOf(withMap({ core: 60, 'core-2': 40.5, buffer: 200, transition: 700 }))).toEqual([]);
    const [found, ...more] = asked(withMap({ core: 60, 'core-2': 45, buffer: 200, transition: 700 }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      rule: 'Z11',
      severity: 'error',
      numbers: { declaredHa: 100, computedHa: 105, differencePercent: 5 },
    });
    expect(found?.sources).toEqual(['a', 'run-1']);
  });

  test('a transboundary whole is the sum of its parts; an unknown part can only add', () => {
    const part = (id: string, total: number) => siteFacts(id, zones(total, total / 10, total / 5, total * 0.7));
    const whole = (total: number, parts = [part('p', 1000), part('q', 500)]) =>
      siteFacts('w', [['', 'area', total, 'har', 'a']], { parts });
    expect(rulesOf(whole(1500))).toEqual([]);
    expect(rulesOf(whole(1400))).toEqual(['Z11 error']);
    expect(rulesOf(whole(900))).toEqual(['Z11 error', 'Z11 error']);
    expect(rulesOf(whole(1700, [part('p', 1000), siteFacts('q', [])]))).toEqual([]);
  });

  test('zones said to lie in a protected area fit when it is as large as the reserve', () => {
    const share: Declaration = ['', 'share-within-protected-area', 100, '%', 'a'];
    const park = (ha: number): Declaration => ['', 'protected-area-area', ha, 'har', 'a'];
    expect(rulesOf(siteFacts('s', [...zones(100, 10, 20, 70), share]))).toEqual(['Z11 question']);
    expect(rulesOf(siteFacts('s', [...zones(100, 10, 20, 70), share, park(100)]))).toEqual([]);
    expect(rulesOf(siteFacts('s', [...zones(100, 10, 20, 70), share, park(60)]))).toEqual(['Z11 question']);
  });

  test('two figures for one part, and two for the protected area, are asked about in words of their own', () => {
    const part = (value: number, source: string): Declaration => [
      'core',
      'area-part',
      value,
      'har',
      source,
      { by: { class: 'x' } },
    ];
    const park = (value: number, source: string): Declaration => ['', 'protected-area-area', value, 'har', source];
    const found = asked(
      siteFacts('s', [...zones(100, 10, 20, 70), part(10, 'a'), part(12, 'b'), park(65_672, 'a'), park(65_800, 'b')]),
    ).filter((f) => 'firstHa' in f.numbers);
    expect(found.map((f) => [f.rule, f.severity, f.numbers.firstHa, f.numbers.secondHa])).toEqual([
      ['Z11', 'question', 65_672, 65_800],
      ['Z11', 'question', 10, 12],
    ]);
    expect(found[0]?.text.en).toContain('underlying protected area');
    expect(found[1]?.text.en).toContain('one and the same part');
  });

  test('a transition area inside a protected area is asked about even if core and buffer are unknown', () => {
    const [total, , , transition] = zones(100, 10, 20, 70);
    const found = asked(siteFacts('s', [total, transition, ['', 'share-within-protected-area', 1, '1', 'a']] as Declaration[]));
    expect(found.map((f) => f.rule)).toEqual(['Z01', 'Z11']);
    expect(found[1]?.numbers).toMatchObject({ sharePercent: 100, coreAndBufferHa: null, transitionHa: 70 });
  });

  test('figures known to be wrong are left alone', () => {
    expect(rulesOf(siteFacts('s', [...zones(100, 10, 20, 70), ['', 'area', 0.1, 'har', 'b', { quality: 'doubtful' }]]))).toEqual(
      [],
    );
  });
});

describe('Z12 centre', () => {
  const of = (...declarations: Declaration[][]) => rulesOf(siteFacts('s', [...zones(100, 10, 20, 70), ...declarations.flat()]));

  test('inside is silent, on a limit and outside are errors of one source, questions between two', () => {
    expect(of(limits(10, 40, 12, 42), centre(11, 41))).toEqual([]);
    expect(of(limits(10, 40, 12, 42), centre(11, 42))).toEqual(['Z12 error']);
    expect(of(limits(10, 40, 12, 42), centre(13, 41))).toEqual(['Z12 error']);
    expect(of(limits(10, 40, 12, 42), centre(13, 41, 'b'))).toEqual(['Z12 question']);
  });

  test('one degree of latitude north of the limit is 111 km', () => {
    const [found] = asked(siteFacts('s', [...zones(100, 10, 20, 70), ...limits(10, 40, 12, 42), ...centre(11, 43)]));
    expect(found?.numbers.distanceKm).toBeCloseTo(111.08, 1); // meridian arc 42 to 43 degrees on WGS 84
    expect(found?.text.en).toContain('northern limit 42° N');
  });

  test('beyond a limit by less than rounding is only asked about', () => {
    expect(of(limits(10, 40, 12, 42.3333), centre(11, 42.3383))).toEqual(['Z12 question']);
  });

  test('a box across the antimeridian holds its centre', () => {
    expect(of(limits(179, 40, -179, 42), centre(-179.5, 41))).toEqual([]);
    expect(of(limits(179, 40, -179, 42), centre(-178, 41))).toEqual(['Z12 error']);
  });

  test('the centre of something else than the whole is left alone', () => {
    expect(of(limits(10, 40, 12, 42), centre(13, 41, 'a', { by: { class: 'state-reserve' } }))).toEqual([]);
  });

  test('a transboundary centre that a part without limits may hold is only noted', () => {
    const boxed = siteFacts('p', [...zones(100, 10, 20, 70), ...limits(10, 40, 12, 42)]);
    const whole = (lon: number, unboxedHa: number) =>
      rulesOf(
        siteFacts('w', centre(lon, 41), {
          parts: [boxed, siteFacts('q', zones(unboxedHa, unboxedHa / 2, unboxedHa / 4, unboxedHa / 4))],
        }),
      );
    expect(whole(11, 100)).toEqual([]);
    expect(whole(12.5, 7_000_000)).toEqual(['Z12 info']); // 42 km off, a disc of 7 million ha is 298 km wide
    expect(whole(12.5, 1000)).toEqual(['Z12 question']);
  });

  test('with a map: the centre lies in a zone, and limits are its extremes within 100 m', () => {
    const map = [
      zone('s', 'core', box(11, 41, 11.1, 41.1)),
      zone('s', 'buffer', box(10, 40, 11, 42)),
      zone('s', 'transition', box(11.1, 40, 12, 42)),
    ];
    const withMap = (...declarations: Declaration[][]) =>
      asked(siteFacts('s', [...zones(100, 10, 20, 70), ...declarations.flat()], { zones: map }));
    expect(withMap(limits(10, 40, 12, 42), centre(11.05, 41.05))).toEqual([]);
    const [outside, ...more] = withMap(centre(11.05, 41.5));
    expect(more).toEqual([]);
    expect(outside).toMatchObject({ rule: 'Z12', severity: 'error' });
    const [extremes] = withMap(limits(10, 40, 12.25, 42));
    expect(extremes?.numbers).toMatchObject({ eastDeclaredDeg: 12.25, eastMapDeg: 12 });
    expect(extremes?.numbers.largestDifferenceKm).toBeCloseTo(21.0, 0); // 0.25 degrees at 41 N
  });
});

describe('Z13 box', () => {
  const degree = boxArea([0, 0, 1, 1]) / 1e4;
  const of = (total: number, west = 0, south = 0, east = 1, north = 1) =>
    rulesOf(siteFacts('s', [...zones(total, total / 4, total / 4, total / 2), ...limits(west, south, east, north)]));

  test('an area that fills the box is silent, a larger one is asked about, one that rounding cannot explain is an error', () => {
    expect(of(degree * 0.999)).toEqual([]);
    expect(of(degree * 1.001)).toEqual(['Z13 question']);
    expect(of(degree * 1.1)).toEqual(['Z13 error']);
  });

  test('limits that are the wrong way round are an error', () => {
    expect(of(1000, 0, 1, 1, 0)).toEqual(['Z13 error']);
  });

  test('across the antimeridian the box is as large as elsewhere', () => {
    expect(of(degree * 0.999, 179.5, 0, -179.5, 1)).toEqual([]);
    expect(of(degree * 1.1, 179.5, 0, -179.5, 1)).toEqual(['Z13 error']);
  });
});

describe('Z14 ring', () => {
  test('the ring round a disc is exact', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 0.1, max: 1e5, noNaN: true }),
        (radius, width) => {
          const disc = Math.PI * radius ** 2;
          const ring = Math.PI * ((radius + width) ** 2 - radius ** 2);
          expect(ringArea(disc, width) / ring).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  test('a square needs more than the bound, and its own ring is 4 a w + pi w2', () => {
    const [side, width] = [10_000, 2_000];
    expect(ringArea(side ** 2, width)).toBeLessThan(4 * side * width + Math.PI * width ** 2);
  });

  test('two discs apart need more than one as large as both', () => {
    expect(2 * ringArea(5e8, 2000)).toBeGreaterThan(ringArea(1e9, 2000));
  });

  test('the widest ring of the ring of a width is that width, and both scale', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e6, max: 1e11, noNaN: true }),
        fc.double({ min: 10, max: 1e4, noNaN: true }),
        (core, width) => {
          expect(widestRing(core, ringArea(core, width)) / width).toBeCloseTo(1, 6);
          expect(ringArea(core * 9, width * 3) / ringArea(core, width)).toBeCloseTo(9, 9);
        },
      ),
    );
  });

  test('the least width counts, in whatever unit; a buffer zone that is large enough is silent', () => {
    const of = (buffer: number, width: Declaration) =>
      rulesOf(siteFacts('s', [...zones(1000 + buffer, 500, buffer, 500), width]));
    const needed = ringArea(500e4, 1000) / 1e4;
    expect(of(Math.ceil(needed), ['buffer', 'buffer-width', 1, 'km', 'a'])).toEqual([]);
    expect(of(Math.floor(needed), ['buffer', 'buffer-width', 1, 'km', 'a'])).toEqual(['Z14 question']);
    expect(of(Math.floor(needed), ['buffer', 'buffer-width', 1000, 'm', 'a', { low: 900, high: 1200 }])).toEqual([]);
  });
});

describe('Z15, Z17, Z19', () => {
  test('only whole ten thousands are round', () => {
    expect(rulesOf(siteFacts('s', zones(70_000, 10_000, 10_000, 50_000)))).toEqual(['Z15 info']);
    expect(rulesOf(siteFacts('s', zones(75_000, 10_000, 10_000, 55_000)))).toEqual([]);
    expect(rulesOf(siteFacts('s', zones(20_000, 10_000, 10_000, 0)))).toEqual([]);
  });

  test('a national profile is asked only when it is chosen, and says that it is national', () => {
    const facts = siteFacts('s', zones(100_000, 2_000, 8_000, 90_001));
    expect(asked(facts)).toEqual([]);
    const found = asked(facts, germany);
    expect(found.map((f) => [f.rule, f.severity, f.numbers.valuePercent, f.numbers.profilePercent])).toEqual([
      ['Z17', 'info', 2, 3],
      ['Z17', 'info', 10, 20],
      ['Z17', 'info', 8, 10],
    ]);
    for (const { text } of found) expect(text.en).toMatch(/UNESCO sets none/);
    expect(found.map((f) => f.text.en?.includes('not been checked'))).toEqual([false, false, true]);
  });

  test('profiles may set a least and a greatest share or area', () => {
    const figure = { title: { en: 'core area' }, zones: ['core'], confirmed: true, source: 'law' };
    const figures = [
      { ...figure, id: 'a', unit: '%', min: null, max: 5 },
      { ...figure, id: 'b', unit: 'har', min: 20_000, max: null },
      { ...figure, id: 'c', unit: 'har', min: null, max: 5_000 },
      { ...figure, id: 'd', unit: '%', min: 10, max: 10 },
    ];
    const mine = parseProfile({ id: 'mine', label: { en: 'mine' }, figures }, 'mine.json');
    const found = asked(siteFacts('s', zones(100_001, 10_000, 20_000, 70_001)), mine);
    expect(found.map((f) => f.text.en?.match(/at (least|most) [\d,]+/)?.[0])).toEqual([
      'at most 5',
      'at least 20,000',
      'at most 5,000',
      'at least 10',
    ]);
  });

  test('a profile that does not hold together says which field is wrong', () => {
    const broken = { ...germany, figures: [{ ...germany.figures[0], unit: 'acre' }] };
    expect(() => parseProfile(broken, 'mine.json')).toThrow('mine.json, field figures[0].unit: found "acre"; expected % | har');
    expect(() => parseProfile(null, 'mine.json')).toThrow('mine.json');
  });

  test('two areas printed for an overlapping place are noted, even if one is doubtful', () => {
    const ramsar = overlap('s', 'r', 'ramsar', [
      ['', 'area', 353_341, 'har', 'page'],
      ['', 'area', 260_500, 'har', 'page', { quality: 'doubtful' }],
    ]);
    const found = asked(siteFacts('s', zones(75_000, 10_000, 10_000, 55_000), { overlaps: [ramsar, ramsar] }));
    expect(found.map((f) => [f.rule, f.severity])).toEqual([
      ['Z19', 'info'],
      ['Z19', 'info'],
    ]);
    expect(found[0]?.numbers).toEqual({ overlaps: 1 });
    expect(found[1]?.numbers).toMatchObject({ firstHa: 353_341, secondHa: 260_500, differenceHa: 92_841 });
    expect(found[0]?.text.ru).toContain('Рамсарское угодье');
  });
});
