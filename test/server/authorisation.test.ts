/** Every route is asked as every caller; what it may answer is its rule, and the rules themselves are held to a few sentences. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authorisationTable, callers, ELSEWHERE, HERE, mayCall } from '../../scripts/authorisation.ts';
import { atLeast, type Role, roles } from '../../src/api/roles.ts';
import type { Route } from '../../src/server/route.ts';
import { routes } from '../../src/server/routes.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method.toUpperCase()} ${path}`;

/** Routes that anybody may call: a new one has to be put here on purpose. */
const FOR_ANYONE = [
  // the way in
  'GET /api/session',
  'POST /api/session',
  'GET /api/invitation/:token',
  'POST /api/invitation/:token',
  'GET /api/oidc/start',
  'GET /api/oidc/callback',
  // what ships with the program, and tells nothing of a dossier
  'GET /api/openapi.json',
  'GET /api/basemap',
  'GET /api/methods/:method',
];

/** Writes for which a reader or reviewer is enough: comments. */
const BELOW_CONTRIBUTOR = /^(POST|PUT|PATCH|DELETE) \/api\/sites\/:site\/(review\/)?comments(\/.*)?$/;

describe('rules', () => {
  const RULE = new RegExp(`^(anyone|signed-in|(${roles.join('|')}) (here|somewhere|everywhere))$`);

  test.each(routes.map((one) => [nameOf(one), one] as const))('%s has a rule that fits its address', (name, one) => {
    expect(one.rule).toMatch(RULE);
    const [role, where] = one.rule.split(' ') as [Role, string | undefined];
    expect(one.path.includes(':site')).toBe(where === 'here');
    if (one.rule === 'anyone') expect(FOR_ANYONE).toContain(name);
    if (one.method !== 'get' && where !== undefined) {
      expect(atLeast(role, BELOW_CONTRIBUTOR.test(name) ? 'reviewer' : 'contributor'), `${name}: ${one.rule}`).toBe(true);
    }
  });

  test('no two routes have the same address', () => {
    const names = routes.map(nameOf);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});

describe('every route, asked as every caller', () => {
  const db = sharedDossier();
  /** The routes as they are, but for what they do. */
  const shells = routes.map(({ query: _, body: __, ...one }): Route => ({ ...one, handle: () => new Response('reached') }));
  const app = served(db, { routes: shells });
  const browsers = callers.map((one, i) => {
    const id = one.visitor.signedIn ? `user${i}` : null;
    if (id !== null) person(db, id, one.roles);
    return { one, ask: browserOf(app, db, id) };
  });

  test.each(shells.map((one) => [nameOf(one), one] as const))('%s', async (_, one) => {
    const path = one.path
      .replace(':site', HERE)
      .replace(/:\w+(\{[^}]*\})?/g, '1')
      .replace(/\*$/, 'x');
    for (const { one: caller, ask } of browsers) {
      const reply = await ask(one.method.toUpperCase(), path);
      const found = reply.status === 200 && (await reply.text()) === 'reached';
      expect(found, `${caller.title} at ${path}: ${reply.status}`).toBe(mayCall(one, caller));
      if (!found) expect(reply.status).toBe(caller.visitor.signedIn ? 403 : 401);
    }
  });

  test('a role at one site is none at another', async () => {
    const [{ ask } = { ask: null }] = browsers.filter(({ one }) => one.title === 'administrator');
    expect((await ask?.('GET', `/api/sites/${ELSEWHERE}/audit`))?.status).toBe(403);
    expect((await ask?.('GET', `/api/sites/${HERE}/audit`))?.status).toBe(200);
  });
});

test('docs/authorisation.md is what `node scripts/authorisation.ts` makes of the routes', () => {
  const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'authorisation.md'), 'utf8');
  expect(document).toBe(authorisationTable());
});

test('a route without a rule is refused to everybody', async () => {
  const db = sharedDossier();
  const bare = {
    method: 'get',
    path: '/api/forgotten',
    summary: '',
    reply: { media: '*/*' },
    handle: () => 'x',
  } as unknown as Route;
  const app = served(db, { routes: [bare], report: () => {} });
  expect((await browserOf(app, db, 'root')('GET', '/api/forgotten')).status).not.toBe(200);
});
