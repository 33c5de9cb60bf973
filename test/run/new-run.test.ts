import { expect, test } from 'vitest';
import { newRun } from '../../src/run/new-run.ts';

const what = { name: 'land-cover', method: 'classes', version: 2 };
const how = { decisive: ['classes', 2, { legend: 'nlcd' }], inputs: [], params: { legend: 'nlcd' } };

test('the same asked twice is the same run; another setting is another', () => {
  const { id } = newRun(what, how);
  expect(id).toMatch(/^run-land-cover-[0-9a-f]{16}$/);
  expect(newRun(what, { ...how, inputs: [] }).id).toBe(id);
  expect(newRun(what, { ...how, decisive: ['classes', 2, { legend: 'unccd' }] }).id).not.toBe(id);
});

test('it has not begun, and is filed under the indicator of its name unless another is named', () => {
  expect(newRun(what, how)).toMatchObject({ indicator: 'land-cover', started: '', ended: null, skipped: 0 });
  expect(newRun({ ...what, indicator: 'connectivity' }, how).indicator).toBe('connectivity');
});
