import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { memoryBytes } from '../../src/formats/byte-source.ts';
import { readIati, readIatiSource } from '../../src/formats/iati.ts';
import { readIatiActivities } from '../../src/formats/iati-activities.ts';
import { codelistDate, codelistNames, codesOf } from '../../src/formats/iati-codelists.ts';
import { ruleIds, standardRules } from '../../src/formats/iati-ruleset.ts';
import { writeIati } from '../../src/formats/iati-writer.ts';
import { issueText } from '../../src/formats/import-issue.ts';
import { isOfType } from '../../src/formats/xml-schema.ts';
import { Problem } from '../../src/problems.ts';
import type { Organisation } from '../../src/types.ts';
import { problemOf } from './expect-problem.ts';
import { mutated } from './mutate.ts';

const today = '2026-06-30';
const file = (text: string, name = 'iati.xml') => ({ name, bytes: new TextEncoder().encode(text) });

// A record with what the schema and the rules demand (IATI 2.03, activity standard), and no more.
const LEAST = [
  '<iati-identifier>XM-DAC-41304-KZ1</iati-identifier>',
  '<reporting-org ref="XM-DAC-41304" type="40"><narrative>UNESCO</narrative></reporting-org>',
  '<title><narrative>Glaciers</narrative><narrative xml:lang="kk">Мұздықтар</narrative></title>',
  '<description><narrative>Monitoring</narrative></description>',
  '<participating-org ref="XM-DAC-41304" role="4" type="40"><narrative>UNESCO</narrative></participating-org>',
  '<activity-status code="2"/>',
  '<activity-date type="2" iso-date="2021-04-29"/>',
  '<recipient-country code="KZ"/>',
  '<sector vocabulary="1" code="41010"/>',
];
const activity = (children: string[], attributes = 'xml:lang="en" default-currency="USD"') =>
  `<iati-activity ${attributes}>\n${children.join('\n')}\n</iati-activity>`;
const whole = (records: string, version = '2.03') =>
  `<?xml version="1.0"?>\n<iati-activities version="${version}">\n${records}\n</iati-activities>`;
const insert = (before: string, added: string) =>
  LEAST.flatMap((line) => (line.startsWith(`<${before}`) ? [added, line] : [line]));
const read = (text: string) => readIati(file(text), { today });
const codes = (reading: ReturnType<typeof read>) => reading.issues.lists.error.map(({ code }) => code);

describe('structure', () => {
  it('the least record is valid and breaks no rule', () => {
    const reading = read(whole(activity(LEAST)));
    expect([reading.schemaValid, reading.brokenRules, reading.issues.counts]).toEqual([
      true,
      [],
      { critical: 0, error: 0, warning: 0 },
    ]);
  });
  it.each([
    ['a missing element', LEAST.filter((line) => !line.startsWith('<title')), 'iati-element-missing'],
    ['an unknown element', insert('sector', '<secter code="1"/>'), 'iati-element-unknown'],
    ['elements in another order', [...LEAST.slice(1), LEAST[0] ?? ''], 'iati-element-order'],
    [
      'an element twice',
      insert('recipient-country', '<activity-scope code="1"/><activity-scope code="1"/>'),
      'iati-element-again',
    ],
    ['a missing attribute', insert('sector', '<recipient-region vocabulary="1"/>'), 'iati-attribute-missing'],
    ['an unknown attribute', insert('sector', '<recipient-region code="1" colour="red"/>'), 'iati-attribute-unknown'],
    [
      'a date that is none',
      insert('recipient-country', '<activity-date type="1" iso-date="2021-02-30"/>'),
      'iati-attribute-value',
    ],
    ['text where elements belong', insert('sector', '<recipient-region code="1">Asia</recipient-region>'), 'iati-text-stray'],
  ])('%s is told by path and line, and the record is taken', (_, children, code) => {
    const taken: string[] = [];
    const reading = readIati(file(whole(activity(children))), { today }, ({ identifier }) => taken.push(identifier ?? ''));
    expect(codes(reading)).toContain(code);
    expect(reading.schemaValid).toBe(false);
    expect(taken).toEqual(['XM-DAC-41304-KZ1']);
    const [issue] = reading.issues.lists.error;
    expect(String(issue?.details.path)).toMatch(/^iati-activity\[1\]/);
    if (issue !== undefined) expect(issueText(issue, 'kk')).toContain(String(issue.details.line));
  });
  it('elements of another namespace may stand at the end', () => {
    expect(read(whole(activity([...LEAST, '<x:note xmlns:x="urn:x"><x:a/>text</x:note>']))).schemaValid).toBe(true);
    expect(read(whole(activity([...LEAST, '<note/>']))).schemaValid).toBe(false);
  });
  it.each([
    ['2012-02-29', 'date', true],
    ['2013-02-29', 'date', false],
    ['2012-01-01+06:00', 'date', true],
    ['2011-06-01', 'dateTime', false],
    ['2011-06-01T24:00:00', 'dateTime', true],
    ['1e3', 'decimal', false],
    [' 5. ', 'decimal', true],
    ['2147483648', 'int', false],
    ['TRUE', 'boolean', false],
    ['kk-Cyrl', 'lang', true],
    ['http://example.org/%zz', 'anyURI', false],
    ['https://kk.wikipedia.org/wiki/Қорғалжын', 'anyURI', true],
  ])('%s as %s: %s (XML Schema part 2)', (text, type, valid) => {
    expect(isOfType(text, type)).toBe(valid);
  });
});

