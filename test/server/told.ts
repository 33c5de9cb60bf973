/** All that a reply tells, whatever it is packed in: words of archives, documents and databases, places of tiles. Not a test by itself. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VectorTile } from '@mapbox/vector-tile';
import { unzipSync } from 'fflate';
import { PbfReader } from 'pbf';
import { extractText, getDocumentProxy } from 'unpdf';
import { decodePoint } from '../../src/formats/geopackage-binary.ts';
import type { Position } from '../../src/types.ts';

export interface Told {
  text: string;
  places: Position[];
}

const NOTHING: Told = { text: '', places: [] };

export async function toldBy(bytes: Uint8Array, at?: { z: number; x: number; y: number }): Promise<Told> {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (bytes.length === 0) return NOTHING;
  if (at !== undefined) return toldByTile(bytes, at);
  if (head.startsWith('PK')) return together(await Promise.all(Object.values(unzipSync(bytes)).map((one) => toldBy(one))));
  if (head.startsWith('%PDF')) {
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    return { text: `${text}\n${Buffer.from(bytes).toString('latin1')}`, places: [] };
  }
  if (head.startsWith('SQLite format 3')) return toldByDossier(bytes);
  return { text: Buffer.from(bytes).toString('utf8'), places: [] };
}

/** The rows of every table, and the pages themselves: what was deleted may still lie in them. */
function toldByDossier(bytes: Uint8Array): Told {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-told-'));
  try {
    writeFileSync(join(folder, 'one.gpkg'), bytes);
    const db = new DatabaseSync(join(folder, 'one.gpkg'), { readOnly: true });
    const places: Position[] = [];
    const texts = [Buffer.from(bytes).toString('latin1'), Buffer.from(bytes).toString('utf8')];
    const tables = db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
    for (const { name } of tables) {
      for (const row of db.prepare(`select * from "${name}"`).iterate()) {
        if (name === 'occurrences' && row.geom instanceof Uint8Array) places.push(decodePoint(row.geom) as Position);
        texts.push(
          Object.values(row)
            .map((cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('utf8') : cell))
            .join('\n'),
        );
      }
    }
    db.close();
    return { text: texts.join('\n'), places };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function toldByTile(bytes: Uint8Array, { z, x, y }: { z: number; x: number; y: number }): Told {
  const layers = Object.values(new VectorTile(new PbfReader(bytes)).layers);
  const features = layers.flatMap((layer) => Array.from({ length: layer.length }, (_, i) => layer.feature(i)));
  return {
    text: features.map((feature) => JSON.stringify(feature.properties)).join('\n'),
    places: features.flatMap((feature) => {
      const { geometry } = feature.toGeoJSON(x, y, z);
      return geometry.type === 'Point' ? [geometry.coordinates as Position] : [];
    }),
  };
}

function together(all: readonly Told[]): Told {
  return { text: all.map(({ text }) => text).join('\n'), places: all.flatMap(({ places }) => places) };
}

/** Radius of the sphere that web maps are drawn on [m]. EPSG:3857 */
const SPHERE = 6_378_137;

/** Whether numbers side by side, in degrees or in metres of a web map, tell a place within some 100 m. */
export function tellsPlace({ text, places }: Told, [lon, lat]: Position): boolean {
  const isNear = (a: number, b: number, by: number): boolean => Math.abs(a - b) < by;
  if (places.some((place) => isNear(place[0], lon, 0.001) && isNear(place[1], lat, 0.001))) return true;
  const x = (SPHERE * lon * Math.PI) / 180;
  const y = SPHERE * Math.asinh(Math.tan((lat * Math.PI) / 180));
  const numbers = [...text.matchAll(/\d{2,}(?:[.,]\d+)?/g)].map(([found]) => Number(found.replace(',', '.')));
  const has = (value: number, by: number): boolean => numbers.some((one) => isNear(one, value, by));
  return (has(lon, 0.001) && has(lat, 0.001)) || (has(x, 100) && has(y, 100));
}
