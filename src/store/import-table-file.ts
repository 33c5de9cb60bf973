/**
 * A table as a file comes in whole: its rows, and the file itself described as the dataset they come from.
 *
 *     importTableFile(db, readSource('sites.csv'), 'cli');     // { added: 16, changed: 0, same: 0 }
 */
import type { SourceFile } from '../formats/source-node.ts';
import { readTable } from '../formats/tables.ts';
import type { Dataset } from '../types.ts';
import { putDataset } from './catalogue.ts';
import { type Db, transaction } from './db.ts';
import { type Changes, importTable } from './import-table.ts';

/** A CSV table into the dossier, with the file itself described as the dataset its rows come from. */
export function importTableFile(db: Db, file: SourceFile, by: string, described: Partial<Dataset> = {}): Changes {
  return transaction(db, () => {
    const id = described.id ?? `table/${file.name}`;
    const table = readTable(file, id);
    putDataset(db, by, {
      title: { en: file.name },
      kind: 'table',
      href: file.name,
      mediaType: 'text/csv',
      digest: file.digest,
      crs: null,
      period: null,
      licence: 'not stated',
      attribution: 'not stated',
      ...described,
      id,
    });
    return importTable(db, by, file.name, table);
  });
}
