/**
 * Codes as a tree, how they are named, and what they mean in one text, as formats with a single description need it.
 *
 *     codeTree(codes)[0].children
 *     findCode(codes, 'Water and Aral')         // by id, by name in any language, or by path 'Functions / Logistic'
 *     describedCode(code, 'en')                 // 'What …\n\nInclude: …\nExclude: …\nExample: …'
 */
import { readShipped } from '../formats/source-node.ts';
import { languages, pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { Id, Lang, LocalText } from '../types.ts';
import type { Code } from './coding-nouns.ts';

export interface CodeNode extends Code {
  depth: number;
  children: CodeNode[];
}

/** The codes as a forest; one whose parent is missing, or that is its own ancestor, stands at the top. */
export function codeTree(codes: readonly Code[]): CodeNode[] {
  const known = new Map(codes.map((code) => [code.id, code]));
  const isTop = (code: Code): boolean => {
    const seen = new Set<Id>();
    for (let at: Code | undefined = code; at !== undefined; at = at.parent === null ? undefined : known.get(at.parent)) {
      if (seen.has(at.id)) return seen.size > 0 && code.id === [...seen].sort()[0];
      seen.add(at.id);
    }
    return code.parent === null || !known.has(code.parent);
  };
  const tops = new Set(codes.filter(isTop).map(({ id }) => id));
  const below = Map.groupBy(
    codes.filter(({ id }) => !tops.has(id)),
    ({ parent }) => parent,
  );
  const node = (code: Code, depth: number): CodeNode => ({
    ...code,
    depth,
    children: (below.get(code.id) ?? []).map((child) => node(child, depth + 1)),
  });
  return codes.filter(({ id }) => tops.has(id)).map((code) => node(code, 0));
}

/** The forest as a list, each code before those below it. */
export function flatCodes(nodes: readonly CodeNode[]): CodeNode[] {
  return nodes.flatMap((node) => [node, ...flatCodes(node.children)]);
}

/** The ids of a code and of all below it. */
export function withBelow(codes: readonly Code[], id: Id): Set<Id> {
  const node = flatCodes(codeTree(codes)).find((code) => code.id === id);
  return new Set(node === undefined ? [id] : flatCodes([node]).map((code) => code.id));
}

/** `Functions / Logistic`, in a language. */
export function codePath(codes: readonly Code[], id: Id, lang: Lang): string {
  const known = new Map(codes.map((code) => [code.id, code]));
  const names: string[] = [];
  for (let at = known.get(id); at !== undefined && names.length < 32; at = at.parent === null ? undefined : known.get(at.parent))
    names.unshift(pick(at.name, lang));
  return names.join(' / ');
}

/** The code that is meant, by id, by path or by a name that only one has. @throws Problem `code-unknown`, `code-heading` */
export function findCode(codes: readonly Code[], written: string): Code {
  const plain = (text: string): string =>
    text
      .trim()
      .toLowerCase()
      .replace(/\s*\/\s*/g, ' / ')
      .replace(/\s+/g, ' ');
  const wanted = plain(written);
  const named = codes.filter(({ name }) => Object.values(name).some((text) => plain(text) === wanted));
  const found =
    codes.find(({ id }) => id === written.trim()) ??
    codes.find(({ id }) => languages.some((lang) => plain(codePath(codes, id, lang)) === wanted)) ??
    (named.length === 1 ? named[0] : undefined);
  const listed = (some: readonly Code[]): string =>
    some
      .map(({ id }) => id)
      .slice(0, 20)
      .join(', ') || '–';
  if (found === undefined) throw new Problem('code-unknown', { found: written, known: listed(named.length > 1 ? named : codes) });
  if (!found.codable)
    throw new Problem('code-heading', { found: written, known: listed(codes.filter(({ parent }) => parent === found.id)) });
  return found;
}

const PARTS = ['inclusion', 'exclusion', 'example'] as const;

/** Definition, inclusion, exclusion and example as one text; `null` where there is none. */
export function describedCode(code: Code, lang: Lang): string | null {
  const own = languageOf(code, lang);
  const definition = pick(code.definition, own);
  const parts = PARTS.flatMap((part) => {
    const text = pick(code[part], own);
    return text === '' ? [] : [`${t(own, `evidence.code.${part}`)}: ${text}`];
  });
  const text = [definition, parts.join('\n')].filter((part) => part !== '').join('\n\n');
  return text === '' ? null : text;
}

/** The language asked for where the code has it, else the first that it has. */
function languageOf({ name }: Code, lang: Lang): Lang {
  return name[lang] === undefined ? (languages.find((one) => name[one] !== undefined) ?? lang) : lang;
}

/** The parts of a description that was written by `describedCode`; any other text is a definition as a whole. */
export function readDescription(text: string | null, lang: Lang): Pick<Code, 'definition' | (typeof PARTS)[number]> {
  const none = { definition: {}, inclusion: {}, exclusion: {}, example: {} };
  if (text === null || text === '') return none;
  for (const label of [lang, ...languages]) {
    const read: typeof none & Record<string, LocalText> = { ...none };
    let rest: string = text;
    for (const part of PARTS.toReversed()) {
      const at: { before: string; after: string } | null = lastLine(rest, `${t(label, `evidence.code.${part}`)}: `);
      if (at === null) continue;
      read[part] = { [lang]: at.after };
      rest = at.before;
    }
    if (rest === text) continue;
    const definition = rest.replace(/\n$/, '');
    const whole: typeof none = { ...read, definition: definition === '' ? {} : { [lang]: definition } };
    const again = describedCode({ ...asCode(lang), ...whole }, lang);
    if (again === text) return whole;
  }
  return { ...none, definition: { [lang]: text } };
}

function lastLine(text: string, label: string): { before: string; after: string } | null {
  const at = text.startsWith(label) && !text.includes(`\n${label}`) ? 0 : text.lastIndexOf(`\n${label}`) + 1;
  if (at === 0 && !text.startsWith(label)) return null;
  return { before: text.slice(0, Math.max(0, at - 1)), after: text.slice(at + label.length) };
}

function asCode(lang: Lang): Code {
  return {
    id: '',
    parent: null,
    name: { [lang]: 'x' },
    definition: {},
    inclusion: {},
    exclusion: {},
    example: {},
    colour: null,
    codable: true,
    position: 0,
    exchange: null,
  };
}

interface CodeEntry {
  id: Id;
  name: LocalText;
  definition?: LocalText;
  inclusion?: LocalText;
  exclusion?: LocalText;
  example?: LocalText;
  colour?: string;
  codable?: boolean;
  children?: CodeEntry[];
}

/** The codebook of the field's themes that ships with Saryarka. */
export function shippedCodebook(): Code[] {
  return readCodebookJson(readShipped('data', 'codebook', 'themes.json'), 'themes.json');
}

/** A codebook as JSON: `{ "codes": [{ "id", "name": { "en", … }, "definition", …, "children": […] }] }`. @throws Problem `code-table` */
export function readCodebookJson(text: string, file: string): Code[] {
  let read: { codes?: CodeEntry[] };
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Problem('code-table', { file, row: 1, found: (error as Error).message, expected: 'JSON' }, { cause: error });
  }
  if (!Array.isArray(read.codes))
    throw new Problem('code-table', { file, row: 1, found: 'codes: –', expected: '{ "codes": [ … ] }' });
  const codes: Code[] = [];
  const seen = new Set<Id>();
  const add = (entry: CodeEntry, parent: Id | null, position: number): void => {
    const {
      id,
      name,
      definition = {},
      inclusion = {},
      exclusion = {},
      example = {},
      colour = null,
      codable = true,
      children = [],
    } = entry ?? {};
    const row = codes.length + 1;
    if (typeof id !== 'string' || id === '' || seen.has(id))
      throw new Problem('code-table', { file, row, found: `id: ${id}`, expected: 'id' });
    if (typeof name !== 'object' || name === null || Object.values(name).every((one) => one === ''))
      throw new Problem('code-table', { file, row, found: `${id}: name`, expected: '{ "kk", "ru", "en", "tr" }' });
    seen.add(id);
    codes.push({ id, parent, name, definition, inclusion, exclusion, example, colour, codable, position, exchange: null });
    for (const [i, child] of children.entries()) add(child, id, i);
  };
  for (const [i, entry] of read.codes.entries()) add(entry, null, i);
  return codes;
}

/** The same as text. */
export function writeCodebookJson(codes: readonly Code[]): string {
  const entry = ({ id, name, definition, inclusion, exclusion, example, colour, codable, children }: CodeNode): CodeEntry => ({
    id,
    name,
    ...Object.fromEntries(
      Object.entries({ definition, inclusion, exclusion, example }).filter(([, text]) => Object.keys(text).length > 0),
    ),
    ...(colour !== null && { colour }),
    ...(!codable && { codable }),
    ...(children.length > 0 && { children: children.map(entry) }),
  });
  return `${JSON.stringify({ codes: codeTree(codes).map(entry) }, null, 2)}\n`;
}
