/**
 * Many requests in one (OGC 18-088, 11; OData 4.0, 11.7; as JSON: OData JSON Format 4.01, 19). Requests of a change set are kept together or
 * not at all; later ones name what earlier ones made by `$` and their id.
 *
 *     await batchReply(caller, 'multipart/mixed;boundary=b', text, { goesOn: false })
 *
 * Without `goesOn` the first request that fails is the last that is carried out. A set writes in one go and replies afterwards: nobody else
 * is answered between its writes.
 */
import { Problem } from '../problems.ts';
import { transaction } from '../store/db.ts';
import type { Lang } from '../types.ts';
import { problemReply } from './answer.ts';
import { jsonOf, type Outcome, parseJsonBatch, type Unit } from './sensorthings-batch-json.ts';
import { entityAddress, keyOf, shownId } from './sensorthings-model.ts';
import { type Asked, multipartOf, type Part, type Piece, parseMultipart, type Told } from './sensorthings-multipart.ts';
import { type Request, read, replyOf, type Written, write } from './sensorthings-requests.ts';
import type { World } from './sensorthings-world.ts';
import type { Visitor } from './visitor.ts';

export interface Caller {
  visitor: Visitor;
  lang: Lang;
  /** @param state `fresh`: with what an unfinished transaction wrote */
  world(state: 'kept' | 'fresh'): World;
}

export interface BatchOptions {
  /** Whether requests after one that failed are carried out. */
  goesOn: boolean;
}

/** Of a batch; one that needs more is several. */
const MOST_REQUESTS = 2000;

/** What requests made, by the names that they gave themselves. */
type Names = Map<string, { path: string; id: string }>;

/** A batch carried out, as a reply of the same kind. @throws Problem `sta-field` where it is none */
export async function batchReply(caller: Caller, type: string, text: string, options: BatchOptions): Promise<Response> {
  if (/^multipart\/mixed\b/i.test(type)) {
    const told = await carriedOut(caller, unitsOf(parseMultipart(type, text)), options);
    const pieces = told.flatMap(({ isSet, told: own, failed }): (Told | { changeSet: Told[] })[] =>
      isSet && failed === null ? [{ changeSet: own }] : own,
    );
    const made = multipartOf(pieces);
    return new Response(made.body, { headers: { 'content-type': made.type } });
  }
  if (/^application\/json\b/i.test(type)) {
    const units = parseJsonBatch(text);
    const told = await carriedOut(caller, units, options);
    return Response.json(jsonOf(units, told, caller.lang));
  }
  const expected = 'multipart/mixed; boundary=…, application/json';
  throw new Problem('sta-field', { set: '$batch', field: 'Content-Type', found: type || '–', expected });
}

function unitsOf(pieces: readonly Piece[]): Unit[] {
  return pieces.map((piece) =>
    'changeSet' in piece ? { isSet: true, parts: piece.changeSet, after: [] } : { isSet: false, parts: [piece], after: [] },
  );
}

async function carriedOut(caller: Caller, units: readonly Unit[], { goesOn }: BatchOptions): Promise<Outcome[]> {
  const count = units.reduce((sum, { parts }) => sum + parts.length, 0);
  if (count > MOST_REQUESTS)
    throw new Problem('sta-field', { set: '$batch', field: 'body', found: count, expected: `≤ ${MOST_REQUESTS}` });
  const names: Names = new Map();
  const failed = new Set<string>();
  const outcomes: Outcome[] = [];
  for (const unit of units) {
    const missing = unit.after.find((id) => failed.has(id));
    const outcome = missing !== undefined ? await notDone(caller, unit, missing) : await unitDone(caller, unit, names);
    outcomes.push(outcome);
    if (outcome.failed === null) continue;
    for (const { contentId } of unit.parts) if (contentId !== null) failed.add(contentId);
    if (unit.group !== undefined) failed.add(unit.group);
    if (!goesOn) break;
  }
  return outcomes;
}

async function notDone(caller: Caller, { isSet, parts }: Unit, missing: string): Promise<Outcome> {
  const [first] = parts;
  const found = first === undefined ? '–' : `${first.asked.method} ${first.asked.url}`;
  const reply = problemReply(new Problem('sta-depends', { found, expected: missing }), caller.lang);
  return { isSet, told: [await toldOf(first?.contentId ?? null, reply)], failed: 0 };
}

async function unitDone(caller: Caller, unit: Unit, names: Names): Promise<Outcome> {
  const { isSet, parts } = unit;
  if (isSet) return setDone(caller, parts, names);
  const told: Told[] = [];
  for (const part of parts) {
    const reply = await replied(caller, async () => {
      const request = requestOf(part.asked, names, caller.world('kept').root);
      if (request.method === 'GET') return read(caller.world('kept'), caller.visitor, request);
      const written = write(caller.world('kept'), caller.visitor, request);
      const world = caller.world('kept');
      named(names, part, written, world);
      return replyOf(world, written);
    });
    told.push(await toldOf(part.contentId, reply));
  }
  const at = told.findIndex(({ status }) => status >= 400);
  return { isSet, told, failed: at === -1 ? null : at };
}

