/**
 * Replies are compressed for those who take gzip, where it pays. RFC 9110, 8.4.1.3 and 12.5.3.
 *
 *     return await compressed(request, response);
 *
 * What is short, what is compressed already (documents, pictures, tiles in other hands' formats) and what its handler marks
 * `no-store` or sets a cookie with go as they are. So does what may bear a token, whatever its length: a reply in which a secret stands beside
 * what a stranger chose tells the secret by its length (BREACH: Gluck, Harris & Prado 2013). Other pages cannot make a browser ask
 * for the rest with our cookie (`SameSite=Lax`), and there is no secret in it that would be worth so many questions.
 */
import { constants, gzip } from 'node:zlib';
import { keptGzip, type Pack } from './kept-replies.ts';

/** Below this it costs more than it saves [bytes]. */
const SHORTEST = 10 * 1024;

/** Quick rather than small: at 4 a table of records takes half the time of 6 and a tenth more bytes. */
const LEVEL = 4;

/** Types that are text, or as loose as text. */
const LOOSE =
  /^(text\/(?!event-stream)|image\/svg\+xml|application\/(json|xml|[\w.+-]+\+(json|xml))(;|$)|application\/vnd\.oai)/i;

/** Where tokens are told: that of the session, and those of links that were just made. */
const TELLS_TOKENS = /^\/api\/(sites\/[^/]+\/)?(session|account|users|invitations?|oidc)(\/|$)/;

/** The reply as `request` takes it. */
export async function compressed(request: Request, response: Response): Promise<Response> {
  const { headers } = response;
  if (!LOOSE.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) return response;
  if (/\bno-(store|transform)\b/.test(headers.get('cache-control') ?? '') || headers.has('set-cookie')) return response;
  if (TELLS_TOKENS.test(new URL(request.url).pathname)) return response;
  headers.append('vary', 'accept-encoding');
  if (!takesGzip(request) || response.status === 206) return response;
  const kept = keptGzip(response, packed);
  if (kept !== null) return zipped(response, await kept);
  if (response.body === null) return response;
  const reader = response.body.getReader();
  const { chunks, isWhole } = await begun(reader);
  const bytes = joined(chunks);
  if (!isWhole) return zipped(response, stream(bytes, reader).pipeThrough(new CompressionStream('gzip')));
  return bytes.length < SHORTEST ? new Response(bytes, plain(response)) : zipped(response, await packed(bytes));
}

/** Whether `gzip` is among the codings that are accepted, and not as one that is refused. RFC 9110, 12.5.3. */
export function takesGzip(request: Request): boolean {
  const codings = (request.headers.get('accept-encoding') ?? '').split(',').map((coding): [string, number] => {
    const [name = '', ...params] = coding.split(';').map((part) => part.trim().toLowerCase());
    const weight = params.find((one) => one.startsWith('q='));
    return [name, weight === undefined ? 1 : Number(weight.slice(2))];
  });
  const weights = new Map(codings);
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

/** The beginning: everything where that is short or comes in one piece. */
async function begun(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<{ chunks: Uint8Array[]; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    size += next.value.length;
    if (size >= SHORTEST && chunks.length > 1) return { chunks, isWhole: false };
  }
  return { chunks, isWhole: true };
}

function stream(
  first: Uint8Array<ArrayBuffer>,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isFirst = true;
  return new ReadableStream({
    async pull(controller) {
      const next = isFirst ? { done: false, value: first } : await reader.read();
      isFirst = false;
      if (next.done || next.value === undefined) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** In a thread of its own kind: those who wait for other replies do not wait for this. */
const packed: Pack = (bytes) =>
  new Promise((resolve, reject) => {
    gzip(bytes, { level: LEVEL, memLevel: constants.Z_DEFAULT_MEMLEVEL }, (error, zip) =>
      error === null ? resolve(new Uint8Array(zip)) : reject(error),
    );
  });

/** Its version is that of the value: as bytes it is another one, which is what `W/` says. RFC 9110, 8.8.1. */
function zipped(response: Response, body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>): Response {
  const own = plain(response);
  own.headers.set('content-encoding', 'gzip');
  const version = own.headers.get('etag');
  if (version !== null && !version.startsWith('W/')) own.headers.set('etag', `W/${version}`);
  return new Response(body, own);
}

function plain({ status, headers }: Response): { status: number; headers: Headers } {
  headers.delete('content-length');
  return { status, headers };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
