import { expect, test } from 'vitest';
import { groupOfClass } from '../../src/review/species-group.ts';

test('classes become the groups of the register; those of plants and fungi by their ending', () => {
  expect(['Aves', 'Mammalia', 'Squamata', 'Actinopterygii', 'Insecta', 'Sauropsida'].map(groupOfClass)).toEqual([
    'birds',
    'mammals',
    'reptiles',
    'fishes',
    'invertebrates',
    'reptiles',
  ]);
  expect(['Magnoliopsida', 'Bryopsida', 'Agaricomycetes', 'Lecanoromycetes'].map(groupOfClass)).toEqual([
    'plants',
    'plants',
    'fungi',
    'lichens',
  ]);
});

test('what is not known stays open', () => {
  expect([groupOfClass(null), groupOfClass(''), groupOfClass('Gammaproteobacteria')]).toEqual([null, null, null]);
});
