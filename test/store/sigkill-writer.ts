/** Writes observations for ever, one transaction each, and says each id once it is stored. */
import { writeSync } from 'node:fs';
import { openDossier } from '../../src/store/dossier.ts';
import { putObservation } from '../../src/store/observations.ts';
import { total } from './facts-fixture.ts';

const [path = '', round = '0'] = process.argv.slice(2);
const db = openDossier(path);
for (let i = 0; ; i++) {
  const id = `kill-${round}-${i}`;
  putObservation(db, 'writer', { ...total, id, value: i });
  writeSync(1, `${id}\n`);
}
