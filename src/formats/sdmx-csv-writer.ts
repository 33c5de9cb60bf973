/**
 * SDMX-CSV 2 out: observations as rows of the SDG data structure, national series under national codes.
 *
 *     nationalSeries('KZ', '7.2.1', 'RESELEC')          // '_L_KZ_070201_RESELEC'
 *     const rows = sdgRows(observations, { series: { 'renewable-share': '_L_KZ_070201_RESELEC' }, area: '398', units: { '%': 'PT' } });
 *     writeSdmxCsv(rows.observations, { structure: 'datastructure', id: 'IAEG-SDGs:SDG(1.20)' })
 *
 * A proxy never travels under a global SERIES: only official indicators may have one.
 *
 * Reference: SDMX-CSV 2.0 field guide; the dimensions are those of IAEG-SDGs:SDG.
 */
import { Problem } from '../problems.ts';
import type { Id, Indicator, Observation } from '../types.ts';
import { type IssueLists, issueLists } from './import-issue.ts';
import type { SdmxAction, SdmxObservation, SdmxValue } from './sdmx-observation.ts';

/** Dimensions of IAEG-SDGs:SDG in their order. */
export const SDG_DIMENSIONS = [
  'FREQ',
  'REPORTING_TYPE',
  'SERIES',
  'REF_AREA',
  'SEX',
  'AGE',
  'URBANISATION',
  'INCOME_WEALTH_QUANTILE',
  'EDUCATION_LEV',
  'OCCUPATION',
  'CUST_BREAKDOWN',
  'COMPOSITE_BREAKDOWN',
  'DISABILITY_STATUS',
  'ACTIVITY',
  'PRODUCT',
  'TIME_PERIOD',
] as const;

const ATTRIBUTES = [
  'UNIT_MEASURE',
  'UNIT_MULT',
  'OBS_STATUS',
  'NATURE',
  'LOWER_BOUND',
  'UPPER_BOUND',
  'TIME_DETAIL',
  'COMMENT_OBS',
  'SOURCE_DETAIL',
];

/** Longest text of an attribute (SDG data structure, COMMENT_OBS) [characters]. */
const LONGEST_TEXT = 1_050;

const LETTERS: Partial<Record<SdmxAction, string>> = { merge: 'M', replace: 'R', delete: 'D', append: 'M', information: 'M' };

/** The code of a national series: country, indicator as goal, target, number, and a word of its own. */
export function nationalSeries(country: string, indicator: string, word: string): string {
  const [goal, target, number] = indicator.split('.');
  const two = (part: string | undefined): string => (part ?? '').toUpperCase().padStart(2, '0');
  const code = `_L_${country.toUpperCase()}_${two(goal)}${two(target)}${two(number)}_${word.toUpperCase()}`;
  if (!isNationalSeries(code)) throw new Problem('sdmx-series-code', { found: code, expected: '_L_KZ_070201_NAME' });
  return code;
}

/** Whether a series code is one that a country gave (`_L_KZ_…`). */
export function isNationalSeries(code: string): boolean {
  return /^_L_[A-Z]{2}_\d{2}(?:\d{2}|0[A-Z])\d{2}_\w+$/.test(code);
}

export interface SdgRows {
  /** The series of each indicator. */
  series: Record<Id, string>;
  /** REF_AREA of each feature, or one for all (`398` is Kazakhstan in M49). */
  area: string | Record<Id, string>;
  /** UNIT_MEASURE by unit (UCUM). */
  units?: Record<string, string>;
  /** Titles for SOURCE_DETAIL, by indicator. */
  sources?: Record<Id, string>;
}

const UNITS: Record<string, string> = {
  '%': 'PT',
  '1': 'RO',
  ha: 'HA',
  km2: 'KM2',
  km: 'KM',
  t: 'T',
  kg: 'KG',
  '{count}': 'NUMBER',
};

/**
 * Observations of the dossier as rows of the SDG structure. What has no series, no unit code or no period is left out and said.
 * @throws Problem `sdmx-series-code` where an indicator that is not official has a global series.
 */
