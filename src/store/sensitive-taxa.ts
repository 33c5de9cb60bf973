/**
 * Species whose places are a secret: marked from a table, with whatever taxa of the dossier may mean them. A subspecies, a synonym that was kept and
 * a misspelt name would tell the same place.
 *
 *     name,sensitivity,reason
 *     Falco cherrug,2,nests are robbed
 *
 *     markSensitive(db, 'cli', rows)   // [{ taxon: { name: 'Falco cherrug', … }, change: 'changed', of: 'Falco cherrug' }, …]
 */
import type { Container } from '../formats/darwin-core-container.ts';
import { readPlain } from '../formats/darwin-core-plain.ts';
import type { IssueLists } from '../formats/import-issue.ts';
import type { Taxon } from '../life-types.ts';
import { slug } from '../records/words.ts';
import { nameMatcher } from '../science/name-match.ts';
import { parseName } from '../science/name-match-parts.ts';
import type { Id } from '../types.ts';
import { type Db, get, transaction } from './db.ts';
import { listTaxa, putTaxon } from './occurrences.ts';
import type { Change } from './write.ts';

export interface SensitiveRow {
  name: string;
  /** `null`: its places are no secret any more. */
  sensitivity: Taxon['sensitivity'];
  reason: string | null;
}

export interface Marked {
  taxon: Taxon;
  change: Change;
  /** Name of the table that it was marked for. */
  of: string;
}

const COLUMNS = {
  name: ['name', 'scientificname', 'вид', 'түр', 'tür'],
  sensitivity: ['sensitivity', 'category', 'категория', 'санаты', 'kategori'],
  reason: ['reason', 'sensitivity_reason', 'причина', 'себебі', 'neden'],
} as const;

/** The rows of a table; a row that cannot be used is an issue. `open` in the place of a category takes a mark away. */
export async function readSensitive(container: Container, issues: IssueLists): Promise<SensitiveRow[]> {
  const found: SensitiveRow[] = [];
  const [file = ''] = container.files;
  await readPlain(container, file, issues, (get, line) => {
    const of = (column: keyof typeof COLUMNS): string =>
      COLUMNS[column].map((name) => get(name).trim()).find((text) => text !== '') ?? '';
    const [name, category, reason] = [of('name'), of('sensitivity'), of('reason')];
    const isOpen = category.toLowerCase() === 'open';
    const wrong =
      parseName(name).epithet === ''
        ? { field: 'name', found: name, expected: 'Falco cherrug' }
        : !isOpen && !/^[1-4]$/.test(category)
          ? { field: 'sensitivity', found: category, expected: '1, 2, 3, 4, open' }
          : !isOpen && reason === ''
            ? { field: 'reason', found: reason, expected: 'nests are robbed' }
            : null;
    if (wrong !== null) issues.add('critical', 'cell-wrong', { file, line: String(line), ...wrong });
    else if (isOpen) found.push({ name, sensitivity: null, reason: null });
    else found.push({ name, sensitivity: Number(category) as NonNullable<Taxon['sensitivity']>, reason });
  });
  return found;
}

/** Marks what the rows name, and what may be meant by it; a species that the dossier does not know is added, so that its records are hidden when they come. */
export function markSensitive(db: Db, by: string, rows: readonly SensitiveRow[]): Marked[] {
  return transaction(db, () => rows.flatMap((row) => markOne(db, by, row)));
}

/** How many records with a place are of a sensitive species. */
export function countSensitive(db: Db, site?: Id): number {
  const where = site === undefined ? '' : ' and o.site = ?';
  const row = get<{ n: number }>(
    db,
    `select count(*) as n from occurrences o join taxa t on t.id = o.taxon where t.sensitivity is not null and o.geom is not null${where}`,
    site === undefined ? [] : [site],
  );
  return row?.n ?? 0;
}

function markOne(db: Db, by: string, { name, sensitivity, reason }: SensitiveRow): Marked[] {
  const taxa = listTaxa(db);
  const species = speciesOf(name);
  const match = nameMatcher([{ id: '', name, author: null, rank: null, kingdom: null, accepted: null, status: 'accepted' }]);
  const meant = (taxon: Taxon): boolean => {
    if (speciesOf(taxon.name) === species) return true;
    const { candidates } = match(taxon.name);
    return parseName(taxon.name).epithet !== '' && candidates.length > 0 && taxon.sensitivity === null && sensitivity !== null;
  };
  const own = taxa.filter(meant);
  if (own.length === 0 && sensitivity === null) return [];
  const id = `name/${slug(name)}`;
  const fresh: Taxon = {
    id,
    name,
    rank: 'species',
    parent: null,
    vernacular: {},
    categories: {},
    sensitivity,
    sensitivityReason: reason,
  };
  const all = own.some((taxon) => speciesOf(taxon.name) === species) ? own : [...own, fresh];
  return all.map((taxon) => {
    const marked = { ...taxon, sensitivity, sensitivityReason: reason };
    return { taxon: marked, change: putTaxon(db, by, marked), of: name };
  });
}

function speciesOf(name: string): string {
  const { genus, epithet } = parseName(name);
  return `${genus} ${epithet}`;
}
