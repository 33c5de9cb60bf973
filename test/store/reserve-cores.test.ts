/** Core areas of a reserve and of those around it, as they are drawn now. */
import { expect, test } from 'vitest';
import { reserveCores } from '../../src/store/reserve-cores.ts';
import { putSite } from '../../src/store/sites.ts';
import { drawZone } from '../server/life-fixture.ts';
import { almaty, smallDossier } from './facts-fixture.ts';

test('the cores of a reserve stand apart from those of all others, named in the language asked for', () => {
  const db = smallDossier();
  putSite(db, 'test', { ...almaty, id: 'charyn', name: { en: 'Charyn' } });
  drawZone(db, 'almaty', 'core', [76, 76.02]);
  drawZone(db, 'almaty', 'buffer', [76.02, 76.04]);
  drawZone(db, 'charyn', 'core', [76.1, 76.12]);
  const { zones, own, others } = reserveCores(db, 'almaty', 'kk');
  expect(zones.map(({ id }) => id)).toEqual(['almaty/core', 'almaty/buffer']);
  expect(own.map(({ id, name, site }) => [id, name, site])).toEqual([['almaty/1', 'Алматы', 'almaty']]);
  expect(others.map(({ id, name }) => [id, name])).toEqual([['charyn/1', 'Charyn']]);
});

test('a reserve that there is not, one that is not drawn, and one without a core are told apart', () => {
  const db = smallDossier();
  expect(() => reserveCores(db, 'nowhere', 'en')).toThrow('nowhere');
  expect(() => reserveCores(db, 'almaty', 'en')).toThrow('geometry');
  drawZone(db, 'almaty', 'buffer', [76, 76.02]);
  expect(() => reserveCores(db, 'almaty', 'en')).toThrow('no core area');
});
