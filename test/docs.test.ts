/** What the program has, the documents name; what the documents show, the program prints; where they point, something is. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withRoutes } from '../scripts/api.ts';
import { main } from '../src/cli/main.ts';
import { readTable, tableNouns } from '../src/formats/tables.ts';
import * as saryarka from '../src/index.ts';
import * as science from '../src/science/index.ts';
import { all } from '../src/store/db.ts';
import { closeDossier, createDossier } from '../src/store/dossier.ts';
import { exportableNouns } from '../src/store/export-rows.ts';
import { nouns } from '../src/store/schema.ts';
import { unitCodes } from '../src/units.ts';

const root = join(import.meta.dirname, '..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>;

const documents = [
  '.',
  'docs',
  'docs/methods',
  'data',
  'data/aral',
  'data/kazakhstan',
  'data/syrdarya',
  'data/water',
  ...readdirSync(join(root, 'test', 'golden')).map((name) => join('test', 'golden', name)),
].flatMap((folder) =>
  statSync(join(root, folder)).isDirectory()
    ? readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name))
    : [],
);

/** The part of a document under a heading, to the next of the same level. */
function section(document: string, heading: string): string {
  const level = heading.split(' ')[0] ?? '##';
  const [, rest] = `${document}\n`.split(`\n${heading}\n`);
  return rest?.split(new RegExp(`\n${level} `))[0] ?? '';
}

/** Those of `names` that do not stand as code in `document`. */
function unnamed(names: Iterable<string>, document: string): string[] {
  const code = new Set([...document.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text));
  return [...names].filter((name) => !code.has(name));
}

/** What a command prints as help, in English. */
async function helpOf(...command: string[]): Promise<string> {
  let told = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    told += String(chunk);
    return true;
  });
  vi.stubEnv('SARYARKA_LANG', 'en');
  try {
    expect(await main([...command, '--help'])).toBe(0);
  } finally {
    spy.mockRestore();
    vi.unstubAllEnvs();
  }
  return told;
}

const terms = (help: string, title: string): string[] =>
  [...(help.split(`${title}:\n`)[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}(\S.*?)(?: {2,}|$)/gm)].map(([, term = '']) => term);

describe('docs/cli.md', async () => {
  const cli = read('docs', 'cli.md');
  const commands = terms(await helpOf(), 'Commands').map((term) => term.split(' ')[0] ?? '');

  test('the help lists the commands', () => expect(commands).toContain('check'));

  test.each(commands)('has a section on %s with every option, argument and an example', async (command) => {
    const help = await helpOf(command);
    const own = section(cli, `## ${command}`);
    expect(own).toMatch(new RegExp(`\\$ npx saryarka ${command} `));
    const options = terms(help, 'Options').filter((term) => !term.startsWith('-h'));
    expect(options.length).toBeGreaterThan(0);
    const flags = options.flatMap((term) => term.split(', '));
    expect(unnamed(flags, own + section(cli, '## For every command'))).toEqual([]);
    const usage = own.split('```')[1] ?? '';
    const positional = (/Usage: saryarka \S+ \[options\](.*)/.exec(help)?.[1] ?? '').trim();
    expect(usage).toContain(`saryarka ${command}${positional === '' ? '' : ` ${positional}`}`);
    for (const flag of options.filter((term) => term.startsWith('--') && !term.startsWith('--lang')))
      expect(usage).toContain(flag);
  });

  test('names every table that can be exported', () => expect(unnamed(exportableNouns, section(cli, '## export'))).toEqual([]));

  test('names every national profile', () => {
    const profiles = readdirSync(join(root, 'data', 'profiles')).map((name) => name.replace(/\.json$/, ''));
    expect(unnamed(profiles, section(cli, '## check'))).toEqual([]);
  });

  test('names every field of the JSON of check', () => {
    const types = read('src', 'types.ts') + read('src', 'zonation', 'zone-summary.ts');
    const fields = ['ZoneSummary', 'Repair', 'Finding'].flatMap((name) => {
      const body = new RegExp(`interface ${name} \\{([^}]*)`).exec(types)?.[1] ?? '';
      return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field = '']) => field);
    });
    expect(fields.length).toBeGreaterThan(15);
    expect(unnamed(fields, cli)).toEqual([]);
  });
});

test('docs/api.md has the routes as they are', () => {
  const document = read('docs', 'api.md');
  expect(document).toContain('`GET /api/sites`');
  expect(withRoutes(document)).toBe(document);
});

test('docs/library.md has every export, values and types', () => {
  const types = ['index.ts', 'science/index.ts'].flatMap((file) =>
    [...read('src', file).matchAll(/\{([^}]*)\} from/g)].flatMap(([, list = '']) =>
      list.split(',').map((name) => name.trim().replace(/^type /, '')),
    ),
  );
  const names = new Set([...Object.keys(saryarka), ...Object.keys(science), ...types.filter((name) => name !== '')]);
  expect(unnamed(names, read('docs', 'library.md'))).toEqual([]);
});

