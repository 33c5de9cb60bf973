/** Every text that the pages name is in the catalogue, also where its key is put together. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogues } from '../../src/i18n/index.ts';

const web = join(import.meta.dirname, '..', '..', 'web');
const files = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, code: readFileSync(join(web, name), 'utf8') }));

const keys = leaves(catalogues.en);
const rooms = Object.keys(catalogues.en as object);

function leaves(node: unknown, path = ''): string[] {
  if (typeof node === 'string') return [path];
  return Object.entries(node as object).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`));
}

/** What stands in the brackets of `say(…)` before the values, if any. */
function asked(code: string): string[] {
  return [...code.matchAll(/\bsay\(/g)].map(({ index, 0: { length } }) => {
    let depth = 0;
    for (let at = index + length; at < code.length; at += 1) {
      const letter = code[at] ?? '';
      if ('([{'.includes(letter)) depth += 1;
      if (depth === 0 && (letter === ',' || letter === ')')) return code.slice(index + length, at).trim();
      if (')]}'.includes(letter)) depth -= 1;
    }
    return '';
  });
}

/** `outbox.state.${one.state}` as what its values may look like. */
function pattern(template: string): RegExp {
  const parts = template.split(/\$\{(?:[^{}]|\{[^}]*\})*\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[\\w.-]+')}$`);
}

const arguments_ = files.flatMap(({ name, code }) => asked(code).map((text) => ({ name, text })));

test('there is something to look at', () => {
  expect(arguments_.length).toBeGreaterThan(300);
});

test('every key that is written out', () => {
  const named = files.flatMap(({ name, code }) =>
    [...code.matchAll(new RegExp(`['\`]((?:${rooms.join('|')})\\.[\\w.-]+)['\`]`, 'g'))]
      .map(([, key = '']) => ({ name, key }))
      .filter(({ key }) => !/\.(css|tsx?|json|js|svg|gpkg|csv|geojson|html|docx|xlsx)$/.test(key)),
  );
  expect(named.length).toBeGreaterThan(300);
  expect(named.filter(({ key }) => !keys.includes(key))).toEqual([]);
});

test('every key that is put together fits at least two that there are', () => {
  const templates = arguments_.flatMap(({ name, text }) =>
    [...text.matchAll(/`([^`]*\$\{[^`]*)`/g)].map(([, template = '']) => ({ name, template })),
  );
  expect(templates.length).toBeGreaterThan(20);
  const alone = templates.filter(({ template }) => keys.filter((key) => pattern(template).test(key)).length < 2);
  expect(alone).toEqual([]);
});

test('a key begins with a word, so that it can be looked for', () => {
  const loose = arguments_.filter(({ text }) => /^`\$\{/.test(text));
  expect(loose).toEqual([]);
});