describe('versions', () => {
  const old = '<iati-activity><reporting-org>UNDP</reporting-org><title>Steppe</title></iati-activity>';
  it.each(['1.01', '1.05', ''])('version "%s" of 1.0x is refused record by record', (version) => {
    const reading = read(whole(old, version));
    expect([reading.refused, reading.issues.lists.critical.map(({ code }) => code)]).toEqual([1, ['iati-version-1']]);
  });
  it.each(['2.01', '2.02'])('version %s is read', (version) => {
    expect(read(whole(activity(LEAST), version)).issues.counts.critical).toBe(0);
  });
  it('a version that does not exist is read as 2.03 and told', () => {
    expect(read(whole(activity(LEAST), '2.04')).issues.lists.warning.map(({ code }) => code)).toEqual(['iati-version-unknown']);
  });
});

describe('rules and codes', () => {
  it('the ruleset has its 89 ids', () => {
    expect(ruleIds(standardRules)).toHaveLength(89);
  });
  it.each([
    [
      '2.1.2',
      insert('sector', '').map((line) =>
        line.startsWith('<sector') ? '<sector code="41010" percentage="60"/><sector code="41020" percentage="30"/>' : line,
      ),
    ],
    ['11.1.4', insert('recipient-country', '').map((line) => line.replace('2021-04-29', '2027-01-01'))],
    ['6.14.1', [...LEAST, '<policy-marker vocabulary="1" code="1"/>']],
    [
      '7.5.3',
      [
        ...LEAST,
        '<budget><period-start iso-date="2024-01-01"/><period-end iso-date="2025-12-31"/><value value-date="2024-01-01">5</value></budget>',
      ],
    ],
    ['1.1.3', LEAST.map((line) => line.replace('41304-KZ1', '41304'))],
    ['3.1.4', LEAST.map((line) => line.replace('code="KZ"', 'code="KZ" percentage="50"'))],
  ])('rule %s is told where it is broken', (rule, children) => {
    const { brokenRules, issues } = read(whole(activity(children)));
    expect(brokenRules).toContain(rule);
    expect(issues.lists.error.find(({ details }) => details.rule === rule)?.details.message).not.toBe('');
  });
  it('a language or a currency for each value does as well as a default', () => {
    expect(read(whole(activity(LEAST, ''))).brokenRules).toEqual(['4.1.1']);
    const stated = LEAST.map((line) => line.replaceAll('<narrative>', '<narrative xml:lang="en">'));
    expect(read(whole(activity(stated, ''))).brokenRules).toEqual([]);
  });
  it('an unknown code of a fixed list is an error, of another a warning with its date', () => {
    const fixed = read(
      whole(activity(LEAST.map((line) => line.replace('activity-status code="2"', 'activity-status code="9"')))),
    );
    expect(codes(fixed)).toEqual(['iati-code-unknown']);
    const open = read(whole(activity(LEAST.map((line) => line.replace('41010', '99998')))));
    expect(open.issues.lists.warning[0]?.details).toMatchObject({ list: 'Sector', found: '99998', date: codelistDate('Sector') });
    expect(codelistNames.every((name) => (codesOf(name)?.size ?? 0) > 1)).toBe(true);
  });
});

