/** The house stays easy to draw: imports go one way, folders are one level deep, nothing is a drawer for everything. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');

/** Rooms from left to right; those in one place do not know each other. */
const ORDER: readonly (readonly string[])[] = [
  ['geometry'],
  ['types'],
  ['i18n'],
  ['problems', 'units', 'api'],
  ['periods'],
  ['science'],
  ['life-types', 'evidence-types'],
  ['formats', 'drawing'],
  ['print'],
  ['zonation', 'indicators', 'records', 'evidence', 'cooperation', 'plans'],
  ['run'],
  ['review'],
  ['store'],
  ['server'],
  ['cli'],
  ['index'],
];

/** The kernels of zonal statistics share the type of their sums with the file that begins and merges these. */
const CIRCLING: ReadonlySet<string> = new Set([
  'science/accumulate.ts',
  'science/accumulate-counts.ts',
  'science/accumulate-parcel.ts',
  'science/accumulate-sort.ts',
  'science/accumulate-spans.ts',
]);

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

const roomOf = (path: string): string => (path.split(/[\\/]/)[0] ?? '').replace(/\.ts$/, '');
const placeOf = (room: string): number => ORDER.findIndex((level) => level.includes(room));

const imports = files.flatMap((file) =>
  [...readFileSync(join(source, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, target = '']) => ({
    file,
    target: relative(source, join(source, file, '..', target)),
  })),
);

test('every file stands in a room that the order knows', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => placeOf(room) === -1)).toEqual([]);
});

test('imports go one way', () => {
  const wrong = imports.filter(({ file, target }) => {
    const [from, to] = [roomOf(file), roomOf(target)];
    return from !== to && placeOf(to) >= placeOf(from);
  });
  expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
});

test('no file imports itself by way of others, types included', () => {
  const next = Map.groupBy(imports, ({ file }) => file);
  const reached = (start: string): Set<string> => {
    const found = new Set<string>();
    const open = [start];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      for (const { target } of next.get(file) ?? []) {
        if (!found.has(target)) open.push(target);
        found.add(target);
      }
    }
    return found;
  };
  const circling = files.filter((file) => reached(file).has(file)).map((file) => file.replaceAll('\\', '/'));
  expect(circling.filter((file) => !CIRCLING.has(file))).toEqual([]);
  expect([...CIRCLING].filter((file) => !circling.includes(file))).toEqual([]);
});

test('science imports nothing outside itself', () => {
  const outside = files
    .filter((file) => roomOf(file) === 'science')
    .filter((file) => /from '(node:|\.\.\/)/.test(readFileSync(join(source, file), 'utf8')));
  expect(outside).toEqual([]);
});

test('below the command line two files touch the file system: that of sources, and that of the folder of data', () => {
  const touching = files.filter(
    (file) => roomOf(file) !== 'cli' && /from 'node:fs/.test(readFileSync(join(source, file), 'utf8')),
  );
  expect(touching.map((file) => file.replaceAll('\\', '/'))).toEqual(['formats/data-folder.ts', 'formats/source-node.ts']);
});

test('folders are one level deep, and no file is a drawer for everything', () => {
  expect(files.filter((file) => file.split(/[\\/]/).length > 2)).toEqual([]);
  expect(files.filter((file) => /(^|[\\/])(utils?|helpers?|common|misc)\.ts$/.test(file))).toEqual([]);
});

test('no file is past 400 lines', () => {
  expect(files.filter((file) => readFileSync(join(source, file), 'utf8').split('\n').length > 400)).toEqual([]);
});
