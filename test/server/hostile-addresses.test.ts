/** Every route that reads, asked by an administrator for what no dossier has: paths out of it, other sites' things, words of SQL. */
import { describe, expect, test } from 'vitest';
import { routes } from '../../src/server/routes.ts';
import { browserOf, served, sharedDossier } from './people.ts';

const HOSTILE = [
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e%2fpackage.json',
  '..%5c..%5cwindows%5cwin.ini',
  '%00',
  "'%20or%20'1'%3D'1",
  '__proto__',
  'x'.repeat(2000),
];

describe('what is in no dossier is answered in a sentence', () => {
  const db = sharedDossier();
  const ask = browserOf(served(db), db, 'root');
  const named = routes.filter(({ method, path }) => method === 'get' && path.includes('/:'));

  test.each(named.map(({ path }) => path))('GET %s', async (path) => {
    for (const word of HOSTILE) {
      for (const address of [
        path.replace(/:\w+(\{[^}]*\})?/g, word),
        path.replace(':site', 'almaty').replace(/:\w+(\{[^}]*\})?/g, word),
      ]) {
        const reply = await ask('GET', address);
        const text = await reply.text();
        expect(text).not.toMatch(/root:x:|"license": "Apache/);
        if (address.includes(word))
          expect([400, 404], `${address}: ${reply.status} ${text.slice(0, 200)}`).toContain(reply.status);
      }
    }
  });
});
