import { expect, test } from 'vitest';
import type { ImportReply, RecordKindCount, RecordList } from '../../src/api/records.ts';
import { createApp } from '../../src/server/app.ts';
import { listAudit } from '../../src/store/write.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

async function desk() {
  const db = smallDossier();
  const app = createApp({ db, file: 'x.gpkg', lang: 'en', today: () => '2026-11-23' });
  const local = { host: 'localhost' };
  const { csrf } = (await (await app.request('/api/session', { headers: local })).json()) as { csrf: string };
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(`/api/sites/almaty${path}`, {
      method,
      headers: {
        ...local,
        'x-csrf-token': csrf,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
    });
  const list = async (kind: string): Promise<RecordList> => (await (await ask('GET', `/records/${kind}`)).json()) as RecordList;
  return { db, ask, list };
}

const RANGERS = { year: 2024, category: 'rangers', total: '12', female: 3, male: 9 };

test('a record that is typed is kept, shown in words, and counted among its kind', async () => {
  const { ask, list } = await desk();
  expect((await ask('POST', '/records/staff', { values: RANGERS })).status).toBe(201);
  const { records, kind } = await list('staff');
  expect(records).toHaveLength(1);
  expect(records[0]?.values).toMatchObject({ year: 2024, category: 'rangers', total: 12, female: 3 });
  expect(records[0]?.shown.category).not.toBe('rangers');
  expect(records[0]?.from).toContain('2026-11-23');
  expect(kind.fields.find(({ id }) => id === 'category')?.choices?.length).toBeGreaterThan(3);
  const counts = (await (await ask('GET', '/records')).json()) as RecordKindCount[];
  expect(counts.find(({ id }) => id === 'staff')?.records).toBe(1);
  expect(counts.map(({ id }) => id)).not.toContain('answers');
});

test('what cannot be kept is told field by field, in the language asked for, and nothing is kept', async () => {
  const { ask, list } = await desk();
  const reply = await ask('POST', '/records/staff?lang=ru', {
    values: { year: 'soon', category: 'rangers', total: 2, female: 3 },
  });
  expect(reply.status).toBe(400);
  const { fields } = (await reply.json()) as { fields: { field: string; message: string }[] };
  expect(fields.map(({ field }) => field)).toEqual(['year']);
  expect(fields[0]?.message).toMatch(/[а-я]/);
  const less = await ask('POST', '/records/staff', { values: { ...RANGERS, total: 2 } });
  expect(((await less.json()) as typeof reply & { fields: { field: string }[] }).fields).toMatchObject([{ field: 'total' }]);
  expect((await list('staff')).records).toEqual([]);
});

test('two who change one record do not overwrite each other', async () => {
  const { ask, list } = await desk();
  const made = await ask('POST', '/records/staff', { values: RANGERS });
  const { id } = (await made.json()) as { id: string };
  const path = `/records/staff/items/${encodeURIComponent(id)}`;
  const seen = (await ask('GET', path)).headers.get('etag') ?? '';
  expect((await ask('PUT', path, { values: { ...RANGERS, total: 13 } }, { 'if-match': seen })).status).toBe(200);
  expect((await ask('PUT', path, { values: { ...RANGERS, total: 14 } }, { 'if-match': seen })).status).toBe(412);
  expect((await list('staff')).records.map(({ values }) => values.total)).toEqual([13]);
});

test('a record whose key changes stays one record; one that is there already is not replaced', async () => {
  const { ask, list } = await desk();
  const { id } = (await (await ask('POST', '/records/staff', { values: RANGERS })).json()) as { id: string };
  await ask('POST', '/records/staff', { values: { ...RANGERS, year: 2023 } });
  const path = `/records/staff/items/${encodeURIComponent(id)}`;
  expect((await ask('PUT', path, { values: { ...RANGERS, year: 2023 } })).status).toBe(409);
  expect((await ask('PUT', path, { values: { ...RANGERS, year: 2022 } })).status).toBe(200);
  expect((await list('staff')).records.map(({ values }) => values.year).toSorted()).toEqual([2022, 2023]);
});

test('a field that is emptied is not known any more, and a removed record leaves its trace in the audit', async () => {
  const { db, ask, list } = await desk();
  const { id } = (await (await ask('POST', '/records/staff', { values: RANGERS })).json()) as { id: string };
  const path = `/records/staff/items/${encodeURIComponent(id)}`;
  await ask('PUT', path, { values: { ...RANGERS, male: null } });
  expect((await list('staff')).records[0]?.values).not.toHaveProperty('male');
  expect((await ask('DELETE', path)).status).toBe(204);
  expect((await list('staff')).records).toEqual([]);
  expect(
    listAudit(db)
      .filter(({ noun }) => noun === 'headcounts')
      .map(({ action }) => action),
  ).toEqual(['added', 'changed', 'removed']);
  expect((await ask('DELETE', path)).status).toBe(404);
});

test('an organisation is typed and shown by its name', async () => {
  const { ask, list } = await desk();
  const values = { title: 'Day of the steppe', date: '2024-05', type: 'celebration', organiser: 'Green Steppe Fund' };
  const reply = await ask('POST', '/records/events', { values });
  expect(reply.status, await reply.clone().text()).toBe(201);
  const { records, organisations } = await list('events');
  expect(records[0]?.values.organiser).toEqual('Green Steppe Fund');
  expect(organisations).toContain('Green Steppe Fund');
  expect(
    (await ask('PUT', `/records/events/items/${encodeURIComponent(records[0]?.id ?? '')}`, { values: records[0]?.values }))
      .status,
  ).toBe(200);
  expect((await list('events')).organisations).toEqual(organisations);
});

test('a pasted table is shown as it is understood, row by row, and kept when it is accepted; taking it back leaves nothing', async () => {
  const { ask, list } = await desk();
  const pasted = 'Год\tКатегория\tВсего\tЖенщин\n2024\tИнспекторы\t12\t3\n2023\tХор\t1\t1\n';
  const sent = await ask('POST', '/record-files?name=pasted.tsv', new Uint8Array(Buffer.from(pasted)), {
    'content-type': 'text/plain',
  });
  const { digest } = (await sent.json()) as { digest: string };
  const how = { digest, name: 'pasted.tsv', as: 'staff' };
  const preview = (await (await ask('POST', '/record-previews?lang=ru', how)).json()) as ImportReply;
  const [table] = preview.tables;
  expect(table?.columns.map(({ title, field }) => [title, field !== null])).toEqual([
    ['Год', true],
    ['Категория', true],
    ['Всего', true],
    ['Женщин', true],
  ]);
  expect(table?.records.map(({ state }) => state)).toEqual(['new']);
  expect(table?.refused).toHaveLength(1);
  expect(table?.refused[0]?.text).toContain('Хор');
  expect((await list('staff')).records).toEqual([]);
  const kept = (await (await ask('POST', '/record-imports', how)).json()) as ImportReply;
  expect(kept.tables[0]?.changes).toMatchObject({ added: 1 });
  expect((await list('staff')).records).toHaveLength(1);
  const back = await ask('DELETE', `/records/staff/imports/${encodeURIComponent(kept.datasets[0] ?? '')}`);
  expect(await back.json()).toEqual({ rows: 1 });
  expect((await list('staff')).records).toEqual([]);
});

test('a template holds what is kept, as a workbook', async () => {
  const { ask } = await desk();
  await ask('POST', '/records/staff', { values: RANGERS });
  const reply = await ask('GET', '/records/staff/template.xlsx?lang=kk');
  expect(reply.headers.get('content-disposition')).toContain('staff.kk.xlsx');
  expect(new TextDecoder().decode((await reply.arrayBuffer()).slice(0, 2))).toBe('PK');
});

test('a paper beside a record is kept once, saved and never shown, and goes with its last record', async () => {
  const { db, ask, list } = await desk();
  const { id } = (await (await ask('POST', '/records/staff', { values: RANGERS })).json()) as { id: string };
  const place = `/records/staff/items/${encodeURIComponent(id)}/attachments`;
  const page = new Uint8Array(Buffer.from('<script>alert(1)</script>'));
  const name = encodeURIComponent('../приказ "12".html');
  const first = (await (await ask('POST', `${place}?name=${name}`, page, { 'content-type': 'text/html' })).json()) as {
    id: string;
  };
  await ask('POST', `${place}?name=${name}`, page, { 'content-type': 'text/html' });
  expect(await (await ask('GET', place)).json()).toMatchObject([{ name: 'приказ "12".html', size: page.length }]);
  expect((await list('staff')).records[0]?.attachments).toBe(1);
  const saved = await ask('GET', `/attachments/${encodeURIComponent(first.id)}`);
  expect(saved.headers.get('content-type')).toBe('application/octet-stream');
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment/);
  expect((await ask('DELETE', `/attachments/${encodeURIComponent(first.id)}`)).status).toBe(204);
  expect(db.prepare("select count(*) as n from documents where kind = 'other'").get()).toEqual({ n: 0 });
});

