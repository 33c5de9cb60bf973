/**
 * The contradictions in public figures that section 6 of the zonation rules lists, found by the rules themselves.
 * Figures and addresses as in facts/kazakhstan-reserves.csv; the expected numbers are those of section 6.
 */
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/types.ts';
import { asked, type Declaration, overlap, rulesOf, siteFacts } from './site-facts-of.ts';

const UNESCO =
  'http://www.unesco.org/new/en/natural-sciences/environment/ecological-sciences/biosphere-reserves/asia-and-the-pacific/kazakhstan';
const KATON = `${UNESCO}/katon-karagay/`;
const AKSU = `${UNESCO}/aksu-zhabagly`;
const KAZMAB = 'https://kazmab.kz/index.php/en/biosphere-reserves/2016-01-25-13-17-07';
const ALTAY = 'https://webarchive.unesco.org/web/20220315201311/https://en.unesco.org/biosphere/eu-na/great-altay';
const RUSSIA = 'http://unesco.ru';
const ALMATY = 'https://en.unesco.org/biosphere/aspac/almaty';

const about = { approximate: true };
const areas = (total: number, core: number, buffer: number, transition: number, source: string, rest = {}): Declaration[] => [
  ['', 'area', total, 'har', source],
  ['core', 'area', core, 'har', source],
  ['buffer', 'area', buffer, 'har', source],
  ['transition', 'area', transition, 'har', source, rest],
];

const katon = siteFacts('katon-karagay', [
  ...areas(1_631_940, 126_432, 855_508, 650_000, KATON),
  ['', 'extent-north', 49.816667, 'deg', KATON],
  ['', 'extent-south', 48.883333, 'deg', KATON],
  ['', 'extent-west', 86.166667, 'deg', KATON],
  ['', 'extent-east', 87.316667, 'deg', KATON],
  ['', 'centre-latitude', 49.351389, 'deg', KATON],
  ['', 'centre-longitude', 86.736111, 'deg', KATON],
]);
const katunskiy = siteFacts('katunskiy', areas(695_262, 151_637, 57_515, 500_000, RUSSIA, about));
const altay = siteFacts(
  'great-altay',
  [
    ...areas(1_543_807, 269_822, 711_070, 562_915, ALTAY),
    ['', 'area', 1_500_000, 'har', 'inform', about],
    ['', 'centre-latitude', 49.522778, 'deg', ALTAY],
    ['', 'centre-longitude', 89.023333, 'deg', ALTAY],
  ],
  { parts: [katon, katunskiy] },
);
const aksu = siteFacts(
  'aksu-zhabagly',
  [
    ['', 'area', 357_734, 'har', AKSU],
    ...areas(0, 131_934, 25_800, 200_000, `${KAZMAB}/aksu-dzhabagly/description`, about).slice(1),
    ['buffer', 'buffer-width', null, 'm', `${KAZMAB}/aksu-dzhabagly/description`, { low: 2000, high: 3000 }],
    ['', 'extent-north', 42.333333, 'deg', AKSU],
    ['', 'centre-latitude', 42.333333, 'deg', AKSU],
    ['', 'centre-longitude', 70.666667, 'deg', AKSU],
  ],
  {
    overlaps: [
      overlap('aksu-zhabagly', 'western-tien-shan', 'world-heritage', [
        ['', 'property-part-area', 131_704, 'har', 'frwiki', { by: { class: 'aksu-zhabagly' } }],
        ['', 'property-part-buffer-area', 25_800, 'har', 'frwiki', { by: { class: 'aksu-zhabagly' } }],
        ['', 'property-part-area', 34_300, 'har', 'frwiki', { by: { class: 'karatau' } }],
      ]),
    ],
  },
);
const altynEmel = siteFacts('altyn-emel', [
  ...areas(535_909.4, 54_767.5, 252_885.8, 228_256.1, `${KAZMAB}/pustaya-ssylka/description`, about),
  ['', 'share-within-protected-area', 100, '%', `${KAZMAB}/pustaya-ssylka/description`],
]);
const almaty = siteFacts('almaty', [
  ...areas(176_960, 71_800, 27_080, 78_080, ALMATY),
  ['core', 'area', 71_700, 'har', `${KAZMAB}/almaty/description`],
  ['', 'centre-latitude', 43.16667, 'deg', ALMATY],
  ['', 'centre-longitude', 77.33333, 'deg', ALMATY],
]);
const barsakelmes = siteFacts('barsakelmes', [
  ...areas(407_132, 160_826, 46_306.34, 200_000, `${KAZMAB}/barsakelmes/description`, about),
  ['core', 'area-part', 50_884, 'har', `${KAZMAB}/barsakelmes/description`, { by: { class: 'core-cluster-1' } }],
  ['core', 'area-part', 109_942, 'har', `${KAZMAB}/barsakelmes/description`, { by: { class: 'core-cluster-2' } }],
]);
const karatau = siteFacts(
  'karatau',
  [
    ...areas(151_792, 34_300, 17_492, 100_000, 'https://www.kazmab.kz/karatau'),
    ['', 'area', 151_800, 'har', 'http://ww.unesco.kz', about],
    ['buffer', 'buffer-width', 2000, 'm', 'https://www.kazmab.kz/karatau'],
    ['', 'centre-latitude', 43.73333, 'deg', 'nhpfund', { by: { class: 'state-reserve' } }],
    ['', 'centre-longitude', 68.67889, 'deg', 'nhpfund', { by: { class: 'state-reserve' } }],
  ],
  {
    overlaps: [
      overlap('karatau', 'western-tien-shan', 'world-heritage', [
        ['', 'property-part-area', 34_300, 'har', 'frwiki', { by: { class: 'karatau' } }],
        ['', 'property-part-buffer-area', 17_490, 'har', 'frwiki', { by: { class: 'karatau' } }],
      ]),
    ],
  },
);
const zhongar = siteFacts(
  'zhongar',
  areas(645_548, 142_927, 312_721, 189_900, 'https://en.unesco.org/biosphere-reserves/kazakhstan/zhongar'),
);
const westAltai = siteFacts('west-altai', [
  ...areas(189_477, 86_122, 22_475, 80_880, 'http://www.kazmab.kz/west-altai', about),
  ['buffer', 'buffer-width', 2000, 'm', 'http://www.kazmab.kz/west-altai'],
]);
const kolsay = siteFacts('kolsay-kolderi', areas(242_085, 67_962, 93_083, 81_040, 'https://www.kazmab.kz/kolsay', about));

