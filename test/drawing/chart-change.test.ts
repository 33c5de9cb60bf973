import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChangeRow, changeChart } from '../../src/drawing/chart-change.ts';
import { languages } from '../../src/i18n/index.ts';
import { elements, expectOnSheet, expectSound, texts } from './svg-elements.ts';

const rows: ChangeRow[] = [
  { indicator: 'Forest cover', zone: 'core', effect: 3.1, low: -0.4, high: 6.8 },
  { indicator: 'Forest cover', zone: 'buffer', effect: -12.4, low: -20, high: -5 },
  { indicator: 'Forest cover', zone: 'transition', effect: null },
  { indicator: 'Visitors', effect: 24 },
];

test('the chart of two indicators', async () => {
  const svg = (await changeChart({ rows, title: 'Changes', lang: 'en', level: 0.9 })) ?? '';
  expectSound(svg);
  expectOnSheet(svg);
  expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
});

test('each row has its place, its name and its figures; one without data says so', async () => {
  const svg = (await changeChart({ rows, title: '', lang: 'en' })) ?? '';
  expect(texts(svg)).toEqual(
    expect.arrayContaining([
      'Forest cover',
      'Core area',
      'Buffer zone',
      'Transition area',
      'Visitors',
      'no data',
      '+24%',
      '+3.1% (\u22120.4 to +6.8)',
    ]),
  );
  const dots = elements(svg).filter(({ attributes }) => attributes['stroke-width'] === '1.4');
  expect(dots).toHaveLength(3);
  const [core, buffer, visitors] = dots.map(({ attributes }) =>
    Number(/translate\(([\d.]+)/.exec(attributes.transform ?? '')?.[1]),
  );
  expect(buffer).toBeLessThan(core as number);
  expect(core).toBeLessThan(visitors as number);
});

test.each(languages)('in %s zones and words are in that language', async (lang) => {
  const svg = (await changeChart({ rows, title: '', lang })) ?? '';
  expectSound(svg);
  if (lang === 'kk') expect(texts(svg)).toContain('дерек жоқ');
  if (lang === 'ru') expect(texts(svg)).toContain('+3,1 % (от \u22120,4 до +6,8)');
});

test('nothing to draw is null, a number that is none is refused by name', async () => {
  expect(await changeChart({ rows: [], title: '', lang: 'en' })).toBeNull();
  expect(await changeChart({ rows: [{ indicator: 'a', effect: null }], title: '', lang: 'en' })).toBeNull();
  await expect(changeChart({ rows: [{ indicator: 'Birds', effect: Number.NaN }], title: '', lang: 'en' })).rejects.toThrow(
    'Birds: NaN',
  );
});

test('any finite data give finite coordinates', async () => {
  const value = fc.oneof(fc.double({ min: -1e100, max: 1e100, noNaN: true }), fc.integer({ min: -100, max: 100 }));
  const optional = fc.option(value, { nil: null });
  const row = fc.record({
    indicator: fc.string({ maxLength: 80 }),
    zone: fc.constantFrom(null, 'core', 'buffer'),
    effect: optional,
    low: optional,
    high: optional,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (list) => {
      const svg = await changeChart({ rows: list as ChangeRow[], title: '', lang: 'ru' });
      if (svg !== null) {
        expectSound(svg);
        expectOnSheet(svg);
      }
    }),
    { numRuns: 60 },
  );
});
