/**
 * A route as data: what it is called by, who may call it, what goes in and out, and the one function that answers.
 * The server, its description (OpenAPI) and the table of who may do what are made of the same list.
 *
 *     route({ method: 'get', path: '/api/sites/:site/zones', rule: 'reader here', summary: 'The zones of a site',
 *       reply: zonesReply, handle: ({ context, params }) => listZones(context.db, params.site) })
 */
import type { z } from 'zod';
import type { Role, Rule } from '../api/roles.ts';
import type { Lang } from '../types.ts';
import type { ServerContext } from './context.ts';
import type { Visitor } from './visitor.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One call of a route, with what came in already checked. */
export interface Call<Query, Body> {
  context: ServerContext;
  visitor: Visitor;
  lang: Lang;
  /** Of the path; those that it names are there. */
  params: Record<string, string>;
  query: Query;
  body: Body;
  /** As it came: headers, and the stream of a file. */
  request: Request;
}

/** A media type with what it holds, for replies and bodies that are not JSON. */
export interface Media {
  media: string;
}

type Shape = z.ZodType | Media;

export interface Definition<Query extends z.ZodType, Body extends Shape> {
  method: Method;
  /** `:name` stands for one part of the path. */
  path: string;
  rule: Rule;
  /** One line for the description of the interface. */
  summary: string;
  query?: Query;
  /** JSON of this shape, or a file that the handler reads from `request`. */
  body?: Body;
  reply: Shape;
  /**
   * A page may send it again with the same `idempotency-key` when it cannot know whether it arrived: it is carried out once, and
   * a repetition is answered with 204. For handlers that write before they return.
   */
  once?: true;
  /** Returns what is sent as JSON, or a whole response. */
  handle(call: Call<z.infer<Query>, Body extends z.ZodType ? z.infer<Body> : undefined>): unknown;
}

/** A route whose types are no longer needed. */
export interface Route {
  method: Method;
  path: string;
  rule: Rule;
  summary: string;
  query?: z.ZodType;
  body?: Shape;
  reply: Shape;
  once?: true;
  handle(call: Call<unknown, unknown>): unknown;
}

export function route<Query extends z.ZodType = z.ZodType<unknown>, Body extends Shape = Media>(
  definition: Definition<Query, Body>,
): Route {
  return definition as unknown as Route;
}

/** Whether `visitor` may call a route at `site`. */
export function allowed(rule: Rule, visitor: Visitor, site: string | undefined): boolean {
  if (rule === 'anyone') return true;
  if (rule === 'signed-in') return visitor.signedIn;
  const [role, where] = rule.split(' ') as [Role, 'here' | 'somewhere' | 'everywhere'];
  if (where === 'somewhere') return visitor.maySomewhere(role);
  return visitor.may(role, where === 'here' ? (site ?? null) : null);
}

export function isMedia(shape: Shape): shape is Media {
  return 'media' in shape;
}
