/** Reading a zone map as `check` and `import` do: its files, its layers on WGS 84, its zones. */
import type { ReadingNote } from '../formats/layer.ts';
import { openMap } from '../formats/open.ts';
import { readMapFiles, type SourceFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import type { Finding, Geometry, Id, Lang } from '../types.ts';
import type { Exemptions } from '../zonation/exempt-borders.ts';
import { type ReadMap, type ReadOptions, readZoneMap as read } from '../zonation/read-zone-map.ts';
import { progress } from './progress.ts';

/** Options of `readZoneMap`, but that the dataset is made of the files. */
interface Options extends Omit<ReadOptions, 'dataset' | 'onProgress'> {
  lang: Lang;
  dataset(files: SourceFile[]): Id;
}

/** The zones of the map at `path`, with a bar while it is read. */
export async function readZoneMap(path: string, { lang, dataset, ...options }: Options): Promise<ReadMap> {
  const files = readMapFiles(path);
  const bar = progress(t(lang, 'cli.reading'), 1);
  try {
    return await read(files, {
      ...options,
      dataset: dataset(files),
      onProgress: (done, total) => bar.step(total === 0 ? 0 : done / total),
    });
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
