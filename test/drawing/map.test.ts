import sax from 'sax';
import { expect, test } from 'vitest';
import { drawMap, type MapOptions, type MapZone } from '../../src/drawing/map.ts';
import type { Mark } from '../../src/drawing/map-marks.ts';
import type { MultiPolygon, Position } from '../../src/types.ts';
import { box } from '../zonation/site-facts-of.ts';
import { horseshoe, nestedZones, twoClusters } from './map-shapes.ts';

const options = (zones: MapZone[], more: Partial<MapOptions> = {}): MapOptions => ({
  zones,
  lang: 'en',
  title: 'Invented reserve',
  date: '2026-11-23',
  source: 'zones.zip',
  width: 720,
  ...more,
});

const mark = (label: string, kind: Mark['kind'], lon: number, lat: number): Mark => ({
  label,
  kind,
  place: { type: 'Point', coordinates: [lon, lat] },
});

/** Elements of a drawing; throws where it is not well-formed XML. */
function elements(svg: string): sax.Tag[] {
  const found: sax.Tag[] = [];
  const parser = sax.parser(true);
  parser.onopentag = (tag) => found.push(tag as sax.Tag);
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(svg).close();
  return found;
}

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.replaceAll('\u00a0', ' '));

const ring = (...corners: Position[]): Position[] => [...corners, corners[0] as Position];

test('the map of a small zonation', () => {
  const withHole: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [[ring([69, 50], [70, 50], [70, 51], [69, 51]), ring([69.4, 50.4], [69.4, 50.6], [69.6, 50.6], [69.6, 50.4])]],
  };
  const zones: MapZone[] = [
    { kind: 'core', geometry: box(69.4, 50.4, 69.6, 50.6), areaHa: 31_554.2 },
    { kind: 'buffer', geometry: withHole, areaHa: 757_300 },
  ];
  const svg = drawMap(options(zones, { marks: [mark('1', 'repair', 69.4, 50.4), mark('2', 'finding', 69.9, 50.9)] }));
  expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
});

