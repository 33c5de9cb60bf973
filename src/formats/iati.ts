/**
 * IATI activity and organisation files, 2.01 to 2.03: record by record, each with what is wrong with it. Structure by the schema
 * of 2.03, codes by their lists, and the standard ruleset; 1.0x files are told apart and not taken.
 *
 *     const reading = readIati(file, { today: '2026-06-30' }, (record) => …);
 *     reading.schemaValid; reading.issues.lists.error; reading.brokenRules   // ['2.1.2']
 *
 * Reference: IATI Standard 2.03, schemas of 2018-02-19.
 */
import { Problem, type ProblemCode } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import { checkCodes, codelistDate } from './iati-codelists.ts';
import { checkRules, type RuleOptions, standardRules } from './iati-ruleset.ts';
import schema from './iati-schema.json' with { type: 'json' };
import { type IssueLists, issueLists } from './import-issue.ts';
import { feed, type XmlReader, xmlReader } from './xml.ts';
import { checkElement, checkForeign, checkShallow, type ElementTypes, type Fault, typesOf } from './xml-schema.ts';
import { attribute, elements, textOf, treeBuilder, type XmlElement } from './xml-tree.ts';
import type { Bytes } from './zip.ts';

export type IatiKind = 'activities' | 'organisations';

/** The schema of 2.03, by the kind of file. */
export const iatiTypes: Record<IatiKind, ElementTypes> = {
  activities: typesOf(schema.shared, schema.activities),
  organisations: typesOf(schema.shared, schema.organisations),
};

export interface IatiRecord {
  kind: IatiKind;
  /** `iati-identifier` or `organisation-identifier`; `null` where it is missing, and then the record is not taken. */
  identifier: string | null;
  element: XmlElement;
  /** Place in the file, 1 for the first. */
  index: number;
  /** Whether its structure is that of the schema. */
  schemaValid: boolean;
  /** Ids of the rules that it breaks. */
  brokenRules: string[];
}

export interface IatiReading {
  file: string;
  kind: IatiKind;
  /** As the file states it; `null` where it does not. */
  version: string | null;
  /** Activities or organisations that were found. */
  records: number;
  /** Those that were not taken. */
  refused: number;
  schemaValid: boolean;
  brokenRules: string[];
  issues: IssueLists;
}

export interface IatiOptions extends RuleOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

const READ_VERSIONS = ['2.01', '2.02', '2.03'];

const FAULTS: Record<Fault['kind'], ProblemCode> = {
  'attribute-missing': 'iati-attribute-missing',
  'attribute-unknown': 'iati-attribute-unknown',
  'attribute-value': 'iati-attribute-value',
  'element-missing': 'iati-element-missing',
  'element-unknown': 'iati-element-unknown',
  'element-order': 'iati-element-order',
  'element-again': 'iati-element-again',
  'text-stray': 'iati-text-stray',
  'text-value': 'iati-text-value',
};

/**
 * Reads a file that is in memory and hands each record that can be taken to `take`. A file that breaks off is read as far as it goes.
 * @throws Problem `iati-root` where it is no IATI file, `xml-entities`, `xml-too-deep`.
 */
export function readIati(file: Bytes, options: IatiOptions, take: (record: IatiRecord) => void = () => {}): IatiReading {
  const { reader, finish } = iatiReader(file.name, options, take);
  return finish(() => {
    reader.write(file.bytes);
    reader.end();
  });
}

/**
 * The same for a file or an address of any size, read piece by piece.
 * @throws Problem as `readIati`, and those of the source.
 */
export async function readIatiSource(
  source: ByteSource,
  options: IatiOptions,
  take: (record: IatiRecord) => void = () => {},
): Promise<IatiReading> {
  const { reader, finish } = iatiReader(source.name, options, take);
  let thrown: unknown = null;
  try {
    await feed(source, reader, options);
    reader.end();
  } catch (error) {
    thrown = error;
  }
  return finish(() => {
    if (thrown !== null) throw thrown;
  });
}

function iatiReader(
  file: string,
  options: IatiOptions,
  take: (record: IatiRecord) => void,
): { reader: XmlReader; finish(read: () => void): IatiReading } {
  const reading: IatiReading = {
    file,
    kind: 'activities',
    version: null,
    records: 0,
    refused: 0,
    schemaValid: true,
    brokenRules: [],
    issues: issueLists(),
  };
  const { issues } = reading;
  const seen = new Set<string>();
  let root: XmlElement | null = null;
  /** Names of the children of the root, runs of one name once. */
  const runs: XmlElement[] = [];
  const slip = (found: string, line: number): void => issues.add('error', 'xml-slip', { file, line: String(line), found });
  const tree = treeBuilder(file, {
    unbound: (prefix, line) => slip(`xmlns:${prefix}`, line),
    root: (element) => {
      root = element;
      beginFile(reading, element);
    },
    record: (element, parent) => {
      const last = runs.at(-1);
      if (last?.name !== element.name || last.uri !== element.uri) runs.push({ ...element, children: [], attributes: [] });
      if (element.uri === '' && element.name === recordName(reading.kind))
        readRecord(reading, element, parent, options, seen, take);
      else if (element.uri !== '') checkForeign(element, iatiTypes[reading.kind], (fault) => tellFault(reading, fault, 0));
    },
  });
  const reader = xmlReader(file, {
    open: tree.open,
    close: tree.close,
    ...(tree.text === undefined ? {} : { text: tree.text }),
    slip,
  });
  const finish = (read: () => void): IatiReading => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'xml-broken' || root === null) throw error;
      issues.problem('critical', error);
      reading.schemaValid = false;
    }
    if (root === null) throw new Problem('iati-root', { file, found: '' });
    const strays = (root as XmlElement).children.filter((child) => typeof child === 'string');
    checkShallow(
      { ...(root as XmlElement), children: [...strays, ...runs] },
      `iati-${reading.kind}`,
      iatiTypes[reading.kind],
      (fault) => tellFault(reading, fault, 0),
    );
    if (reader.guessed) issues.add('warning', 'xml-encoding', { file, found: reader.encoding });
    reading.brokenRules.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    return reading;
  };
  return { reader, finish };
}

