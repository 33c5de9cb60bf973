/** The whole way: sheets into a dossier, corrected, taken back; what is printed; what stays. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { recordKinds } from '../../src/records/catalogue.ts';
import { all } from '../../src/store/db.ts';
import { closeDossier, createDossier, openDossier, verifyDossier } from '../../src/store/dossier.ts';
import { loadSiteRecords } from '../../src/store/records.ts';
import { putSite } from '../../src/store/sites.ts';
import { listAudit } from '../../src/store/write.ts';
import { messyBudget, messyEvents, messyStaff, type RawCell, type RawSheet, workbook } from '../records/messy-sheets.ts';

let folder = '';
let dossier = '';
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-records-'));
  const db = createDossier(join(folder, 'empty.gpkg'));
  putSite(db, 'test', {
    id: 'steppe',
    kind: 'biosphere-reserve',
    name: { en: 'Steppe' },
    countries: ['KZ'],
    parent: null,
    ecosystems: null,
    note: null,
  });
  closeDossier(db);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A dossier of one reserve, anew for each test. */
function fresh(): string {
  dossier = join(folder, `d${count++}.gpkg`);
  copyFileSync(join(folder, 'empty.gpkg'), dossier);
  return dossier;
}

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const sheet = (name: string, rows: RawCell[][], more: Partial<RawSheet> = {}): string =>
  file(name, workbook([{ name: 'S', rows, ...more }]).bytes);