describe('files that are damaged', () => {
  it('a file that breaks off gives the records before', () => {
    const text = whole(`${activity(LEAST)}${activity(LEAST.map((line) => line.replace('KZ1', 'KZ2')))}`);
    const taken: string[] = [];
    const cut = text.slice(0, text.indexOf('KZ2') + 40);
    const reading = readIati(file(cut), { today }, ({ identifier }) => taken.push(identifier ?? ''));
    expect(taken).toEqual(['XM-DAC-41304-KZ1']);
    expect(reading.issues.lists.critical.map(({ code }) => code)).toEqual(['xml-broken']);
  });
  it('an undeclared entity is told, and reading goes on', () => {
    const reading = read(whole(activity(LEAST.map((line) => line.replace('Glaciers', 'Ice &nbsp; R & D')))));
    expect(codes(reading)).toContain('xml-slip');
    expect(reading.records).toBe(1);
  });
  it('a record without identifier is critical, the next one is taken', () => {
    const taken: unknown[] = [];
    const reading = readIati(file(whole(activity(LEAST.slice(1)) + activity(LEAST))), { today }, (one) => taken.push(one.index));
    expect(taken).toEqual([2]);
    expect(reading.issues.lists.critical.map(({ code }) => code)).toEqual(['iati-identifier-missing']);
  });
  it('another root, entities and an empty file are refused', async () => {
    expect((await problemOf(() => read('<html/>'))).code).toBe('iati-root');
    expect((await problemOf(() => read('<!DOCTYPE a [<!ENTITY b "c">]><iati-activities/>'))).code).toBe('xml-entities');
    expect((await problemOf(() => read(''))).code).toBe('xml-broken');
  });
  it('whatever the damage, it is a reading or a problem', () => {
    const valid = new TextEncoder().encode(whole(activity(LEAST)));
    const options = { numRuns: Number(process.env.FUZZ_RUNS ?? 150), seed: 20_261_123 };
    fc.assert(
      fc.property(mutated(valid), (bytes) => {
        try {
          readIatiActivities({ name: 'a.xml', bytes }, { today, dataset: 'd' });
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
        }
      }),
      options,
    );
  });
  it('a stream gives what the file gives', async () => {
    const text = whole(
      Array.from({ length: 300 }, (_, i) => activity(LEAST.map((line) => line.replace('KZ1', `KZ${i}`)))).join('\n'),
    );
    const [a, b]: string[][] = [[], []];
    readIati(file(text), { today }, ({ identifier }) => a?.push(identifier ?? ''));
    const reading = await readIatiSource(memoryBytes('a', file(text).bytes), { today }, ({ identifier }) =>
      b?.push(identifier ?? ''),
    );
    expect(b).toEqual(a);
    expect([reading.records, reading.schemaValid]).toEqual([300, true]);
  });
});

const RESULT = `<result type="1"><title><narrative>Training</narrative></title><indicator measure="1"><title><narrative>People trained</narrative></title>
<period><period-start iso-date="2023-01-01"/><period-end iso-date="2023-12-31"/><target value="120"/>
<actual value="58"><dimension name="sex" value="female"/></actual><actual value="61"><dimension name="sex" value="male"/></actual></period></indicator></result>`;
const MONEY = [
  '<budget type="1" status="2"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">1000.50</value></budget>',
  '<transaction><transaction-type code="2"/><transaction-date iso-date="2024-03-01"/><value currency="KZT" value-date="2024-03-01">5</value><provider-org ref="KZ-1"><narrative>A</narrative></provider-org></transaction>',
  '<transaction><transaction-type code="11"/><transaction-date iso-date="2024-03-01"/><value value-date="2024-03-01">7</value></transaction>',
  '<transaction><transaction-type code="6"/><transaction-date iso-date="2024-03-01"/><value value-date="2024-03-01">7</value></transaction>',
];
const MARKERS =
  '<policy-marker vocabulary="1" code="1" significance="0"/><policy-marker vocabulary="99" code="x"><narrative>Own</narrative></policy-marker>';
const TAGS = '<tag vocabulary="3" code="15.3"/>';