/** One reply in place of all where one request failed. */
async function setDone(caller: Caller, parts: readonly Part[], names: Names): Promise<Outcome> {
  const own: Names = new Map(names);
  let at = 0;
  let done: Written[] = [];
  const failed = await replied(caller, async () => {
    const kept = caller.world('kept');
    done = transaction(kept.db, () => {
      let world = kept;
      return parts.map((part, i) => {
        at = i;
        const request = requestOf(part.asked, own, kept.root);
        if (request.method === 'GET') throw wrongMethod();
        const written = write(world, caller.visitor, request);
        named(own, part, written, world);
        if (i < parts.length - 1 && !isValue(written)) world = caller.world('fresh');
        return written;
      });
    });
    return null;
  });
  if (failed !== null) return { isSet: true, told: [await toldOf(parts[at]?.contentId ?? null, failed)], failed: at };
  for (const [key, value] of own) names.set(key, value);
  const world = caller.world('kept');
  const told: Told[] = [];
  for (const [i, written] of done.entries())
    told.push(await toldOf(parts[i]?.contentId ?? null, await replied(caller, () => shown(world, written))));
  return { isSet: true, told, failed: null };
}

/** What a later request of the set took away again was made all the same. */
async function shown(world: World, written: Written): Promise<Response> {
  try {
    return await replyOf(world, written);
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return new Response(null, { status: 204 });
    throw error;
  }
}

/** New values leave what there is besides as it is. */
function isValue(written: Written): boolean {
  return 'addresses' in written || ('set' in written && written.set === 'Observations');
}

function wrongMethod(): Problem {
  return new Problem('sta-field', { set: '$batch', field: 'method', found: 'GET', expected: 'POST, PATCH, PUT, DELETE' });
}

/** What cannot be done is a reply like any other. */
async function replied<Reply extends Response | null>(caller: Caller, work: () => Promise<Reply>): Promise<Reply | Response> {
  try {
    return await work();
  } catch (error) {
    return problemReply(error, caller.lang);
  }
}

async function toldOf(contentId: string | null, reply: Response): Promise<Told> {
  const [type, location] = [reply.headers.get('content-type'), reply.headers.get('location')];
  const headers = { ...(type === null ? {} : { 'Content-Type': type }), ...(location === null ? {} : { Location: location }) };
  return { contentId, status: reply.status, headers, body: await reply.text() };
}

function named(names: Names, { contentId }: Part, written: Written, { root }: World): void {
  if (contentId === null || !('id' in written)) return;
  names.set(contentId, { path: entityAddress(root, written.set, written.id).slice(root.length), id: written.id });
}

/** Of an address as a whole, from the root of a host, or from that of the service. @throws Problem `not-found` */
function requestOf({ method, url, headers, body }: Asked, names: Names, root: string): Request {
  const given = url.replace(/^https?:\/\/[^/]*/i, '');
  const own = given.startsWith(`${new URL(root).pathname}/`) ? given.slice(new URL(root).pathname.length) : given;
  const [, above = ''] = /^(\/.*?\/v1\.\d)(?:\/|$)/.exec(own) ?? []; // behind a proxy, under another name
  const rest = own.slice(above.length);
  const below = rest.startsWith('/') ? rest : `/${rest}`;
  const at = below.indexOf('?');
  const [path, search] = at === -1 ? [below, ''] : [below.slice(0, at), below.slice(at)];
  if (/^\/\$batch\b/.test(path)) throw new Problem('not-found');
  const made = (id: string): { path: string; id: string } | undefined => names.get(decoded(id));
  const resolved = path
    .replace(/^\/\$([^/]+)/, (whole, id: string) => made(id)?.path ?? whole)
    .replace(/\('?\$([^')]+)'?\)/g, (whole, id: string) => {
      const known = made(id);
      return known === undefined ? whole : keyOf(known.id);
    });
  return { method, path: resolved, search, type: headers['content-type'] ?? '', body: withIds(body, names) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a name like any other
  }
}

/** `"@iot.id": "$thing"` as the id of what was made under this name. */
function withIds(body: string, names: Names): string {
  if (names.size === 0 || !body.includes('$')) return body;
  try {
    return JSON.stringify(
      JSON.parse(body, (key, value: unknown) =>
        key === '@iot.id' && typeof value === 'string' && value.startsWith('$') ? toldId(names, value) : value,
      ),
    );
  } catch {
    return body; // said by whoever reads it
  }
}

function toldId(names: Names, written: string): string | number {
  const id = names.get(written.slice(1))?.id;
  return id === undefined ? written : shownId(id);
}
