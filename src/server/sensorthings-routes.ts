/** The dossier's series as an OGC SensorThings 1.1 service: read for who may read, written with a session or key of an editor. docs/sensorthings.md */
import { createdObservations, serviceRoot } from '../api/sensorthings.ts';
import { Problem } from '../problems.ts';
import { limitedBytes } from './answer.ts';
import { peerOf } from './peer.ts';
import { type Call, route } from './route.ts';
import { answerPath, entityAt, rendered, rootReply } from './sensorthings-answer.ts';
import { changeEntity, createEntity, removeEntity } from './sensorthings-change.ts';
import { entityAddress } from './sensorthings-model.ts';
import { parsePath, type ResourcePath } from './sensorthings-path.ts';
import { type World, worldOf } from './sensorthings-world.ts';
import { createObservations } from './sensorthings-write.ts';

const BASE = '/sta/v1.1';
const ENTITY = `${BASE}/:path{.+}`;
const JSON_MEDIA = { media: 'application/json' };

/** [bytes] */
const LARGEST = 8 * 1024 * 1024;

type Asked = Pick<Call<unknown, unknown>, 'context' | 'visitor' | 'lang' | 'request'>;

export const sensorThingsRoutes = [
  route({
    method: 'get',
    path: BASE,
    rule: 'reader somewhere',
    summary: 'SensorThings 1.1: the sets of entities and the requirements that are met',
    reply: serviceRoot,
    handle: ({ request }) => rootReply(rootOf(request)),
  }),
  route({
    method: 'post',
    path: `${BASE}/CreateObservations`,
    rule: 'editor somewhere',
    summary: 'SensorThings 1.1: many observations at once, as data arrays',
    body: JSON_MEDIA,
    reply: createdObservations,
    handle: async (call) => {
      const body = await json(call.request);
      return Response.json(createObservations(world(call), call.visitor, body), { status: 201 });
    },
  }),
  route({
    method: 'get',
    path: ENTITY,
    rule: 'reader somewhere',
    summary: 'SensorThings 1.1: entities, their properties and links, with the query options of the standard',
    reply: JSON_MEDIA,
    handle: (call) => answerPath(world(call), pathOf(call.request), new URL(call.request.url).search),
  }),
  route({
    method: 'post',
    path: ENTITY,
    rule: 'editor somewhere',
    summary: 'SensorThings 1.1: a new observation, series, station or sensor',
    body: JSON_MEDIA,
    reply: JSON_MEDIA,
    handle: async (call) => {
      const body = await json(call.request);
      const { set, id } = createEntity(world(call), call.visitor, pathOf(call.request), body);
      const after = world(call);
      const made = entityAt(after, [{ name: set, set, many: true, id }]);
      return Response.json(await rendered(after, made, null), {
        status: 201,
        headers: { location: entityAddress(after.root, set, id) },
      });
    },
  }),
  ...(['patch', 'put'] as const).map((method) =>
    route({
      method,
      path: ENTITY,
      rule: 'editor somewhere',
      summary:
        method === 'patch' ? 'SensorThings 1.1: changes what is named of an entity' : 'SensorThings 1.1: replaces an entity',
      body: JSON_MEDIA,
      reply: JSON_MEDIA,
      handle: async (call) => {
        const body = await json(call.request);
        const { set, id } = changeEntity(world(call), call.visitor, pathOf(call.request), body, { whole: method === 'put' });
        const after = world(call);
        return Response.json(await rendered(after, entityAt(after, [{ name: set, set, many: true, id }]), null));
      },
    }),
  ),
  route({
    method: 'delete',
    path: ENTITY,
    rule: 'editor somewhere',
    summary: 'SensorThings 1.1: removes what came through it',
    reply: JSON_MEDIA,
    handle: (call) => {
      removeEntity(world(call), call.visitor, pathOf(call.request));
      return new Response(null, { status: 200 });
    },
  }),
];

function world({ context, visitor, lang, request }: Asked): World {
  return worldOf(context.db, visitor, { lang, root: rootOf(request), now: context.access.now().getTime() });
}

/** As the caller knows the service: by the name in the address bar. */
function rootOf(request: Request): string {
  const { secure, host } = peerOf(request);
  return `${secure ? 'https' : 'http'}://${host}${BASE}`;
}

/** Of the address as it came: an id may hold slashes. */
function pathOf(request: Request): ResourcePath {
  return parsePath(new URL(request.url).pathname.slice(BASE.length));
}

async function json(request: Request): Promise<unknown> {
  const text = new TextDecoder().decode(await limitedBytes(request, LARGEST));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('request-unlike', { where: 'body', field: 'body', found: text.slice(0, 40) }, { cause });
  }
}
