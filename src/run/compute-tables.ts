/**
 * Carries an indicator of a table out for one place, and keeps how: the table with its digest, the parameters, the method.
 *
 *     const { run, observations } = tableFigures(redListIndexOfTable, { table, inputs, feature: 'korgalzhyn', params: {} });
 *
 * A table with a fault gives no figure: every fault is told with file, line and field.
 */
import { cellsOf } from '../formats/cells.ts';
import type { CsvTable } from '../formats/csv.ts';
import { digestOf, softwareVersion } from '../formats/source-node.ts';
import { noteOf } from '../indicators/figure-note.ts';
import type { TableIndicator } from '../indicators/table-indicator.ts';
import { Problem, Problems } from '../problems.ts';
import type { Id, Observation, Run } from '../types.ts';

export interface TableWork {
  /** Its name, for what is told of it. */
  name: string;
  table: CsvTable;
  inputs: { href: string; digest: string }[];
  feature: Id;
  params: Record<string, string>;
  /** Said of every figure. */
  note?: string | null;
  /** Rows that somebody left out before. */
  skipped?: number;
}

/** @throws Problem `columns-missing`, `param-unknown`; Problems, one for each cell at fault. */
export function tableFigures(indicator: TableIndicator, work: TableWork): { run: Run; observations: Observation[] } {
  const { name, table, inputs, feature, note: whole = null, skipped = 0 } = work;
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
  const decisive = JSON.stringify([indicator.id, indicator.method, indicator.version, feature, params, inputs]);
  const run: Run = {
    id: `run-${indicator.id}-${digestOf(decisive).slice(7, 23)}`,
    indicator: indicator.id,
    method: indicator.method,
    version: indicator.version,
    software: { name: 'saryarka', version: softwareVersion() },
    inputs: inputs.map((input) => ({ dataset: null, ...input })),
    params,
    started: '',
    ended: null,
    status: 'done',
    skipped,
  };
  const observations = figures.map(({ class: code, note, ...figure }): Observation => {
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
