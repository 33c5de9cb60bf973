import { describe, expect, test } from 'vitest';
import { services, servicesAssessed } from '../../src/review/services.ts';
import { gapsOf, hintsOf, inFour, rowsOf, tablesOf, textsOf, word } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const entries = [
  entry('services', {
    ecosystem: 'Steppe',
    service: 'Hay',
    category: 'provisioning',
    trend: 'stable',
    beneficiaries: '40 farms',
    year: 2021,
    source: 'TEEB study',
  }),
  entry('services', {
    ecosystem: 'Steppe',
    service: 'Pasture',
    category: 'provisioning',
    trend: 'decreasing',
    year: 2021,
    source: 'TEEB study',
  }),
  entry('services', { ecosystem: 'Lake', service: 'Flood storage', category: 'regulating', beneficiaries: 'Two towns' }),
  entry('services', { ecosystem: 'Lake', service: 'Salt', category: 'provisioning', year: 2003 }),
];

describe('ecosystem services', () => {
  test('none known is nothing said', async () => {
    expect(await services(contentOf())).toBeNull();
    expect(await servicesAssessed(contentOf())).toBeNull();
  });

  test('stand in a matrix of ecosystem and category with their trend', async () => {
    const blocks = await services(contentOf({ records: { entries } }));
    expect(tablesOf(blocks)[0]?.head.slice(1)).toEqual([word('services', 'provisioning'), word('services', 'regulating')]);
    expect(rowsOf(blocks)).toEqual([
      [
        'Steppe',
        `Hay (${word('services', 'stable').toLowerCase()}); Pasture (${word('services', 'decreasing').toLowerCase()})`,
        '–',
      ],
      ['Lake', '–', 'Flood storage'],
    ]);
  });

  test('what was assessed before the last report is left out and counted', async () => {
    const blocks = await services(contentOf({ records: { entries } }));
    expect(wordsOf(blocks)).not.toContain('Salt');
    expect(hintsOf(blocks).join()).toContain('left out here: 1');
    expect(textsOf(blocks)[0]).toContain('Ecosystem services: 3, of 2 ecosystems.');
  });

  test('categories without a service, and services without beneficiaries or trend are named', async () => {
    const gaps = gapsOf(await services(contentOf({ records: { entries } })));
    expect(gaps[0]).toContain(`${word('services', 'cultural')}; ${word('services', 'supporting')}`);
    expect(gaps[1]).toMatch(/: Pasture\.$/);
    expect(gaps[2]).toMatch(/: Flood storage\.$/);
  });

  test('the assessments behind them are counted by year and source', async () => {
    const blocks = await servicesAssessed(contentOf({ records: { entries } }));
    expect(wordsOf(blocks)).toContain('2021: TEEB study (services: 2)');
    expect(gapsOf(blocks).join()).toContain('Flood storage');
  });

  test('that are confidential are left out and counted', async () => {
    const secret = entries.map((one, i) => ({ ...one, confidential: i === 0 }));
    const blocks = await services(contentOf({ records: { entries: secret } }));
    expect(wordsOf(blocks)).not.toContain('Hay');
    expect(hintsOf(blocks).join()).toContain('1 confidential');
    expect(rowsOf(await services(contentOf({ records: { entries: secret }, confidential: 'mark' })))[0]?.[1]).toContain(
      '[confidential]',
    );
  });

  test('are written in four languages', async () => {
    expect(new Set(await inFour(services, (lang) => contentOf({ lang, records: { entries } }))).size).toBe(4);
    expect(new Set(await inFour(servicesAssessed, (lang) => contentOf({ lang, records: { entries } }))).size).toBe(4);
  });
});