const recordName = (kind: IatiKind): string => (kind === 'activities' ? 'iati-activity' : 'iati-organisation');

function beginFile(reading: IatiReading, root: XmlElement): void {
  const { file, issues } = reading;
  if (root.uri !== '' || (root.name !== 'iati-activities' && root.name !== 'iati-organisations'))
    throw new Problem('iati-root', { file, found: `${root.uri === '' ? '' : `{${root.uri}}`}${root.name}`.slice(0, 60) });
  reading.kind = root.name === 'iati-activities' ? 'activities' : 'organisations';
  reading.version = attribute(root, 'version')?.trim() || null;
  if (reading.version !== null && !/^[01](\.|$)/.test(reading.version) && !READ_VERSIONS.includes(reading.version))
    issues.add('warning', 'iati-version-unknown', { file, line: String(root.line), found: reading.version });
}

/** A version 1 record has its names as text; version 2 has them in `narrative`. */
function isVersion1(reading: IatiReading, record: XmlElement): boolean {
  if (reading.version !== null && /^[0-2](\.|$)/.test(reading.version)) return !reading.version.startsWith('2');
  const named = elements(record).filter(({ name }) =>
    ['title', 'name', 'description', 'reporting-org', 'participating-org'].includes(name),
  );
  const plain = named.filter((one) => elements(one, 'narrative').length === 0 && textOf(one).trim() !== '');
  return plain.length > 0 && plain.length === named.filter((one) => one.children.length > 0 && textOf(one).trim() !== '').length;
}

function readRecord(
  reading: IatiReading,
  element: XmlElement,
  root: XmlElement,
  options: IatiOptions,
  seen: Set<string>,
  take: (record: IatiRecord) => void,
): void {
  const { file, issues, kind } = reading;
  reading.records += 1;
  const index = reading.records;
  const at = { file, path: pathOf(element, index), line: String(element.line) };
  if (isVersion1(reading, element)) {
    issues.add('critical', 'iati-version-1', { ...at, found: reading.version ?? '1.0x' });
    reading.schemaValid = false;
    reading.refused += 1;
    return;
  }
  const identifierName = kind === 'activities' ? 'iati-identifier' : 'organisation-identifier';
  const written = elements(element, identifierName)[0];
  const identifier = written === undefined ? null : textOf(written).trim() || null;
  const record: IatiRecord = { kind, identifier, element, index, schemaValid: true, brokenRules: [] };
  checkElement(element, recordName(kind), iatiTypes[kind], (fault) => {
    record.schemaValid = false;
    tellFault(reading, fault, index);
  });
  checkCodes(element, (code) => {
    const details = { ...placeOf(file, code.at, index), name: code.attribute, list: code.list, found: code.found };
    if (code.withdrawn) issues.add('warning', 'iati-code-withdrawn', { ...details, date: codelistDate(code.list) });
    else issues.add(code.embedded ? 'error' : 'warning', 'iati-code-unknown', { ...details, date: codelistDate(code.list) });
  });
  checkRules(standardRules, root, options, ({ rule, at: where, found }) => {
    const id = rule.id ?? '';
    if (!record.brokenRules.includes(id)) record.brokenRules.push(id);
    if (!reading.brokenRules.includes(id)) reading.brokenRules.push(id);
    const details = { ...placeOf(file, where, index), rule: id, message: rule.message ?? '', found: found.slice(0, 200) };
    issues.add(rule.severity === 'warning' ? 'warning' : 'error', 'iati-rule', details);
  });
  if (identifier === null) {
    issues.add('critical', 'iati-identifier-missing', { ...at, name: identifierName });
    reading.refused += 1;
    return;
  }
  if (seen.has(identifier)) issues.add('error', 'iati-identifier-twice', { ...at, found: identifier });
  seen.add(identifier);
  take(record);
}

function tellFault(reading: IatiReading, { kind, at, name, found, expected }: Fault, index: number): void {
  reading.schemaValid = false;
  const details = { ...placeOf(reading.file, at, index), name, found: found.slice(0, 120), expected };
  reading.issues.add('error', FAULTS[kind], details);
}

function placeOf(file: string, at: XmlElement, index: number): { file: string; path: string; line: string } {
  return { file, path: pathOf(at, index), line: String(at.line) };
}

/** Where an element stands, such as `iati-activity[3]/transaction[2]/value`; `index` is that of its record. */
export function pathOf(element: XmlElement, index: number): string {
  const { parent } = element;
  if (parent === null) return element.name;
  if (parent.parent === null) return index === 0 ? element.name : `${element.name}[${index}]`;
  const same = elements(parent, element.name);
  const place = same.length > 1 ? `[${same.indexOf(element) + 1}]` : '';
  return `${pathOf(parent, index)}/${element.name}${place}`;
}
