/** The ecological network of a reserve: which ways it hangs on, and which corridors would add most. */
import { corridors as corridorsShape } from '../api/corridors.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { Problem } from '../problems.ts';
import type { ReserveNetwork } from '../review/content.ts';
import type { Db } from '../store/db.ts';
import { loadReserveNetwork } from '../store/reserve-network.ts';
import { getSite } from '../store/sites.ts';
import { listZones } from '../store/zones.ts';
import type { Id } from '../types.ts';
import { nounState } from './changes.ts';
import { corridorPlaces, corridorsShown } from './corridors-shown.ts';
import { keptText } from './kept-replies.ts';
import { route } from './route.ts';

const JSON_TYPE = { 'content-type': 'application/json', 'cache-control': 'no-cache' };
const GEOJSON = { 'content-type': 'application/geo+json; charset=utf-8', 'cache-control': 'no-cache' };

export const corridorRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/corridors',
    rule: 'reader here',
    summary: 'The plan of corridors: weak links, stepping stones, corridors that would add most, and who redrew cores since',
    reply: corridorsShape,
    handle: ({ context: { db }, params, lang }) => {
      const site = params.site ?? '';
      const make = (): string => {
        const shown = corridorsShown(networkOf(db, site), lang);
        if (shown === null) throw new Problem('not-found');
        return JSON.stringify(shown);
      };
      return keptText(db, { key: JSON.stringify(['corridors', site, lang]), state: stateOf(db), make }, JSON_TYPE);
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/corridors.geojson',
    rule: 'reader here',
    summary: 'The plan of corridors as places: cores of neighbours, corridors, weak links, stepping stones',
    reply: { media: 'application/geo+json' },
    handle: ({ context: { db }, params, lang }) => {
      const site = params.site ?? '';
      const make = (): string => writeGeojson(corridorPlaces(networkOf(db, site), lang));
      return keptText(db, { key: JSON.stringify(['corridors.geojson', site, lang]), state: stateOf(db), make }, GEOJSON);
    },
  }),
];

/** Neighbours count, too: whoever redraws theirs changes what is said here. */
const stateOf = (db: Db): string => nounState(db, ['sites', 'zones', 'plans']);

/** @throws Problem `not-found` */
function networkOf(db: Db, id: Id): ReserveNetwork {
  const site = getSite(db, id);
  if (site === null) throw new Problem('not-found');
  return loadReserveNetwork(db, { site, zones: listZones(db, id) });
}
