/**
 * What somebody sends who means harm: markup and formulas in every text, bodies that are too large, unpack to too much, or are no
 * bodies at all, addresses out of the dossier, names that would be headers.
 */

import { zipSync } from 'fflate';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/formats/csv.ts';
import { recordKinds } from '../../src/records/catalogue.ts';
import { sectionsOf } from '../../src/review/sections.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import { isMedia, type Route } from '../../src/server/route.ts';
import { routes } from '../../src/server/routes.ts';
import { saveAnswer } from '../../src/store/answers.ts';
import { attach } from '../../src/store/attachments.ts';
import { putDataset, putIndicator, putSource } from '../../src/store/catalogue.ts';
import { addComment } from '../../src/store/comments.ts';
import { putActivity, putOrganisation, putParticipation } from '../../src/store/cooperation.ts';
import type { Db } from '../../src/store/db.ts';
import { exportableNouns } from '../../src/store/export-rows.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putEntry } from '../../src/store/records.ts';
import { putDesignation, putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import type { FieldValue } from '../../src/types.ts';
import { nestedZones } from '../drawing/map-shapes.ts';
import { almaty, area, total, unesco } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const S = '/api/sites/almaty';
const MARKUP = '"\'><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>';
const FORMULA = '=HYPERLINK("http://evil.example")';
const LANGS = ['en', 'ru', 'kk', 'tr'] as const;

/** A dossier in which `text` stands wherever people can write, with an address that runs as a script where they give one. */
function dossierOf(text: string): Db {
  const db = sharedDossier();
  person(db, 'eda', { '*': 'editor' });
  const local = { en: text, ru: text, kk: text, tr: text };
  putSource(db, 'test', { ...unesco, title: text, href: `javascript:alert(1)//${text}`, note: text });
  putSite(db, 'test', { ...almaty, name: local, ecosystems: text, note: text });
  putIndicator(db, 'test', { ...area, title: local, definition: local, references: [text] });
  putObservation(db, 'test', { ...total, note: text, by: { class: text } });
  putObservation(db, 'test', { ...total, id: 'plain' });
  const dataset = { id: 'd', title: local, kind: 'table' as const, href: text, mediaType: 'text/csv', digest: null, crs: null };
  putDataset(db, 'test', { ...dataset, period: null, licence: text, attribution: text });
  const act = {
    site: 'almaty',
    kind: 'biosphere-reserve' as const,
    code: text,
    year: 2015,
    date: null,
    criteria: text,
    note: text,
  };
  putDesignation(db, 'test', { id: 'act', ...act, quality: 'ok', from: { source: unesco.id, quote: text } });
  for (const { kind, geometry } of nestedZones([76.9, 43.2], 20, 24)) {
    const valid = { start: '2014-01-01', end: null };
    putZone(db, 'test', { id: `almaty/${kind}`, site: 'almaty', kind, name: local, valid, geometry, from: total.from });
  }
  putOrganisation(db, 'test', {
    id: 'o',
    name: local,
    acronym: text,
    kind: text,
    country: 'KZ',
    parent: null,
    ids: {},
    aliases: [text],
  });
  const done = {
    period: { start: '2020-01-01', end: '2021-01-01' },
    sites: ['almaty'],
    themes: [],
    quality: 'ok' as const,
    from: total.from,
  };
  putActivity(db, 'test', {
    ...done,
    id: 'almaty/events/1',
    kind: 'event',
    parent: null,
    title: local,
    description: text,
    functions: ['logistic'],
    category: 'workshop',
    result: text,
    note: text,
  });
  putParticipation(db, 'test', { activity: 'almaty/events/1', organisation: 'o', person: null, role: 'host', from: total.from });
  for (const { id, keeps, fields, confidential } of recordKinds().filter((kind) => kind.keeps === 'entries')) {
    const filled = fields.map((field): [string, FieldValue] => [field.id, typedAs(field.type, field.choices?.[0]?.id, text)]);
    expect(keeps).toBe('entries');
    putEntry(db, 'test', {
      id: `almaty/${id}/1`,
      site: 'almaty',
      register: id,
      fields: Object.fromEntries(filled),
      confidential,
      from: total.from,
    });
  }
  const form = shippedForm().id;
  for (const { section } of sectionsOf(shippedForm()).filter((one) => one.section.kinds.includes('written')))
    saveAnswer(
      db,
      'test',
      { site: 'almaty', form, section: section.id, lang: 'en' },
      { text, author: text, written: '2026-11-23', confidential: false },
    );
  addComment(db, 'eda', { site: 'almaty', form, section: 'II.1.4', text, written: '2026-11-23' });
  const file = { name: `${text}.html`, mediaType: 'text/html', bytes: new TextEncoder().encode(text) };
  attach(db, 'test', { site: 'almaty', kind: 'species', record: 'almaty/species/1' }, file);
  return db;
}

function typedAs(type: string, choice: string | undefined, text: string): FieldValue {
  if (type === 'choice') return choice ?? text;
  if (type === 'choices') return choice === undefined ? [] : [choice];
  if (type === 'themes') return ['abiotic.climate'];
  if (type === 'organisations') return [text];
  if (type === 'zone') return 'core';
  if (type === 'link') return `javascript:alert(1)//${text}`;
  if (type === 'integer' || type === 'number') return 7;
  if (type === 'year') return 2020;
  if (type === 'date' || type === 'period') return '2020-05-12';
  if (type === 'yes-no') return false;
  return type === 'currency' ? 'KZT' : text;
}

/** As much of an element as is looked at. */
interface Drawn {
  localName: string;
  outerHTML: string;
  getAttributeNames(): string[];
  getAttribute(name: string): string | null;
}

/** What in a page or a drawing a browser would run. */
function runs(markup: string): string[] {
  const { document: page } = parseHTML(markup.includes('<html') ? markup : `<html><body>${markup}</body></html>`);
  return [...page.querySelectorAll('*')].flatMap((element: Drawn) => [
    ...(element.localName === 'script' || element.localName === 'iframe' || element.localName === 'object'
      ? [element.outerHTML]
      : []),
    ...element
      .getAttributeNames()
      .filter((name) => /^on/i.test(name) || /^\s*(javascript|data:text)/i.test(element.getAttribute(name) ?? ''))
      .map((name) => `${element.localName} ${name}=${element.getAttribute(name)}`),
  ]);
}

describe('markup', () => {
  const db = dossierOf(MARKUP);
  const ask = browserOf(served(db), db, 'eda');

  test('this test knows what would run', () => {
    expect(runs(`<p>${MARKUP}</p><a href="javascript:alert(1)">x</a>`).length).toBeGreaterThan(3);
  });

  test.each(['draft.html', 'questions.html'])('%s runs nothing', async (file) => {
    const reply = await ask('GET', `${S}/review/${file}?in=en`);
    const page = await reply.text();
    expect(page).toContain('&lt;script&gt;');
    expect(runs(page)).toEqual([]);
    expect(reply.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  test('the sections that the pages take in as markup run nothing', async () => {
    for (const { section } of sectionsOf(shippedForm())) {
      const { html } = (await (await ask('GET', `${S}/review/sections/${section.id}?in=en`)).json()) as { html: string };
      expect(runs(html), section.id).toEqual([]);
    }
  });

  test.each([`${S}/map.svg`, `${S}/indicators/area/series.svg`, `${S}/indicators/area/map.svg`])(
    '%s runs nothing',
    async (path) => {
      const reply = await ask('GET', path);
      if (reply.status === 200) expect(runs(await reply.text())).toEqual([]);
      else expect([400, 404]).toContain(reply.status);
    },
  );

  test('nothing that holds what people wrote is sent as a page, but for the review', async () => {
    for (const { path } of routes.filter(({ method }) => method === 'get')) {
      const reply = await ask('GET', path.replace(':site', 'almaty').replace(':table', 'sites.csv').replace(/:\w+/g, '1'));
      if (!path.includes('/review/')) expect(reply.headers.get('content-type') ?? '', path).not.toContain('text/html');
      expect(reply.headers.get('x-content-type-options'), path).toBe('nosniff');
    }
  });

  test('a file that was attached is saved, never shown, and its name is no header', async () => {
    const { id } = db.prepare('select id from attachments').get() as { id: string };
    const reply = await ask('GET', `${S}/attachments/${encodeURIComponent(id)}`);
    expect(reply.headers.get('content-type')).toBe('application/octet-stream');
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(reply.headers.get('content-disposition')).not.toMatch(/[<>"]{2}|\n|\r/);
  });
});

describe('formulas', () => {
  const db = dossierOf(FORMULA);
  const ask = browserOf(served(db), db, 'root');
  const tables = exportableNouns.flatMap((noun) => [`/api/tables/${noun}.csv`, `${S}/tables/${noun}.csv`]);
  const named = routes.filter(({ method, path }) => method === 'get' && path.endsWith('.csv')).map(({ path }) => path);
  const addresses = [
    ...new Set([...tables, ...named.map((path) => path.replace(':site', 'almaty').replace(':indicator', 'area'))]),
  ];

  test.each(addresses)('%s holds none', async (path) => {
    const reply = await ask('GET', path);
    expect(reply.status, path).toBeLessThan(500);
    if (reply.status !== 200) return;
    const { rows } = readCsv({ name: path, bytes: new Uint8Array(await reply.arrayBuffer()) });
    const cells = rows.flatMap(({ values }) => Object.values(values));
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
  });

  test('the tables do hold what was written, as text', async () => {
    expect(await (await ask('GET', '/api/tables/sites.csv')).text()).toContain(`"'=HYPERLINK(`);
  });
});

describe('bodies', () => {
  const db = sharedDossier();
  const app = served(db);
  const headersOf = (() => {
    let own: Record<string, string> = {};
    browserOf(
      {
        request: (_: string, init: { headers: Record<string, string> }) => {
          own = init.headers;
        },
      } as never,
      db,
      'root',
    )('POST', '/');
    return own;
  })();
  const send = (
    route: Pick<Route, 'method' | 'path'>,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ) =>
    app.request(route.path.replace(':site', 'almaty').replace(/:\w+/g, 'x'), {
      method: route.method.toUpperCase(),
      headers: { ...headersOf, 'content-type': 'application/json', ...headers },
      body,
    });
  const taking = routes.filter(({ body }) => body !== undefined && !isMedia(body));
  const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

  test.each(taking.map((route) => [nameOf(route), route] as const))('%s takes no more than 4 MB', async (_, route) => {
    const reply = await send(route, `{"a":"${'x'.repeat(4 * 1024 * 1024)}"}`);
    expect(reply.status).toBe(413);
    expect(await reply.json()).toMatchObject({ code: 'too-large' });
  });

  const BROKEN = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '7',
    '{"__proto__":{"x":1}}',
    '\u0000',
    '['.repeat(50_000),
    '{"a":'.repeat(20_000),
  ];

  test.each(taking.map((route) => [nameOf(route), route] as const))(
    '%s is told what is no body of its shape',
    async (_, route) => {
      for (const body of [...BROKEN, new Uint8Array([0xff, 0xfe, 0x00])]) {
        for (const type of ['application/json', 'text/html', 'multipart/form-data; boundary=x', 'application/xml']) {
          const reply = await send(route, body, { 'content-type': type });
          const told = await reply.text();
          expect(reply.status, `${String(body).slice(0, 20)}: ${reply.status} ${told.slice(0, 200)}`).toBeLessThan(500);
          if (reply.status >= 400)
            expect(JSON.parse(told)).toMatchObject({ code: expect.any(String), message: expect.any(String) });
        }
      }
      expect(({} as { x?: number }).x).toBeUndefined();
    },
  );

  const HOSTILE = ['..%2f..%2fetc%2fpasswd', '%2e%2e', '%00', '__proto__', 'constructor', "'%20or%201=1--", 'x'.repeat(2000)];
  const writing = routes.filter(({ method, path }) => method !== 'get' && path.includes('/:') && !path.includes('restore'));

  test.each(writing.map((route) => [nameOf(route), route] as const))(
    '%s does nothing at an address that leads nowhere',
    async (_, route) => {
      for (const word of HOSTILE) {
        const address = route.path.replace(':site', 'almaty').replace(/:\w+/g, word);
        const reply = await app.request(address, { method: route.method.toUpperCase(), headers: headersOf, body: '{}' });
        const told = await reply.text();
        expect(reply.status, `${address}: ${told.slice(0, 200)}`).toBeLessThan(500);
        expect(told).not.toMatch(/root:x:|\bat .*\.ts:\d+/);
      }
    },
  );

  test('a very long address is answered, not obeyed', async () => {
    for (const path of [
      `/api/${'a'.repeat(100_000)}`,
      `/api/sites?x=${'a'.repeat(100_000)}`,
      `${S}/review/search?q=${'a '.repeat(50_000)}`,
    ]) {
      const reply = await app.request(path, { headers: headersOf });
      expect(reply.status).toBeLessThan(500);
    }
  });
});

describe('files', () => {
  const db = sharedDossier();
  const ask = browserOf(served(db), db, 'root');
  const app = served(db);
  const { cookie, csrf } = (() => {
    let own: Record<string, string> = {};
    browserOf(
      {
        request: (_: string, init: { headers: Record<string, string> }) => {
          own = init.headers;
        },
      } as never,
      db,
      'root',
    )('POST', '/');
    return { cookie: own.cookie ?? '', csrf: own['x-csrf-token'] ?? '' };
  })();
  const upload = async (path: string, bytes: Uint8Array): Promise<{ digest: string; name: string }> => {
    const headers = { host: 'localhost:8080', cookie, 'x-csrf-token': csrf, 'content-type': 'application/octet-stream' };
    return (await (await app.request(path, { method: 'POST', headers, body: new Uint8Array(bytes) })).json()) as {
      digest: string;
      name: string;
    };
  };
  /** 150 MB of blanks after something that looks like what is awaited. */
  const bomb = (name: string, begin: string): Uint8Array => {
    const bytes = new Uint8Array(150 * 1024 * 1024).fill(32);
    bytes.set(new TextEncoder().encode(begin));
    return zipSync({ [name]: bytes }, { level: 1 });
  };

  test('a zone map that would unpack to hundreds of megabytes is refused before it is unpacked', async () => {
    const { digest, name } = await upload(
      `${S}/zone-map/files?name=zones.zip`,
      bomb('zones.geojson', '{"type":"FeatureCollection","features":['),
    );
    const reply = await ask('POST', `${S}/zone-map`, { files: [{ name, digest }] });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code: 'archive-bomb' });
  });

  test('so is a table of records', async () => {
    const { digest, name } = await upload(`${S}/record-files?name=staff.xlsx`, bomb('xl/worksheets/sheet1.xml', '<worksheet>'));
    const before = process.memoryUsage().rss;
    const reply = await ask('POST', `${S}/record-previews`, { digest, name, as: 'staff' });
    expect(reply.status).toBe(400);
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
  });

  test('a name is a name: no header, no path', async () => {
    const name = 'a\r\nset-cookie: evil=1\r\n\r\n"; ../../etc/passwd';
    const kept = await upload(
      `${S}/record-files?name=${encodeURIComponent(name)}`,
      new TextEncoder().encode('year;total\n2020;7'),
    );
    expect(kept.name).toBe('passwd');
    attach(
      db,
      'test',
      { site: 'almaty', kind: 'staff', record: 'x' },
      { name, mediaType: 'text/html\r\nx: y', bytes: new Uint8Array([1]) },
    );
    const { id } = db.prepare('select id from attachments').get() as { id: string };
    const reply = await ask('GET', `${S}/attachments/${encodeURIComponent(id)}`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('set-cookie')).toBeNull();
    expect(reply.headers.get('content-type')).toBe('application/octet-stream');
  });
});

describe('what nobody foresaw', () => {
  const db = sharedDossier();
  const broken = {
    method: 'get',
    path: '/api/broken',
    rule: 'anyone',
    summary: '',
    reply: { media: '*/*' },
    handle: () => {
      throw new Error('secret of the inside, select * from users');
    },
  } as unknown as Route;
  const seen: unknown[] = [];
  const app = served(db, { routes: [broken], report: (error) => seen.push(error) });

  test.each(LANGS)('is said in %s, and what it was only to whoever runs the server', async (lang) => {
    const reply = await app.request(`/api/broken?lang=${lang}`, { headers: { host: 'localhost:8080' } });
    expect(reply.status).toBe(500);
    const body = (await reply.json()) as { code: string; message: string };
    expect(Object.keys(body).toSorted()).toEqual(['code', 'message']);
    expect(body.code).toBe('internal');
    expect(body.message.length).toBeGreaterThan(40);
    expect(body.message).not.toMatch(/secret|select|\.ts:/);
    expect(String((seen.at(-1) as Error).stack)).toContain('secret of the inside');
  });
});
