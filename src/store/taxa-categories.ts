/**
 * Threat categories by list and date, from a table that a user supplies: `name, list, category, date`.
 *
 *     name,list,category,date
 *     Saiga tatarica,iucn,NT,2023-12-11
 *     Saiga tatarica,red-book-kz,I,2010
 *
 * The latest of a list stands under its name (`iucn`), every one with its date beside (`iucn@2023-12-11`), so that a Red List Index has its years.
 */
import type { Container } from '../formats/darwin-core-container.ts';
import { readPlain } from '../formats/darwin-core-plain.ts';
import type { IssueLists } from '../formats/import-issue.ts';
import type { Taxon } from '../life-types.ts';
import { parseName } from '../science/name-match-parts.ts';

export interface ListedCategory {
  list: string;
  category: string;
  /** As exact as the table: `2010`, `2023-12-11`; empty where it says nothing. */
  date: string;
}

export interface Categories {
  byName: Map<string, ListedCategory[]>;
  rows: number;
  /** Rows left out; the issues say why. */
  skipped: number;
}

/** IUCN 2012, Red List Categories and Criteria, version 3.1, with the tags of "possibly extinct". */
const IUCN = ['LC', 'NT', 'VU', 'EN', 'CR', 'CR(PE)', 'CR(PEW)', 'EW', 'EX', 'RE', 'DD', 'NE', 'NA', 'LR/lc', 'LR/nt', 'LR/cd'];

/** The rows of a table of categories. */
export async function readCategories(container: Container, issues: IssueLists): Promise<Categories> {
  const byName: Categories['byName'] = new Map();
  const [file = ''] = container.files;
  let skipped = 0;
  const { rows } = await readPlain(container, file, issues, (get, line) => {
    const name = get('name') || get('scientificName');
    const [list, category, date] = [listOf(get('list')), get('category').trim(), get('date').trim()];
    const { canonical } = parseName(name);
    const wrong =
      canonical === ''
        ? { field: 'name', found: name, expected: 'Saiga tatarica' }
        : category === '' || (list === 'iucn' && !IUCN.includes(category))
          ? { field: 'category', found: category, expected: IUCN.slice(0, 12).join(', ') }
          : date !== '' && !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(date)
            ? { field: 'date', found: date, expected: '2010, 2023-12-11' }
            : null;
    if (wrong !== null) {
      skipped++;
      issues.add('critical', 'cell-wrong', { file, line: String(line), ...wrong });
      return;
    }
    const known = byName.get(canonical) ?? [];
    known.push({ list, category, date });
    byName.set(canonical, known);
  });
  return { byName, rows, skipped };
}

/** Names of lists in Latin letters are keys; others, `Красная книга РК`, stay as people write them. */
function listOf(written: string): string {
  const name = written.replace(/\s+/g, ' ').trim();
  if (/^(iucn|мсоп|хтқо|uicn)$/iu.test(name) || name === '') return 'iucn';
  return /^[\x20-\x7e]+$/.test(name) ? name.toLowerCase() : name;
}

/** How many names of the table none of `names` is. */
export function unused({ byName }: Pick<Categories, 'byName'>, names: Iterable<string>): number {
  const asked = new Set(Array.from(names, (name) => parseName(name).canonical));
  return [...byName.keys()].filter((name) => !asked.has(name)).length;
}

/** A taxon with the categories that the table has for one of its names; the latest of each list stands. */
export function withCategories(taxon: Taxon, names: readonly string[], { byName }: Pick<Categories, 'byName'>): Taxon {
  const found = [...new Set([taxon.name, ...names].map((name) => parseName(name).canonical))].flatMap(
    (name) => byName.get(name) ?? [],
  );
  if (found.length === 0) return taxon;
  const categories = { ...taxon.categories };
  const latest = new Map<string, string>();
  for (const { list, category, date } of found.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
    if (date !== '') categories[`${list}@${date}`] = category;
    latest.set(list, category);
  }
  for (const [list, category] of latest) categories[list] = category;
  return { ...taxon, categories };
}
