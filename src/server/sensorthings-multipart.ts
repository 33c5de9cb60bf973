/**
 * Batches as multipart messages (OGC 18-088, 11; RFC 2046; OData 4.0, 11.7): requests out of a body, replies into one.
 *
 *     parseMultipart('multipart/mixed;boundary=b', text)   // [{ contentId: null, asked: { method: 'GET', url: '/v1.1/Things' … } }, …]
 *
 * Read generously: lines may end in LF alone, and blank lines may stand where the examples of the standard have them.
 */
import { Problem } from '../problems.ts';

/** One request of a batch as it was written. */
export interface Asked {
  method: string;
  url: string;
  /** Names in small letters. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Part {
  contentId: string | null;
  asked: Asked;
}

/** Requests that stand for themselves, and those that hold together or not at all. */
export type Piece = Part | { changeSet: Part[] };

/** A reply as it goes into a batch. */
export interface Told {
  contentId: string | null;
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** @throws Problem `sta-field` */
export function parseMultipart(contentType: string, text: string): Piece[] {
  return partsOf(contentType, text).map((part) => {
    const { headers, rest } = headed(part);
    const type = headers['content-type'] ?? '';
    if (!/^multipart\/mixed\b/i.test(type)) return requestOf(headers, rest);
    const inner = partsOf(type, rest).map((one) => {
      const { headers: own, rest: request } = headed(one);
      return requestOf(own, request);
    });
    return { changeSet: inner };
  });
}

/** @throws Problem `sta-field` */
function partsOf(contentType: string, text: string): string[] {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare ?? '';
  if (boundary === '') throw unlike('Content-Type', contentType, 'multipart/mixed; boundary=…');
  const parts: string[] = [];
  let own: string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    const mark = line.trimEnd();
    if (mark === `--${boundary}` || mark === `--${boundary}--`) {
      if (own !== null) parts.push(own.join('\n'));
      own = mark.endsWith(`${boundary}--`) ? null : [];
      if (own === null) return parts;
    } else own?.push(line);
  }
  throw unlike('body', text.slice(0, 40), `--${boundary}--`);
}

/** Lines of the form `Name: value` at the beginning, blank ones among them. */
function headed(text: string): { headers: Record<string, string>; rest: string } {
  const lines = text.split('\n');
  const headers: Record<string, string> = {};
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at]?.trimEnd() ?? '';
    const [, name, value = ''] = /^([A-Za-z][\w-]*):\s*(.*)$/.exec(line) ?? [];
    if (line !== '' && name === undefined) break;
    if (name !== undefined) headers[name.toLowerCase()] = value;
  }
  return { headers, rest: lines.slice(at).join('\n') };
}

/** @throws Problem `sta-field` */
function requestOf(own: Readonly<Record<string, string>>, text: string): Part {
  const type = own['content-type'] ?? '';
  if (!/^application\/http\b/i.test(type)) throw unlike('Content-Type', type, 'application/http, multipart/mixed; boundary=…');
  const end = text.indexOf('\n');
  const first = (end === -1 ? text : text.slice(0, end)).trim();
  const [, method, url] = /^([A-Z]+)\s+(\S.*?)(?:\s+HTTP\/\d(?:\.\d)?)?$/.exec(first) ?? [];
  if (method === undefined || url === undefined) throw unlike('application/http', first, 'GET /v1.1/Things HTTP/1.1');
  const { headers, rest } = headed(end === -1 ? '' : text.slice(end + 1));
  return { contentId: own['content-id'] ?? null, asked: { method, url, headers, body: rest.trimEnd() } };
}

function unlike(field: string, found: string, expected: string): Problem {
  return new Problem('sta-field', { set: '$batch', field, found: found.slice(0, 60) || '–', expected });
}

const REASONS: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  424: 'Failed Dependency',
  501: 'Not Implemented',
};

/** The replies as one message; the boundaries are such as stand in none of them. */
export function multipartOf(pieces: readonly (Told | { changeSet: readonly Told[] })[]): { type: string; body: string } {
  const all = pieces.flatMap((piece) => ('changeSet' in piece ? piece.changeSet : [piece]));
  let boundary = 'batch';
  for (let n = 1; all.some(({ body }) => body.includes(boundary)); n++) boundary = `batch-${n}`;
  const parts = pieces.map((piece, i) => {
    if (!('changeSet' in piece)) return `--${boundary}\r\n${written(piece)}`;
    const inner = `set-${i + 1}-of-${boundary}`;
    const own = piece.changeSet.map((one) => `--${inner}\r\n${written(one)}`);
    return `--${boundary}\r\nContent-Type: multipart/mixed; boundary=${inner}\r\n\r\n${own.join('')}--${inner}--\r\n`;
  });
  return { type: `multipart/mixed; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` };
}

function written({ contentId, status, headers, body }: Told): string {
  const lines = [
    'Content-Type: application/http',
    ...(contentId === null ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}`.trimEnd(),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : [`Content-Length: ${new TextEncoder().encode(body).length}`]),
    '',
    body,
  ];
  return `${lines.join('\r\n')}\r\n`;
}
