/** `saryarka life connect windows`: where movement passes when every place is a start and an end, by a moving window. */
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { sourcesOf } from '../science/omniscape.ts';
import type { Lang } from '../types.ts';
import { writePicture } from './life-connect-picture.ts';
import { amount, greatestOf, holdMemory, holdResistances, readGrid, sameGrid, writeGrid } from './life-connect-raster.ts';
import { runWindows } from './life-connect-windows-task.ts';
import { progress } from './progress.ts';

interface Options {
  lang: Lang;
  radius: string;
  block: string;
  buffer: string;
  neighbours: string;
  conductance?: boolean;
  sources?: string;
  threshold: string;
  cutoff?: string;
  crs?: string;
  memory?: string;
  map?: string;
  normalised?: string;
  picture?: string;
  jobs?: string;
  json?: boolean;
}

/** Maps, and what is read: windows are small beside them [bytes]. */
const BYTES_A_CELL = 150;

export async function connectWindows(path: string, options: Options): Promise<number> {
  const { lang } = options;
  const grid = await readGrid(path, options);
  holdMemory(grid, BYTES_A_CELL, options.memory);
  if (options.neighbours === '16') throw new Problem('choice-wrong', { field: '--neighbours', found: '16', expected: '4, 8' });
  const blockSize = amount('--block', options.block, { least: 1, most: 999, whole: true });
  if (blockSize % 2 === 0) throw new Problem('choice-wrong', { field: '--block', found: options.block, expected: '1, 3, 5 …' });
  const radius = amount('--radius', options.radius, { least: (blockSize + 1) / 2, most: 10_000, whole: true });
  const buffer = amount('--buffer', options.buffer, { least: 0, most: 10_000, whole: true });
  const conductance = options.conductance ? grid.values : grid.values.map((value) => 1 / value);
  holdResistances(grid, { zero: options.conductance ? 'allowed' : 'refused' });
  const threshold = amount('--threshold', options.threshold, { least: 0 });
  let sources = sourcesOf(
    conductance,
    options.cutoff === undefined ? Infinity : amount('--cutoff', options.cutoff, { above: 0 }),
  );
  if (options.sources !== undefined) {
    const given = await readGrid(options.sources);
    sameGrid(grid, given);
    sources = given.values.map((value) => (value > 0 && value >= threshold ? value : 0));
  }
  const bar = progress(t(lang, 'cli.life.connect.computing'), 1);
  try {
    const found = await runWindows(
      {
        conductance,
        sources,
        options: {
          width: grid.width,
          radius,
          buffer,
          blockSize,
          neighbours: options.neighbours === '4' ? 4 : 8,
          flowPotential: options.normalised !== undefined || options.picture !== undefined,
        },
      },
      {
        ...(options.jobs === undefined ? {} : { jobs: amount('--jobs', options.jobs, { least: 1, most: 1024, whole: true }) }),
        onProgress: (done, total) => bar.step(done / total),
      },
    );
    bar.end();
    const files: string[] = [];
    const write = (file: string | undefined, values: Float64Array | null): void => {
      if (file === undefined || values === null) return;
      writeGrid(file, grid, values);
      files.push(file);
    };
    write(options.map, found.cumulative);
    write(options.normalised, found.normalised);
    if (options.picture !== undefined) {
      writePicture(options.picture, grid, found.normalised as Float64Array, {
        title: t(lang, 'life.connect.normalised-of', { file: grid.name }),
        lang,
        unit: '',
      });
      files.push(options.picture);
    }
    const greatest = greatestOf(found.cumulative);
    if (options.json) console.log(JSON.stringify({ windows: found.targets, ungrounded: found.ungrounded, greatest }, null, 2));
    else {
      console.log(t(lang, 'life.connect.windows', { count: found.targets, greatest: number(lang, greatest, 4) }));
      if (found.ungrounded > 0) console.log(t(lang, 'life.connect.ungrounded', { count: found.ungrounded }));
      for (const file of files) console.log(t(lang, 'cli.life.connect.written', { file }));
    }
    return 0;
  } finally {
    bar.end();
  }
}
