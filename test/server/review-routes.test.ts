import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnswerReply, Comment, ReviewOutline, ReviewSectionReply, SectionHit, WrittenAnswer } from '../../src/api/review.ts';
import type { Role } from '../../src/api/roles.ts';
import { Problem } from '../../src/problems.ts';
import { answer, problemReply } from '../../src/server/answer.ts';
import { commentRoutes } from '../../src/server/comment-routes.ts';
import type { ServerContext } from '../../src/server/context.ts';
import { reviewFileRoutes } from '../../src/server/review-file-routes.ts';
import { reviewRoutes } from '../../src/server/review-routes.ts';
import { allowed } from '../../src/server/route.ts';
import { visitor } from '../../src/server/visitor.ts';
import type { Db } from '../../src/store/db.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putAnswer, putEntry } from '../../src/store/records.ts';
import { listAudit } from '../../src/store/write.ts';
import type { Answer } from '../../src/types.ts';
import { smallDossier, total } from '../store/facts-fixture.ts';

const FORM = 'periodic-review-2013';

const answerOf = (section: string, lang: Answer['lang'], text: string, confidential = false): Answer => ({
  id: `almaty/answers/${section}+${lang}`,
  site: 'almaty',
  form: FORM,
  section,
  lang,
  text,
  author: 'A. Author',
  written: '2026-01-02',
  confidential,
});

/** A dossier with an open text, a text that an editor keeps confidential, and a confidential register. */
function dossier(): Db {
  const db = smallDossier();
  putObservation(db, 'test', total);
  putAnswer(db, 'test', answerOf('II.1.4', 'ru', 'Открытый текст о пожарах.'));
  putAnswer(db, 'test', answerOf('II.2.3.3', 'en', 'SECRETPROSE of the editor.', true));
  putEntry(db, 'test', {
    id: 'almaty/contacts/1',
    site: 'almaty',
    register: 'contacts',
    fields: { purpose: 'reserve', organisation: 'SECRETCONTACT', email: 'secret@example.org' },
    confidential: true,
    from: { source: 'unesco-almaty' },
  });
  return db;
}

