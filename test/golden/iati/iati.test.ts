/**
 * IATI: the schema tests and rules that the standard publishes, kept beside the project. See README.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { iatiTypes, readIati } from '../../../src/formats/iati.ts';
import { checkRules, ruleIds, rulesFrom, standardRules } from '../../../src/formats/iati-ruleset.ts';
import { readXml } from '../../../src/formats/xml.ts';
import { treeBuilder, type XmlElement } from '../../../src/formats/xml-tree.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'cooperation', 'iati');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: IATI is not compared in this run (set SARYARKA_GOLDEN)`);
const json = (...path: string[]): unknown => (present ? JSON.parse(readFileSync(join(folder, ...path), 'utf8')) : { cases: {} });
const read = (...path: string[]) => readIati({ name: path.at(-1) ?? '', bytes: readFileSync(join(folder, ...path)) }, { today: '2026-06-30' });

const schemaTests = Object.entries((json('schema-tests', 'expected.json') as { cases: Record<string, SchemaCase> }).cases);
interface SchemaCase {
  expectedValid: boolean;
  errors?: { line: number; message: string }[];
}

describe.skipIf(!present)('the schema of 2.03', () => {
  test.each(schemaTests)('%s is judged as libxml2 judges it', (file, { expectedValid, errors = [] }) => {
    const { schemaValid, issues } = read('schema-tests', file);
    expect(schemaValid).toBe(expectedValid);
    const lines = new Set(issues.lists.error.map(({ details }) => Number(details.line)));
    // libxml2 names the child that is not expected, here the parent of one that is missing may be named instead
    for (const { line, message } of errors)
      if (/attribute|atomic type|Character content|Missing child/.test(message)) expect([...lines]).toContain(line);
  });
  test('the types are those of the published XSD', () => {
    const xsd = readFileSync(join(folder, 'schema', 'iati-activities-schema.xsd'), 'utf8');
    const declared = [...xsd.matchAll(/<xsd:element name="([\w-]+)"/g)].map(([, name = '']) => name);
    const known = new Set([...iatiTypes.activities].flatMap(([name, { content }]) => [name, ...content.map((one) => one.name)]));
    expect(declared.filter((name) => !known.has(name))).toEqual([]);
  });
});

interface RuleTriple {
  ruleset: string;
  file: string;
  valid: boolean;
}
const triples = present ? (json('rules', 'meta_tests', 'expected.json') as { cases: RuleTriple[] }).cases : [];

function treeOf(...path: string[]): XmlElement {
  const tree = treeBuilder(path.at(-1) ?? '', {});
  readXml({ name: path.at(-1) ?? '', bytes: readFileSync(join(folder, ...path)) }, tree);
  const root = tree.root();
  if (root === null) throw new Error(`${path.join('/')} has no root`);
  return root;
}

describe.skipIf(!present)('rules', () => {
  test.each(triples)('$ruleset on $file: $valid', ({ ruleset, file, valid }) => {
    const broken: string[] = [];
    const rules = rulesFrom(json('rules', 'meta_tests', ruleset) as Parameters<typeof rulesFrom>[0]);
    checkRules(rules, treeOf('rules', 'meta_tests', file), { today: '2026-06-30' }, ({ rule }) => broken.push(JSON.stringify(rule)));
    expect(broken.length === 0).toBe(valid);
  });
  test('the ruleset kept here is the published one', () => {
    const published = rulesFrom(json('rules', 'standard.json') as Parameters<typeof rulesFrom>[0]);
    expect(standardRules).toHaveLength(published.length);
    expect(ruleIds(standardRules)).toHaveLength(89);
    const plain = (rule: unknown): string => JSON.stringify(rule, (key, value) => (['ruleInfo', 'id', 'severity', 'message'].includes(key) ? undefined : value), 0);
    const sorted = (rules: readonly unknown[]): string[] => rules.map((rule) => [...plain(rule)].sort().join('')).sort();
    expect(sorted(standardRules)).toEqual(sorted(published));
  });
});

interface OwnCase {
  schemaValid: boolean;
  standardRuleErrorsExpected: string[];
}
const own = Object.entries((json('own', 'expected.json') as { cases: Record<string, OwnCase> }).cases);

describe.skipIf(!present)('whole files', () => {
  test.each(own)('%s breaks what it was made to break', (file, expected) => {
    const { schemaValid, brokenRules, issues } = read('own', file);
    expect(schemaValid).toBe(expected.schemaValid);
    const errors = new Set(issues.lists.error.flatMap(({ details }) => (details.rule === undefined ? [] : [String(details.rule)])));
    if (expected.schemaValid) expect([...errors]).toEqual(expected.standardRuleErrorsExpected);
    expect(brokenRules.length).toBeGreaterThanOrEqual(errors.size);
  });
  test('the annotated example of the standard is valid', () => {
    const reading = read('examples', 'activity-standard-example-annotated-2.03.xml');
    expect(reading.issues.lists.error.filter(({ code }) => code !== 'iati-rule' && code !== 'iati-code-unknown')).toEqual([]);
    expect(reading.schemaValid).toBe(true);
  });
  const legacy = present ? readdirSync(join(folder, 'examples', 'legacy-1x')).filter((file) => file !== 'worked-example.xml') : [];
  test('a record of version 1 without its file around it is no file', () => {
    expect(() => read('examples', 'legacy-1x', 'worked-example.xml')).toThrow(/iati-activity/);
  });
  test.each(legacy)('%s of version 1 is told apart and refused', (file) => {
    const reading = read('examples', 'legacy-1x', file);
    expect(reading.refused).toBe(reading.records);
    expect(new Set(reading.issues.lists.critical.map(({ code }) => code))).toEqual(new Set(['iati-version-1']));
  });
});
