/**
 * Zones drawn on the map by hand: the same way as a map that is handed in, but for its words, which need no reading.
 *
 *     const prepared = await prepareDrawnZones(db, 'qiyal', file, { validFrom: null });
 *     acceptZoneMap(db, 'aigul', 'qiyal', prepared, now);
 */
import { writeGeojson } from '../formats/geojson-writer.ts';
import type { MapFeature } from '../formats/layer.ts';
import { openMap } from '../formats/open.ts';
import { digestOf, type SourceFile } from '../formats/source-node.ts';
import { languages } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { Db } from '../store/db.ts';
import type { PreparedZoneMap } from '../store/import-zone-map.ts';
import { mapDataset } from '../store/zonations.ts';
import { listZones } from '../store/zones.ts';
import type { DrawnZone, Id, LocalText, MultiPolygon, Zone, ZoneKind } from '../types.ts';
import { isMapped, mend } from '../zonation/examine.ts';
import { plainName } from './uploads.ts';

const CRS = 'EPSG:4326';
const KINDS: readonly ZoneKind[] = ['core', 'buffer', 'transition'];

/** The zones that are valid now and drawn, with their names in all languages; the same shape comes back when they were changed. */
export function zonesToEdit(db: Db, site: Id): string {
  const zones = listZones(db, site).filter((zone): zone is DrawnZone => zone.valid.end === null && isMapped(zone));
  return writeGeojson(
    zones.map(({ id, kind, name, geometry }) => {
      const names = Object.fromEntries(Object.entries(name).map(([lang, text]) => [`name_${lang}`, text]));
      return { id, geometry, properties: { id, zone: kind, ...names } };
    }),
  );
}

/** The file that a drawing is kept as: its name says who drew and when. */
export function drawingFile(bytes: Uint8Array, { by, today }: { by: string; today: string }): SourceFile {
  return { name: plainName(`by-hand-${today}-${by}.geojson`), bytes, digest: digestOf(bytes) };
}

/**
 * Read and mended; nothing is written.
 * @throws Problem where the file is no GeoJSON, holds no polygon, or a zone has no kind; Problems as `mend`.
 */
export async function prepareDrawnZones(
  db: Db,
  site: Id,
  file: SourceFile,
  { validFrom }: { validFrom: string | null },
): Promise<PreparedZoneMap> {
  const features = (await openMap([file], { crs: CRS })).flatMap((layer) => layer.features);
  const stored = listZones(db, site);
  const taken = new Set<Id>();
  const from = { dataset: mapDataset([file]), row: '*', source: 'by-hand' };
  // zones that are known keep their places before new ones look for theirs
  const known = features.map((feature) => knownZone(stored, feature, taken));
  const drawn = features.map((feature, i): DrawnZone => {
    const kind = kindOf(file.name, feature);
    const id = known[i]?.id ?? freeId(site, kind, stored, taken);
    const valid = { start: validFrom, end: null };
    return { id, site, kind, name: nameOf(feature), valid, geometry: polygonsOf(file.name, feature), from };
  });
  if (drawn.length === 0) throw new Problem('zones-none', { file: file.name });
  const read = { files: [file], formats: ['geojson'], crs: CRS, drawn, words: [], notes: [] };
  return { read, words: new Map(), ...(await mend(drawn)) };
}

/** The stored zone that a feature says it is, if it is still of the same kind: what was declared of it stays with it. */
function knownZone(stored: Zone[], feature: MapFeature, taken: Set<Id>): Zone | null {
  const { id, zone: kind } = feature.properties;
  const found = stored.find((own) => own.id === id && own.kind === kind && own.valid.end === null);
  if (found === undefined || taken.has(found.id)) return null;
  taken.add(found.id);
  return found;
}

/** As an import would name it: `qiyal/core`, `qiyal/core-2`. */
function freeId(site: Id, kind: ZoneKind, stored: Zone[], taken: Set<Id>): Id {
  for (let n = 1; ; n++) {
    const id = `${site}/${kind}${n === 1 ? '' : `-${n}`}`;
    const other = stored.find((own) => own.id === id);
    if (taken.has(id) || (other !== undefined && other.kind !== kind)) continue;
    taken.add(id);
    return id;
  }
}

function kindOf(file: string, { index, properties: { zone } }: MapFeature): ZoneKind {
  const kind = KINDS.find((own) => own === zone);
  if (kind === undefined) {
    throw new Problem('zone-kind-unknown', { file, feature: String(index), field: 'zone', found: String(zone ?? '') });
  }
  return kind;
}

function nameOf({ properties }: MapFeature): LocalText {
  return Object.fromEntries(
    languages.flatMap((lang) => {
      const text = properties[`name_${lang}`];
      return typeof text === 'string' && text.trim() !== '' ? [[lang, text.trim()]] : [];
    }),
  );
}

function polygonsOf(file: string, { geometry }: MapFeature): MultiPolygon {
  if (geometry?.type === 'MultiPolygon') return geometry;
  if (geometry?.type === 'Polygon') return { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
  throw new Problem('zones-none', { file });
}
