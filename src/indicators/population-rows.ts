/**
 * Counts from the rows of a table with named columns, as the indicators of populations take them.
 *
 *     const read = readCounts(rows);          // null where a row is at fault
 *     groupsOf('conservation; birds of prey') // ['conservation', 'birds of prey']
 */
import type { Cells } from '../formats/cells.ts';
import type { PopulationRow } from '../formats/population-table.ts';
import type { Problem } from '../problems.ts';
import type { Period } from '../types.ts';
import { yearPeriod } from './figure.ts';
import { type NoteCode, note, noteOf } from './figure-note.ts';
import { type CountPart, countParts, type Simpler } from './population-fits.ts';
import { amount, type TableRow, yearOf } from './table-indicator.ts';

export const COUNT_REQUIRED: readonly string[] = ['species', 'site', 'year', 'count'];
export const COUNT_OPTIONAL: readonly string[] = ['zone', 'group', 'month', 'weight', 'role', 'phase', 'note'];

/** Functions of a biosphere reserve as people write them; any other group is a word of the table. */
const FUNCTIONS: readonly (readonly [string, RegExp])[] = [
  ['conservation', /^(conservation|охрана|сохранение|природоохранная|қорғау|сақтау|koruma)$/iu],
  ['development', /^(development|развитие|даму|kalkınma)$/iu],
  ['logistic', /^(logistics?|logistic support|логистика|логистическая|логистикалық|lojistik)$/iu],
];

/** Groups that a species stands for; a function by its code. */
export function groupsOf(text: string): string[] {
  const words = text.split(';').map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== '').map((word) => FUNCTIONS.find(([, as]) => as.test(word))?.[0] ?? word))];
}

/** The groups of the species of a part. */
export function groupsOfPart({ rows }: Pick<CountPart, 'rows'>, column = 'group'): string[] {
  return groupsOf(rows.find(({ other }) => (other[column] ?? '') !== '')?.other[column] ?? '');
}

/** The rows, or `null` where one is at fault. */
export function readCounts(rows: readonly TableRow[]): PopulationRow[] | null {
  let sound = true;
  const seen = new Set<string>();
  const groups = new Map<string, string>();
  const read = rows.map(({ cells: given }, i): PopulationRow => {
    const cells: Cells = {
      ...given,
      wrong: (...of) => {
        sound = false;
        given.wrong(...of);
      },
      required: (field) => {
        const found = given.required(field);
        if (found === '') sound = false;
        return found;
      },
    };
    const [species, site, year] = [cells.required('species'), cells.required('site'), yearOf(cells)];
    const month = monthOf(cells);
    const key = JSON.stringify([species, site, year, month]);
    if (seen.has(key)) cells.wrong('year', `${species}, ${site}, ${year}`, '1 × species, site, year');
    seen.add(key);
    const weight = amount(cells, 'weight');
    if (weight === 0) cells.wrong('weight', '0', '> 0');
    const group = cells.text('group') ?? '';
    const known = groups.get(species) ?? '';
    if (group !== '' && known !== '' && group !== known) cells.wrong('group', `${species}: ${group}`, known);
    if (known === '') groups.set(species, group);
    return {
      line: i + 2,
      species,
      site,
      year,
      count: amount(cells, 'count'),
      ...(month === null ? {} : { month }),
      ...(weight === null || weight === 0 ? {} : { weight }),
      other: { zone: cells.text('zone') ?? '', group },
    };
  });
  return sound ? read : null;
}

function monthOf(cells: Cells): number | null {
  const month = cells.number('month');
  if (month !== null && !(Number.isInteger(month) && month > 0)) cells.wrong('month', String(month), '1, 2, …');
  return month;
}

/** All sites, and each zone where the table has zones. */
export function partsOf(rows: PopulationRow[]): CountPart[] {
  const zoned = rows.some(({ other }) => other.zone !== '');
  return countParts({ file: 'counts', rows, others: ['zone'] }, { zones: zoned ? 'zone' : null, field: 'zone' });
}

/** From the first of some years to the last. */
export const spanOfYears = (years: readonly number[]): Period => ({
  start: yearPeriod(years.reduce((a, b) => Math.min(a, b))).start,
  end: yearPeriod(years.reduce((a, b) => Math.max(a, b))).end,
});

const SIMPLER: Readonly<Record<Simpler, NoteCode>> = {
  'model-2': 'trend-lines',
  'no-correlation': 'trend-no-correlation',
  'no-dispersion': 'trend-no-dispersion',
};

/** What was left out of the model. */
export function simplerNote(simpler: readonly Simpler[]): string | null {
  return noteOf(...simpler.map((one) => note(SIMPLER[one])));
}

/** The same of several species, with their names. */
export function simplerNotes(fits: readonly { species: string; simpler: readonly Simpler[] }[]): string | null {
  return noteOf(
    ...(Object.keys(SIMPLER) as Simpler[]).map((one) => {
      const own = fits.filter(({ simpler }) => simpler.includes(one)).map(({ species }) => species);
      return own.length === 0 ? null : note(`${SIMPLER[one]}-of` as NoteCode, own.join(', '));
    }),
  );
}

/** Why there is no figure of some counts. */
export function unfitNote({ code }: Pick<Problem, 'code'>): string {
  if (code === 'population-nothing-found') return note('trend-nothing-found');
  return note(code === 'population-one-year' || code === 'population-no-counts' ? 'trend-one-year' : 'trend-unfit');
}
