/**
 * Text of a web page, or of Markdown: what a reader sees, without scripts, styles and menus of forms.
 *
 *     const { text, headings, title } = await readHtml(file);
 *
 * Encodings by byte order mark, by `<meta charset>`, else told by content. White space as browsers show it: HTML, CSS Text 3, 4.1.
 */
import { type DocumentText, plainLines, type TextBuilder, textBuilder } from './document-text.ts';
import { decodeText, encodingNamed, guessEncoding } from './text.ts';
import type { Bytes } from './zip.ts';

/** The little of a document's tree that is used. */
interface Node {
  nodeType: number;
  nodeValue: string | null;
  localName?: string;
  childNodes: ArrayLike<Node>;
  getAttribute?(name: string): string | null;
}

const ELEMENT = 1;
const TEXT = 3;

const UNSEEN = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'head',
  'svg',
  'math',
  'select',
  'option',
  'textarea',
  'iframe',
  'object',
  'audio',
  'video',
  'canvas',
]);
const BLOCKS = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul caption'.split(
    ' ',
  ),
);

/** The text of a page. */
export async function readHtml(file: Bytes): Promise<DocumentText> {
  const { text, notes } = decodeDocument(file.bytes, charsetOf);
  return { ...(await htmlText(text)), notes };
}

/** The text of Markdown, without its marks; a block of `key: value` lines at its beginning names title, language and date. */
export async function readMarkdown(file: Bytes): Promise<DocumentText> {
  const { Marked } = await import('marked');
  const { text, notes } = decodeDocument(file.bytes);
  const [front, body] = frontMatter(plainLines(text));
  const read = await htmlText(`<body>${new Marked().parse(body, { async: false })}</body>`);
  return {
    ...read,
    format: 'markdown',
    mediaType: 'text/markdown',
    title: front.title ?? read.headings.find(({ level }) => level === 1)?.text ?? null,
    lang: front.lang ?? front.language ?? null,
    date: front.date ?? null,
    notes,
  };
}

/** Bytes as text: by byte order mark, by what they name, else by content. */
export function decodeDocument(
  bytes: Uint8Array,
  named: (head: string) => string | null = () => null,
): { text: string; notes: DocumentText['notes'] } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: plainLines(decodeText(bytes, 'utf-16le')), notes: [] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: plainLines(decodeText(bytes, 'utf-16be')), notes: [] };
  const guess = guessEncoding([bytes]);
  const stated = named(decodeText(bytes.subarray(0, 4096), 'windows-1252'));
  const encoding = guess === 'ascii' || guess === 'utf-8' ? 'utf-8' : stated === null || stated === 'utf-8' ? guess : stated;
  const text = plainLines(decodeText(bytes, encoding)).replaceAll('\0', '');
  const guessed = encoding !== 'utf-8' && stated !== encoding;
  return { text, notes: guessed ? [{ code: 'encoding-guessed', details: { encoding } }] : [] };
}

const charsetOf = (head: string): string | null => {
  const name = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1];
  return name === undefined ? null : encodingNamed(name);
};

async function htmlText(html: string): Promise<DocumentText> {
  const { parseHTML } = await import('linkedom');
  const whole = /<(html|body)[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
  const { document } = parseHTML(whole) as unknown as { document: Node & { querySelector(selector: string): Node | null } };
  const builder = textBuilder();
  walk(document, builder);
  const meta = (selector: string, name = 'content'): string | null =>
    document.querySelector(selector)?.getAttribute?.(name)?.trim() || null;
  const titled = textWithin(document.querySelector('title'));
  return {
    format: 'html',
    mediaType: 'text/html',
    ...builder.done(),
    title: meta('meta[property="og:title"]') ?? (titled === '' ? null : titled),
    lang: meta('html', 'lang'),
    date:
      /^\d{4}(-\d\d){0,2}/.exec(meta('meta[property="article:published_time"]') ?? meta('meta[name="date"]') ?? '')?.[0] ?? null,
    notes: [],
  };
}

/** Everything that is seen, in its order; without recursion, as pages may be nested without end. */
function walk(root: Node, builder: TextBuilder): void {
  type Step = { node: Node; pre: boolean } | (() => void);
  const open: Step[] = [{ node: root, pre: false }];
  let blank = true; // whether a blank would be lost
  const add = (text: string): void => {
    if (text === '') return;
    builder.add(text);
    blank = /[\s]$/.test(text);
  };
  const paragraph = (): void => {
    builder.paragraph();
    blank = true;
  };
  const line = (): void => {
    builder.line();
    blank = true;
  };
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (typeof step === 'function') {
      step();
      continue;
    }
    const { node, pre } = step;
    if (node.nodeType === TEXT) {
      const text = node.nodeValue ?? '';
      if (pre) add(text);
      else {
        const folded = text.replace(/[ \t\n\f\r]+/g, ' ');
        add(blank ? folded.replace(/^ /, '') : folded);
      }
      continue;
    }
    const name = node.localName?.toLowerCase() ?? '';
    if (node.nodeType === ELEMENT && (UNSEEN.has(name) || node.getAttribute?.('hidden') !== null)) continue;
    const inner = Array.from(node.childNodes, (child): Step => ({ node: child, pre: pre || name === 'pre' })).reverse();
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (name === 'br') line();
    else if (level !== undefined) {
      builder.heading(Number(level));
      blank = true;
      open.push(paragraph, ...inner);
    } else if (name === 'td' || name === 'th') {
      open.push(() => add('\t'), ...inner);
    } else if (name === 'tr') {
      open.push(line, ...inner);
    } else if (BLOCKS.has(name)) {
      if (!['tbody', 'thead', 'tfoot'].includes(name)) paragraph();
      open.push(['tbody', 'thead', 'tfoot'].includes(name) ? () => {} : paragraph, ...inner);
    } else open.push(...inner);
  }
}

function textWithin(node: Node | null): string {
  if (node === null) return '';
  const own = node.nodeType === TEXT ? (node.nodeValue ?? '') : '';
  return (own + Array.from(node.childNodes, textWithin).join('')).replace(/\s+/g, ' ').trim();
}

/** `---`, lines of `key: value`, `---`. */
function frontMatter(text: string): [front: Record<string, string>, body: string] {
  const block = /^---\n([\s\S]*?)\n---\n/.exec(text);
  if (block === null) return [{}, text];
  const pairs = [...(block[1] ?? '').matchAll(/^(\w+):\s*(.+?)\s*$/gm)].map(([, key = '', value = '']) => [
    key.toLowerCase(),
    value.replace(/^(["'])(.*)\1$/, '$2'),
  ]);
  return [Object.fromEntries(pairs), text.slice(block[0].length)];
}
