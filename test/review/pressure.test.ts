import { expect, test } from 'vitest';
import { classText } from '../../src/review/class-text.ts';
import { pressure } from '../../src/review/pressure.ts';
import type { Observation } from '../../src/types.ts';
import { contentOf, indicatorOf, observationOf, runOf, wordsOf, zoneOf } from './content-fixture.ts';

const computed = { role: 'computed', from: { run: 'run-1' }, year: 2021 } as const;
const share = (zone: string, value: number): Observation => observationOf('built-up-share', value, '%', { ...computed, zone });
const step = (name: string, value: number, low: number, high: number): Observation =>
  observationOf('pressure-gradient', value, '1', { ...computed, low, high, level: 0.95, by: { class: name } });
const content = (observations: Observation[]) =>
  contentOf({
    indicators: [indicatorOf('built-up-share', { title: { en: 'Built-up land' } }), indicatorOf('pressure-gradient')],
    runs: [runOf('run-1', { indicator: 'pressure-gradient', method: 'gradient-superiority' })],
    facts: { observations, zones: (['core', 'buffer', 'transition'] as const).map((kind) => zoneOf(kind)) },
  });

test('figures by zone, then the effect of each step with its interval and what it comes to, and a chart', async () => {
  const own = content([
    share('core', 0),
    share('buffer', 1.5),
    share('transition', 4),
    step('built-up:core-buffer', 0.61, 0.55, 0.67),
    step('built-up:buffer-transition', 0.58, 0.52, 0.64),
    step('built-up:core-transition', 0.7, 0.64, 0.76),
  ]);
  const blocks = await pressure(own);
  const words = wordsOf(blocks).split('\n');
  expect(words).toContain('Built-up land, % | 0 | 1.5 | 4 | 2021');
  expect(words).toContain(
    'built-up land | 61.0 (55.0–67.0; 95 %) | 58.0 (52.0–64.0; 95 %) | 70.0 (64.0–76.0; 95 %) | rises at each step',
  );
  expect(blocks?.map(({ kind }) => kind)).toEqual(['table', 'table', 'figure']);
  expect(own.notes.join('\n')).toContain('built-up land: core area → buffer zone');
});

test('two zones have one step; what is not known is no verdict; nothing computed leaves a gap', async () => {
  const words = wordsOf(await pressure(content([step('roads:buffer-transition', 0.4, 0.3, 0.49)])));
  expect(words).toContain('roads | 40 (30–49; 95 %) | falls at a step: an inner zone is under more pressure');
  const unknown = { ...step('roads:buffer-transition', 0, 0, 0), value: null, low: null, high: null };
  expect(await pressure(content([unknown]))).toBeNull();
  expect(await pressure(content([]))).toBeNull();
});

test('several zones of a kind stand side by side by name', async () => {
  const zones = [zoneOf('core', { name: { en: 'Oak' } }), zoneOf('core', { id: 'almaty/core-2', name: { en: 'Lake' } })];
  const own = contentOf({
    indicators: [indicatorOf('built-up-share', { title: { en: 'Built-up land' } })],
    facts: { zones, observations: [share('core', 1), share('core-2', 2)] },
  });
  expect(wordsOf(await pressure(own))).toContain('Built-up land, % | Oak: 1 / Lake: 2 | – | – | 2021');
});

test('classes have words in every language', () => {
  expect(classText('ru', 'night-lights:core-transition')).toBe('ночная освещённость: ядро → переходная зона');
  expect(classText('en', 'spei-12')).toBe('SPEI, 12 months');
  expect(classText('en', 'months-3')).toBe('3 months');
  expect(classText('en', 'somebody’s own:core-buffer')).toBe('somebody’s own:core-buffer');
});
