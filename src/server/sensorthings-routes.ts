/** The dossier's series as an OGC SensorThings 1.1 service: read for who may read, written with a session or key of an editor. docs/sensorthings.md */
import { createdObservations, serviceRoot } from '../api/sensorthings.ts';
import { limitedBytes } from './answer.ts';
import { peerOf } from './peer.ts';
import { type Call, route } from './route.ts';
import { rootReply } from './sensorthings-answer.ts';
import { batchReply } from './sensorthings-batch.ts';
import { type Request as Asked, read, replyOf, write } from './sensorthings-requests.ts';
import { type World, type WorldOptions, work, worldOf } from './sensorthings-world.ts';

const BASE = '/sta/v1.1';
const ENTITY = `${BASE}/:path{.+}`;
const JSON_MEDIA = { media: 'application/json' };

/** [bytes] */
const LARGEST = 8 * 1024 * 1024;

type OwnCall = Pick<Call<unknown, unknown>, 'context' | 'visitor' | 'lang' | 'request'>;

export const sensorThingsRoutes = [
  route({
    method: 'get',
    path: BASE,
    rule: 'reader somewhere',
    summary: 'SensorThings 1.1: the sets of entities and the requirements that are met',
    reply: serviceRoot,
    handle: ({ request, visitor }) => rootReply(rootOf(request), visitor),
  }),
  route({
    method: 'post',
    path: `${BASE}/CreateObservations`,
    rule: 'editor somewhere',
    summary: 'SensorThings 1.1: many observations at once, as data arrays',
    body: JSON_MEDIA,
    reply: createdObservations,
    handle: written,
  }),
  route({
    method: 'post',
    path: `${BASE}/$batch`,
    rule: 'editor somewhere',
    summary: 'SensorThings 1.1: many requests at once',
    body: { media: 'multipart/mixed' },
    reply: { media: 'multipart/mixed' },
    handle: batch,
  }),
  route({
    method: 'get',
    path: ENTITY,
    rule: 'reader somewhere',
    summary: 'SensorThings 1.1: entities, their properties and links, with the query options of the standard',
    reply: JSON_MEDIA,
    handle: async (call) => read(world(call), call.visitor, await asked(call.request)),
  }),
  route({
    method: 'post',
    path: ENTITY,
    rule: 'editor somewhere',
    summary: 'SensorThings 1.1: a new observation, series, station or sensor',
    body: JSON_MEDIA,
    reply: JSON_MEDIA,
    handle: written,
  }),
  ...(['patch', 'put'] as const).map((method) =>
    route({
      method,
      path: ENTITY,
      rule: 'editor somewhere',
      summary:
        method === 'patch'
          ? 'SensorThings 1.1: changes what is named of an entity, or does the operations of a JSON Patch to it'
          : 'SensorThings 1.1: replaces an entity',
      body: JSON_MEDIA,
      reply: JSON_MEDIA,
      handle: written,
    }),
  ),
  route({
    method: 'delete',
    path: ENTITY,
    rule: 'editor somewhere',
    summary: 'SensorThings 1.1: removes what came through it',
    reply: JSON_MEDIA,
    handle: written,
  }),
];

async function written(call: OwnCall): Promise<Response> {
  const done = write(world(call), call.visitor, await asked(call.request));
  return replyOf(world(call), done);
}

async function batch(call: OwnCall): Promise<Response> {
  const { request, visitor, lang } = call;
  const { body, type } = await asked(request);
  const budget = work();
  const caller = { visitor, lang, world: (state: 'kept' | 'fresh') => world(call, { state, budget }) };
  const goesOn = /\bcontinue-on-error\b(?!\s*=\s*"?false)/i.test(request.headers.get('prefer') ?? '');
  return batchReply(caller, type, body, { goesOn });
}

function world({ context, visitor, lang, request }: OwnCall, more: Pick<WorldOptions, 'state' | 'budget'> = {}): World {
  return worldOf(context.db, visitor, { lang, root: rootOf(request), now: context.access.now().getTime(), ...more });
}

/** As the caller knows the service: by the name in the address bar. */
function rootOf(request: Request): string {
  const { secure, host } = peerOf(request);
  return `${secure ? 'https' : 'http'}://${host}${BASE}`;
}

/** Of the address as it came: an id may hold slashes. */
async function asked(request: Request): Promise<Asked> {
  const { pathname, search } = new URL(request.url);
  const body = new TextDecoder().decode(await limitedBytes(request, LARGEST));
  return {
    method: request.method,
    path: pathname.slice(BASE.length),
    search,
    type: request.headers.get('content-type') ?? '',
    body,
  };
}
