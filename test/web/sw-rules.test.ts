/** What the service worker may take into its own hands, and what it may keep. */
import { describe, expect, test } from 'vitest';
import { routes } from '../../src/server/routes.ts';
import { answerCaches, isAnswerCache, keptUser, mayKeep, wayOf } from '../../web/sw-rules.ts';

const ORIGIN = 'http://localhost:8080';
const SHELL = new Set(['/index.html', '/assets/index-abc.js', '/icon.svg']);

const way = (
  path: string,
  { method = 'GET', mode = 'cors', headers = {} }: { method?: string; mode?: string; headers?: Record<string, string> } = {},
) => wayOf({ method, url: new URL(path, ORIGIN).href, mode, headers: new Headers(headers) }, ORIGIN, SHELL);

describe('the way of a request', () => {
  test.each([
    ['/', 'page'],
    ['/sites/qiyal/review/II_1_4', 'page'],
    ['/api/docs', 'pass'],
    ['/api/sites.csv', 'pass'],
    ['/ogc/collections', 'pass'],
    ['/stac', 'pass'],
    ['/api/oidc/callback?code=1', 'farewell'],
  ])('%s, gone to, is %s', (path, expected) => expect(way(path, { mode: 'navigate' })).toBe(expected));

  test.each([
    ['/assets/index-abc.js', 'shell'],
    ['/assets/of-another-build.js', 'pass'],
    ['/api/sites', 'answer'],
    ['/api/sites/qiyal/map.svg', 'answer'],
    ['/api/basemap', 'answer'],
    ['/tiles/zones/3/4/5', 'answer'],
    ['/api/session', 'session'],
    ['/api/dossier.gpkg', 'pass'],
    ['/api/backup.gpkg', 'pass'],
    ['/api/account/sessions', 'pass'],
    ['/api/invitation/secret', 'pass'],
    ['/ogc/jobs?limit=20', 'pass'],
    ['http://elsewhere.example/api/sites', 'pass'],
  ])('%s, asked for, is %s', (path, expected) => expect(way(path)).toBe(expected));

  test('writes are none of its business, but who comes or goes is', () => {
    expect(way('/api/sites/qiyal/comments', { method: 'POST' })).toBe('pass');
    for (const method of ['POST', 'DELETE']) expect(way('/api/session', { method })).toBe('farewell');
    expect(way('/api/invitation/token', { method: 'POST' })).toBe('farewell');
  });

  test('what goes on by itself, and parts of files, are the browser’s own', () => {
    expect(way('/api/sites', { headers: { accept: 'text/event-stream' } })).toBe('pass');
    expect(way('/api/sites', { headers: { range: 'bytes=0-5' } })).toBe('pass');
  });

  test('no address of the interface is taken for a page', () => {
    const own = routes.map(({ path }) => path.replace(/:\w+(\{[^}]*\})?/g, 'x'));
    expect(own.filter((path) => way(path, { mode: 'navigate' }) === 'page')).toEqual([]);
  });
});

describe('what may be kept', () => {
  const kept = (status: number, headers: Record<string, string>) => mayKeep({ status, headers: new Headers(headers) });

  test('answers of the interface, unless it forbids it', () => {
    expect(kept(200, { 'cache-control': 'private, no-cache' })).toBe(true);
    expect(kept(200, { 'cache-control': 'private, no-store' })).toBe(false);
    for (const status of [204, 206, 304, 401, 403, 404, 500]) expect(kept(status, {})).toBe(false);
  });

  test('no files to be saved, nothing large, nothing without an end', () => {
    expect(kept(200, { 'content-disposition': 'attachment; filename="a.csv"' })).toBe(false);
    expect(kept(200, { 'content-length': String(6 * 1024 * 1024) })).toBe(false);
    expect(kept(200, { 'content-type': 'text/event-stream' })).toBe(false);
  });

  test('under the name of whoever it was for', () => {
    const names = answerCaches('Сәуле / 1 a.gpkg');
    expect(keptUser(['shell:1', ...Object.values(names)])).toBe('Сәуле / 1 a.gpkg');
    expect(keptUser(['shell:1'])).toBeNull();
    expect(['shell:1', ...Object.values(names)].filter(isAnswerCache)).toEqual(Object.values(names));
  });
});
