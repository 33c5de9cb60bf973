/**
 * Pictures of indicators: kept with the run they came from, taken away with it, and left out where zones were redrawn since.
 *
 *     keepPictures(db, 'cli', { run, prefix: job.pictures(site), pictures });
 *     for (const picture of listPictures(db, site)) …       // their codes are still deflated
 */
import { unzlibSync } from 'fflate';
import type { Picture, PictureClass } from '../indicators/kept-picture.ts';
import { geometryDigest } from '../run/compute.ts';
import { zoneHref } from '../run/compute-rasters.ts';
import type { DrawnZone, Id, Run } from '../types.ts';
import { all, type Db, transaction } from './db.ts';
import { getRun } from './observations.ts';
import { put, remove } from './write.ts';

interface PictureRow extends Omit<Picture, 'period' | 'classes'> {
  period_start: string | null;
  period_end: string | null;
  legend: string;
}

const COLUMNS = `id, site, run, indicator, name, period_start, period_end, width, height, west, south, east, north, step, take,
  legend, codes`;

/**
 * Keeps all pictures of a run, in place of those that the same work gave before: of ids that begin with `prefix` and end in a name.
 */
export function keepPictures(db: Db, by: string, { prefix, pictures }: { prefix: string; pictures: readonly Picture[] }): void {
  transaction(db, () => {
    const before = all<{ id: Id }>(db, 'select id from pictures where substr(id, 1, ?) = ?', [prefix.length, prefix]);
    for (const { id } of before) {
      if (id.indexOf(':', prefix.length) < 0 && !pictures.some((picture) => picture.id === id)) remove(db, 'pictures', by, id);
    }
    for (const { period, classes, ...rest } of pictures) {
      put(db, 'pictures', by, {
        ...rest,
        period_start: period?.start ?? null,
        period_end: period?.end ?? null,
        legend: JSON.stringify(classes),
      });
    }
  });
}

/** The pictures of a site, in the order they were added. */
export function listPictures(db: Db, site: Id): Picture[] {
  return all<PictureRow>(db, `select ${COLUMNS} from pictures where site = ? order by fid`, [site]).map(
    ({ period_start, period_end, legend, ...row }) => ({
      ...row,
      period: period_start === null || period_end === null ? null : { start: period_start, end: period_end },
      classes: JSON.parse(legend) as PictureClass[],
    }),
  );
}

/** How many pictures a run has. */
export function picturesOfRun(db: Db, run: Id): number {
  return all(db, 'select id from pictures where run = ?', [run]).length;
}

/** Takes away the pictures of a run; returns how many. */
export function removePictures(db: Db, by: string, run: Id): number {
  return transaction(db, () => {
    const ids = all<{ id: Id }>(db, 'select id from pictures where run = ?', [run]);
    for (const { id } of ids) remove(db, 'pictures', by, id);
    return ids.length;
  });
}

/** The pictures of a site whose run was made for the zones as they are drawn now, and for all of them. */
export function currentPictures(db: Db, site: Id, zones: readonly DrawnZone[]): Picture[] {
  const digests = new Map(zones.map((zone) => [zoneHref(zone.id), geometryDigest(zone)]));
  const isOfNow = ({ inputs }: Run): boolean => {
    const used = inputs.filter(({ href }) => href.startsWith(zoneHref('')));
    return used.length === digests.size && used.every(({ href, digest }) => digests.get(href) === digest);
  };
  return listPictures(db, site).filter(({ run }) => {
    const made = getRun(db, run);
    return made !== null && isOfNow(made);
  });
}

/** The codes of a picture as they are drawn. @throws RangeError where there are not `width × height` of them. */
export function pictureCodes({ id, width, height, codes }: Picture): Uint8Array {
  const raw = unzlibSync(codes);
  if (raw.length !== width * height) throw new RangeError(`picture ${id} has ${raw.length} codes for ${width} × ${height} cells`);
  return raw;
}
