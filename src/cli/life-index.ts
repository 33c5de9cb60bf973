/** `saryarka life index`: how many species change together, by the kind of index asked for; each is loaded when it is. */
import { writeCsv } from '../formats/csv.ts';
import { writeFile } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { IndexFound, IndexKind, IndexOptions } from './life-index-options.ts';
import { keepsIn } from './life-trend-options.ts';
import { chosen } from './water-crop-options.ts';

export async function lifeIndex(files: string[], options: IndexOptions): Promise<number> {
  const kind = chosen('--kind', options.kind, ['lpi', 'msi', 'rli', 'occupancy'] as const);
  const kept = keepsIn(options);
  if (kept !== null) return await (await import('./life-index-keep.ts')).keepIndex(kind, files, kept, options);
  if (files.length === 0)
    throw new Problem('choice-wrong', { field: 'files', found: '–', expected: 'counts.csv, birds.xlsx, records.csv' });
  const found = await foundOf(kind, files, options);
  if (options.json)
    console.log(
      JSON.stringify(
        found.json,
        (_, value) => (value instanceof Float64Array || value instanceof Uint32Array ? [...value] : value),
        2,
      ),
    );
  else for (const line of found.told) console.log(line);
  if (options.output !== undefined) {
    writeFile(options.output, writeCsv(found.header, found.rows));
    if (!options.json) console.log(t(options.lang, 'cli.life.trend.written', { file: options.output }));
  }
  return 0;
}

async function foundOf(kind: IndexKind, files: string[], options: IndexOptions): Promise<IndexFound> {
  if (kind === 'lpi') return await (await import('./life-index-lpi.ts')).livingPlanet(files, options);
  if (kind === 'msi') return await (await import('./life-index-msi.ts')).manySpecies(files, options);
  if (kind === 'rli') return await (await import('./life-index-rli.ts')).redList(files, options);
  return await (await import('./life-index-occupancy.ts')).occupancy(files, options);
}
