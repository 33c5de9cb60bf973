/** What comes in with its description: a file of the folder of data as a data set, a table before it is taken. */
import type { z } from 'zod';
import type { describeBody } from '../api/data.ts';
import type { DataFile } from '../formats/data-folder.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { readTable } from '../formats/tables.ts';
import { Problem } from '../problems.ts';
import { listDatasets, putDataset } from '../store/catalogue.ts';
import { type Db, transaction } from '../store/db.ts';
import type { Changes } from '../store/import-table.ts';
import { importTableFile } from '../store/import-table-file.ts';
import type { Dataset, Id, Lang } from '../types.ts';
import type { ServerContext } from './context.ts';
import { digestOfFile, placeOfFile } from './data-files.ts';

const KINDS: Record<DataFile['kind'], Dataset['kind']> = { raster: 'raster', cube: 'cube', map: 'vector', table: 'table' };

/** https://www.iana.org/assignments/media-types */
const MEDIA: Record<string, string> = {
  GeoTIFF: 'image/tiff; application=geotiff',
  NetCDF: 'application/x-netcdf',
  GeoPackage: 'application/geopackage+sqlite3',
  GeoJSON: 'application/geo+json',
  KML: 'application/vnd.google-earth.kml+xml',
  Shapefile: 'application/vnd.shp',
  CSV: 'text/csv',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ODS: 'application/vnd.oasis.opendocument.spreadsheet',
  ZIP: 'application/zip',
};

/** @throws Problem `data-file-unknown`, `dataset-there`. */
export async function describeFile(
  context: ServerContext,
  by: Id,
  { file: name, title, licence, attribution, period }: z.infer<typeof describeBody>,
  lang: Lang,
): Promise<{ id: Id }> {
  const place = placeOfFile(context, name);
  const digest = await digestOfFile(place);
  const id = `data/${name}`;
  if (listDatasets(context.db).some((dataset) => dataset.id === id && dataset.digest !== digest))
    throw new Problem('dataset-there', { found: id });
  putDataset(context.db, by, {
    id,
    title: { [lang]: title },
    kind: KINDS[place.file.kind],
    href: name,
    mediaType: MEDIA[place.file.format] ?? 'application/octet-stream',
    digest,
    crs: null,
    period: period ?? null,
    licence,
    attribution,
  });
  return { id };
}

/** Ends a transaction that nothing is to be kept of. */
class Undone extends Error {}

/** What a table would change; nothing is kept. @throws those of reading and importing it. */
export function previewTable(db: Db, file: SourceFile, by: Id): { noun: string; changes: Changes } {
  const { noun } = readTable(file, '');
  let changes: Changes = { added: 0, changed: 0, same: 0 };
  try {
    transaction(db, () => {
      changes = importTableFile(db, file, by);
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return { noun, changes };
}
