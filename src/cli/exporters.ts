/** What can be taken out of a dossier, and in which formats: its tables, its zones as a map, the tables of the form. */
import type { Zippable } from 'fflate';
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { type AreaFeature, partsOfZones } from '../formats/zone-parts.ts';
import { pick, t } from '../i18n/index.ts';
import type { Picture } from '../indicators/kept-picture.ts';
import { Problem } from '../problems.ts';
import { areaTable } from '../review/area-table.ts';
import { coordinatesTable } from '../review/coordinates-table.ts';
import { geodesicArea } from '../science/areas.ts';
import type { Db } from '../store/db.ts';
import { exportPlaces, exportRows } from '../store/export-rows.ts';
import { lastChange, loadReviewFacts } from '../store/review-facts.ts';
import { countSensitive } from '../store/sensitive-taxa.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { getSite } from '../store/sites.ts';
import type { Noun } from '../store/write.ts';
import { currentMapFiles } from '../store/zonations.ts';
import { eachZone } from '../store/zones.ts';
import type { Id, Lang } from '../types.ts';
import { examine } from '../zonation/examine.ts';
import type { Request, Written } from './export-request.ts';
import { shoreline } from './shoreline.ts';

export interface Exporter {
  formats: string[];
  /** Whether it makes sense for one site only. */
  ofOneSite: boolean;
  write(db: Db, request: Request): Promise<Written>;
}

type Row = (string | number | null)[];

/** Formats of others by table, with the function that writes each. */
const exchanged: Partial<Record<Noun, Record<string, ExchangeWriter>>> = {
  activities: { iati: 'iatiFile', cerif: 'cerifFile' },
  observations: { 'sdmx-csv': 'sdmxFile', 'open-sdg': 'openSdgFiles' },
};

type ExchangeWriter = keyof typeof import('./exchange-exporters.ts');

/** Loaded when it is asked for. */
async function exchange(writer: ExchangeWriter, db: Db, request: Request): Promise<Written> {
  return (await import('./exchange-exporters.ts'))[writer](db, request);
}

/** A table of the dossier; zones and sites also as places. */
export function tableExporter(noun: Noun): Exporter {
  if (noun === 'zones') return { formats: ['csv', 'geojson', 'shapefile', 'gpkg', 'kml'], ofOneSite: false, write: zones };
  if (noun === 'sites') return { formats: ['csv', 'geojson'], ofOneSite: false, write: places('sites') };
  const csv: Exporter['write'] = async (db, { site, lang }) =>
    noun === 'occurrences' ? { ...rowsOf(db, noun, site), notes: secretNotes(db, site, lang) } : rowsOf(db, noun, site);
  const others = exchanged[noun];
  if (others === undefined) return { formats: ['csv'], ofOneSite: false, write: csv };
  return {
    formats: ['csv', ...Object.keys(others)],
    ofOneSite: false,
    write: async (db, request) =>
      request.format === 'csv' ? csv(db, request) : exchange(others[request.format] ?? 'crateFile', db, request),
  };
}

/** Tables that the form asks for, by the name that `--what` gives them. */
export const formExporters: Record<string, Exporter> = {
  coordinates: {
    formats: ['csv'],
    ofOneSite: true,
    async write(db, request) {
      const rows = coordinatesTable(factsOf(db, request)).map(
        ({ point, position, declared }): Row => [point, position?.[0] ?? null, position?.[1] ?? null, declared.lon, declared.lat],
      );
      return table(['point', 'longitude', 'latitude', 'declared_longitude', 'declared_latitude'], rows);
    },
  },
  areas: {
    formats: ['csv'],
    ofOneSite: true,
    async write(db, request) {
      const found = await areaTable(factsOf(db, request), await shoreline(request));
      const rows = found.map(({ kind, realm, areaHa, shoreline: day }): Row => [kind, realm, areaHa, day]);
      return table(['zone', 'realm', 'area_ha', 'shoreline_date'], rows);
    },
  },
  dossier: { formats: ['ro-crate'], ofOneSite: false, write: (db, request) => exchange('crateFile', db, request) },
  pictures: { formats: ['svg'], ofOneSite: true, write: pictures },
  original: { formats: ['file'], ofOneSite: true, write: original },
  changes: { formats: ['csv', 'geojson'], ofOneSite: true, write: changes },
};

async function zones(db: Db, request: Request): Promise<Written> {
  const { format, site, output, lang } = request;
  if (format === 'csv' || format === 'geojson') return places('zones')(db, request);
  const current = [...eachZone(db)].filter((zone) => zone.valid.end === null && (site === undefined || zone.site === site));
  const features = partsOfZones(current, (rings) => geodesicArea({ type: 'Polygon', coordinates: rings }));
  if (features.length === 0) throw new Problem('export-no-geometry', { site: site ?? '*' });
  const name = output.replace(/^.*[\\/](?=.)/, '').replace(/\.[^.]+$/, '');
  const title = site === undefined ? name : pick(getSite(db, site)?.name ?? {}, lang);
  return { content: await mapFile(features, format, name, title), rows: features.length };
}

