/**
 * The description of a Darwin Core archive, `meta.xml` (TDWG 2023, Darwin Core text guide, http://rs.tdwg.org/dwc/terms/guides/text/).
 *
 *     const { core, extensions, metadata } = readMeta({ name: 'meta.xml', bytes }, issues);
 *     core.rowType, core.files, core.fields[0]   // { term: 'scientificName', uri: 'http://…', index: 1, fallback: null }
 */
import { Problem } from '../problems.ts';
import { type RowKind, rowKind, termOf } from './darwin-core-terms.ts';
import type { IssueLists } from './import-issue.ts';
import { localName, readXml } from './xml.ts';
import type { Bytes } from './zip.ts';

export interface CoreField {
  /** Its short name: `decimalLatitude`. */
  term: string;
  /** As the description writes it. */
  uri: string;
  /** Column from 0; `null` where the value is the same in every row. */
  index: number | null;
  /** What stands where the cell is empty or there is no column. */
  fallback: string | null;
}

export interface CoreTable {
  role: 'core' | 'extension';
  rowType: string;
  kind: RowKind;
  files: string[];
  /** Column of the core's identifier, `null` where none is named. */
  id: number | null;
  fields: CoreField[];
  /** `null` where the description does not say. */
  delimiter: string | null;
  quote: string | null;
  newline: string | null;
  encoding: string | null;
  /** Lines before the first row. */
  skip: number;
  /** Line of the description where it begins. */
  line: number;
}

export interface CoreMeta {
  core: CoreTable;
  extensions: CoreTable[];
  /** File that describes the data, as the archive names it. */
  metadata: string | null;
}

/** Mark where the description does not name one: the guide's. */
const QUOTE = '"';

/**
 * @throws Problem `xml-broken`, `xml-entities`, `dwca-core-missing`, `dwca-location-missing`, `dwca-index-wrong`, `dwca-id-missing`.
 */
export function readMeta(file: Bytes, issues: IssueLists): CoreMeta {
  const tables: CoreTable[] = [];
  let metadata: string | null = null;
  let table: CoreTable | null = null;
  let location: string | null = null;
  readXml(file, {
    open: (name, attributes, line) => {
      const of = localName(name).toLowerCase();
      if (of === 'archive') metadata = attributeOf(attributes, 'metadata') || null;
      else if (of === 'core' || of === 'extension') {
        table = tableOf(of, attributes, line, file.name);
        tables.push(table);
      } else if (of === 'location') location = '';
      else if (table !== null && (of === 'id' || of === 'coreid')) table.id = indexOf(attributes, file.name, line, of);
      else if (table !== null && of === 'field') table.fields.push(fieldOf(attributes, file.name, line));
    },
    text: (text) => {
      if (location !== null) location += text;
    },
    close: (name) => {
      if (localName(name).toLowerCase() !== 'location' || location === null) return;
      if (location.trim() !== '') table?.files.push(location.trim());
      location = null;
    },
  });
  const core = tables.find(({ role }) => role === 'core');
  if (core === undefined) throw new Problem('dwca-core-missing', { file: file.name });
  check(core, file.name, tables.length > 1);
  const extensions = tables.filter((one) => {
    if (one.role === 'core') return false;
    try {
      check(one, file.name, true);
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      issues.problem('critical', error);
      return false;
    }
  });
  return { core, extensions, metadata };
}

function check(table: CoreTable, file: string, star: boolean): void {
  const where = { file, line: String(table.line), found: shortType(table.rowType) };
  if (table.files.length === 0) throw new Problem('dwca-location-missing', where);
  if (star && table.id === null)
    throw new Problem('dwca-id-missing', { ...where, field: table.role === 'core' ? 'id' : 'coreid' });
}

/** `Multimedia` for `http://rs.gbif.org/terms/1.0/Multimedia`. */
export function shortType(rowType: string): string {
  return rowType.replace(/^.*[/#]/, '');
}

function tableOf(role: CoreTable['role'], attributes: Record<string, string>, line: number, file: string): CoreTable {
  const given = (name: string): string | null => {
    const value = attributeOf(attributes, name);
    return value === undefined ? null : escapes(value);
  };
  const delimiter = given('fieldsTerminatedBy');
  const quote = given('fieldsEnclosedBy') ?? QUOTE;
  for (const [field, value] of [
    ['fieldsTerminatedBy', delimiter ?? ','],
    ['fieldsEnclosedBy', quote],
  ] as const)
    if (value.length > 1) throw new Problem('dwca-separator', { file, line: String(line), field, found: value });
  const rowType = attributeOf(attributes, 'rowType') ?? 'http://rs.tdwg.org/dwc/xsd/simpledarwincore/SimpleDarwinRecord';
  return {
    role,
    rowType,
    kind: rowKind(rowType),
    files: [],
    id: null,
    fields: [],
    delimiter: delimiter === '' ? null : delimiter,
    quote: quote === '' ? null : quote,
    newline: given('linesTerminatedBy'),
    encoding: attributeOf(attributes, 'encoding') || null,
    skip: Math.max(0, Math.trunc(Number(attributeOf(attributes, 'ignoreHeaderLines') ?? 0)) || 0),
    line,
  };
}

function fieldOf(attributes: Record<string, string>, file: string, line: number): CoreField {
  const uri = attributeOf(attributes, 'term') ?? '';
  return {
    term: termOf(uri),
    uri,
    index: attributeOf(attributes, 'index') === undefined ? null : indexOf(attributes, file, line, uri),
    fallback: attributeOf(attributes, 'default') ?? null,
  };
}

function indexOf(attributes: Record<string, string>, file: string, line: number, field: string): number | null {
  const found = attributeOf(attributes, 'index');
  if (found === undefined) return null;
  if (!/^\s*\d{1,5}\s*$/.test(found)) throw new Problem('dwca-index-wrong', { file, line: String(line), field, found });
  return Number(found);
}

/** Attributes are written in any case, with or without a prefix. */
function attributeOf(attributes: Record<string, string>, name: string): string | undefined {
  if (name in attributes) return attributes[name];
  const known = Object.keys(attributes).find((one) => localName(one).toLowerCase() === name.toLowerCase());
  return known === undefined ? undefined : attributes[known];
}

/** `\t` as the description writes it: two characters, or the tab itself. */
function escapes(value: string): string {
  return value
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n')
    .replaceAll('\\r', '\r')
    .replace(/^\\(.)$/, '$1');
}