async function run(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  const told = { out: '', err: '' };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line) => {
      told.out += `${line}\n`;
    }),
    vi.spyOn(console, 'error').mockImplementation((line) => {
      told.err += `${line}\n`;
    }),
  ];
  try {
    return { exit: await main(['records', ...argv, '--lang', 'en']), ...told };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

function records() {
  const db = openDossier(dossier, { readOnly: true });
  try {
    return {
      ...loadSiteRecords(db, 'steppe'),
      audit: listAudit(db).length,
      datasets: all<{ id: string }>(db, 'select id from datasets'),
      faults: verifyDossier(db),
    };
  } finally {
    closeDossier(db);
  }
}

const PROJECTS: RawCell[][] = [
  ['Title', 'Start', 'End', 'Lead organisation', 'Partners', 'Funders', 'Amount', 'Currency', 'Status', 'Functions'],
  [
    'Cranes of the steppe',
    2019,
    2022,
    'ACBK',
    'Institute of Zoology; Village council',
    'GEF',
    120000,
    'USD',
    'finished',
    'conservation',
  ],
];

describe('import', () => {
  test('the kind is known from the header, the site where there is but one; importing again changes nothing', async () => {
    const [into, path] = [fresh(), file('staff.xlsx', messyStaff().bytes)];
    const first = await run('import', into, path);
    expect(first).toMatchObject({ exit: 0, err: '' });
    expect(first.out).toContain('read as "Staff" (--as staff)');
    expect(first.out).toContain('6 records added, 0 changed, 0 as before');
    expect(first.out).toContain('the total says 91, the rows come to 90');
    const before = records();
    expect(before.headcounts).toHaveLength(6);
    expect(before.headcounts[0]?.from).toMatchObject({
      dataset: expect.stringMatching(/^records\/steppe\/staff\/staff\.xlsx@[0-9a-f]{8}$/),
      row: 'Штат!8',
    });
    expect((await run('import', into, path)).out).toContain('0 records added, 0 changed, 6 as before');
    expect(records()).toEqual(before);
    expect(before.faults).toEqual([]);
  });

  test('a corrected sheet changes what it corrects; what is so already keeps its origin', async () => {
    const into = fresh();
    const rows = [
      ['Year', 'Group of work', 'Total'],
      [2023, 'Rangers and inspectors', 50],
      [2023, 'Scientific staff', 7],
    ];
    await run('import', into, sheet('a.xlsx', rows), '--as', 'staff');
    const corrected = [
      ['Group of work', 'Year', 'Total', 'Women'],
      ['science', 2023, 7, null],
      ['rangers', 2023, 51, 4],
      ['support', 2023, 5, 1],
    ];
    expect((await run('import', into, sheet('b.xlsx', corrected), '--as', 'staff')).out).toContain(
      '1 records added, 1 changed, 1 as before',
    );
    const { headcounts } = records();
    expect(
      headcounts.map(({ groups, total, female, from }) => [
        groups[0],
        total,
        female,
        (from as { row: string; dataset: string }).dataset.includes('/b.xlsx@'),
      ]),
    ).toEqual([
      ['rangers', 51, 4, true],
      ['science', 7, null, false],
      ['support', 5, 1, true],
    ]);
  });

  test('a sheet changes only the fields that it has columns for; what it leaves blank is no longer known', async () => {
    const into = fresh();
    await run('import', into, sheet('p.xlsx', PROJECTS), '--as', 'projects');
    const before = records();
    expect(before.participations.map(({ organisation, role }) => `${organisation} ${role}`)).toEqual([
      'acbk implementing',
      'institute-of-zoology partner',
      'village-council partner',
      'gef funding',
    ]);
    expect(before.money).toMatchObject([
      { value: 120000, currency: 'USD', provider: 'gef', period: { start: '2019-01-01', end: '2023-01-01' } },
    ]);

    await run(
      'import',
      into,
      sheet('p2.xlsx', [
        ['Title', 'Start', 'Result'],
        ['Cranes of the steppe', 2019, 'Twelve nests'],
      ]),
      '--as',
      'projects',
    );
    const after = records();
    expect(after.activities).toMatchObject([{ result: 'Twelve nests', category: 'finished', functions: ['conservation'] }]);
    expect(after.participations).toEqual(before.participations);
    expect(after.money).toEqual(before.money);

    await run(
      'import',
      into,
      sheet('p3.xlsx', [
        ['Title', 'Start', 'Partners', 'Amount', 'Currency'],
        ['Cranes of the steppe', 2019, 'Village council', null, null],
      ]),
      '--as',
      'projects',
    );
    const last = records();
    expect(last.participations.map(({ organisation }) => organisation)).toEqual(['acbk', 'village-council', 'gef']);
    expect(last.money).toEqual([]);
    expect(last.faults).toEqual([]);
  });

  test('a preview prints columns, records and faults, and writes nothing', async () => {
    const [into, path] = [fresh(), file('budget.xlsx', messyBudget().bytes)];
    const before = readFileSync(into);
    const { out, exit } = await run('import', into, path, '--as', 'budget', '--preview');
    expect(out).toContain('17 records would be added');
    expect(out).toContain('above the table stands "(тыс. тенге)"');
    expect(out).toContain('Финансирование!7, Amount: the cell shows the error #REF!');
    expect(exit).toBe(1);
    expect(readFileSync(into).equals(before)).toBe(true);
  });

  test('what can be taken is taken; with --strict all or nothing is', async () => {
    const [into, path] = [fresh(), file('events.xlsx', messyEvents().bytes)];
    const strict = await run('import', into, path, '--as', 'events', '--strict');
    expect(strict.exit).toBe(2);
    expect(strict.out).toContain('Мероприятия!7');
    expect(strict.err).toContain('nothing was stored');
    expect(records().activities).toEqual([]);
    const loose = await run('import', into, path, '--as', 'events');
    expect(loose).toMatchObject({ exit: 1, err: '' });
    expect(records().activities).toHaveLength(4);
    expect(loose.out).not.toContain('Старое');
  });

  test('several files, each of its own kind; a file that cannot be read stops all of them', async () => {
    const into = fresh();
    const [staff, budget] = [file('staff.xlsx', messyStaff().bytes), file('budget.xlsx', messyBudget().bytes)];
    const stopped = await run('import', into, staff, sheet('x.xlsx', [['Colour'], ['red']]));
    expect(stopped.exit).toBe(2);
    expect(records().headcounts).toEqual([]);
    const { exit, out } = await run('import', into, staff, budget);
    expect(exit).toBe(1);
    expect(out).toContain('staff.xlsx, Staff: 6 records added');
    expect(out).toContain('budget.xlsx, Budget: 17 records added');
    const before = records();
    const strict = await run('import', into, staff, budget, '--strict');
    expect(strict.exit).toBe(2);
    expect(strict.err).toContain('budget.xlsx');
    expect(records()).toEqual(before);
  });

  test('a workbook whose sheets are named by kinds: each sheet is its kind, one without a name is told', async () => {
    const into = fresh();
    const book = workbook([
      { name: 'Проекты', rows: PROJECTS },
      {
        name: 'partners',
        rows: [
          ['Name', 'Kind of partner'],
          ['Institute of Zoology', 'Institute'],
        ],
      },
      { name: 'Sheet3', rows: [['Colour'], ['red']] },
      {
        name: 'Sheet4',
        rows: [
          ['Year', 'Group of work', 'Total people'],
          [2023, 'Scientific staff', 7],
        ],
      },
    ]);
    const { exit, out, err } = await run('import', into, file('registers.xlsx', book.bytes));
    expect(err).toBe('');
    expect(exit).toBe(0);
    expect(out).toContain('registers.xlsx, sheet "Проекты": read as "Projects" (--as projects)');
    expect(out).toContain('registers.xlsx, sheet "Sheet3": left out');
    expect(out).toContain('registers.xlsx, Staff: 1 records added');
    const { activities, entries, headcounts, datasets } = records();
    expect([activities.length, entries.map(({ register }) => register), headcounts.length]).toEqual([1, ['partners'], 1]);
    expect(datasets.filter(({ id }) => id.includes('registers.xlsx'))).toHaveLength(3);
    expect((await run('remove', into, '--as', 'partners')).exit).toBe(0);
    expect(records().entries).toEqual([]);
  });

  test('by hand: columns and values', async () => {
    const path = file('s.csv', 'Group;How many;Foo\nscience;7;x\n');
    const into = fresh();
    expect(
      (
        await run(
          'import',
          into,
          path,
          '--as',
          'staff',
          '--columns',
          'How many=total; C=-',
          '--set',
          'year=2021',
          '--set',
          'contract=permanent',
        )
      ).exit,
    ).toBe(0);
    expect(records().headcounts).toMatchObject([{ groups: ['science', 'permanent'], total: 7, from: { row: '2' } }]);
  });

  test.each([
    [['--as', 'choir'], '--as: found "choir"; expected agreements'],
    [['--as', 'staff', '--site', 'moon'], 'no site "moon"'],
    [['--as', 'staff', '--sheet', 'T'], '--sheet: found "T"; expected S'],
    [['--as', 'staff', '--columns', 'X=soul'], '--columns: found "X=soul"'],
    [['--as', 'staff', '--set', 'year=soon'], '--set year: found "soon"'],
    [['--as', 'species'], 'no row names the columns'],
    [[], 'cannot tell what kind of records'],
  ])('%j: %s', async (options, told) => {
    const path = sheet('x.xlsx', [
      ['Colour', 'Height'],
      ['red', 5],
    ]);
    const { exit, err } = await run('import', fresh(), path, ...options);
    expect(exit).toBe(2);
    expect(err).toContain(told);
  });
});

describe('template', () => {
  test.each(['xlsx', 'csv'])('of kept records (%s), imported again, changes nothing', async (ending) => {
    const into = fresh();
    await run('import', into, file('staff.xlsx', messyStaff().bytes));
    await run('import', into, file('budget.xlsx', messyBudget().bytes));
    await run('import', into, file('events.xlsx', messyEvents().bytes));
    await run('import', into, sheet('p.xlsx', PROJECTS), '--as', 'projects');
    for (const kind of ['staff', 'budget', 'events', 'projects']) {
      const before = records();
      const path = join(folder, `${kind}-again.${ending}`);
      expect((await run('template', into, '--as', kind, '-o', path)).exit).toBe(0);
      const again = await run('import', into, path, '--as', kind);
      expect(again.out).toMatch(/0 records added, 0 changed, [1-9]\d* as before/);
      expect(again.exit).toBe(0);
      expect(records()).toEqual(before);
    }
  });

  test('numbers with three decimals come back from CSV as they went', async () => {
    const into = fresh();
    const rows = [
      ['Scientific work', 'Authors', 'Year', 'Latitude'],
      ['Cranes', 'A. B.', 2020, 50.125],
    ];
    const first = await run('import', into, sheet('r.xlsx', rows), '--as', 'research', '--columns', 'Scientific work=title');
    expect(first.out).toContain('1 records added');
    const path = join(folder, 'r.csv');
    await run('template', into, '--as', 'research', '-o', path);
    expect((await run('import', into, path, '--as', 'research')).out).toContain('0 records added, 0 changed, 1 as before');
    expect(records().entries).toMatchObject([{ fields: { latitude: 50.125 } }]);
  });

  test('of every kind is written without a dossier; equal bytes each time', async () => {
    for (const { id } of recordKinds()) {
      const path = join(folder, `${id}.xlsx`);
      expect((await run('template', '--as', id, '-o', path)).exit).toBe(0);
      const first = readFileSync(path);
      await run('template', '--as', id, '-o', path);
      expect(readFileSync(path).equals(first)).toBe(true);
    }
  });

  test('answers: written in the template, kept, shown again, changed', async () => {
    const into = fresh();
    const rows = (text: string): RawCell[][] => [
      ['Section of the form', 'Language', 'Text', 'Author'],
      ['1.4', 'English', text, 'A. B.'],
      ['2.4.7', 'en', null, null],
    ];
    expect((await run('import', into, sheet('a.xlsx', rows('One.')), '--as', 'answers', '--today', '2026-01-02')).out).toContain(
      '1 records added',
    );
    expect(records().answers).toMatchObject([{ section: 'II.1.4', lang: 'en', text: 'One.', written: '2026-01-02' }]);
    expect((await run('import', into, sheet('a.xlsx', rows('One.')), '--as', 'answers', '--today', '2026-02-02')).out).toContain(
      '1 as before',
    );
    expect((await run('import', into, sheet('a.xlsx', rows('Two.')), '--as', 'answers', '--today', '2026-02-02')).out).toContain(
      '1 changed',
    );
    expect(records().answers).toMatchObject([{ text: 'Two.', written: '2026-02-02' }]);
  });
});

describe('remove', () => {
  test('takes back one import with all that hangs on it; the audit stays', async () => {
    const into = fresh();
    await run('import', into, file('staff.xlsx', messyStaff().bytes));
    const before = records();
    await run('import', into, sheet('p.xlsx', PROJECTS), '--as', 'projects');
    const full = records();
    const { exit, out } = await run('remove', into, '--as', 'projects');
    expect(exit).toBe(0);
    expect(out).toContain('6 rows of the dossier taken back');
    const after = records();
    expect({ ...after, audit: 0, organisations: 0 }).toEqual({ ...before, audit: 0, organisations: 0 });
    expect(after.audit).toBeGreaterThan(full.audit);
  });

  test('of several imports one is to be named; answers are found by the audit', async () => {
    const into = fresh();
    const rows = (year: number): RawCell[][] => [
      ['Year', 'Group of work', 'Total'],
      [year, 'science', 7],
    ];
    await run('import', into, sheet('a.xlsx', rows(2022)), '--as', 'staff');
    await run('import', into, sheet('b.xlsx', rows(2023)), '--as', 'staff');
    const many = await run('remove', into, '--as', 'staff');
    expect(many.exit).toBe(2);
    const id = /records\/steppe\/staff\/b\.xlsx@\w+/.exec(many.err)?.[0] ?? '';
    expect((await run('remove', into, '--as', 'staff', '--from', id)).exit).toBe(0);
    expect(records().headcounts.map(({ period }) => period?.start)).toEqual(['2022-01-01']);
    await run(
      'import',
      into,
      sheet('c.xlsx', [
        ['Section of the form', 'Language', 'Text', 'Author'],
        ['1.4', 'en', 'One.', 'A. B.'],
      ]),
      '--as',
      'answers',
      '--today',
      '2026-01-02',
    );
    expect((await run('remove', into, '--as', 'answers')).out).toContain('1 rows');
    expect(records().answers).toEqual([]);
  });
});

test('list names every kind', async () => {
  const { out } = await run('list');
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(recordKinds().map(({ id }) => id));
});
