/** Species whose places are a secret, by any name that a table may call them. */
import { expect, test } from 'vitest';
import { isSensitiveName, sensitiveNames } from '../../src/store/sensitive-names.ts';
import { addTaxon } from '../server/life-fixture.ts';
import { smallDossier } from './facts-fixture.ts';

test('a sensitive species is known by its name with or without author, its subspecies and its vernacular names', () => {
  const db = smallDossier();
  addTaxon(db, 'saker', {
    name: 'Falco cherrug Gray, 1834',
    vernacular: { ru: 'Балобан' },
    sensitivity: 2,
    sensitivityReason: 'robbed',
  });
  addTaxon(db, 'lark', { name: 'Alauda arvensis' });
  const names = sensitiveNames(db, 'almaty');
  for (const name of ['Falco cherrug', ' falco cherrug milvipes', 'балобан', 'Falco cherrug Gray, 1834'])
    expect(isSensitiveName(names, name), name).toBe(true);
  for (const name of ['Falco naumanni', 'Alauda arvensis', 'Falco', '']) expect(isSensitiveName(names, name), name).toBe(false);
});
