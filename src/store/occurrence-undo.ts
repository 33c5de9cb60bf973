/**
 * Records of species out of the dossier again, by the dataset that brought them.
 *
 *     removeOccurrences(db, 'cli', 'life/d34633da139547ec')   // { occurrences: 30000, taxa: 6, datasets: 1 }
 */
import { Problem } from '../problems.ts';
import type { Id } from '../types.ts';
import { all, type Db, get, transaction } from './db.ts';
import { remove } from './write.ts';

export interface LifeDatasetRow {
  id: Id;
  href: string;
  licence: string;
  attribution: string;
  occurrences: number;
}

/** Datasets that records came from, with how many are left of each; parts of a download stand behind it. */
export function listOccurrenceDatasets(db: Db): LifeDatasetRow[] {
  return all<LifeDatasetRow>(
    db,
    `select d.id, d.href, d.licence, d.attribution, (select count(*) from occurrences o where o.from_dataset = d.id) as occurrences
     from datasets d where d.kind = 'occurrences' and substr(d.id, 1, 5) = 'life/' order by d.id`,
  );
}

/**
 * Removes the records of a dataset and of its parts, then the taxa that came with them, that nobody touched since and that nothing else is of, then the
 * datasets. The audit keeps what each was.
 * @throws Problem `life-dataset-unknown`
 */
export function removeOccurrences(db: Db, by: string, dataset: Id): { occurrences: number; taxa: number; datasets: number } {
  return transaction(db, () => {
    const parts = listOccurrenceDatasets(db).filter(({ id }) => id === dataset || id.startsWith(`${dataset}/`));
    if (parts.length === 0) {
      const known = listOccurrenceDatasets(db).map(({ id }) => id);
      throw new Problem('life-dataset-unknown', { found: dataset, known: known.slice(0, 10).join(', ') || '–' });
    }
    const removed = { occurrences: 0, taxa: 0, datasets: 0 };
    const taxa = new Set<Id>();
    for (const { id } of parts)
      for (const row of all<{ id: Id; taxon: Id }>(db, 'select id, taxon from occurrences where from_dataset = ? order by fid', [
        id,
      ])) {
        taxa.add(row.taxon);
        if (remove(db, 'occurrences', by, row.id)) removed.occurrences++;
      }
    for (const id of taxa) if (isLeftOver(db, id) && remove(db, 'taxa', by, id)) removed.taxa++;
    for (const { id } of parts.toReversed()) if (!isNamed(db, id) && remove(db, 'datasets', by, id)) removed.datasets++;
    return removed;
  });
}

/** A taxon that an import made, that was never changed, and that no record and no other taxon points to. */
function isLeftOver(db: Db, id: Id): boolean {
  if (!/^(taxon|name)\//.test(id)) return false;
  const used = get(db, 'select 1 from occurrences where taxon = ?1 union all select 1 from taxa where parent = ?1 limit 1', [id]);
  const writes = get<{ n: number }>(db, "select count(*) as n from audit where noun = 'taxa' and row_id = ?", [id])?.n ?? 0;
  return used === undefined && writes <= 1;
}

function isNamed(db: Db, dataset: Id): boolean {
  return ['occurrences', 'observations', 'zones'].some(
    (noun) => get(db, `select 1 from ${noun} where from_dataset = ? limit 1`, [dataset]) !== undefined,
  );
}