function only(list: Finding[], what: Partial<Finding> & { number?: string }): Finding {
  const { number, ...wanted } = what;
  const found = list.filter(
    (f) =>
      Object.entries(wanted).every(([key, value]) => f[key as keyof Finding] === value) &&
      (number === undefined || number in f.numbers),
  );
  expect(found).toHaveLength(1);
  return found[0] as Finding;
}

describe('section 6: what public figures contradict', () => {
  test('Katon-Karagay: the box of its limits holds only some 865,000 ha of 1,631,940', () => {
    const { numbers, severity, sources, place, text } = only(asked(katon), { rule: 'Z13' });
    // Section 6 gives ~864,500 ha, which is the box on a sphere of 6371 km (864,514 ha). On the ellipsoid it is 867,323 ha:
    // midpoint sum of M N cos(lat) over 200,000 parallels in Python, without this code.
    expect(numbers.boxHa).toBeCloseTo(867_323, -1);
    expect(Math.abs((numbers.boxHa as number) / 864_500 - 1)).toBeLessThan(0.004);
    expect(numbers.totalHa).toBe(1_631_940);
    expect(severity).toBe('error');
    expect(sources).toEqual([KATON]);
    expect(place?.type).toBe('Polygon');
    expect(text.en).toContain('1,631,940');
    expect(rulesOf(katon)).toEqual(['Z13 error', 'Z15 info']);
  });

  test('Great Altay: the whole is smaller than one part and than the sum of both, in total and by zone', () => {
    const found = asked(altay).filter((f) => f.site === 'great-altay');
    const whole = found.filter((f) => f.rule === 'Z11').map((f) => f.numbers);
    const total = {
      wholeHa: 1_543_807,
      partsHa: 2_327_202,
      'katon-karagayHa': 1_631_940,
      katunskiyHa: 695_262,
      differenceHa: 783_395,
    };
    expect(whole).toEqual([
      expect.objectContaining(total),
      expect.objectContaining({ wholeHa: 269_822, partsHa: 278_069, differenceHa: 8_247 }),
      expect.objectContaining({ wholeHa: 711_070, partsHa: 913_023, differenceHa: 201_953 }),
      expect.objectContaining({ wholeHa: 562_915, partsHa: 1_150_000, differenceHa: 587_085 }),
      expect.objectContaining({ wholeHa: 1_543_807, partHa: 1_631_940, differenceHa: 88_133 }),
    ]);
    expect(found[0]?.sources).toEqual([ALTAY, KATON, RUSSIA]);
  });

  test("Great Altay: its centre lies 123 km east of Katon-Karagay's eastern limit", () => {
    const { numbers, severity, place, text } = only(asked(altay), { rule: 'Z12' });
    expect(numbers.distanceKm).toBeGreaterThan(122.5);
    expect(numbers.distanceKm).toBeLessThan(124);
    expect(severity).toBe('question');
    expect(place).toEqual({ type: 'Point', coordinates: [89.023333, 49.522778] });
    expect(text.en).toMatch(/123\.6 km beyond .* katon-karagay \(eastern limit 87\.3167° E\)/);
    expect(text.en).toContain('No complete limits are declared for katunskiy');
  });

  test('Great Altay: nothing else is asked about the whole, and its parts are judged on their own', () => {
    expect(rulesOf(altay)).toEqual([
      'Z11 question',
      'Z11 question',
      'Z11 question',
      'Z11 question',
      'Z11 question',
      'Z12 question',
    ]);
    expect(rulesOf(altay, 'katon-karagay')).toEqual([]);
  });

  test('Katunskiy: its zones exceed its total by 13,890 ha, which "about 500,000" may explain', () => {
    const { numbers, severity, sources, text } = only(asked(katunskiy), { rule: 'Z11' });
    expect(numbers).toMatchObject({
      sumHa: 709_152,
      totalHa: 695_262,
      differenceHa: 13_890,
      aboutHa: 50_000,
      tolerancePercent: 1,
    });
    expect(severity).toBe('question');
    expect(sources).toEqual([RUSSIA]);
    expect(text.en).toContain('about 500,000 ha');
    expect(rulesOf(katunskiy)).toEqual(['Z11 question', 'Z15 info']);
  });

  test('Aksu-Zhabagly: its centre lies on its northern limit', () => {
    const { numbers, place } = only(asked(aksu), { rule: 'Z12' });
    expect(numbers).toMatchObject({ centreLatitudeDeg: 42.333333, northDeg: 42.333333, distanceKm: 0 });
    expect(place).toEqual({ type: 'Point', coordinates: [70.666667, 42.333333] });
  });

  test('Aksu-Zhabagly: 25,800 ha cannot be a complete strip of 2 km round 131,934 ha', () => {
    const { numbers, severity, text, zones } = only(asked(aksu), { rule: 'Z14' });
    expect(numbers).toMatchObject({ coreHa: 131_934, bufferHa: 25_800, bufferWidthM: 2000 });
    expect(Math.round(numbers.ringHa as number)).toBe(27_009);
    expect(Math.round(numbers.widestRingM as number)).toBe(1914);
    expect(severity).toBe('question');
    expect(zones).toEqual(['aksu-zhabagly/core', 'aksu-zhabagly/buffer']);
    expect(text.en).toContain('State border');
    expect(text.ru).toContain('государственной границы');
    expect(text.kk).toContain('мемлекеттік шекара');
    expect(text.tr).toContain('devlet sınırı');
  });

  test('Aksu-Zhabagly: the World Heritage part is 230 ha smaller than the core, its buffer is the same', () => {
    expect(rulesOf(aksu)).toEqual(['Z12 error', 'Z14 question', 'Z15 info', 'Z19 info', 'Z19 info']);
    expect(only(asked(aksu), { rule: 'Z19', number: 'coreHa' }).numbers).toMatchObject({
      coreHa: 131_934,
      partHa: 131_704,
      differenceHa: 230,
    });
  });

  test('Altyn Emel: all zones are said to lie in the park, yet 228,256.1 ha lie beyond 307,653.3 ha', () => {
    const { numbers, severity } = only(asked(altynEmel), { rule: 'Z11' });
    expect(numbers).toMatchObject({ sharePercent: 100, coreAndBufferHa: 307_653.3, transitionHa: 228_256.1, totalHa: 535_909.4 });
    expect(severity).toBe('question');
    expect(rulesOf(altynEmel)).toEqual(['Z11 question']);
  });

  test('Almaty: two sources give its core as 71,800 and 71,700 ha', () => {
    const { numbers, severity, sources } = only(asked(almaty), { rule: 'Z11' });
    expect(numbers).toMatchObject({ firstHa: 71_800, secondHa: 71_700, differenceHa: 100 });
    expect(severity).toBe('question');
    expect(sources).toEqual([ALMATY, `${KAZMAB}/almaty/description`]);
    expect(rulesOf(almaty)).toEqual(['Z11 question']);
  });

  test('round transition areas: Aksu-Zhabagly, Barsakelmes, Karatau, Katon-Karagay and Katunskiy', () => {
    const round = [aksu, barsakelmes, karatau, katon, katunskiy].map((f) => only(asked(f), { rule: 'Z15' }).numbers.transitionHa);
    expect(round).toEqual([200_000, 200_000, 100_000, 650_000, 500_000]);
  });

  test('nothing more is asked where the figures agree', () => {
    expect(rulesOf(barsakelmes)).toEqual(['Z15 info']);
    expect(rulesOf(karatau)).toEqual(['Z15 info', 'Z19 info']);
    expect([zhongar, westAltai, kolsay].map((f) => rulesOf(f))).toEqual([[], [], []]);
  });
});
