/** Whether the dossier is still what it was: what was reckoned from it may be kept as long as this is the same. */
import { type Db, get } from '../store/db.ts';

/** Changed by commits of other connections, and by our own writes. https://sqlite.org/pragma.html#pragma_data_version */
export function dossierState(db: Db): string {
  const version = get<{ data_version: number }>(db, 'pragma data_version')?.data_version;
  const changes = get<{ changes: number }>(db, 'select total_changes() as changes')?.changes;
  return `${version} ${changes}`;
}
