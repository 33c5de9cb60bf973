/**
 * The claims that ship, judged by the program against the facts that ship. The verdicts expected of the first twelve come from golden data made
 * elsewhere (test/science/claims-golden.test.ts reads them from there); of the others the table tells why.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CheckedClaim } from '../../src/evidence/claims.ts';
import { contradictions } from '../../src/evidence/contradictions.ts';
import { readSource } from '../../src/formats/source-node.ts';
import { judgedClaims, loadClaimMaterial } from '../../src/store/claims.ts';
import { closeDossier, createDossier } from '../../src/store/dossier.ts';
import { importTableFile } from '../../src/store/import-table-file.ts';

const data = join(import.meta.dirname, '..', '..', 'data');
const TABLES = [
  'indicators',
  ...[
    'sources',
    'datasets',
    'sites',
    'designations',
    'overlaps',
    'zones',
    'organisations',
    'activities',
    'participations',
    'observations-reserves',
    'observations-cooperation',
    'observations-aral',
    'claims',
  ].map((name) => join('kazakhstan', name)),
];

const { checked, table } = (() => {
  const db = createDossier(':memory:');
  for (const name of TABLES) importTableFile(db, readSource(join(data, `${name}.csv`)), 'test');
  const judged = judgedClaims(db);
  const rows = contradictions(judged, loadClaimMaterial(db));
  closeDossier(db);
  return { checked: judged, table: rows };
})();

const of = (id: string): CheckedClaim => {
  const found = checked.find(({ claim }) => claim.id === id);
  if (found === undefined) throw new Error(`no claim ${id}`);
  return found;
};
const countOf = (claims: readonly CheckedClaim[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(claims, ({ is }) => is)].map(([is, list]) => [is, list.length] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
const isArticle = ({ claim }: CheckedClaim): boolean => claim.id.startsWith('article-');

describe('the twelve of the golden data', () => {
  test.each([
    ['saxaul-total', 'supported', 'the four years make the total'],
    ['saxaul-three-years', 'supported', '545,000 and 544,500 ha are alike within rounding'],
    ['saxaul-target', 'contradicted', '61.1 % of the target'],
    ['renewable-generation-2020', 'unit-error', 'more than three times all electricity'],
    ['renewable-share-2021', 'supported-with-rounding', '3.6875 was cut off'],
    ['renewable-capacity-2023', 'supported', '2903.535'],
    ['renewable-capacity-2022', 'contradicted-in-source', 'headline and parts differ by 160 MW'],
    ['hydro-in-renewables', 'definition-mismatch', 'series with and without large hydropower'],
    ['kyzylorda-budget', 'contradicted-in-source', 'the sum is 9,060,833'],
    ['women-researchers-2013', 'supported', '51.46 %'],
    ['researchers-by-field', 'supported', 'exact'],
    ['women-almost-60', 'contradicted', '55.7 and 55.6 % by official figures'],
  ])('%s is %s: %s', (id, is) => expect(of(id).is).toBe(is));

  test('their differences are those that the golden data tell', () => {
    const difference = (id: string): number | undefined => of(id).verdict?.judged[0]?.judgement.difference;
    expect(difference('kyzylorda-budget')).toBe(316_834);
    expect(difference('renewable-capacity-2022')).toBeCloseTo(-160.2, 6);
    expect(difference('women-almost-60')).toBeCloseTo(-4.3, 6);
  });
});

test('each says what it says in four languages, and no check is broken', () => {
  const without = checked.filter(({ claim }) =>
    (['en', 'ru', 'kk', 'tr'] as const).some((lang) => (claim.sentence[lang] ?? '') === ''),
  );
  expect(without.map(({ claim }) => claim.id)).toEqual([]);
  expect(checked.filter(({ fault }) => fault !== null).map(({ claim, fault }) => `${claim.id}: ${fault}`)).toEqual([]);
});

test('the thirty statements of the article: four are readings, and what the dossier cannot know stays open', () => {
  const article = checked.filter(isArticle);
  expect(article).toHaveLength(30);
  expect(countOf(article)).toEqual({
    contradicted: 1, // MAP for MAB
    'definition-mismatch': 1, // Saryarka is World Heritage, not a biosphere reserve
    interpretive: 4,
    'not-verifiable': 12, // no figure by region, no laureate, no database, no initiative, no tag, no yield
    supported: 3, // years of inscription, the goal of 2060
    'supported-with-context': 9, // only the part that figures can show; functions and zones, whose numbers are typed in
  });
  expect(article.filter(({ is }) => is === 'interpretive').map(({ claim }) => claim.id)).toEqual([
    'article-25',
    'article-27',
    'article-28',
    'article-29',
  ]);
});

test('what sources say, held against the figures of others: more than forty, and how they come out', () => {
  const others = checked.slice(12).filter((one) => !isArticle(one));
  expect(others.length).toBeGreaterThanOrEqual(40);
  expect(countOf(others)).toEqual({
    contradicted: 6, // Great Altay and its parts, core of Almaty, capacity of 2022, dam, peak catch, sea of 2000
    'contradicted-in-source': 3, // Ramsar 107; totals of Protocol 413 and of the Amu Darya
    'not-verifiable': 4, // neighbours not counted, no catch of 1977, two trends that are not significant
    partly: 7, // one source agrees, another does not
    supported: 27,
    'supported-with-context': 10, // the source alone, an interval, a direction, an older edition
    'supported-with-rounding': 2, // Karatau, North Aral
    'unit-error': 2, // Charyn in hectares, a rise of 12 m
  });
});

test('a claim that no other source bears out rests on its own, and says so', () => {
  const alone = checked.filter(({ reason }) => reason === 'own-source').map(({ claim }) => claim.id);
  expect(alone).toEqual(['korgalzhyn-area', 'clubs-190', 'gerd-share-falling', 'women-leaders-rising', 'women-awards']);
});

test('every verdict has its evidence or says why not', () => {
  const bare = checked.filter(
    ({ evidence, is, claim }) =>
      evidence.length === 0 &&
      !['not-verifiable', 'interpretive'].includes(is) &&
      (claim.check?.expression.includes('@') ?? false),
  );
  expect(bare.map(({ claim }) => claim.id)).toEqual(['korgalzhyn-first']); // that there was none
});

test('contradictions between sources make a table, without the sentences made to try the checks', () => {
  const claims = table.filter(({ kind }) => kind === 'claim').map(({ id }) => id);
  expect(claims).toContain('kyzylorda-budget');
  expect(claims).not.toContain('saxaul-target');
  const figures = table.filter(({ kind }) => kind === 'figures');
  expect(figures.length).toBeGreaterThan(20);
  expect(figures.find(({ id, feature }) => id === 'dam-length' && feature === 'kok-aral-dam')).toMatchObject({
    stated: '13',
    found: '17',
    unit: 'km',
  });
});
