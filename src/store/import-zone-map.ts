/**
 * A zone map on its way into the dossier: read and mended first, so that it can be looked at; written when it is accepted.
 *
 *     const prepared = await prepareZoneMap(db, 'qiyal', files, { words: new Map() });
 *     acceptZoneMap(db, 'alice', 'qiyal', prepared, now);
 */
import type { SourceFile } from '../formats/source-node.ts';
import type { DrawnZone, Finding, Id, Repair } from '../types.ts';
import { mend } from '../zonation/examine.ts';
import type { ZoneWords } from '../zonation/intake.ts';
import { type ReadMap, readZoneMap } from '../zonation/read-zone-map.ts';
import { type Db, transaction } from './db.ts';
import type { Changes } from './import-table.ts';
import { placeOfSite } from './site-place.ts';
import { importZoneMap, mapDataset, rememberedWords, rememberWords } from './zonations.ts';

export interface ImportAnswers {
  /** What the user says that words of the map mean; remembered when the map is accepted. */
  words: ZoneWords;
  /** ISO 8601; zones that were valid before are kept and end there. */
  validFrom?: string | null;
  crs?: string;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** A map that nothing was written of yet. */
export interface PreparedZoneMap {
  read: ReadMap;
  /** What was said of its words for this map. */
  words: ZoneWords;
  zones: DrawnZone[];
  repairs: Repair[];
  unresolved: Finding[];
}

/** @throws Problem or Problems as `readZoneMap` and `mend`: what is to be asked, or why the map cannot be read. */
export async function prepareZoneMap(db: Db, site: Id, files: SourceFile[], answers: ImportAnswers): Promise<PreparedZoneMap> {
  const { words, validFrom = null, ...rest } = answers;
  const near = placeOfSite(db, site);
  const read = await readZoneMap(files, {
    ...rest,
    site,
    dataset: mapDataset(files),
    validFrom,
    words: new Map([...rememberedWords(db), ...words]),
    ...(near === null ? {} : { near }),
  });
  const options = rest.signal === undefined ? {} : { signal: rest.signal };
  return { read, words, ...(await mend(read.drawn, options)) };
}

/** Writes the zones, the files they came from and the repairs, and remembers the words. */
export function acceptZoneMap(
  db: Db,
  by: string,
  site: Id,
  { read, words, zones, repairs }: PreparedZoneMap,
  now: string,
): Changes {
  return transaction(db, () => {
    if (words.size > 0) rememberWords(db, words);
    return importZoneMap(db, by, site, { ...read, zones, repairs }, now);
  });
}