describe('nouns', () => {
  const rich = whole(activity([...LEAST, TAGS, MARKERS, ...MONEY, RESULT]));
  const nouns = readIatiActivities(file(rich), { today, dataset: 'iati' });
  it('is valid itself', () => {
    expect([nouns.reading.schemaValid, nouns.reading.brokenRules]).toEqual([true, []]);
  });
  it('an activity has its names by language, a period without its last day, themes and an origin', () => {
    expect(nouns.activities).toMatchObject([
      {
        id: 'xm-dac-41304-kz1',
        title: { en: 'Glaciers', kk: 'Мұздықтар' },
        period: { start: '2021-04-29', end: null },
        themes: ['sdg-15.3', 'dac-41010'],
        from: { dataset: 'iati', row: 'XM-DAC-41304-KZ1' },
      },
    ]);
    expect(nouns.participations).toMatchObject([{ organisation: 'xm-dac-41304', role: 'implementing' }]);
  });
  it('what is received is marked, other kinds of transactions are counted as left out', () => {
    expect(
      nouns.money.map(({ kind, value, currency, classes, period }) => [kind, value, currency, classes, period?.end]),
    ).toEqual([
      ['budget', 1000.5, 'USD', ['committed'], '2025-01-01'],
      ['commitment', 5, 'KZT', [], '2024-03-02'],
      ['commitment', 7, 'USD', ['incoming'], '2024-03-02'],
    ]);
    expect(String(nouns.reading.issues.lists.warning.find(({ code }) => code === 'iati-left-out')?.details.found)).toContain(
      'transaction 6 × 1',
    );
  });
  it('people are counted by sex, targets are not people, and no total is made up', () => {
    expect(nouns.headcounts).toMatchObject([
      {
        measure: 'trained',
        female: 58,
        male: 61,
        total: null,
        unknown: null,
        period: { start: '2023-01-01', end: '2024-01-01' },
      },
    ]);
  });
  it('a marker that was not screened is not 0', () => {
    expect(nouns.details['xm-dac-41304-kz1']?.markers.map(({ significance }) => significance)).toEqual(['0', null]);
  });
  it('identifiers that differ only in signs stay apart', () => {
    const two = readIatiActivities(
      file(whole(activity(LEAST) + activity(LEAST.map((line) => line.replace('41304-KZ1', '41304/KZ1'))))),
      { today, dataset: 'd' },
    );
    expect(two.activities.map(({ id }) => id)).toEqual(['xm-dac-41304-kz1', 'xm-dac-41304-kz1-2']);
  });
  it('money that cannot be read is an error, not a zero', () => {
    const bad = MONEY.map((line) => line.replace('1000.50', 'n/a').replace(' currency="KZT"', ''));
    const { money, reading } = readIatiActivities(file(whole(activity([...LEAST, ...bad], 'xml:lang="en"'))), {
      today,
      dataset: 'd',
    });
    expect(money).toEqual([]);
    expect(reading.issues.lists.error.filter(({ code }) => code === 'iati-value-unread')).toHaveLength(3);
  });
  it('what is written is valid, in the order of the schema, and read the same', () => {
    const reporting = nouns.organisations[0] as Organisation;
    const { text, reading, issues } = writeIati(nouns, { reporting, today });
    expect([reading.schemaValid, reading.brokenRules, issues.counts]).toEqual([true, [], { critical: 0, error: 0, warning: 0 }]);
    const { reading: _, ...again } = readIatiActivities(file(text), { today, dataset: 'iati' });
    const { reading: __, ...before } = nouns;
    expect({ ...again, money: again.money.map(({ from: ___, ...one }) => one) }).toEqual({
      ...before,
      money: before.money.map(({ from: ___, ...one }) => one),
    });
  });
  it('an activity of the dossier alone says what IATI misses', () => {
    const bare = {
      ...nouns,
      participations: [],
      details: {},
      activities: nouns.activities.map((one) => ({ ...one, period: { start: null, end: null } })),
    };
    const { issues } = writeIati(bare, { reporting: nouns.organisations[0] as Organisation, today });
    expect(issues.lists.error.map(({ details }) => details.name)).toEqual(['activity-date', 'participating-org']);
  });
});

test('a ROR with wrong check digits is told, and kept as a reference only', () => {
  const reading = (ror: string) =>
    readIatiActivities(
      file(
        whole(
          activity(LEAST.map((line) => line.replaceAll(' ref="XM-DAC-41304" role', ` ref="XI-ROR-https://ror.org/${ror}" role`))),
        ),
      ),
      { today, dataset: 'iati' },
    );
  const wrong = reading('05ect4e58');
  expect(wrong.organisations.map(({ ids }) => ids.ror)).not.toContain('https://ror.org/05ect4e58');
  expect(wrong.reading.issues.lists.error.map(({ details }) => [details.name, details.found, details.expected])).toContainEqual([
    'ref',
    'https://ror.org/05ect4e58',
    'https://ror.org/05ect4e57',
  ]);
  expect(reading('05ect4e57').organisations.map(({ ids }) => ids.ror)).toContain('https://ror.org/05ect4e57');
});

describe('organisation files', () => {
  const organisations = `<iati-organisations version="2.03"><iati-organisation xml:lang="en" default-currency="EUR">
<organisation-identifier>XI-ROR-https://ror.org/05ect4e57</organisation-identifier><name><narrative>A</narrative></name>
<reporting-org ref="XI-ROR-https://ror.org/05ect4e57" type="40"><narrative>A</narrative></reporting-org>
<total-budget status="1"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">25</value></total-budget>
</iati-organisation></iati-organisations>`;
  it('give organisations with their identifiers and budgets', () => {
    const { organisations: found, money, reading } = readIatiActivities(file(organisations), { today, dataset: 'd' });
    expect(reading).toMatchObject({ kind: 'organisations', schemaValid: true });
    expect(found).toMatchObject([{ name: { en: 'A' }, kind: '40', ids: { ror: 'https://ror.org/05ect4e57' } }]);
    expect(money).toMatchObject([{ kind: 'budget', value: 25, currency: 'EUR' }]);
  });
});
