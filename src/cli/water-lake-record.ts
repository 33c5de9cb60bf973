/** `saryarka water lake --observed`: the lake's methods on a record, against the published model, and where the error comes from. */
import { writeCsv } from '../formats/csv.ts';
import { type SourceFile, writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import type { AralTables } from '../plans/aral-tables.ts';
import { northBenchmarks, readLakeRecord, seaBenchmarks } from '../plans/lake-benchmarks.ts';
import type { Fit } from '../science/lake-calibration.ts';
import type { Lang } from '../types.ts';

/** Prints the table, or JSON; writes it as CSV where asked. */
export function waterLakeRecord(
  file: SourceFile,
  tables: AralTables,
  { lang, json = false, output }: { lang: Lang; json?: boolean; output?: string },
): number {
  const north = northBenchmarks(readLakeRecord(file));
  const sea = seaBenchmarks(tables);
  const lead = (months: number): Fit | undefined => north.season.leads.find((one) => one.lead === months)?.fit;
  const rows: [key: string, unit: string, fit: Fit | undefined][] = [
    ['published', 'km3', north.published],
    ['free', 'km3', north.free.pooled],
    ['free-second', 'km3', north.free.halves[0].validation],
    ['free-first', 'km3', north.free.halves[1].validation],
    ['season', 'km3', north.season.all],
    ['half-season', 'km3', north.season.half],
    ['lead-1', 'km3', lead(1)],
    ['lead-3', 'km3', lead(3)],
    ['lead-6', 'km3', lead(6)],
    ['lead-12', 'km3', lead(12)],
    ['sea-published', 'm', sea.published],
    ['sea', 'm', sea.ours.pooled],
  ];
  if (json) console.log(JSON.stringify({ north, sea }, null, 2));
  else {
    const value = (of: number | undefined): string => (of === undefined ? '–' : number(lang, of, 3)).padStart(8);
    console.log(t(lang, 'cli.water.record', { file: file.name, months: north.published.n }));
    if (north.ruleOff !== null) console.log(t(lang, 'cli.water.rule-off', { off: north.ruleOff.toExponential(1) }));
    for (const [key, unit, fit] of rows)
      console.log(
        t(lang, 'cli.water.fit', {
          rmse: value(fit?.rmse),
          bias: value(fit?.bias),
          nse: value(fit?.nse),
          unit: t(lang, `water.unit.${unit}`).padEnd(3),
          name: t(lang, `water.benchmark.${key}`),
        }),
      );
    console.log(
      t(lang, 'cli.water.interval', {
        coverage: `${number(lang, north.interval.coverage * 100, 0)} %`,
        width: number(lang, north.interval.width, 1),
      }),
    );
    const { total, input, observation, structure, shift } = north.budget;
    const part = (of: number): string => `${number(lang, (100 * of) / total, 0)} %`;
    console.log(
      t(lang, 'cli.water.budget', {
        input: part(input),
        observation: part(observation),
        structure: part(structure),
        shift: part(shift),
      }),
    );
  }
  if (output !== undefined) {
    const cells = rows.map(([key, unit, fit]) => [
      key,
      unit,
      fit?.n ?? null,
      fit?.rmse ?? null,
      fit?.bias ?? null,
      fit?.nse ?? null,
    ]);
    writeFile(output, writeCsv(['benchmark', 'unit', 'n', 'rmse', 'bias', 'nse'], cells));
    if (!json) console.log(t(lang, 'cli.water.written', { file: output }));
  }
  return 0;
}
