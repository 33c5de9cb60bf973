/**
 * What every reader of SDMX makes: observations with what they are of.
 *
 *     referenceOf('ESTAT:NA_MAIN(1.6.0)', 'dataflow')   // { kind: 'dataflow', agency: 'ESTAT', id: 'NA_MAIN', version: '1.6.0' }
 */
import type { IssueLists } from './import-issue.ts';
import type { SdmxStructure } from './sdmx-structure.ts';

export type SdmxFormat = 'csv-1' | 'csv-2' | 'json-2' | 'ml-generic' | 'ml-specific';

/** What the data are of: `ESTAT:NA_MAIN(1.6.0)`. */
export interface SdmxReference {
  kind: 'dataflow' | 'datastructure' | 'dataprovision';
  agency: string | null;
  id: string;
  version: string | null;
}

/** What to do with a row: merge, replace, delete; older files append or inform. */
export type SdmxAction = 'merge' | 'replace' | 'delete' | 'append' | 'information';

/** One value, several (`X;Y`), or one in several languages. */
export type SdmxValue = string | string[] | Record<string, string>;

export interface SdmxObservation {
  structure: SdmxReference | null;
  action: SdmxAction;
  /** Code by dimension, `TIME_PERIOD` among them; dimensions left blank or switched off (`~`) are absent. */
  dimensions: Record<string, string>;
  measures: Record<string, SdmxValue>;
  attributes: Record<string, SdmxValue>;
  /** The primary measure as a number; `null` where it is blank, or no number. */
  value: number | null;
  /** Names that came with codes, `DIMENSION CODE` → name. */
  labels?: Record<string, string>;
  /** Where it stands: `row 3`, `line 20`, `data set 1, 0:0:1`. */
  place: string;
}

export interface SdmxReading {
  file: string;
  format: SdmxFormat;
  observations: number;
  /** Series with an own key (SDMX-ML, SDMX-JSON), 0 where the format has none. */
  series: number;
  /** Observations that could not be taken. */
  skipped: number;
  issues: IssueLists;
}

export interface SdmxOptions {
  structure?: SdmxStructure;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

export interface SdmxReader {
  write(bytes: Uint8Array): void;
  end(): void;
}

/** What a reader of one format is given. */
export interface SdmxTaking {
  reading: SdmxReading;
  options: SdmxOptions;
  take(observation: SdmxObservation): void;
}

/** The number of a primary measure; texts such as `NaN`, `-` or a blank have none. */
export function numberOf(value: SdmxValue | undefined): number | null {
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** `ESTAT:NA_MAIN(1.6.0)`, with or without a label behind, or the URN that ends so. */
export function referenceOf(text: string, kind: SdmxReference['kind']): SdmxReference | null {
  const [, agency, id, version] =
    /(?:^|=)(?:([\w.@$-]+):)?([\w@$-]+)(?:\(([\w.+*-]+)\))?(?:$|:(?=\s|ObsLevelDim|\w+$))/.exec(text.trim()) ?? [];
  return id === undefined ? null : { kind, agency: agency ?? null, id, version: version ?? null };
}

const ACTIONS: Record<string, SdmxAction> = {
  m: 'merge',
  merge: 'merge',
  u: 'merge',
  r: 'replace',
  replace: 'replace',
  d: 'delete',
  delete: 'delete',
  a: 'append',
  append: 'append',
  i: 'information',
  information: 'information',
};

/** An action by its letter or word; what is not stated informs. */
export function actionOf(text: string | undefined, otherwise: SdmxAction = 'information'): SdmxAction {
  return ACTIONS[(text ?? '').trim().toLowerCase()] ?? otherwise;
}
