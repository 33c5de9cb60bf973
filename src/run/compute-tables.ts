/**
 * Carries an indicator of a table out for one place, and keeps how: the table with its digest, the parameters, the method.
 *
 *     const { run, observations } = tableFigures(redListIndexOfTable, { table, inputs, feature: 'korgalzhyn', params: {} });
 *
 * A table with a fault gives no figure: every fault is told with file, line and field.
 */
import { cellsOf } from '../formats/cells.ts';
import type { CsvTable } from '../formats/csv.ts';
import { noteOf } from '../indicators/figure-note.ts';
import type { TableIndicator } from '../indicators/table-indicator.ts';
import { Problem, Problems } from '../problems.ts';
import type { Id, Observation, Run } from '../types.ts';
import { newRun } from './new-run.ts';

export interface TableWork {
  /** Its name, for what is told of it. */
  name: string;
  table: CsvTable;
  inputs: { href: string; digest: string }[];
  feature: Id;
  /** The zone of the dossier that the table names so; figures of zones that it does not know are filed under `feature`, the zone in their class. */
  zoneOf?: (name: string) => Id | null;
  params: Record<string, string>;
  /** Said of every figure. */
  note?: string | null;
  /** Rows that somebody left out before. */
  skipped?: number;
}

/** @throws Problem `columns-missing`, `param-unknown`; Problems, one for each cell at fault. */
export function tableFigures(indicator: TableIndicator, work: TableWork): { run: Run; observations: Observation[] } {
  const { name, table, inputs, feature: place, note: whole = null, skipped = 0 } = work;
  const unknown = Object.keys(work.params).find((param) => !(param in indicator.params));
  if (unknown !== undefined)
    throw new Problem('param-unknown', { found: unknown, expected: Object.keys(indicator.params).join(', ') || '–' });
  const missing = indicator.required.filter((column) => !table.header.includes(column));
  if (missing.length > 0)
    throw new Problem('columns-missing', {
      file: name,
      missing: missing.join(', '),
      found: table.header.join(', '),
      expected: [...indicator.required, ...indicator.optional].join(', '),
    });
  const params = { ...indicator.params, ...work.params };
  const problems: Problem[] = [];
  const figures = indicator.compute(
    table.rows.map((row) => ({ cells: cellsOf(name, row, problems) })),
    params,
  );
  if (problems.length > 0) throw new Problems(problems);
  const { id, method, version } = indicator;
  const run = newRun(
    { name: id, method, version },
    {
      decisive: [id, method, version, place, params, inputs],
      inputs: inputs.map((input) => ({ dataset: null, ...input })),
      params,
      skipped,
    },
  );
  const observations = figures.map(({ class: own, note, zone = null, ...figure }): Observation => {
    const known = zone === null ? place : (work.zoneOf?.(zone) ?? null);
    const feature = known ?? place;
    const code = known === null ? [own, zone].filter((word) => word !== null).join(', ') : own;
    const parts = [
      feature,
      figure.indicator,
      code ?? '',
      figure.period.start.slice(0, 4),
      `${indicator.method}@${indicator.version}`,
    ];
    return {
      id: parts.join(':'),
      ...figure,
      feature,
      by: code === null ? {} : { class: code },
      role: 'computed',
      quality: figure.value === null || skipped > 0 ? 'partial' : 'ok',
      approximate: false,
      note: noteOf(note, whole),
      from: { run: run.id },
    };
  });
  return { run, observations };
}
