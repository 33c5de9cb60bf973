/** Reading a zone map as `check` and `import` do: its files, its layers on WGS 84, its zones. */

import type { ReadingNote } from '../formats/layer.ts';
import { openMap } from '../formats/open.ts';
import { readMapFiles, readShipped, type SourceFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import type { DrawnZone, Extent, Finding, Geometry, Id, Lang } from '../types.ts';
import type { Exemptions } from '../zonation/exempt-borders.ts';
import { intake, type ZoneWords } from '../zonation/intake.ts';
import type { ZoneNames } from '../zonation/zone-words.ts';
import { progress } from './progress.ts';

export interface ReadOptions {
  lang: Lang;
  site: Id;
  /** Dataset that the zones come from; made of the files. */
  dataset(files: SourceFile[]): Id;
  validFrom: string | null;
  words: ZoneWords;
  crs?: string;
  near?: Extent;
}

export interface ReadMap {
  files: SourceFile[];
  crs: string;
  drawn: DrawnZone[];
  notes: ReadingNote[];
}

export async function readZoneMap(
  path: string,
  { lang, site, dataset, validFrom, words, crs, near }: ReadOptions,
): Promise<ReadMap> {
  const files = readMapFiles(path);
  const bar = progress(t(lang, 'cli.reading'), 1);
  try {
    const layers = await openMap(files, {
      ...(crs === undefined ? {} : { crs }),
      ...(near === undefined ? {} : { near }),
      onProgress: (done, total) => bar.step(total === 0 ? 0 : done / total),
    });
    const names = JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
    const { zones, notes, skipped } = intake(layers, names, {
      site,
      from: { dataset: dataset(files), row: '*' },
      validFrom,
      map: words,
    });
    const left = skipped === 0 ? [] : [{ code: 'features-not-polygons', details: { count: skipped } }];
    return {
      files,
      crs: [...new Set(layers.map((layer) => layer.crs))].join(', '),
      drawn: zones,
      notes: [...layers.flatMap((layer) => layer.notes), ...notes, ...left],
    };
  } finally {
    bar.end();
  }
}

/** State borders and open water from files, along which no buffer zone can be asked for. */
export async function readExemptions({ border, water }: { border?: string; water?: string }): Promise<Exemptions> {
  const geometries = async (path: string | undefined): Promise<Geometry[]> =>
    path === undefined
      ? []
      : (await openMap(readMapFiles(path))).flatMap((layer) => layer.features.flatMap(({ geometry }) => geometry ?? []));
  return { borders: await geometries(border), water: await geometries(water) };
}

/** The notes of a reading as sentences. */
export function toldNotes(notes: ReadingNote[], lang: Lang): string[] {
  return notes.map(({ code, details }) => t(lang, `notes.${code}`, details));
}

/** A finding as a line. */
export function toldFinding({ rule, severity, text }: Finding, lang: Lang): string {
  return `  ${rule} ${t(lang, `severity.${severity}`)}: ${pick(text, lang)}`;
}
