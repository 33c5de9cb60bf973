import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import type { Content } from '../../src/review/content.ts';
import { network } from '../../src/review/network.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import { loadReserveNetwork } from '../../src/store/reserve-network.ts';
import { loadSiteFacts } from '../../src/store/site-facts.ts';
import type { Lang } from '../../src/types.ts';
import { planned, reservesWithCores } from '../store/network-fixture.ts';
import { contentOf, indicatorOf, observationOf, runOf, wordsOf } from './content-fixture.ts';

const db = reservesWithCores();
const { run } = planned(db);
const facts = loadSiteFacts(db, 'almaty');
const known = loadReserveNetwork(db, facts);

function content(lang: Lang, own: Partial<Content['network']> = {}, section = 'II.4.1') {
  const figure = (indicator: string, metres: number, value: number) => ({
    ...observationOf(indicator, value, '%', { role: 'computed', from: { run: 'run-1' }, by: { class: `${metres} m` } }),
    feature: 'almaty',
  });
  return contentOf({
    lang,
    form: shippedForm(),
    section: { id: section },
    indicators: [indicatorOf('connectivity'), indicatorOf('protected-connectivity')],
    runs: [runOf('run-1')],
    facts: {
      ...facts,
      observations: [
        figure('connectivity', 10_000, 61),
        figure('connectivity', 1000, 40),
        figure('protected-connectivity', 10_000, 12),
      ],
    },
    network: {
      ...known,
      national: [
        {
          country: { en: 'Kazakhstan', ru: 'Казахстан', kk: 'Қазақстан', tr: 'Kazakistan' },
          observations: [figure('protected-connectivity', 10_000, 3.5)],
          runs: [],
          changed: [],
        },
      ],
      ...own,
    },
  });
}

describe('the network in the review', () => {
  test.each(languages)('in %s: sentences with the run, a map, tables of links, stones and corridors', async (lang) => {
    const given = content(lang);
    const blocks = (await network(given)) ?? [];
    expect(blocks.flatMap((block) => (block.kind === 'table' ? [block.id] : []))).toEqual([
      'network-links.II.4.1',
      'network-stones.II.4.1',
      'network-corridors.II.4.1',
      'network-protected.II.4.1',
    ]);
    expect(blocks.filter(({ kind }) => kind === 'figure')).toHaveLength(1);
    expect(given.notes.some((note) => note.includes(run) && note.includes('saura-rubio-2010'))).toBe(true);
    const words = wordsOf(blocks);
    expect(words).not.toMatch(/review\.network|plans\.corridor|map\.corridor/);
    expect(words).toContain({ en: 'Hills', ru: 'Холмы', kk: 'Төбелер', tr: 'Tepeler' }[lang]);
  });

  test('every row of links and corridors has its footnote, and the labels of the map', async () => {
    const blocks = (await network(content('en'))) ?? [];
    for (const [id, labels] of [
      ['network-links.II.4.1', ['A', 'B', 'C']],
      ['network-corridors.II.4.1', ['1', '2', '3', '4', '5']],
    ] as const) {
      const table = blocks.find((block) => block.kind === 'table' && block.id === id);
      const rows = table?.kind === 'table' ? table.rows : [];
      expect(rows.map(([label]) => label?.text)).toEqual(labels);
      expect(rows.every(([, way]) => way?.notes.length === 1)).toBe(true);
    }
  });

  test('figures of the reserve and of its country stand side by side, by distance', async () => {
    const words = wordsOf(await network(content('en')));
    expect(words).toContain(
      "Half of the animals get as far as | Connectivity of the reserve's cores | ProtConn: this reserve | ProtConn: Kazakhstan",
    );
    expect(words).toContain('1 km | 40 | – | –');
    expect(words).toContain('10 km | 61 | 12 | 3.5');
  });

  test('another section says how connected the cores are, and refers to the tables', async () => {
    const blocks = (await network(content('en', {}, 'II.8.criterion-4'))) ?? [];
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ kind: 'text', text: { see: ['network-links.II.4.1'] } });
  });

  test('cores that were redrawn since are told as a flaw, with the command', async () => {
    const blocks = (await network(content('en', { changed: [{ en: 'Hills' }] }))) ?? [];
    const [flaw] = blocks.filter(({ kind }) => kind === 'gap');
    expect(flaw).toMatchObject({ kind: 'gap', text: expect.stringMatching(/Hills.*saryarka life connect reserve.*almaty/) });
  });

  test('without a plan a hint names the command; without cores there is nothing to say', async () => {
    const none = { plan: null, run: null, national: [] };
    const bare = contentOf({ form: shippedForm(), section: { id: 'II.4.1' }, network: { ...none, hasCores: true } });
    expect(await network(bare)).toMatchObject([{ kind: 'hint', text: expect.stringContaining('saryarka life connect reserve') }]);
    const other = contentOf({ form: shippedForm(), section: { id: 'II.8.criterion-4' }, network: { ...none, hasCores: true } });
    expect(await network(other)).toBeNull();
    expect(await network(contentOf({ form: shippedForm(), section: { id: 'II.4.1' } }))).toBeNull();
  });
});
