/** A table of cells with titles in words: empty columns and codes that have a name beside them are left out. */
import type { CellTableReply } from '../../src/api/cooperation.ts';
import { figure, say } from '../words.ts';

type Cell = CellTableReply['rows'][number][number];

/** What a hidden number is written as in the reply. */
const HIDDEN = 'hidden';
/** Codes for files; a page shows the name. */
const CODES = ['organisation', 'id', 'theme', 'kind', 'function', 'marker', 'year'];

export function Cells({ table: { header, titles, rows }, label }: { table: CellTableReply; label: string }) {
  const named = header.includes('title');
  const shown = header.flatMap((code, i) =>
    (named && CODES.includes(code)) || rows.every((row) => row[i] === null || row[i] === '') ? [] : [i],
  );
  const first = shown.find((i) => header[i] === 'title') ?? shown[0];
  const numeric = (i: number): boolean => rows.every((row) => typeof row[i] !== 'string' || row[i] === HIDDEN);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll cooperation-table" aria-label={label} tabIndex={0}>
      <table class="cards">
        <thead>
          <tr>
            {shown.map((i) => (
              <th key={i} scope="col" class={numeric(i) ? 'n' : undefined}>
                {titles[i]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {shown.map((i) =>
                i === first ? (
                  <th key={i} scope="row">
                    {shownCell(row[i] ?? null)}
                  </th>
                ) : (
                  <td key={i} data-label={titles[i]} class={numeric(i) ? 'n' : undefined}>
                    {shownCell(row[i] ?? null)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function shownCell(cell: Cell): string {
  if (cell === HIDDEN) return say('cooperation.page.hidden');
  return typeof cell === 'number' ? figure(cell, 3) : (cell ?? '–');
}