test('where a sensitive species was seen is for editors; what a contributor cannot see stays when they change the rest', async () => {
  const db = sharedDossier();
  person(db, 'ed', { almaty: 'editor' });
  person(db, 'co', { almaty: 'contributor' });
  const app = served(db);
  const [editor, contributor] = [browserOf(app, db, 'ed'), browserOf(app, db, 'co')];
  const values = {
    scientific_name: 'Falco cherrug',
    group: 'birds',
    sensitive: true,
    last_record: '2024-05',
    source: 'nest in the third gorge',
  };
  const made = await editor('POST', '/api/sites/almaty/records/species', { values });
  expect(made.status, await made.clone().text()).toBe(201);
  const { id } = (await made.json()) as { id: string };
  const list = await (await contributor('GET', '/api/sites/almaty/records/species')).text();
  expect(list).toContain('Falco cherrug');
  expect(list).not.toMatch(/gorge|2024-05/);
  const item = `/api/sites/almaty/records/species/items/${encodeURIComponent(id)}`;
  const seen = (await (await contributor('GET', item)).json()) as { values: Record<string, unknown> };
  expect(seen.values).not.toHaveProperty('source');
  await contributor('PUT', item, { values: { ...seen.values, name_en: 'Saker falcon' } });
  const after = (await (await editor('GET', item)).json()) as { values: Record<string, unknown> };
  expect(after.values).toMatchObject({ name_en: 'Saker falcon', source: 'nest in the third gorge' });
});
