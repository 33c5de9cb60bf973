/** Names as people write them against a checklist: which hold, which go to a list. Distances: kitten and sitting 3 (Levenshtein's textbook case), ca and ac 1 (Damerau 1964). */
import { describe, expect, test } from 'vitest';
import { type CheckName, editDistance, nameMatcher, SURE } from '../../src/science/name-match.ts';
import { authorScore, parseName } from '../../src/science/name-match-parts.ts';

const known = (id: string, name: string, accepted: string | null = null, kingdom = 'Animalia'): CheckName => ({
  id,
  name,
  author: null,
  rank: 'species',
  kingdom,
  accepted,
  status: accepted === null ? 'accepted' : 'synonym',
});
const match = nameMatcher([
  known('1', 'Otis tarda Linnaeus, 1758'),
  known('2', 'Chlamydotis macqueenii (J.E.Gray, 1832)'),
  known('3', 'Vanellus gregarius (Pallas, 1771)'),
  known('4', 'Chettusia gregaria (Pallas, 1771)', '3'),
  known('5', 'Larus'),
  known('6', 'Ficus variegata Blume', null, 'Plantae'),
  known('7', 'Ficus variegata Röding, 1798'),
  known('8', 'Zygiella x-notata (Clerck, 1757)'),
  known('9', 'Larus fuscus Linnaeus, 1758'),
  known('10', 'Larus fuscatus Other, 1900'),
]);

describe('matching', () => {
  test.each([
    ['Otis tarda Linnaeus, 1758', 'exact', '1'],
    ['Otis tarda', 'name', '1'],
    ['Otis tarda L.', 'author', '1'],
    ['otis  tarda', 'name', '1'],
    ['Zygiella x-notata (Clerck, 1757)', 'exact', '8'],
    ['Chettusia gregaria', 'name', '3'],
    ['Larus sp.', 'name', '5'],
    ['Otis cf. tarda', 'name', '1'],
    ['Otis trada', 'fuzzy', '1'],
    ['Chlamydotis macqueeni', 'fuzzy', '2'],
    ['Otys tarda', 'fuzzy', '1'],
    ['Ficus variegata', 'ambiguous', null],
    ['Otis tarda Pallas, 1771', 'ambiguous', null],
    ['Equus hemionus', 'none', null],
  ])('%s: %s', (name, kind, taxon) => {
    const found = match(name);
    expect([found.kind, found.taxon?.id ?? null]).toEqual([kind, taxon]);
    expect(SURE.has(found.kind)).toBe(taxon !== null && kind !== 'fuzzy');
  });

  test('a homonym is settled by kingdom or by author', () => {
    expect(match('Ficus variegata', { kingdom: 'Plantae' }).taxon?.id).toBe('6');
    expect(match('Ficus variegata Röding, 1798').taxon?.id).toBe('7');
  });

  test('a synonym leads to its accepted name and is named', () => {
    expect(match('Chettusia gregaria').synonym?.id).toBe('4');
  });

  test('a near spelling is scored by its share of right letters', () => {
    expect(match('Otis trada').score).toBeCloseTo(8 / 9, 3); // one swap in nine letters
  });
});

describe('parts', () => {
  test.each([
    ['Festuca valesiaca subsp. sulcata (Hack.) Schinz & R.Keller', 'festuca valesiaca sulcata'],
    ['Felis (Prionailurus) bengalensis Kerr, 1792', 'felis bengalensis'],
    ['Salix × fragilis L.', 'salix fragilis'],
    ['Anser cf. fabalis (Latham, 1787)', 'anser fabalis'],
    ['Passer domesticus', 'passer domesticus'],
  ])('%s', (name, canonical) => expect(parseName(name).canonical).toBe(canonical));

  test('authors are alike in short and in full, with initials before or behind, and not otherwise', () => {
    const of = (author: string) => parseName('Aus bus', author);
    expect(authorScore(of('Pall.'), of('Pallas'))).toBeGreaterThan(0.9);
    expect(authorScore(of('J.F. Gmelin, 1789'), of('Gmelin, JF, 1789'))).toBe(1);
    expect(authorScore(of('Gmelin, 1789'), of('Pallas, 1771'))).toBeLessThan(0.2);
  });

  test('distances', () =>
    expect([
      editDistance('kitten', 'sitting'),
      editDistance('ca', 'ac'),
      editDistance('', 'abc'),
      editDistance('tarda', 'tarda'),
    ]).toEqual([3, 1, 3, 0]));
});
