/** `saryarka life index --kind msi`: the index of many species from their counts, by zone and group (Soldaat et al. 2017). */
import { readPopulationFile } from '../formats/population-table.ts';
import { readSource } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { type CountPart, countParts } from '../indicators/population-fits.ts';
import { groupsOfPart } from '../indicators/population-rows.ts';
import { type PartsIndex, speciesIndexOfParts } from '../indicators/species-fits.ts';
import { Problem, problemText } from '../problems.ts';
import { readOverWords } from '../run/sheet-told.ts';
import { columns } from './columns.ts';
import type { IndexFound, IndexOptions } from './life-index-options.ts';
import { amountIn, chosen } from './water-crop-options.ts';

interface Set {
  group: string | null;
  zone: string | null;
  found: PartsIndex;
}

export async function manySpecies(files: string[], options: IndexOptions): Promise<IndexFound> {
  const over: string[] = [];
  const tables = await Promise.all(files.map(async (file) => await readPopulationFile(readSource(file))));
  const parts = tables.flatMap((table) => {
    const { file } = table;
    over.push(...readOverWords(table, options.lang));
    if (table.rows.some(({ species }) => species === null))
      throw new Problem('columns-missing', {
        file,
        missing: 'species',
        found: table.others.join(', ') || '–',
        expected: 'species, site, year, count',
      });
    if (options.groups !== undefined && !table.others.includes(options.groups))
      throw new Problem('choice-wrong', { field: '--groups', found: options.groups, expected: table.others.join(', ') || '–' });
    return countParts(table, { zones: options.zones ?? null });
  });
  const sets = setsOf(parts, options.groups ?? null).map(({ group, zone, own }) => ({
    group,
    zone,
    found: speciesIndexOfParts(own, {
      base: options.base === undefined ? null : amountIn('--base', options.base, 1, 9999, { whole: true }),
      seed: amountIn('--seed', options.seed, 0, 2 ** 32 - 1, { whole: true }),
      draws: amountIn('--draws', options.draws ?? '1000', 2, 1e6, { whole: true }),
      mode: chosen('--mode', options.mode ?? 'chains', ['chains', 'msi-tool'] as const),
    }),
  }));
  const rows = sets.flatMap(({ group, zone, found: { index } }) =>
    index === null
      ? []
      : index.years.map((year, t): (string | number | null)[] => [
          ...[
            group,
            zone,
            year,
            index.index[t] as number,
            index.errors[t] as number,
            index.low[t] as number,
            index.high[t] as number,
          ],
          ...[
            index.smooth?.values[t] ?? null,
            index.smooth?.low[t] ?? null,
            index.smooth?.high[t] ?? null,
            index.species[t] as number,
          ],
        ]),
  );
  return {
    json: sets.map(({ group, zone, found: { index, fits, unfit } }) => ({
      group,
      zone,
      index,
      fits,
      unfit: unfit.map(({ species, problem }) => ({ species, because: problem.message })),
    })),
    told: [...over, ...sets.flatMap((set, i) => [...(i > 0 ? [''] : []), ...toldSet(set, options)])],
    header: [
      'group',
      'zone',
      'year',
      'index',
      'error_of_logarithm',
      'low',
      'high',
      'smooth',
      'smooth_low',
      'smooth_high',
      'species',
    ],
    rows,
  };
}

/** All species of all sites; then by zone; then by group, and by both. */
function setsOf(
  parts: readonly CountPart[],
  groups: string | null,
): { group: string | null; zone: string | null; own: CountPart[] }[] {
  const zones = [...new Set(parts.map(({ zone }) => zone))].sort((a, b) => (a === null ? -1 : b === null ? 1 : a < b ? -1 : 1));
  const groupsOf = (part: CountPart): string[] => (groups === null ? [] : groupsOfPart(part, groups));
  const known = [...new Set(parts.flatMap(groupsOf))].sort();
  const names = [null, ...known];
  return names.flatMap((group) =>
    zones.flatMap((zone) => {
      const here = parts.filter((part) => part.zone === zone);
      const own = here.filter((part) => group === null || groupsOf(part).includes(group));
      // One group of all species is all species again.
      const same = group !== null && known.length === 1 && own.length === here.length;
      return own.length === 0 || same ? [] : [{ group, zone, own }];
    }),
  );
}

function toldSet({ group, zone, found: { index, fits, unfit } }: Set, { lang }: IndexOptions): string[] {
  const say = (key: string, of: Record<string, string | number> = {}): string => t(lang, `life.trend.${key}`, of);
  const size = (value: number | undefined, digits = 1): string =>
    value !== undefined && Number.isFinite(value) ? number(lang, value, digits) : '–';
  const name = [group ?? say('index.all-species'), zone ?? say('all-sites')].join(', ');
  const said = [
    ...fits.flatMap(({ species, simpler }) => simpler.map((one) => `  ${species}: ${say(`index.simpler.${one}`)}`)),
    ...unfit.map(({ species, problem }) => `  ${say('index.unfit', { species, why: problemText(problem, lang) })}`),
    ...(index?.left ?? []).map(
      ({ name: species, because }) => `  ${say('index.left', { species, why: say(`index.because.${because}`) })}`,
    ),
  ];
  if (index === null) return [`${name}: ${say('index.none')}`, ...said];
  const { trend } = index;
  const titles = ['year', 'index', 'low', 'high', 'smooth', 'species'].map((key) => say(`column.${key}`));
  const rows = index.years.map((year, at) => [
    String(year),
    ...[
      size(index.index[at]),
      size(index.low[at]),
      size(index.high[at]),
      size(index.smooth?.values[at]),
      String(index.species[at]),
    ],
  ]);
  return [
    say('index.heading', { name, species: fits.length - index.left.length }),
    ...columns([titles, ...rows]).map((line) => `  ${line}`),
    say('index.slope', {
      slope: size(trend.slope, 4),
      low: size(trend.low, 4),
      high: size(trend.high, 4),
      class: say(`class.${trend.class}`),
      from: String(trend.from),
      to: String(trend.to),
    }),
    ...said,
  ];
}