/** The routes of the review for a visitor of a role, as the server calls them. */
function callsAs(db: Db, role: Role, name = role as string) {
  const context = {
    db,
    file: 'x.gpkg',
    lang: 'en',
    today: () => '2026-11-23',
    pages: new Map(),
  };
  const who = visitor({ id: name, name, signedIn: true }, { almaty: role });
  const app = new Hono();
  app.onError((error) => problemReply(error, 'en'));
  for (const route of [...reviewRoutes, ...reviewFileRoutes, ...commentRoutes]) {
    app.on(route.method.toUpperCase(), route.path, (c) => {
      const params: Record<string, string> = c.req.param();
      if (!allowed(route.rule, who, params.site)) throw new Problem('not-allowed');
      return answer(route, { context: context as unknown as ServerContext, visitor: who, params, request: c.req.raw });
    });
  }
  const base = '/api/sites/almaty';
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(
      app.request(`http://localhost${base}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return {
    get: (path: string): Promise<Response> => send('GET', path),
    json: async <T>(path: string): Promise<T> => (await (await send('GET', path)).json()) as T,
    send,
  };
}

const tag = (response: Response): Record<string, string> => ({ 'if-match': response.headers.get('etag') ?? '' });

test('the outline has every section with its states, and counts what is there', async () => {
  const { json } = callsAs(dossier(), 'editor');
  const outline = await json<ReviewOutline>('/review?in=ru');
  expect(outline.sections.length).toBeGreaterThan(100);
  expect(outline.sections.find(({ id }) => id === 'II.1.4')).toMatchObject({
    states: [{ kind: 'written', state: 'filled' }],
    written: ['ru'],
  });
  expect((await json<ReviewOutline>('/review?in=kk')).sections.find(({ id }) => id === 'II.1.4')?.states).toEqual([
    { kind: 'written', state: 'translate' },
  ]);
  const sum = (of: (part: ReviewOutline['parts'][number]) => number): number =>
    outline.parts.reduce((all, part) => all + of(part), 0);
  expect(sum((part) => part.total.asked)).toBe(outline.total.asked);
  expect(sum((part) => part.computed.filled + part.assembled.filled + part.written.filled)).toBe(outline.total.filled);
});

test('what is written and said stands in the outline at once, for those who may know of it', async () => {
  const db = dossier();
  const [editor, reader] = [callsAs(db, 'editor'), callsAs(db, 'reader')];
  const told = async ({ json }: typeof editor) => {
    const { sections } = await json<ReviewOutline>('/review?in=ru');
    return ['II.1.4', 'II.2.3.3'].map((id) => {
      const found = sections.find((one) => one.id === id);
      return [found?.comments, found?.written];
    });
  };
  const before = [
    [0, ['ru']],
    [0, ['en']],
  ];
  expect([await told(editor), await told(editor)]).toEqual([before, before]);
  expect(await told(reader)).toEqual([
    [0, ['ru']],
    [0, []],
  ]);
  for (const section of ['II.1.4', 'II.2.3.3']) await editor.send('POST', '/comments', { section, text: 'Кто?' });
  await editor.send('PUT', '/answers/II.1.4?in=kk', { text: 'Мәтін.' });
  expect(await told(editor)).toEqual([
    [1, ['ru', 'kk']],
    [1, ['en']],
  ]);
  expect(await told(reader)).toEqual([
    [1, ['ru', 'kk']],
    [0, []],
  ]);
});

test('a section shows what the document shows, and what is written in other languages', async () => {
  const section = await callsAs(dossier(), 'reader').json<ReviewSectionReply>('/review/sections/II.1.4?in=kk');
  expect(section.answers).toMatchObject([{ lang: 'ru', text: 'Открытый текст о пожарах.', author: 'A. Author' }]);
  const areas = await callsAs(dossier(), 'reader').json<ReviewSectionReply>('/review/sections/I.i?in=en');
  expect(areas.html).toContain('176,960');
  expect((await callsAs(dossier(), 'reader').get('/review/sections/IX.9')).status).toBe(404);
});

describe('two editors at once', () => {
  const place = '/answers/II.1.4?in=ru';

  test('a version that came with a compressed reply is the same version', async () => {
    const calls = callsAs(dossier(), 'contributor');
    const seen = tag(await calls.get(place))['if-match'] ?? '';
    const first = await calls.send('PUT', place, { text: 'Первый.' }, { 'if-match': `W/${seen}` });
    expect(first.status).toBe(200);
    expect((await calls.send('PUT', place, { text: 'Второй.' }, { 'if-match': `W/${seen}` })).status).toBe(412);
  });

  test('the second one is told, and nothing is overwritten', async () => {
    const db = dossier();
    const [one, two] = [callsAs(db, 'contributor', 'one'), callsAs(db, 'contributor', 'two')];
    const [seenByOne, seenByTwo] = [await one.get(place), await two.get(place)];
    const first = await one.send('PUT', place, { text: 'Первый.' }, tag(seenByOne));
    expect(first.status).toBe(200);
    const second = await two.send('PUT', place, { text: 'Второй.' }, tag(seenByTwo));
    expect(second.status).toBe(412);
    expect(await second.json()).toMatchObject({ code: 'changed-meanwhile' });
    const now = await two.get(place);
    expect((await now.clone().json()) as AnswerReply).toMatchObject({ answer: { text: 'Первый.', author: 'one' } });
    expect((await two.send('PUT', place, { text: 'Первый. Второй.' }, tag(now))).status).toBe(200);
    expect((await one.send('PUT', place, { text: 'Первый!' }, tag(first))).status).toBe(412);
  });

  test('they are told also where neither saw a text before, and where one took it back', async () => {
    const db = dossier();
    const [one, two] = [callsAs(db, 'contributor', 'one'), callsAs(db, 'contributor', 'two')];
    const empty = '/answers/II.1.4?in=tr';
    const [seenByOne, seenByTwo] = [await one.get(empty), await two.get(empty)];
    const first = await one.send('PUT', empty, { text: 'Bir.' }, tag(seenByOne));
    expect((await two.send('PUT', empty, { text: 'İki.' }, tag(seenByTwo))).status).toBe(412);
    const gone = await one.send('PUT', empty, { text: ' \n' }, tag(first));
    expect((await gone.json()) as AnswerReply).toMatchObject({ answer: null });
    expect((await two.send('PUT', empty, { text: 'İki.' }, tag(first))).status).toBe(412);
  });
});

test('the same text again is no change, and keeps its author and day', async () => {
  const db = dossier();
  const one = callsAs(db, 'contributor', 'one');
  const before = listAudit(db).length;
  await one.send('PUT', '/answers/II.1.4?in=ru', { text: 'Открытый текст о пожарах.\r\n' });
  expect(listAudit(db)).toHaveLength(before);
});

test('what stood before can be read, with who changed it; one sitting is one step', async () => {
  const db = dossier();
  const one = callsAs(db, 'contributor', 'one');
  for (const text of ['Раз.', 'Раз, два.', 'Раз, два, три.']) await one.send('PUT', '/answers/II.1.4?in=ru', { text });
  const { versions } = await one.json<{ versions: { number: number; by: string; last: boolean }[] }>(
    '/answers/II.1.4/versions?in=ru',
  );
  expect(versions.map(({ by, last }) => [by, last])).toEqual([
    ['one', true],
    ['one', false],
    ['one', false],
    ['test', true],
  ]);
  const text = await one.json<{ text: string }>(`/answers/II.1.4/versions/${versions.at(-1)?.number}?in=ru`);
  expect(text.text).toBe('Открытый текст о пожарах.');
  expect((await one.get('/answers/II.1.4/versions/1?in=ru')).status).toBe(404);
});

test('who wrote what: by section, with author, day and words', async () => {
  const written = await callsAs(dossier(), 'editor').json<WrittenAnswer[]>('/answers?in=ru');
  expect(written.map(({ section, author, words }) => [section, author, words])).toEqual([
    ['II.1.4', 'A. Author', 4],
    ['II.2.3.3', 'A. Author', 4],
  ]);
});

describe('what is confidential', () => {
  const doors = [
    '/review?in=en',
    '/review/sections/II.2.3.3?in=en',
    '/review/sections/II.2.3.3?in=kk',
    '/review/sections/II.10.1?in=en',
    '/review/search?q=secret&in=en',
    '/answers?in=en',
    '/answers/II.2.3.3?in=en',
    '/answers/II.2.3.3/versions?in=en',
    '/comments',
    '/review/draft.html?in=en&confidential=mark',
    '/review/questions.html?in=en&confidential=mark',
  ];
  const SECRET = /SECRETPROSE|SECRETCONTACT|secret@example|said in confidence/;
  let db: Db;

  beforeAll(async () => {
    db = dossier();
    const editor = callsAs(db, 'editor');
    await editor.send('POST', '/comments', { section: 'II.2.3.3', text: 'said in confidence' });
    await editor.send('PUT', '/answers/II.2.3.3?in=en', { text: 'SECRETPROSE of the editor, longer.' });
  });

  test.each(doors)('below editor %s shows nothing of it', async (door) => {
    for (const role of ['reader', 'reviewer', 'contributor'] as const) {
      const reply = await callsAs(db, role).get(door);
      expect(reply.status).toBe(200);
      expect(await reply.text()).not.toMatch(SECRET);
    }
  });

  test('the doors do lead there', async () => {
    const seen = await Promise.all(doors.map(async (door) => (await callsAs(db, 'editor').get(door)).text()));
    for (const secret of ['SECRETPROSE', 'SECRETCONTACT', 'said in confidence'])
      expect(seen.filter((text) => text.includes(secret)).length).toBeGreaterThan(0);
  });

  test('no version can be fetched by its number', async () => {
    const { versions } = await callsAs(db, 'editor').json<{ versions: { number: number }[] }>('/answers/II.2.3.3/versions?in=en');
    expect(versions).toHaveLength(2);
    for (const { number } of versions)
      expect((await callsAs(db, 'contributor').get(`/answers/II.2.3.3/versions/${number}?in=en`)).status).toBe(404);
  });

  test('the package leaves it out whatever is asked for, in the report, the tables and the dossier within', async () => {
    const { unzipSync } = await import('fflate');
    const read = async (role: Role): Promise<string> => {
      const reply = await callsAs(db, role).get('/review/draft.zip?in=en&confidential=mark');
      const parts = unzipSync(new Uint8Array(await reply.arrayBuffer()));
      const inner = Object.values(unzipSync(parts['review.docx'] ?? new Uint8Array()));
      return [...Object.values(parts), ...inner].map((bytes) => new TextDecoder().decode(bytes)).join('\n');
    };
    expect(await read('contributor')).not.toMatch(SECRET);
    expect(await read('editor')).toMatch(SECRET);
  });

  test('a contributor can neither overwrite it nor lift the mark, and is told that there is one', async () => {
    const contributor = callsAs(db, 'contributor');
    const seen = await contributor.get('/answers/II.2.3.3?in=en');
    expect((await seen.clone().json()) as AnswerReply).toMatchObject({ answer: null, locked: true });
    expect((await contributor.send('PUT', '/answers/II.2.3.3?in=en', { text: 'Mine.' }, tag(seen))).status).toBe(403);
    expect((await contributor.send('PUT', '/answers/II.10.1?in=en', { text: 'Mine.' })).status).toBe(403);
    expect((await contributor.send('PUT', '/answers/II.1.4?in=ru', { text: 'Mine.', confidential: true })).status).toBe(403);
    expect((await callsAs(db, 'reader').json<AnswerReply>('/answers/II.2.3.3?in=en')).locked).toBe(false);
  });

  test('an editor marks a text, and it is gone for others, its history too', async () => {
    const own = dossier();
    const [editor, reader] = [callsAs(own, 'editor'), callsAs(own, 'reader')];
    await editor.send('PUT', '/answers/II.1.4?in=ru', { text: 'Открытый текст о пожарах.', confidential: true });
    expect((await reader.json<AnswerReply>('/answers/II.1.4?in=ru')).answer).toBeNull();
    expect(await reader.json('/answers/II.1.4/versions?in=ru')).toEqual({ versions: [], leftOut: 2 });
    expect(await reader.json('/review/search?q=пожар&in=ru')).toEqual([]);
    expect(await editor.json<SectionHit[]>('/review/search?q=ПОЖАР&in=ru')).toMatchObject([
      { section: 'II.1.4', match: 'пожар' },
    ]);
  });
});

describe('who may', () => {
  test.each([
    ['reader', 403],
    ['reviewer', 403],
    ['contributor', 200],
    ['editor', 200],
  ] as const)('a %s who writes gets %d', async (role, status) => {
    expect((await callsAs(dossier(), role).send('PUT', '/answers/II.1.4?in=en', { text: 'Text.' })).status).toBe(status);
  });

  test('a reader cannot comment; a reviewer can, and a contributor says that it was dealt with', async () => {
    const db = dossier();
    const said = { section: 'II.1.4', text: 'Which year?' };
    expect((await callsAs(db, 'reader').send('POST', '/comments', said)).status).toBe(403);
    const made = (await (await callsAs(db, 'reviewer').send('POST', '/comments', said)).json()) as Comment;
    expect(made).toEqual({
      id: '1',
      section: 'II.1.4',
      author: 'reviewer',
      name: null,
      text: 'Which year?',
      written: '2026-11-23',
      resolved: null,
    });
    const open = async (): Promise<number | undefined> =>
      (await callsAs(db, 'reader').json<ReviewOutline>('/review?in=en')).sections.find(({ id }) => id === 'II.1.4')?.comments;
    expect(await open()).toBe(1);
    expect((await callsAs(db, 'reviewer').send('PATCH', '/comments/1', { resolved: true })).status).toBe(403);
    expect((await callsAs(db, 'contributor').send('PATCH', '/comments/1', { resolved: true })).status).toBe(200);
    expect(await open()).toBe(0);
    expect((await callsAs(db, 'contributor').send('DELETE', '/comments/1')).status).toBe(403);
    expect((await callsAs(db, 'reviewer').send('DELETE', '/comments/1')).status).toBe(204);
    const next = (await (await callsAs(db, 'reviewer').send('POST', '/comments', said)).json()) as Comment;
    expect(next.id).toBe('2');
  });

  test('nobody comments on a section that they may not read, or that the form does not have', async () => {
    const reviewer = callsAs(dossier(), 'reviewer');
    expect((await reviewer.send('POST', '/comments', { section: 'II.10.1', text: 'Who?' })).status).toBe(403);
    expect((await reviewer.send('POST', '/comments', { section: 'IX', text: 'Who?' })).status).toBe(404);
  });
});

test('text is never taken for markup, wherever it is shown', async () => {
  const db = dossier();
  const trap = '<img src=x onerror=alert(1)>';
  await callsAs(db, 'editor').send('PUT', '/answers/II.1.4?in=en', { text: trap });
  putEntry(db, 'test', {
    id: 'almaty/legal-acts/1',
    site: 'almaty',
    register: 'legal-acts',
    fields: { title: trap, date: '2020' },
    confidential: false,
    from: { source: 'unesco-almaty' },
  });
  const acts = await callsAs(db, 'editor').json<ReviewSectionReply>('/review/sections/II.9.3?in=en');
  expect(acts.html).toContain('&lt;img');
  expect(acts.html).not.toContain('<img src=x');
  expect(await (await callsAs(db, 'editor').get('/review/draft.html?in=en')).text()).not.toContain('<img src=x');
});

test('a section that records have changed is shown anew at once', async () => {
  const db = dossier();
  const editor = callsAs(db, 'editor');
  const read = async (): Promise<string> => (await editor.json<ReviewSectionReply>('/review/sections/I.i?in=en')).html;
  expect(await read()).toContain('176,960');
  putObservation(db, 'test', { ...total, value: 200_001 });
  expect(await read()).toContain('200,001');
});
