/** The examples of the two method pages on land: each line that shows a value gives it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as science from '../../src/science/index.ts';

const root = join(import.meta.dirname, '..', '..');
describe.each(['land-cover', 'land-degradation'])('docs/methods/%s.md', (page) => {
  const text = readFileSync(join(root, 'docs', 'methods', `${page}.md`), 'utf8');
  const blocks = [...text.matchAll(/```js\n(.*?)```/gs)].map(([, code = '']) => code);

  test('has examples', () => expect(blocks.length).toBeGreaterThan(2));

  test.each(blocks)('example %#', (code) => {
    const named = [...code.matchAll(/import \{([^}]*)\} from 'saryarka\/science';/g)].flatMap(([, list = '']) =>
      list.split(',').map((name) => name.trim()),
    );
    for (const name of named) expect(Object.keys(science)).toContain(name);
    const shown: [unknown, unknown][] = [];
    const body = code
      .replace(/^import .*\n/gm, '')
      .replace(/^(.*); \/\/ → (.*)$/gm, (_, expression: string, value: string) => `show(${expression}, ${value});`);
    const read = (path: string): string => readFileSync(join(root, path), 'utf8');
    const run = new Function('science', 'readFileSync', 'show', `const { ${named.join(', ')} } = science;\n${body}`);
    run(science, read, (found: unknown, value: unknown) => shown.push([found, value]));
    expect(shown.length).toBeGreaterThan(0);
    for (const [found, value] of shown) expect(found).toEqual(value);
  });
});
