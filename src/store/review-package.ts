/** What only a dossier can add to the package that is sent with a review: its zones as map files, and its excerpt. */
import { writeShapefile } from '../formats/shapefile-writer.ts';
import { partsOfZones } from '../formats/zone-parts.ts';
import type { ReviewFacts } from '../review/content.ts';
import type { Part } from '../review/package.ts';
import type { ReviewOptions } from '../review/sections.ts';
import { geodesicArea } from '../science/areas.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import type { Db } from './db.ts';
import { excerpt } from './excerpt.ts';

export function mapsAndExcerpt(db: Db, { facts }: ReviewFacts, { date, confidential = 'mark' }: ReviewOptions): Part[] {
  const { id } = facts.site;
  const features = partsOfZones(drawnZones(facts), (rings) => geodesicArea({ type: 'Polygon', coordinates: rings }));
  return [
    ...(features.length === 0 ? [] : [{ name: 'zones-shapefile.zip', bytes: writeShapefile(features, `${id}-zones`) }]),
    { name: 'dossier.gpkg', bytes: excerpt(db, id, { date, confidential: confidential === 'mark' }) },
  ];
}