test('docs/rules.md has every rule of the catalogue', () => {
  const rules = read('data', 'rules.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
  expect(rules.length).toBeGreaterThan(20);
  const document = read('docs', 'rules.md');
  expect(rules.filter((id) => !new RegExp(`\\b${id}\\b`).test(document))).toEqual([]);
});

describe('docs/methods', () => {
  const table = readTable({ name: 'indicators.csv', bytes: readFileSync(join(root, 'data', 'indicators.csv')) }, 'docs');
  const indicators = table.noun === 'indicators' ? table.rows.map(({ row }) => row) : [];

  test('lists every indicator with its unit', () => {
    const lines = read('docs', 'methods', 'README.md').split('\n');
    expect(indicators.length).toBeGreaterThan(50);
    expect(
      indicators.filter(
        ({ id, unit }) => !lines.some((line) => line.startsWith(`| \`${id}\` |`) && line.includes(`| \`${unit}\` |`)),
      ),
    ).toEqual([]);
  });

  test('has a page with reference for each indicator that is computed, and one for each method behind several', () => {
    const computed = readdirSync(join(root, 'src', 'indicators')).map((name) => name.replace(/\.ts$/, ''));
    const shared = [
      ...section(read('docs', 'methods', 'README.md'), '## Methods behind several indicators').matchAll(/\]\(([\w-]+\.md)\)/g),
    ].map(([, page]) => page);
    const pages = readdirSync(join(root, 'docs', 'methods'))
      .filter((name) => name !== 'README.md' && !shared.includes(name))
      .map((name) => name.replace(/\.md$/, ''));
    expect(pages.sort()).toEqual(
      indicators
        .filter(({ id }) => computed.includes(id))
        .map(({ id }) => id)
        .sort(),
    );
    for (const { id, unit, method, version, references } of indicators.filter((indicator) => pages.includes(indicator.id))) {
      const page = read('docs', 'methods', `${id}.md`);
      expect(unnamed([id, unit, method ?? ''], page)).toEqual([]);
      expect(page).toContain(`version ${version}`);
      for (const reference of references) expect(page).toContain(reference);
    }
  });
});

