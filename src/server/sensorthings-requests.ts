/**
 * One request of a program, alone or out of a batch: what it asks for is read, what it writes is written before anything else is done.
 *
 *     const written = write(world, visitor, { method: 'POST', path: '/Things', search: '', type: 'application/json', body });
 *     await replyOf(worldOf(…), written)   // 201 with the Thing
 */
import { Problem } from '../problems.ts';
import type { Id } from '../types.ts';
import { answerPath, entityAt, rendered, rootReply } from './sensorthings-answer.ts';
import { changeEntity, createEntity, type How, removeEntity } from './sensorthings-change.ts';
import { entityAddress, type SetName } from './sensorthings-model.ts';
import { parsePath } from './sensorthings-path.ts';
import type { World } from './sensorthings-world.ts';
import { createObservations } from './sensorthings-write.ts';
import type { Visitor } from './visitor.ts';

export interface Request {
  method: string;
  /** Below the root of the service, encoded as it came. */
  path: string;
  /** With its question mark; empty where there is none. */
  search: string;
  /** Media type of the body. */
  type: string;
  body: string;
}

/** What came of a request that writes. */
export type Written =
  | { status: 200 | 201; set: SetName; id: Id }
  | { status: 200; removed: true }
  | { status: 201; addresses: string[] };

const CREATE_OBSERVATIONS = '/CreateObservations';
const JSON_PATCH = /^application\/json-patch\+json\b/i;

/** @throws Problem `not-found`, `sta-option`, `sta-syntax`, `sta-property` */
export async function read(world: World, visitor: Visitor, { path, search }: Request): Promise<Response> {
  if (path === '' || path === '/') return Response.json(rootReply(world.root, visitor));
  return answerPath(world, parsePath(path), search);
}

/** Done when it returns, so that several can be kept together or not at all. @throws Problem as the functions that it calls */
export function write(world: World, visitor: Visitor, request: Request): Written {
  if (!visitor.maySomewhere('editor')) throw new Problem(visitor.signedIn ? 'not-allowed' : 'not-signed-in');
  const { method, path, type } = request;
  if (method === 'POST' && path === CREATE_OBSERVATIONS)
    return { status: 201, addresses: createObservations(world, visitor, json(request)) };
  if (method === 'POST') return { status: 201, ...createEntity(world, visitor, parsePath(path), json(request)) };
  if (method === 'DELETE') {
    removeEntity(world, visitor, parsePath(path));
    return { status: 200, removed: true };
  }
  if (method !== 'PATCH' && method !== 'PUT')
    throw new Problem('sta-field', { set: path, field: 'method', found: method, expected: 'GET, POST, PATCH, PUT, DELETE' });
  const how: How = method === 'PUT' ? 'whole' : JSON_PATCH.test(type) ? 'operations' : 'named';
  const { set, id } = changeEntity(world, visitor, parsePath(path), json(request), how);
  return { status: 200, set, id };
}

/** @param world as it is since */
export async function replyOf(world: World, written: Written): Promise<Response> {
  const { status } = written;
  if ('removed' in written) return new Response(null, { status });
  if ('addresses' in written) return Response.json(written.addresses, { status });
  const { set, id } = written;
  const entity = entityAt(world, [{ name: set, set, many: true, id }]);
  const headers = status === 201 ? { location: entityAddress(world.root, set, id) } : {};
  return Response.json(await rendered(world, entity, null), { status, headers });
}

function json({ body }: Request): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new Problem('request-unlike', { where: 'body', field: 'body', found: body.slice(0, 40) }, { cause });
  }
}