export function sdgRows(
  observations: readonly Observation[],
  indicators: readonly Pick<Indicator, 'id' | 'standing'>[],
  { series, area, units = {}, sources = {} }: SdgRows,
): { observations: SdmxObservation[]; issues: IssueLists } {
  const issues = issueLists();
  for (const { id, standing } of indicators) {
    const code = series[id];
    if (code !== undefined && standing !== 'official' && !isNationalSeries(code))
      throw new Problem('sdmx-series-code', { found: code, expected: '_L_KZ_070201_NAME' });
  }
  const rows = observations.flatMap((one, i): SdmxObservation[] => {
    const code = series[one.indicator];
    const place = `row ${i + 2}`;
    const unit = units[one.unit] ?? UNITS[one.unit];
    const where = typeof area === 'string' ? area : area[one.feature];
    const missing =
      code === undefined
        ? 'SERIES'
        : unit === undefined
          ? 'UNIT_MEASURE'
          : where === undefined
            ? 'REF_AREA'
            : one.period === null
              ? 'TIME_PERIOD'
              : null;
    if (missing !== null || code === undefined || unit === undefined || where === undefined || one.period === null) {
      issues.add('error', 'sdmx-component-missing', { file: one.id, place, name: missing });
      return [];
    }
    const time = timeOf(one.period);
    const age = ageCode(one.by.age);
    if (age === null) {
      issues.add('error', 'sdmx-component-missing', { file: one.id, place, name: `AGE (${one.by.age})` });
      return [];
    }
    const fixed = Object.fromEntries(SDG_DIMENSIONS.map((id) => [id, '_T']));
    const dimensions = {
      ...fixed,
      FREQ: time.frequency,
      REPORTING_TYPE: 'N',
      SERIES: code,
      REF_AREA: where,
      SEX: { F: 'F', M: 'M', X: '_O', unknown: '_U' }[one.by.sex as string] ?? '_T',
      AGE: age,
      ...(one.by.class === undefined ? {} : { CUST_BREAKDOWN: one.by.class }),
      TIME_PERIOD: time.period,
    };
    const text = (name: string, words: string | null | undefined): string | undefined => cut(name, words, one, place, issues);
    const attributes = plain({
      UNIT_MEASURE: unit,
      UNIT_MULT: '0',
      OBS_STATUS: statusOf(one),
      NATURE: one.role === 'computed' ? 'M' : 'C',
      LOWER_BOUND: one.low === null ? undefined : String(one.low),
      UPPER_BOUND: one.high === null ? undefined : String(one.high),
      TIME_DETAIL: time.detail,
      COMMENT_OBS: text('COMMENT_OBS', one.note),
      SOURCE_DETAIL: text('SOURCE_DETAIL', sources[one.indicator]),
    });
    const measures: Record<string, SdmxValue> = one.value === null ? {} : { OBS_VALUE: String(one.value) };
    return [{ structure: null, action: 'replace', dimensions, measures, attributes, value: one.value, place }];
  });
  return { observations: rows, issues };
}

function plain(of: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(of).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function cut(
  name: string,
  text: string | null | undefined,
  one: Observation,
  place: string,
  issues: IssueLists,
): string | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  const signs = [...text];
  if (signs.length <= LONGEST_TEXT) return text;
  issues.add('warning', 'sdmx-text-cut', { file: one.id, place, name, found: signs.length, limit: LONGEST_TEXT });
  return `${signs.slice(0, LONGEST_TEXT - 1).join('')}…`;
}

/** A whole year, half-year, quarter, month or day by its frequency; other spans count as the year they begin in, the span beside. */
function timeOf({ start, end }: { start: string; end: string }): { frequency: string; period: string; detail?: string } {
  const [year = 0, month = 1, day = 1] = start.slice(0, 10).split('-').map(Number);
  const from = Date.parse(start.slice(0, 10));
  const last = Date.parse(end.slice(0, 10));
  const spans = (months: number): boolean => day === 1 && last === Date.UTC(year, month - 1 + months, 1);
  if (spans(12) && month === 1) return { frequency: 'A', period: String(year) };
  if (spans(6) && month % 6 === 1) return { frequency: 'S', period: `${year}-S${(month + 5) / 6}` };
  if (spans(3) && month % 3 === 1) return { frequency: 'Q', period: `${year}-Q${(month + 2) / 3}` };
  if (spans(1)) return { frequency: 'M', period: start.slice(0, 7) };
  if (last - from === 86_400_000) return { frequency: 'D', period: start.slice(0, 10) };
  const detail = `${start.slice(0, 10)}/${new Date(last - 86_400_000).toISOString().slice(0, 10)}`;
  return { frequency: 'A', period: String(year), detail };
}

