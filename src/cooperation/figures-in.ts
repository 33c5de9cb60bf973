/**
 * Figures of SDMX and of Open SDG files as observations, with the indicators that they are of. A series that the dossier does not know
 * becomes an indicator of its own; what has no place, no time or no series is told and left out.
 *
 *     const figures = figuresIn({ dataset, areaOf, indicators, issues, file });
 *     readSdmx(file, {}, figures.addSdmx);
 *     figures.observations, figures.indicators, figures.skipped
 */
import type { IssueLists } from '../formats/import-issue.ts';
import type { OpenSdgTable } from '../formats/open-sdg.ts';
import { isNationalSeries } from '../formats/sdmx-csv-writer.ts';
import type { SdmxObservation } from '../formats/sdmx-observation.ts';
import { periodOf } from '../periods.ts';
import type { Id, Indicator, Observation, Period } from '../types.ts';

export interface FiguresOptions {
  file: string;
  dataset: Id;
  /** The place that a code of REF_AREA names; `null` where the dossier has none. */
  areaOf(code: string): Id | null;
  /** Those that the dossier knows. */
  indicators: readonly Indicator[];
  issues: IssueLists;
}

export interface FiguresIn {
  observations: Map<Id, Observation>;
  /** New ones only. */
  indicators: Map<Id, Indicator>;
  skipped: number;
  addSdmx(one: SdmxObservation): void;
  addOpenSdg(table: OpenSdgTable, feature: Id): void;
}

const UNITS: Record<string, string> = {
  PT: '%',
  PERCENT: '%',
  RO: '1',
  NUMBER: '1',
  HA: 'har',
  KM2: 'km2',
  KM: 'km',
  T: 't',
  KG: 'kg',
  MW: 'MW',
  PS: '{person}',
  USD: '[USD]',
  KZT: '[KZT]',
  EUR: '[EUR]',
  '%': '%',
};

const SEXES: Record<string, Observation['by']['sex']> = { F: 'F', M: 'M', _O: 'X', _U: 'unknown' };

/** Dimensions that stand in columns of their own. */
const OWN = ['FREQ', 'REPORTING_TYPE', 'SERIES', 'REF_AREA', 'SEX', 'AGE', 'TIME_PERIOD'];