describe('docs/tables.md', () => {
  const document = read('docs', 'tables.md');
  /** The declarations as they stand in the code: a reader only shows them through its errors. */
  const code = read('src', 'formats', 'tables.ts');
  const list = (text: string): string[] =>
    [...text.matchAll(/\.\.\.local\('(\w+)'\)|'([\w-]+)'/g)].flatMap(([, prefix, name = '']) =>
      prefix === undefined ? [name] : ['en', 'ru', 'kk', 'tr'].map((lang) => `${prefix}_${lang}`),
    );

  test.each(tableNouns)('has every column and choice of %s, and says which are required', (noun) => {
    const own = code.split(`\n  ${noun}: {`)[1]?.split('\n  },')[0] ?? '';
    const required = list(/required: \[(.*?)\],\n/s.exec(own)?.[1] ?? '');
    const optional = list(/optional: \[(.*?)\],\n/s.exec(own)?.[1] ?? '').filter((column) => !required.includes(column));
    expect(required.length).toBeGreaterThan(0);
    const text = section(document, `## ${noun}`);
    const rows = text.split('\n').flatMap((line) => {
      const [, names = '', needed = ''] = /^\| (`.*?) \| (yes|no) \|/.exec(line) ?? [];
      return [...names.matchAll(/`(\w+)`/g)].map(([, column = '']) => ({ column, needed }));
    });
    expect(
      rows
        .filter(({ needed }) => needed === 'yes')
        .map(({ column }) => column)
        .sort(),
    ).toEqual(required.sort());
    expect(
      rows
        .filter(({ needed }) => needed === 'no')
        .map(({ column }) => column)
        .sort(),
    ).toEqual(optional.sort());
    const choices = [...own.matchAll(/oneOf\('\w+', \[([^\]]*)\]/g)].flatMap(([, words = '']) => list(words));
    expect(unnamed(choices, text)).toEqual([]);
  });
});

test('docs/dossier.md has every table and column of the schema', () => {
  const document = read('docs', 'dossier.md');
  const origin = section(document, '### Origin');
  const db = createDossier(':memory:');
  const missing = nouns.flatMap((noun) => {
    const text = section(document, `### ${noun}`);
    const columns = all<{ name: string }>(db, `select name from pragma_table_info('${noun}')`).map(({ name }) => name);
    return text === ''
      ? [noun]
      : unnamed(columns, text + (text.includes('ith origin') ? origin : '')).map((column) => `${noun}.${column}`);
  });
  closeDossier(db);
  expect(missing).toEqual([]);
});

test('docs/dossier.md has every problem that a dossier can have', () => {
  const { problems } = JSON.parse(read('src', 'i18n', 'en.json')) as { problems: Record<string, string> };
  expect(
    unnamed(
      Object.keys(problems).filter((code) => code.startsWith('dossier-')),
      read('docs', 'dossier.md'),
    ),
  ).toEqual([]);
});

test('docs/dependencies.md has every dependency, at run time and for development, with its licence', () => {
  const document = read('docs', 'dependencies.md');
  const groups = { '## At run time': manifest.dependencies, '## For development only': manifest.devDependencies };
  for (const [heading, packages] of Object.entries(groups)) {
    const rows = section(document, heading)
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => /`([^`]+)`/.exec(row)?.[1]).sort()).toEqual(Object.keys(packages).sort());
    for (const row of rows) {
      const name = /`([^`]+)`/.exec(row)?.[1] ?? '';
      const { license } = JSON.parse(read('node_modules', name, 'package.json')) as { license: string };
      expect(row.toLowerCase(), name).toContain(license.toLowerCase());
    }
  }
});

test('docs/glossary.md has every unit that can be converted', () => {
  expect(unnamed(unitCodes, section(read('docs', 'glossary.md'), '## Units'))).toEqual([]);
});

describe('CONTRIBUTING.md', () => {
  const document = read('CONTRIBUTING.md');

  test('has every npm command', () => {
    const names = Object.keys(manifest.scripts).map((name) =>
      ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`,
    );
    expect(unnamed(names, document)).toEqual([]);
  });

  test('draws the tree as it is', () => {
    const tree = section(document, '## The tree');
    const drawn = (name: string): boolean => new RegExp(`^ *${name.replace('.', '\\.')} {2,}\\S`, 'm').test(tree);
    const entries = readdirSync(join(root, 'src'), { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? `${entry.name}/` : entry.name,
    );
    const data = readdirSync(join(root, 'data'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${name}/`);
    expect([...entries, ...data].filter((name) => !drawn(name))).toEqual([]);
    const folders = [...tree.matchAll(/^( *)([\w.-]+\/)(?: |$)/gm)].map(([, indent = '', name = '']) => ({
      nested: indent !== '',
      name,
    }));
    expect(folders.filter(({ nested, name }) => !nested && !existsSync(join(root, name)))).toEqual([]);
    expect(folders.filter(({ nested, name }) => nested && !entries.includes(name) && !data.includes(name))).toEqual([]);
  });

  test('names only files that exist', () => {
    const paths = [...document.matchAll(/`((?:src|test|data|docs|bench)\/[\w./-]+\.\w+)`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('data/LICENCE.md names every folder and file of data', () => {
  const names = readdirSync(join(root, 'data'), { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .filter((name) => name !== 'LICENCE.md');
  expect(unnamed(names, read('data', 'LICENCE.md'))).toEqual([]);
});

describe('all documents', () => {
  /** As GitHub makes them from headings. */
  const anchorsOf = (text: string): string[] =>
    [...text.replace(/```.*?```/gs, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    );

  test.each(documents)('%s: relative links lead somewhere', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, href = '']) => href)
      .filter((href) => !/^(https?|mailto):/.test(href));
    const dead = links.filter((href) => {
      const [file = '', anchor] = href.split('#');
      const target = file === '' ? join(root, path) : join(root, dirname(path), decodeURI(file));
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(decodeURIComponent(anchor));
    });
    expect(dead).toEqual([]);
  });

  test('none names a path of one machine or where packages were fetched from', () => {
    const own = /(?:^|[\s`"'(=])\/(?:work|home|root|farm|Users|private|mnt|tmp)\/\S|[A-Z]:\\\w|\bregistry\.\w|\bfile:\/\//;
    const texts = [...documents, 'CITATION.cff', 'NOTICE', join('docs', 'picture.svg')];
    expect(texts.filter((path) => own.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  test('the version is the same everywhere', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(read('CITATION.cff')).toContain(`\nversion: ${version}\n`);
    expect(read('CHANGELOG.md')).toContain(`## ${version}`);
  });
});

describe.each(['README.md', 'docs/tutorial.md', 'docs/claims-tour.md', 'docs/article-tutorial.md'])(
  '%s: its commands print what it shows',
  (page) => {
    const blocks = [...read(page).matchAll(/```(\w*)\n(.*?)```/gs)].map(([, kind = '', text = '']) => ({ kind, text }));
    const steps = blocks.flatMap(({ text }) =>
      [...text.matchAll(/^\$ npx saryarka (.*)\n((?:(?!\$ ).*\n)*)/gm)].map(([, command = '', shown = '']) => ({
        command,
        shown,
      })),
    );
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'saryarka-tour-'));
      cpSync(join(root, 'data', 'tutorial'), join(folder, 'data', 'tutorial'), { recursive: true });
      writeFileSync(join(folder, 'korgalzhyn-zones.geojson'), blocks.find(({ kind }) => kind === 'json')?.text ?? '');
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('has steps', () => expect(steps.length).toBeGreaterThan(4));

    test.each(steps)('$command', ({ command, shown }) => {
      const words = (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"|"$/g, ''));
      const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'saryarka.js'), ...words], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, SARYARKA_LANG: 'en' },
      });
      let printed = plain(`${stdout}${stderr}`);
      for (const piece of plain(shown)
        .split('…')
        .map((text) => text.trim())) {
        const at = printed.indexOf(piece);
        expect(at, `"${piece}" in ${printed.slice(0, 2000)}`).toBeGreaterThanOrEqual(0);
        printed = printed.slice(at + piece.length);
      }
    });
  },
);

/** Lines may be broken anywhere. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
