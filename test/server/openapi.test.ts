import { expect, test } from 'vitest';
import { openapi } from '../../src/server/openapi.ts';
import { routes } from '../../src/server/routes.ts';

interface Described {
  openapi: string;
  paths: Record<string, Record<string, { summary: string; parameters: { name: string; in: string }[]; 'x-rule': string }>>;
}

const described = openapi(routes) as Described;

test('every route is described once, with a line, its rule, and each part of its path', () => {
  expect(described.openapi).toBe('3.1.0');
  const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  expect(operations).toHaveLength(routes.length);
  for (const { path, operation } of operations) {
    expect(operation.summary).toMatch(/^\p{Lu}/u);
    expect(operation['x-rule']).toMatch(/^(anyone|signed-in|\w+ (here|somewhere|everywhere))$/);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
  }
});

test('no two routes answer to the same address', () => {
  const shapes = routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
  expect(shapes.filter((shape, i) => shapes.indexOf(shape) !== i)).toEqual([]);
});

test('what is done at one site names it', () => {
  expect(routes.filter(({ rule, path }) => rule.endsWith(' here') && !/:site\b/.test(path))).toEqual([]);
});