export function figuresIn({ file, dataset, areaOf, indicators: known, issues }: FiguresOptions): FiguresIn {
  const byId = new Map(known.map((one) => [one.id.toLowerCase(), one]));
  const found: FiguresIn = { observations: new Map(), indicators: new Map(), skipped: 0, addSdmx, addOpenSdg };
  const leave = (name: string, place: string): void => {
    found.skipped++;
    issues.add('critical', 'exchange-no-place', { file, place, name });
  };
  const indicatorOf = (id: Id, make: () => Omit<Indicator, 'id'>): Id => {
    const there = byId.get(id.toLowerCase()) ?? found.indicators.get(id);
    if (there === undefined) found.indicators.set(id, { id, ...make() });
    return there?.id ?? id;
  };

  function addSdmx(one: SdmxObservation): void {
    const missing = addable(one);
    if (missing !== null) leave(missing, one.place);
  }

  /** What keeps an observation out; `null` where it was taken. */
  function addable(one: SdmxObservation): string | null {
    const { dimensions, attributes, place, value, labels = {} } = one;
    const { SERIES: series, REF_AREA: area, TIME_PERIOD: time } = dimensions;
    if (one.action === 'delete') return 'ACTION = D';
    const code = series ?? dimensions.INDICATOR ?? one.structure?.id;
    if (code === undefined) return 'SERIES';
    const feature = areaOf(area ?? '');
    if (feature === null) return `REF_AREA = ${area ?? ''}`;
    const period = time === undefined ? null : timeOf(time);
    if (period === null) return `TIME_PERIOD = ${time ?? ''}`;
    const plain = (name: string): string => (typeof attributes[name] === 'string' ? attributes[name] : '');
    const unit = unitOf(plain('UNIT_MEASURE') || (dimensions.UNIT_MEASURE ?? ''));
    const national = isNationalSeries(code);
    const goal = /^_L_[A-Z]{2}_(\d{2})(\d{2}|0[A-Z])(\d{2})_/.exec(code);
    const sdg =
      goal === null ? [] : [[goal[1], goal[2], goal[3]].map((part) => (part ?? '').replace(/^0/, '').toLowerCase()).join('.')];
    const title = labels[`SERIES ${code}`] ?? code;
    const indicator = indicatorOf(byId.has(code.toLowerCase()) ? code : `sdmx-${slug(code)}`, () =>
      newIndicator(title, unit, national ? 'national' : 'official', sdg),
    );
    const rest = Object.entries(dimensions).filter(
      ([name, of]) => !OWN.includes(name) && of !== '_T' && of !== '' && of !== '_Z' && name !== 'UNIT_MEASURE',
    );
    const by = byOf(SEXES[dimensions.SEX ?? ''], ageOf(dimensions.AGE), rest.map(([name, of]) => `${name}=${of}`).join('; '));
    const power = Number(plain('UNIT_MULT') || 0);
    const scaled = value === null || !Number.isInteger(power) ? value : value * 10 ** power;
    const bound = (name: string): number | null =>
      plain(name) === '' || Number.isNaN(Number(plain(name))) ? null : Number(plain(name));
    const [low, high] = [bound('LOWER_BOUND'), bound('UPPER_BOUND')];
    const status = plain('OBS_STATUS');
    add({
      id: ['sdmx', code, feature, time, dimensions.SEX ?? '', dimensions.AGE ?? '', by.class ?? ''].join('/'),
      indicator,
      feature,
      period,
      value: scaled,
      unit,
      low: low !== null && high !== null && low > high ? null : low,
      high: low !== null && high !== null && low > high ? null : high,
      by,
      quality: status === 'U' ? 'doubtful' : status === 'P' ? 'unconfirmed' : 'ok',
      approximate: status === 'E',
      note: plain('COMMENT_OBS') || null,
      row: place,
    });
    return null;
  }

  function addOpenSdg({ indicator: number, rows }: OpenSdgTable, feature: Id): void {
    const base = number === null ? `sdg-${slug(file.replace(/\.csv$/i, ''))}` : `sdg-${slug(number)}`;
    for (const row of rows) {
      const place = `row ${row.row}`;
      const period = timeOf(row.year.slice(0, 4));
      if (period === null) {
        leave(`Year = ${row.year}`, place);
        continue;
      }
      const unit = unitOf(row.unit ?? '');
      const id = row.series === null ? base : `${base}-${slug(row.series)}`;
      const indicator = indicatorOf(id, () =>
        newIndicator(row.series ?? number ?? base, unit, 'national', number === null ? [] : [number]),
      );
      const sexAt = Object.keys(row.by).find((name) => /^(sex|gender|пол|жынысы?|cinsiyet)$/i.test(name));
      const sex = sexAt === undefined ? undefined : sexOf(row.by[sexAt] ?? '');
      const rest = Object.entries({ ...row.by, ...(row.geoCode === null ? {} : { GeoCode: row.geoCode }) }).filter(
        ([name]) => name !== sexAt || sex === undefined,
      );
      const by = byOf(sex, undefined, rest.map(([name, of]) => `${name}=${of}`).join('; '));
      add({
        id: ['open-sdg', id, feature, row.year, row.unit ?? '', sex ?? '', by.class ?? ''].join('/'),
        indicator,
        feature,
        period,
        value: row.value,
        unit,
        low: null,
        high: null,
        by,
        quality: 'ok',
        approximate: false,
        note: row.year.length > 4 ? row.year : null,
        row: place,
      });
    }
  }

  function add({ row, ...one }: Omit<Observation, 'level' | 'n' | 'role' | 'from'> & { row: string }): void {
    found.observations.set(one.id, { ...one, level: null, n: null, role: 'declared', from: { dataset, row } });
  }
  return found;
}

function newIndicator(title: string, unit: string, standing: Indicator['standing'], sdg: string[]): Omit<Indicator, 'id'> {
  const text = { en: title };
  const rest = { method: null, version: 1, function: 'development', better: 'neither', references: [] } as const;
  return { title: text, definition: text, unit, ...rest, references: [], standing, codes: { sdg } };
}

function byOf(sex: Observation['by']['sex'], age: string | undefined, of: string): Observation['by'] {
  return { ...(sex === undefined ? {} : { sex }), ...(age === undefined ? {} : { age }), ...(of === '' ? {} : { class: of }) };
}

/** UCUM where the code is known, else an annotation. */
function unitOf(code: string): string {
  const known = UNITS[code.trim().toUpperCase()];
  const words = code
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  return known ?? (words === '' ? '1' : `{${words}}`);
}

function sexOf(text: string): Observation['by']['sex'] {
  if (/^(f|female|women|girls|жен|әйел|kad)/i.test(text)) return 'F';
  if (/^(m|male|men|boys|муж|ер|erkek)/i.test(text)) return 'M';
  return undefined;
}

/** `Y18T35` as 18-35, `Y_GE65` as 65-; codes that are none as they are. */
function ageOf(code: string | undefined): string | undefined {
  if (code === undefined || code === '_T' || code === '') return undefined;
  const [, from, to] = /^Y(\d+)T(\d+)$/.exec(code) ?? [];
  if (from !== undefined) return `${from}-${to}`;
  return code.replace(/^Y_GE(\d+)$/, '$1-').replace(/^Y(\d+)$/, '$1');
}

/** A year, half-year, quarter, month or day of SDMX. */
export function timeOf(text: string): Period | null {
  const [, year, kind, number] = /^(\d{4})-([SQ])(\d)$/.exec(text) ?? [];
  if (year === undefined) return periodOf(text);
  const months = kind === 'S' ? 6 : 3;
  const first = (Number(number) - 1) * months;
  if (first < 0 || first >= 12) return null;
  const day = (month: number): string => new Date(Date.UTC(Number(year), month, 1)).toISOString().slice(0, 10);
  return { start: day(first), end: day(first + months) };
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'x'
  );
}
