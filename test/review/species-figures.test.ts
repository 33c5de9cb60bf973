import { expect, test } from 'vitest';
import { speciesFigures } from '../../src/review/species-figures.ts';
import type { Observation } from '../../src/types.ts';
import { contentOf, indicatorOf, observationOf, runOf, wordsOf, zoneOf } from './content-fixture.ts';

const of = (indicator: string, zone: string, value: number | null, more: Partial<Observation> = {}): Observation => ({
  ...observationOf(indicator, value, indicator === 'inventory-completeness' ? '%' : '{species}', {
    role: 'computed',
    from: { run: 'run-1' },
    zone,
    year: 2020,
  }),
  ...more,
});

const content = (observations: Observation[]) =>
  contentOf({
    indicators: ['species-recorded', 'species-richness', 'inventory-completeness', 'threatened-species', 'invasive-species'].map(
      (id) => indicatorOf(id),
    ),
    runs: [runOf('run-1', { indicator: 'species-richness', method: 'chao-lower-bound' })],
    facts: { observations, zones: [zoneOf('core'), zoneOf('buffer')] },
  });

test('a row for each zone with records, figures with interval and footnote; what is known too little is said', () => {
  const all = [
    of('species-recorded', 'core', 142),
    of('species-richness', 'core', 171, { low: 158, high: 201, level: 0.95 }),
    of('inventory-completeness', 'core', 83, { low: 71, high: 90, level: 0.95 }),
    of('threatened-species', 'core', 12),
    of('threatened-species', 'core', 3, { id: 'cr', by: { class: 'CR' } }),
    of('species-recorded', 'buffer', 9),
    of('species-richness', 'buffer', null),
  ];
  const made = content(all);
  const words = wordsOf(speciesFigures(made));
  expect(words).toContain('core area | 142 | 171 (158–201; 95 %) | 83 (71–90; 95 %) | 12 | –');
  expect(words).toContain('buffer zone | 9 | – | – | – | –');
  expect(words).toMatch(/Too little was recorded here to tell how many species were missed: buffer zone/);
  expect(made.notes.length).toBeGreaterThanOrEqual(4);
});

test('a poor inventory is told beside a short list', () => {
  const words = wordsOf(speciesFigures(content([of('species-recorded', 'core', 40), of('inventory-completeness', 'core', 52)])));
  expect(words).toMatch(/Less than 80 % of the species[^:]*: core area/);
});

test('where nothing was computed, nothing is told', () => {
  expect(speciesFigures(content([]))).toEqual([]);
});

test('threatened species are those of the IUCN list, whichever list was computed last', () => {
  const made = contentOf({
    runs: ['iucn', 'red-book-kz'].map((list) => runOf(`run-${list}`, { params: { list } })),
    facts: {
      observations: [
        of('species-recorded', 'core', 40),
        of('threatened-species', 'core', 3, { id: 'a', from: { run: 'run-iucn' } }),
        of('threatened-species', 'core', 9, { id: 'b', from: { run: 'run-red-book-kz' } }),
      ],
      zones: [zoneOf('core')],
    },
  });
  expect(wordsOf(speciesFigures(made))).toContain('core area | 40 | – | – | 3 | –');
});
