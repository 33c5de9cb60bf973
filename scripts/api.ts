/** Writes the list of routes into docs/api.md, between its marks. Run with `node scripts/api.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { routes } from '../src/server/routes.ts';

const BEGIN = '<!-- routes: made by node scripts/api.ts -->';
const END = '<!-- end of routes -->';

/** `document` with the list of routes as it is now; the rest stays. */
export function withRoutes(document: string): string {
  const [before, rest = ''] = document.split(BEGIN);
  const after = rest.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/api.md needs ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n\n${list()}\n${END}${after}`;
}

function list(): string {
  const subjectOf = (path: string): string => {
    const [first = '', second = ''] = path.split('/').filter((part) => part !== '');
    return first === 'api' && second !== '' ? `/api/${second}` : `/${first}`;
  };
  return [...Map.groupBy(routes, ({ path }) => subjectOf(path))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, own]) => {
      const rows = own
        .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1))
        .map(({ method, path, rule, summary }) => `| \`${method.toUpperCase()} ${path}\` | ${rule} | ${summary} |`);
      return [`### ${subject}`, '', '| route | who | what |', '|---|---|---|', ...rows, ''].join('\n');
    })
    .join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL('../docs/api.md', import.meta.url));
  writeFileSync(path, withRoutes(readFileSync(path, 'utf8')));
}
