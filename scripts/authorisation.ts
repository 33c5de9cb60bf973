/** Writes docs/authorisation.md from the routes: who may call what. Run with `node scripts/authorisation.ts`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Role, roles } from '../src/api/roles.ts';
import { allowed, type Route } from '../src/server/route.ts';
import { routes } from '../src/server/routes.ts';
import { NOBODY, type Visitor, visitor } from '../src/server/visitor.ts';

/** The site that routes with `:site` are called for, and one where others have their roles. */
export const HERE = 'almaty';
export const ELSEWHERE = 'korgalzhyn';

export interface Caller {
  title: string;
  roles: Record<string, Role>;
  visitor: Visitor;
}

function caller(title: string, held: Record<string, Role>, signedIn = true): Caller {
  return { title, roles: held, visitor: visitor(signedIn ? { id: title, name: title, signedIn } : NOBODY, held) };
}

/** Everybody who may call: without an account, without a role, with each role at the site, elsewhere, and everywhere. */
export const callers: readonly Caller[] = [
  caller('nobody', {}, false),
  caller('no role', {}),
  ...roles.map((role) => caller(role, { [HERE]: role })),
  caller('administrator elsewhere', { [ELSEWHERE]: 'administrator' }),
  ...roles.map((role) => caller(`${role} everywhere`, { '*': role })),
];

export function mayCall(route: Route, { visitor: who }: Caller): boolean {
  return allowed(route.rule, who, route.path.includes(':site') ? HERE : undefined);
}

const INTRODUCTION = `# Who may call what

Made from the routes by \`node scripts/authorisation.ts\`; a test holds it equal to them and asks every route as every caller.

Each role may what those before it may: reader, reviewer, contributor, editor, administrator. A role is held at a site or everywhere. \`here\` in a rule: at the site that the address names; \`somewhere\`: at one site at least, and the reply holds only what the caller may see; \`everywhere\`: in the whole dossier. Where the dossier lets visitors read, whoever has not signed in is a reader everywhere. On a machine of one's own, without accounts, its user is administrator everywhere.

Columns: **–** not signed in · **0** signed in without a role · **re** reader, **rv** reviewer, **co** contributor, **ed** editor, **ad** administrator of the site · **x** administrator of another site · the same with **\\*** everywhere.
`;

const SHORT = ['–', '0', 're', 'rv', 'co', 'ed', 'ad', 'x', 're\\*', 'rv\\*', 'co\\*', 'ed\\*', 'ad\\*'];

/** The document. */
export function authorisationTable(list: readonly Route[] = routes): string {
  const lines = list
    .map((route) => ({ route, name: `${route.method.toUpperCase()} ${route.path}` }))
    .toSorted((a, b) => (a.route.path === b.route.path ? (a.name < b.name ? -1 : 1) : a.route.path < b.route.path ? -1 : 1))
    .map(
      ({ route, name }) =>
        `| \`${name}\` | ${route.rule} | ${callers.map((one) => (mayCall(route, one) ? '●' : '')).join(' | ')} |`,
    );
  const header = `| route | rule | ${SHORT.join(' | ')} |\n|${'---|'.repeat(SHORT.length + 2)}`;
  return `${INTRODUCTION}\n${header}\n${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../docs/authorisation.md', import.meta.url), authorisationTable());
}