/** `18-35` as Y18T35, `65-` as Y_GE65; `null` where the text is no age. */
function ageCode(age: string | undefined): string | null {
  if (age === undefined) return '_T';
  const [, from, to] = /^(\d{1,3})(?:-(\d{1,3})?)?$/.exec(age) ?? [];
  if (from === undefined) return null;
  if (!age.includes('-')) return `Y${Number(from)}`;
  return to === undefined ? `Y_GE${Number(from)}` : `Y${Number(from)}T${Number(to)}`;
}

/** CL_OBS_STATUS: O missing, U low reliability, E estimated, P provisional, A normal. */
function statusOf({ value, quality, approximate }: Observation): string {
  if (value === null) return 'O';
  if (quality === 'doubtful') return 'U';
  if (approximate) return 'E';
  return quality === 'ok' ? 'A' : 'P';
}

/** Rows as SDMX-CSV 2; columns are those that any row has, dimensions first. Several values are parted by `;`. */
export function writeSdmxCsv(
  observations: readonly SdmxObservation[],
  of: { structure: 'dataflow' | 'datastructure' | 'dataprovision'; id: string; dimensions?: readonly string[] },
): string {
  const names = (pick: (one: SdmxObservation) => object, first: readonly string[]): string[] => {
    const present = new Set(observations.flatMap((one) => Object.keys(pick(one))));
    return [...first.filter((name) => present.has(name)), ...[...present].filter((name) => !first.includes(name))];
  };
  const dimensions = [...(of.dimensions ?? names((one) => one.dimensions, SDG_DIMENSIONS))];
  const measures = names((one) => one.measures, ['OBS_VALUE']);
  if (measures.length === 0) measures.push('OBS_VALUE');
  const attributes = names((one) => one.attributes, ATTRIBUTES);
  const shape = new Map([...measures, ...attributes].map((name) => [name, shapeOf(name, observations)]));
  const several = [...shape.values()].some((one) => one !== '');
  const header = [
    several ? 'STRUCTURE[;]' : 'STRUCTURE',
    'STRUCTURE_ID',
    'ACTION',
    ...dimensions,
    ...[...measures, ...attributes].map((name) => `${name}${shape.get(name)}`),
  ];
  const rows = observations.map((one) => {
    const reference = one.structure;
    const id =
      reference === null
        ? of.id
        : `${reference.agency}:${reference.id}${reference.version === null ? '' : `(${reference.version})`}`;
    return [
      reference?.kind ?? of.structure,
      id,
      LETTERS[one.action] ?? 'M',
      ...dimensions.map((name) => one.dimensions[name] ?? ''),
      ...measures.map((name) => cellOf(one.measures[name], shape.get(name) ?? '')),
      ...attributes.map((name) => cellOf(one.attributes[name], shape.get(name) ?? '')),
    ];
  });
  return [header, ...rows].map((row) => `${csvLine(row)}\r\n`).join('');
}

/** What stands behind the name of a column: `[]` for several values, `[en;ru]` for languages. */
function shapeOf(name: string, observations: readonly SdmxObservation[]): string {
  const langs = new Set<string>();
  let several = false;
  for (const { measures, attributes } of observations) {
    const value = measures[name] ?? attributes[name];
    if (Array.isArray(value)) several = true;
    else if (typeof value === 'object') for (const lang of Object.keys(value)) langs.add(lang);
  }
  return langs.size > 0 ? `[${[...langs].join(';')}]` : several ? '[]' : '';
}

function cellOf(value: SdmxValue | undefined, shape: string): string {
  if (value === undefined) return '';
  const guarded = (text: string): string => (/[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  if (Array.isArray(value)) return value.map(guarded).join(';');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([lang, text]) => guarded(`${lang}:${text}`))
      .join(';');
  return shape === '' ? value : guarded(value);
}

/** A row after RFC 4180, as programs read it: nothing is put before a sign that a spreadsheet would take for a formula. */
export function csvLine(row: readonly string[]): string {
  return row.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}
