/**
 * XML from anywhere, piece by piece: element after element with its line, in whatever encoding the file is in. Nothing outside
 * the file is ever fetched, no entity of its own is expanded, and depth is limited.
 *
 *     readXml(file, { open: (name, attributes, line) => …, close: (name) => …, text: (text) => … });
 *
 * Reference: XML 1.0 (5th edition), appendix F for encodings.
 */
import sax from 'sax';
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import { decodeText, encodingNamed, guessEncoding } from './text.ts';
import type { Bytes } from './zip.ts';

/** Elements within elements; the formats read here stay below 30. */
export const DEEPEST_ELEMENT = 256;
/** Bytes handed to the parser at a time [bytes]. */
const CHUNK = 65_536;
/** Bytes of a source that are read at a time [bytes]. */
const READ = 1_048_576;

export interface XmlHandlers {
  /** An element begins; `name` is as written, with its prefix. */
  open(name: string, attributes: Record<string, string>, line: number): void;
  close(name: string): void;
  /** Text and CDATA, in pieces of any length. */
  text?(text: string): void;
  /** A slip after which reading goes on: an undeclared entity or a stray `<`. Without it, reading ends there. */
  slip?(found: string, line: number): void;
}

export interface XmlReader {
  write(bytes: Uint8Array): void;
  /** @throws Problem `xml-broken` where elements are still open. */
  end(): void;
  /** What the bytes were read as, once the first came. */
  readonly encoding: string | null;
  /** Whether the encoding was told by content, against or without a declaration. */
  readonly guessed: boolean;
}

/** Slips that leave no doubt about which element is meant. */
const PASSABLE = /^(invalid character entity|invalid character in entity name|unencoded <|text data outside of root node)/i;

/**
 * A reader that takes a file in pieces.
 * @throws Problem `xml-entities`, `xml-too-deep`, `xml-broken`, from `write` and `end`.
 */
export function xmlReader(file: string, handlers: XmlHandlers): XmlReader {
  let found = false;
  const parser = xmlParser(file, {
    ...handlers,
    open: (name, attributes, line) => {
      found = true;
      handlers.open(name, attributes, line);
    },
  });
  let decode: ((bytes: Uint8Array, last: boolean) => string) | null = null;
  const state = { encoding: null as string | null, guessed: false };
  const take = (bytes: Uint8Array, last: boolean): void => {
    if (decode === null) {
      Object.assign(state, xmlEncoding(bytes));
      decode = decoderFor(state.encoding ?? 'utf-8');
    }
    for (let at = 0; at < bytes.length || (last && at === 0); at += CHUNK)
      parser.write(decode(bytes.subarray(at, at + CHUNK), last && at + CHUNK >= bytes.length));
  };
  // the encoding is told by the first CHUNK bytes, however small the pieces are
  let head: Uint8Array[] | null = [];
  let length = 0;
  return {
    write: (bytes) => {
      if (head === null) return take(bytes, false);
      head.push(bytes);
      length += bytes.length;
      if (length < CHUNK) return;
      const first = joined(head);
      head = null;
      take(first, false);
    },
    end: () => {
      take(joined(head ?? []), true);
      if (!found) throw new Problem('xml-broken', { file, line: '1', found: length === 0 ? '0 bytes' : 'no element' });
      parser.close();
    },
    get encoding() {
      return state.encoding;
    },
    get guessed() {
      return state.guessed;
    },
  };
}

/**
 * Reads a file that is in memory.
 * @throws Problem `xml-entities`, `xml-too-deep`, `xml-broken`.
 */
export function readXml(file: Bytes, handlers: XmlHandlers): void {
  const reader = xmlReader(file.name, handlers);
  reader.write(file.bytes);
  reader.end();
}

/**
 * Reads a file or an address without holding it in memory.
 * @throws Problem as `readXml`, and those of the source.
 */
export async function readXmlSource(
  source: ByteSource,
  handlers: XmlHandlers,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<void> {
  const reader = xmlReader(source.name, handlers);
  await feed(source, reader, options);
  reader.end();
}

/** Hands the bytes of `source` to `reader`, piece by piece. */
export async function feed(
  source: ByteSource,
  reader: { write(bytes: Uint8Array): void },
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<void> {
  for (let at = 0; at < source.size; at += READ) {
    options.signal?.throwIfAborted();
    const bytes = await source.read(at, Math.min(READ, source.size - at));
    if (bytes.length === 0) break;
    reader.write(bytes);
    options.onProgress?.(Math.min(at + READ, source.size), source.size);
  }
}

/** The encoding of XML: by byte order mark, by the bytes of `<?`, by its declaration, else told by content. */
export function xmlEncoding(bytes: Uint8Array): { encoding: string; guessed: boolean } {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', guessed: false };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', guessed: false };
  if (a === 0x3c && b === 0 && d === 0) return { encoding: 'utf-16le', guessed: false };
  if (a === 0 && b === 0x3c && c === 0) return { encoding: 'utf-16be', guessed: false };
  const declared = /^[^<]{0,8}<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)["']/.exec(
    decodeText(bytes.subarray(0, 300), 'windows-1252'),
  )?.[1];
  const guess = guessEncoding([bytes]);
  const named = declared === undefined ? 'utf-8' : encodingNamed(declared);
  const stated = named === null || named.startsWith('utf-16') ? guess : named;
  const lies = guess !== 'ascii' && (stated === 'utf-8') !== (guess === 'utf-8');
  const encoding = lies ? guess : stated === 'ascii' ? 'utf-8' : stated;
  return { encoding, guessed: lies || (named === null && guess !== 'ascii') };
}

/** Text of pieces; a letter that two pieces share comes with the second. */
function decoderFor(encoding: string): (bytes: Uint8Array, last: boolean) => string {
  if (encoding === 'kz-1048') return (bytes) => decodeText(bytes, encoding);
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function xmlParser(file: string, handlers: XmlHandlers): sax.SAXParser {
  const options = { trim: false, normalize: false, position: true, strictEntities: true };
  const parser = new sax.SAXParser(true, options);
  let depth = 0;
  const line = (): string => String(parser.line + 1);
  parser.onerror = (error) => {
    const found = (error.message.split('\n')[0] ?? '').slice(0, 120);
    if (handlers.slip === undefined || !PASSABLE.test(found)) throw new Problem('xml-broken', { file, line: line(), found });
    handlers.slip(found, parser.line + 1);
    parser.error = null as unknown as Error;
  };
  parser.ondoctype = (doctype) => {
    if (/<!ENTITY/i.test(doctype)) throw new Problem('xml-entities', { file, line: line(), found: '<!ENTITY' });
  };
  parser.onopentag = ({ name, attributes }) => {
    depth += 1;
    if (depth > DEEPEST_ELEMENT) throw new Problem('xml-too-deep', { file, line: line(), limit: DEEPEST_ELEMENT });
    handlers.open(name, attributes as Record<string, string>, parser.line + 1);
  };
  parser.onclosetag = (name) => {
    depth -= 1;
    handlers.close(name);
  };
  if (handlers.text !== undefined) {
    parser.ontext = handlers.text;
    parser.oncdata = handlers.text;
  }
  return parser;
}

/** A name without its namespace's prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
