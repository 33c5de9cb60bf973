/**
 * SDMX-CSV 1 and 2 (2.1 included): rows as observations. The delimiter is the sign after the first header; labels, multiple values
 * and languages are taken apart.
 *
 * Reference: SDMX-CSV field guide (sdmx-twg/sdmx-csv), versions 1.0, 2.0 and 2.1.
 */
import { parse } from 'csv-parse/sync';
import { Problem } from '../problems.ts';
import {
  actionOf,
  numberOf,
  referenceOf,
  type SdmxObservation,
  type SdmxReader,
  type SdmxReference,
  type SdmxTaking,
  type SdmxValue,
} from './sdmx-observation.ts';
import { roleOf } from './sdmx-roles.ts';

interface Column {
  /** Id of the component, or of one of the leading columns. */
  id: string;
  kind: 'structure' | 'structure-id' | 'action' | 'key' | 'dimension' | 'measure' | 'attribute' | 'name' | 'aside';
  /** Cells are `CODE: name`. */
  labelled: boolean;
  multiple: boolean;
  languages: boolean;
}

interface Table {
  columns: Column[];
  delimiter: string;
  /** Between several values of a cell, as announced in the first header. */
  between: string;
  version: 1 | 2;
}

/** Reads rows as they become whole: a block of text is cut at the last line end outside quotes. */
export function csvReader(taking: SdmxTaking): SdmxReader {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let table: Table | null = null;
  let row = 1;
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      throw new Problem('text-encoding', { file: taking.reading.file, line: String(row) }, { cause: error });
    }
  };
  const read = (text: string): void => {
    const first = table === null;
    table ??= tableOf(text, taking);
    const records = recordsOf(text, table, taking, row);
    const rows = first ? records.slice(1) : records;
    if (first) {
      table.columns = columnsOf(records[0] ?? [], taking);
      taking.reading.format = table.version === 1 ? 'csv-1' : 'csv-2';
    }
    for (const record of rows) {
      row += 1;
      takeRow(record, table, row, taking);
    }
  };
  return {
    write: (bytes) => {
      rest += decode(bytes);
      const end = lastLineEnd(rest);
      if (end <= 0) return;
      const whole = rest.slice(0, end);
      rest = rest.slice(end);
      read(whole);
    },
    end: () => {
      rest += decode(undefined);
      if (rest.trim() !== '') read(rest);
    },
  };
}

/** The place behind the last line end that does not stand in quotes, 0 where there is none. */
function lastLineEnd(text: string): number {
  let quoted = false;
  let end = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === 34) quoted = !quoted;
    else if (sign === 10 && !quoted) end = i + 1;
  }
  return end;
}

function tableOf(text: string, { reading }: SdmxTaking): Table {
  const [, name, between, delimiter] =
    /^\uFEFF?"?(STRUCTURE|DATAFLOW)(?:\[(.)\])?(?::[^",;\t|]*)?"?([,;\t|]|\r?\n)/i.exec(text) ?? [];
  if (name === undefined) throw new Problem('sdmx-unknown', { file: reading.file, found: text.slice(0, 40) });
  return {
    columns: [],
    delimiter: delimiter === undefined || /\s/.test(delimiter.replace('\t', '')) ? ',' : delimiter,
    between: between ?? ';',
    version: name.toUpperCase() === 'STRUCTURE' ? 2 : 1,
  };
}

function recordsOf(text: string, { delimiter }: Table, { reading }: SdmxTaking, row: number): string[][] {
  try {
    return parse(text, { delimiter, bom: true, relaxColumnCount: true, skipEmptyLines: true, relaxQuotes: true });
  } catch (error) {
    const { lines } = error as { lines?: number };
    const details = { file: reading.file, place: `row ${row + (lines ?? 1) - 1}`, found: (error as Error).message };
    throw new Problem('sdmx-broken', details, { cause: error });
  }
}

const LEADING: Record<string, Column['kind']> = {
  STRUCTURE: 'structure',
  DATAFLOW: 'structure-id',
  STRUCTURE_ID: 'structure-id',
  STRUCTURE_NAME: 'aside',
  ACTION: 'action',
  SERIES_KEY: 'key',
  OBS_KEY: 'key',
};