async function mapFile(features: AreaFeature[], format: string, name: string, title: string): Promise<string | Uint8Array> {
  if (format === 'shapefile') return (await import('../formats/shapefile-writer.ts')).writeShapefile(features, name);
  if (format === 'gpkg') return (await import('../formats/geopackage-writer.ts')).writeGeopackage(features, name);
  return (await import('../formats/kml-writer.ts')).writeKml(features, title);
}

function places(noun: 'zones' | 'sites'): Exporter['write'] {
  return async (db, { format, site }) => {
    if (format === 'csv') return rowsOf(db, noun, site);
    const features = exportPlaces(db, noun, site);
    return { content: writeGeojson(features), rows: features.length };
  };
}

/** The map as it was handed in: its file byte for byte, or the parts of a shapefile in a zip. */
async function original(db: Db, request: Request): Promise<Written> {
  const { site } = factsOf(db, request);
  const files = currentMapFiles(db, site.id).flatMap(({ title, bytes }) => (bytes === null ? [] : [{ title, bytes }]));
  const [first] = files;
  if (first === undefined) throw new Problem('undo-nothing', { site: site.id });
  if (files.length === 1) return { content: first.bytes, rows: 1 };
  const { zipSync } = await import('fflate');
  return { content: zipSync(Object.fromEntries(files.map(({ title, bytes }) => [title, bytes]))), rows: files.length };
}

/** Maps of indicators: the one that the file is named after, or all of them in a zip. */
async function pictures(db: Db, { lang, site = '', output }: Request): Promise<Written> {
  const { drawPicture, pictureFiles } = await import('../review/pictures.ts');
  const known = loadReviewFacts(db, site);
  const date = lastChange(db) ?? '';
  const drawn = pictureFiles(known.pictures);
  const draw = (picture: Picture): string => drawPicture(known, picture, { lang, date });
  const name = output.replace(/^.*[\\/](?=.)/, '');
  // where there is but one map, the file may be called as the user likes
  const one = drawn.get(name) ?? (drawn.size === 1 && name.endsWith('.svg') ? [...drawn.values()][0] : undefined);
  if (one !== undefined) return { content: draw(one), rows: 1 };
  if (!name.toLowerCase().endsWith('.zip') || drawn.size === 0) {
    const expected = [...drawn.keys(), '*.zip'].join(', ');
    throw new Problem('choice-wrong', { field: '--output', found: output, expected: drawn.size === 0 ? '–' : expected });
  }
  const { zipSync, strToU8 } = await import('fflate');
  const files = [...drawn].map(([file, picture]): [string, Zippable[string]] => [
    file,
    [strToU8(draw(picture)), { mtime: ZIP_DAY }],
  ]);
  return { content: zipSync(Object.fromEntries(files)), rows: files.length };
}

/** Zip knows no time before: the same dossier gives the same bytes. */
const ZIP_DAY = new Date(1980, 0, 1, 12);

/** Ground won and lost against the zonation before: areas as a table, or a map of where. */
async function changes(db: Db, request: Request): Promise<Written> {
  const facts = factsOf(db, request);
  const found = (await examine(facts)).facts.map?.changes ?? null;
  if (found === null) throw new Problem('changes-none', { site: facts.site.id });
  const sides = found.flatMap(({ kind, gained, lost, where }) => [
    { kind, change: 'gained', areaHa: gained / 1e4, geometry: where.gained },
    { kind, change: 'lost', areaHa: lost / 1e4, geometry: where.lost },
  ]);
  if (request.format === 'csv') {
    return table(
      ['zone', 'change', 'area_ha'],
      sides.map(({ kind, change, areaHa }): Row => [kind, change, areaHa]),
    );
  }
  const features = sides
    .filter(({ geometry }) => geometry.coordinates.length > 0)
    .map(({ kind, change, areaHa, geometry }) => ({
      id: `${kind}-${change}`,
      geometry,
      properties: { zone: kind, change, area_ha: areaHa },
    }));
  return { content: writeGeojson(features), rows: features.length };
}

/** Who holds the dossier has exact places; a table of them is not for everybody, and says so. */
function secretNotes(db: Db, site: Id | undefined, lang: Lang): string[] {
  const count = countSensitive(db, site);
  return count === 0 ? [] : [t(lang, 'life.sensitive.exported', { count })];
}

function rowsOf(db: Db, noun: Noun, site: Id | undefined): Written {
  const { header, rows } = exportRows(db, noun, { site, secrets: true });
  return table(header, rows);
}

function table(header: string[], rows: Row[]): Written {
  return { content: writeCsv(header, rows), rows: rows.length };
}

function factsOf(db: Db, { site = '' }: Request): ReturnType<typeof loadSiteFacts> {
  return loadSiteFacts(db, site);
}
