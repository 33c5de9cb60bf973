/**
 * From a request to a reply: what came in is checked against the route's shapes, the route is called, what comes out is sent.
 */
import type { z } from 'zod';
import { isLang } from '../i18n/index.ts';
import { Problem, type ProblemCode, Problems, problemText } from '../problems.ts';
import { once } from '../store/sent.ts';
import type { Lang } from '../types.ts';
import type { ServerContext } from './context.ts';
import { isMedia, type Route } from './route.ts';
import type { Visitor } from './visitor.ts';

/** The most that a body of JSON may hold [bytes]. */
const LARGEST_JSON = 4 * 1024 * 1024;

/** Problems that are no fault of the request's shape. */
const STATUS: Partial<Record<ProblemCode, number>> = {
  'site-unknown': 404,
  'not-found': 404,
  'not-signed-in': 401,
  'not-allowed': 403,
  'cores-not-readable': 403,
  'sign-in-failed': 401,
  'password-old-wrong': 403,
  'csrf-wrong': 403,
  'invitation-gone': 404,
  'invitation-other': 403,
  'user-unknown': 404,
  'login-taken': 409,
  'record-there': 409,
  'data-file-there': 409,
  'dataset-there': 409,
  'administrator-last': 409,
  'administrator-first': 409,
  'accounts-none': 409,
  'restore-only-here': 403,
  'oidc-failed': 502,
  'backup-unsound': 500,
  'sta-derived': 405,
  'sta-foreign': 409,
  'sta-taken': 409,
  'sta-depends': 424,
  'sta-unsupported': 501,
  'key-unknown': 404,
  'changed-meanwhile': 412,
  'too-large': 413,
  'too-many-requests': 429,
  'dossier-busy': 503,
  'dossier-damaged': 500,
  'dossier-unreadable': 500,
  'disk-full': 507,
};

export interface Asked {
  context: ServerContext;
  visitor: Visitor;
  params: Record<string, string>;
  request: Request;
}

/** @throws whatever the route throws. */
export async function answer(route: Route, { context, visitor, params, request }: Asked): Promise<Response> {
  const url = new URL(request.url);
  const lang = langOf(request, context.lang);
  const query = route.query === undefined ? {} : checked(route.query, Object.fromEntries(url.searchParams), 'query');
  const body = route.body === undefined || isMedia(route.body) ? undefined : checked(route.body, await json(request), 'body');
  const handle = () => route.handle({ context, visitor, lang, params, query, body, request });
  const key = route.once === true ? request.headers.get('idempotency-key') : null;
  const result = await (key === null ? handle() : handleOnce(handle, key, { context, visitor }));
  if (result instanceof Response) return result;
  return result === undefined ? new Response(null, { status: 204 }) : Response.json(result);
}

/** The answer of `handle`, or nothing where the same was sent before. @throws Problem `request-unlike` for a key that is none. */
function handleOnce(handle: () => unknown, key: string, { context, visitor }: Pick<Asked, 'context' | 'visitor'>): unknown {
  if (!/^[\w-]{16,64}$/.test(key)) throw new Problem('request-unlike', { where: 'header', field: 'idempotency-key', found: key });
  return once(context.db, { by: visitor.id, key, now: context.access.now() }, handle).result ?? undefined;
}

/** A problem as the reply that says it, in the language of the caller. */
export function problemReply(error: unknown, lang: Lang): Response {
  const list = error instanceof Problem ? [error] : error instanceof Problems ? error.list : null;
  const [first] = list ?? [];
  if (list === null || first === undefined) throw error;
  const message = list.map((problem) => problemText(problem, lang)).join('\n');
  const fields = list.flatMap((problem) =>
    typeof problem.details.field === 'string' ? [{ field: problem.details.field, message: problemText(problem, lang) }] : [],
  );
  return Response.json({ code: first.code, message, fields }, { status: STATUS[first.code] ?? 400 });
}

/** The language asked for in the address, else by the browser, else the one the server was started with. */
export function langOf(request: Request, fallback: Lang): Lang {
  const asked = new URL(request.url).searchParams.get('lang');
  if (asked !== null && isLang(asked)) return asked;
  const accepted = (request.headers.get('accept-language') ?? '').split(/[,;]/).map((part) => part.trim().slice(0, 2));
  return accepted.find(isLang) ?? fallback;
}

function checked(shape: z.ZodType, value: unknown, where: 'query' | 'body'): unknown {
  const { success, data, error } = shape.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new Problem('request-unlike', { where, field: issue?.path.join('.') || where, found: issue?.message ?? '' });
}

async function json(request: Request): Promise<unknown> {
  const text = new TextDecoder().decode(await limitedBytes(request, LARGEST_JSON));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('request-unlike', { where: 'body', field: 'body', found: text.slice(0, 40) }, { cause });
  }
}

/** The body of a request, read no further than `limit` bytes. @throws Problem `too-large`. */
export async function limitedBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > limit) {
      await reader?.cancel();
      throw new Problem('too-large', { expected: Math.floor(limit / 1024 / 1024) });
    }
    chunks.push(next.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