function columnsOf(header: string[], taking: SdmxTaking): Column[] {
  const named = header.some((one) => one.trim() === 'STRUCTURE_NAME'); // labels=name: each component is followed by its name
  const components: string[] = [];
  let afterComponent = false;
  const columns = header.map((written): Column => {
    const match = /^([^:[]*(?:\[\]\.[^:[]*)*)(\[[^\]]*\])?(?::([\s\S]*))?$/.exec(written.trim());
    const id = (match?.[1] ?? written).trim();
    const [brackets, label] = [match?.[2] ?? '', match?.[3]];
    const leading = LEADING[id.toUpperCase()];
    const column: Column = { id, kind: leading ?? 'dimension', labelled: label !== undefined, multiple: false, languages: false };
    if (leading !== undefined) return { ...column, labelled: leading === 'structure-id' };
    if (named && afterComponent) {
      afterComponent = false;
      return { ...column, kind: 'name' };
    }
    afterComponent = named;
    column.multiple = brackets === '[]';
    column.languages = brackets.length > 2;
    components.push(id);
    return column;
  });
  const roles = roleOf(components, columns, taking.options.structure);
  for (const column of columns) if (column.kind === 'dimension') column.kind = roles.get(column.id) ?? 'attribute';
  if (taking.options.structure === undefined && components.length > 0) {
    const dimensions = columns.filter(({ kind }) => kind === 'dimension').map(({ id }) => id);
    taking.reading.issues.add('warning', 'sdmx-roles-guessed', { file: taking.reading.file, dimensions: dimensions.join(', ') });
  }
  return columns;
}

function takeRow(record: string[], table: Table, row: number, taking: SdmxTaking): void {
  const { reading } = taking;
  const place = `row ${row}`;
  const { columns } = table;
  // a trailing delimiter is common and means nothing; more than that is told
  const beyond = record.slice(columns.length);
  if (beyond.some((cell) => cell.trim() !== '') || beyond.length > 1 || record.length < columns.length)
    reading.issues.add('warning', 'sdmx-row-width', { file: reading.file, row, found: record.length, expected: columns.length });
  const observation: SdmxObservation = {
    structure: null,
    action: table.version === 1 ? 'information' : 'merge',
    dimensions: {},
    measures: {},
    attributes: {},
    value: null,
    place,
  };
  let kind: SdmxReference['kind'] = 'dataflow';
  const labels: Record<string, string> = {};
  for (const [i, column] of columns.entries()) {
    const written = record[i] ?? '';
    if (column.kind === 'structure') kind = kindOf(written);
    else if (column.kind === 'structure-id') observation.structure = referenceOf(written.replace(/:\s.*$/s, ''), kind);
    else if (column.kind === 'action') observation.action = actionOf(written, 'merge');
    else if (column.kind === 'name') nameLabel(columns[i - 1], record[i - 1], written, labels);
    else if (column.kind !== 'key' && column.kind !== 'aside') takeCell(observation, column, written, table, labels);
  }
  if (Object.keys(labels).length > 0) observation.labels = labels;
  const [first] = Object.values(observation.measures);
  observation.value = numberOf(observation.measures.OBS_VALUE ?? first);
  taking.take(observation);
}

function kindOf(text: string): SdmxReference['kind'] {
  const word = text.trim().toLowerCase();
  if (word === 'datastructure') return 'datastructure';
  return word === 'dataprovision' || word === 'provisionagreement' ? 'dataprovision' : 'dataflow';
}

function nameLabel(column: Column | undefined, code: string | undefined, name: string, labels: Record<string, string>): void {
  if (column !== undefined && code !== undefined && code !== '' && name !== '' && code !== name)
    labels[`${column.id} ${code}`] = name;
}

function takeCell(
  observation: SdmxObservation,
  column: Column,
  written: string,
  table: Table,
  labels: Record<string, string>,
): void {
  if (written === '' || (written === '~' && column.kind === 'dimension')) return;
  const { id } = column;
  const plain = (cell: string): string => {
    const [, code, name] = (column.labelled ? /^([\w@$.+-]+):\s+(.*)$/s.exec(cell) : null) ?? [];
    if (code === undefined) return cell;
    if (name !== undefined && name !== code) labels[`${id} ${code}`] = name;
    return code;
  };
  if (column.kind === 'dimension') {
    observation.dimensions[id] = plain(written);
    return;
  }
  let value: SdmxValue;
  if (column.languages)
    value = Object.fromEntries(
      parts(written, table.between).map((part) => {
        const at = part.indexOf(':');
        return at === -1 ? ['', part] : [part.slice(0, at), part.slice(at + 1)];
      }),
    );
  else if (column.multiple) value = parts(written, table.between).map(plain);
  else value = plain(written);
  if (column.kind === 'measure') {
    // where ; parts the cells, the comma parts the decimals
    const decimal = typeof value === 'string' && table.delimiter === ';' && /^[+-]?\d+,\d+$/.test(value);
    observation.measures[id] = decimal ? (value as string).replace(',', '.') : value;
  } else observation.attributes[id] = value;
}

/** Several values of a cell; one in quotes may hold the sign between. */
function parts(text: string, between: string): string[] {
  const found: string[] = [''];
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    if (sign === between && !quoted) found.push('');
    else found[found.length - 1] += sign;
  }
  return found.map((part) => (/^".*"$/s.test(part) ? part.slice(1, -1).replaceAll('""', '"') : part));
}
