/** A reserve with zones and records of species, for the tests of what is computed of them in the server. */
import type { Occurrence, Taxon } from '../../src/life-types.ts';
import type { Db } from '../../src/store/db.ts';
import { putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Id, Position, Zone } from '../../src/types.ts';

/** A zone between two longitudes at 43° north, 0.02° high. */
export function drawZone(db: Db, site: Id, kind: Zone['kind'], [west, east]: [number, number]): void {
  const ring: Position[] = [
    [west, 43],
    [east, 43],
    [east, 43.02],
    [west, 43.02],
    [west, 43],
  ];
  putZone(db, 'test', {
    ...{ id: `${site}/${kind}`, site, kind, name: {}, valid: { start: '2010-01-01', end: null } },
    ...{ geometry: { type: 'MultiPolygon', coordinates: [[ring]] }, from: { source: 'unesco-almaty' } },
  });
}

export function addTaxon(db: Db, id: Id, more: Partial<Taxon> = {}): void {
  const plain = { rank: 'species', parent: null, vernacular: {}, categories: {}, sensitivity: null, sensitivityReason: null };
  putTaxon(db, 'test', { id, name: id, ...plain, ...more });
}

export function addRecord(db: Db, id: Id, taxon: Id, year: number, more: Partial<Occurrence> = {}): void {
  putOccurrence(db, 'test', {
    ...{ id, site: 'almaty', taxon, place: [76.01, 43.01], uncertaintyM: 10, count: 2, basis: null, recordedBy: 'A. Observer' },
    ...{ period: { start: `${year}-05-01`, end: `${year}-05-02` }, fields: {}, from: { source: 'unesco-almaty' }, ...more },
  });
}

/** Core and buffer of almaty; four species over six years in the core, the saker, whose nests are robbed, among them. */
export function livingDossier(db: Db): Db {
  drawZone(db, 'almaty', 'core', [76, 76.02]);
  drawZone(db, 'almaty', 'buffer', [76.02, 76.04]);
  for (const id of ['lark', 'crane', 'wolf', 'saker']) {
    const secret = id === 'saker';
    addTaxon(db, id, {
      categories: { iucn: secret ? 'EN' : 'LC' },
      ...(secret ? { sensitivity: 2, sensitivityReason: 'robbed' } : {}),
    });
    for (let year = 2015; year < 2021; year++) if ((id.charCodeAt(0) + year) % 3 > 0) addRecord(db, `${id}-${year}`, id, year);
  }
  return db;
}