test('is one self-contained image with a name and a description for those who do not see it', () => {
  const svg = drawMap(options(nestedZones([69.2, 50.4])));
  const [root] = elements(svg);
  expect(root?.attributes.role).toBe('img');
  for (const id of root?.attributes['aria-labelledby']?.split(' ') ?? []) expect(svg).toContain(` id="${id}"`);
  expect(svg).toContain('Zonation map: core area (47,237 ha), buffer zone (107,204 ha), transition area (1,086,100 ha)');
  expect(svg).not.toMatch(/<script|<style|<image|<foreignObject|href="(?!#)|url\((?!#)|\bon\w+=/i);
});

test('zones are drawn transition area first, then buffer zone, core area last, and holes stay open', () => {
  const svg = drawMap(options(nestedZones([69.2, 50.4]).reverse()));
  const order = [...svg.matchAll(/<use href="#[^"]*-(core|buffer|transition)-whole" fill="#/g)].map(([, kind]) => kind);
  expect(order).toEqual(['transition', 'buffer', 'core']);
  expect(svg).toContain('fill-rule="evenodd"');
  const transition = /-transition-whole"><path d="([^"]*)"/.exec(svg)?.[1] ?? '';
  expect(transition.match(/z/g)).toHaveLength(3); // outer ring, buffer zone, enclave
});

test('the legend has the zones that are drawn, strictest first, with areas where all parts have one', () => {
  const [core, buffer, transition] = nestedZones([69.2, 50.4]) as [MapZone, MapZone, MapZone];
  const legend = (zones: MapZone[]) => texts(drawMap(options(zones))).filter((text) => /^(Core|Buffer|Transition)/.test(text));
  expect(legend([transition, core, buffer])).toEqual([
    'Core area, 47,237 ha',
    'Buffer zone, 107,204 ha',
    'Transition area, 1,086,100 ha',
  ]);
  expect(legend([core, { ...core, areaHa: 3 }])).toEqual(['Core area, 47,240 ha']);
  expect(legend([core, { ...core, areaHa: null }, { kind: 'buffer', geometry: null, areaHa: 7 }])).toEqual(['Core area']);
});

test.each([
  ['en', ['Core area', 'changed', 'to be answered'], 'N'],
  ['ru', ['Ядро', 'исправлено', 'требует ответа'], 'С'],
  ['kk', ['Негізгі аймақ', 'түзетілді', 'жауап күтеді'], 'С'],
  ['tr', ['Çekirdek bölge', 'düzeltildi', 'yanıt bekliyor'], 'K'],
] as const)('in %s all words are in that language', (lang, words, north) => {
  const svg = drawMap(
    options(nestedZones([69.2, 50.4]), { lang, marks: [mark('1', 'repair', 69, 50.4), mark('2', 'finding', 69.3, 50.4)] }),
  );
  expect(elements(svg)[0]?.attributes.lang).toBe(lang);
  const shown = texts(svg);
  for (const word of words) expect(shown.some((text) => text.startsWith(word))).toBe(true);
  expect(shown).toContain(north);
});

test('numbers stand at their places; where one would cover another it stands aside with a line', () => {
  const zones = [{ kind: 'core', geometry: box(69, 50, 70, 51) }] as const;
  const circles = (marks: Mark[]): { x: number; y: number }[] =>
    elements(drawMap(options([...zones], { marks })))
      .filter(({ name, attributes }) => name === 'circle' && attributes.r === '8.5')
      .slice(0, marks.length)
      .map(({ attributes }) => ({ x: Number(attributes.cx), y: Number(attributes.cy) }));
  const [west, east] = circles([mark('1', 'finding', 69.25, 50.5), mark('2', 'finding', 69.75, 50.5)]) as [
    { x: number; y: number },
    { x: number; y: number },
  ];
  expect((west.x + east.x) / 2).toBeCloseTo(360, 0);
  expect(west.y).toBeCloseTo(east.y, 1);
  const crowd = circles(Array.from({ length: 12 }, (_, i) => mark(String(i + 1), 'repair', 69.5, 50.5)));
  expect(crowd).toHaveLength(12);
  for (const [i, a] of crowd.entries())
    for (const b of crowd.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(17);
});

test('a mark beyond the map stands at its edge; marks without room are counted', () => {
  const zones: MapZone[] = [{ kind: 'core', geometry: box(69, 50, 70, 51) }];
  expect(drawMap(options(zones, { marks: [mark('7', 'finding', 75, 50.5)] }))).toMatch(
    /<path d="M0 0l-7-4v8z"[^>]*rotate\((-?\d\.?\d?|0)\)/,
  );
  const many = Array.from({ length: 400 }, (_, i) => mark(String(i), 'repair', 69.5, 50.5));
  expect(texts(drawMap(options(zones, { marks: many }))).join()).toMatch(/Marks for which there was no room: \d{3}/);
});

test('a site across the antimeridian is one piece, whether its rings jump, go on past 180 or are cut there', () => {
  const cut: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [...box(178, 70, 180, 71).coordinates, ...box(-180, 70, -178, 71).coordinates],
  };
  const whole = (half: number, east: number): MultiPolygon => ({
    type: 'MultiPolygon',
    coordinates: [[ring([178, 70], [half, 70], [east, 70], [east, 71], [half, 71], [178, 71])]],
  });
  const [past, jumping] = [whole(180, 182), whole(-180, -178)];
  const shape = (geometry: MultiPolygon): string[] => {
    const svg = drawMap(options([{ kind: 'core', geometry }]));
    const frame = elements(svg).find(({ name, attributes }) => name === 'rect' && attributes.fill === 'none');
    return [
      String(frame?.attributes.width),
      String(frame?.attributes.height),
      ...texts(svg)
        .filter((text) => text.includes('°'))
        .sort(),
    ];
  };
  expect(shape(jumping)).toEqual(shape(past));
  expect(shape(cut)).toEqual(shape(past));
  expect(shape(cut).join()).toContain('180°');
  expect(drawMap(options([{ kind: 'core', geometry: cut }]))).toContain('-core-cut"');
  expect(drawMap(options([{ kind: 'core', geometry: past }]))).not.toContain('-core-cut"');
});

test('two clusters and a horseshoe fit into the frame, a part too small to show is a dot and said', () => {
  const clusters = drawMap(options(twoClusters([69.2, 50.4])));
  expect(texts(clusters)).toContain('parts too small to show: 1');
  for (const svg of [clusters, drawMap(options(horseshoe([69.2, 50.4]), { width: 360 }))]) {
    const clip = elements(svg).find(({ name }) => name === 'rect')?.attributes;
    const starts = [...svg.matchAll(/<path d="M([\d.]+)[ -]([\d.]+)l/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
    for (const [x, y] of starts) {
      expect(x).toBeGreaterThanOrEqual(Number(clip?.x) - 40);
      expect(x).toBeLessThanOrEqual(Number(clip?.x) + Number(clip?.width) + 40);
      expect(y).toBeGreaterThan(0);
    }
  }
});

test('around a pole there is no north arrow, for north is all around', () => {
  expect(texts(drawMap(options(nestedZones([40, 89.9], 100))))).not.toContain('N');
  expect(texts(drawMap(options(nestedZones([40, 80], 100))))).toContain('N');
});

test('text is never taken for markup', () => {
  const evil = `</title><script>alert(1)</script><a onload='x' "&`;
  const svg = drawMap(
    options(nestedZones([69.2, 50.4]), {
      title: evil,
      source: evil,
      marks: [mark(evil, 'finding', 69.2, 50.4), mark('\u0000\ud800', 'repair', 69, 50.4)],
    }),
  );
  expect(elements(svg).filter(({ name }) => ['script', 'a'].includes(name))).toEqual([]);
  expect(svg).not.toContain('<script');
});

test('the same zones give the same drawing, other maps other ids', () => {
  const zones = nestedZones([69.2, 50.4]);
  expect(drawMap(options(zones))).toBe(drawMap(options(zones)));
  const ids = (svg: string): string[] => [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
  const [a, b] = [ids(drawMap(options(zones))), ids(drawMap(options(zones, { title: 'Another' })))];
  expect(new Set([...a, ...b]).size).toBe(a.length + b.length);
});

test('nothing to draw, positions that are no places and zones around the earth are refused with the reason', () => {
  expect(() => drawMap(options([]))).toThrow(RangeError);
  expect(() =>
    drawMap(
      options([
        { kind: 'core', geometry: null },
        { kind: 'buffer', geometry: { type: 'MultiPolygon', coordinates: [] } },
      ]),
    ),
  ).toThrow('nothing to draw');
  expect(() => drawMap(options([{ kind: 'core', geometry: box(69, 50, Number.NaN, 51) }]))).toThrow(
    'not a longitude and latitude',
  );
  expect(() =>
    drawMap(
      options([
        { kind: 'core', geometry: box(0, 0, 1, 1) },
        { kind: 'core', geometry: box(179, 0, -179, 1) },
        { kind: 'core', geometry: box(90, 0, 91, 1) },
        { kind: 'core', geometry: box(-91, 0, -90, 1) },
        { kind: 'core', geometry: box(0, 88, 1, 89) },
        { kind: 'core', geometry: box(0, -89, 1, -88) },
      ]),
    ),
  ).toThrow('around the earth');
});
