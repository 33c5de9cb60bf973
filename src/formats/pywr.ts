/**
 * Models of river allocation as Pywr keeps them in JSON, version 1 and 2, read into one document.
 *
 *     const document = readPywr(readSource('two_reservoir.json'), (url) => readSource(join(folder, url)));
 *
 * Nothing is computed or judged here but the shape; what a type needs is known where it is built. Reference:
 * https://pywr.github.io/pywr (version 1) and the schema of Pywr 2.
 */
import { Problem } from '../problems.ts';
import { decodeUtf8 } from './csv.ts';
import { isJson, type Json, listOf, type PywrDocument } from './pywr-document.ts';
import { fromVersion1 } from './pywr-v1.ts';
import { fromVersion2 } from './pywr-v2.ts';
import type { SourceFile } from './source-node.ts';

/** Nested includes further down than this are taken for a ring. */
const MOST_INCLUDES = 20;

/**
 * The model in `file`; `beside` reads files that it includes.
 * @throws Problem `river-json`, `river-field`, or what `beside` throws.
 */
export function readPywr(
  file: Pick<SourceFile, 'name' | 'bytes'>,
  beside: (url: string) => Pick<SourceFile, 'name' | 'bytes'>,
): PywrDocument {
  return documentOf(withIncludes(parsed(file), file.name, beside, 0), file.name);
}

/** The model that `json` is, already parsed; messages call it `name`. @throws Problem `river-field` or `river-type` */
export function documentOf(json: Json, name: string): PywrDocument {
  if (isJson(json.network)) return fromVersion2(json, name);
  if ('models' in json)
    throw new Problem('river-type', { file: name, place: 'models', found: 'models', expected: 'nodes, edges' });
  return fromVersion1(json, name);
}

function parsed(file: Pick<SourceFile, 'name' | 'bytes'>): Json {
  let json: unknown;
  try {
    json = JSON.parse(decodeUtf8(file));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('river-json', { file: file.name, found: (error as Error).message }, { cause: error });
  }
  if (!isJson(json)) throw new Problem('river-json', { file: file.name, found: JSON.stringify(json).slice(0, 60) });
  return json;
}

/** Lists of an included document are appended, objects are merged in. */
function withIncludes(
  json: Json,
  file: string,
  beside: (url: string) => Pick<SourceFile, 'name' | 'bytes'>,
  depth: number,
): Json {
  const { includes, ...own } = json;
  for (const url of listOf(includes ?? [], file, 'includes')) {
    if (typeof url !== 'string' || !url.toLowerCase().endsWith('.json') || depth > MOST_INCLUDES)
      throw new Problem('river-type', { file, place: 'includes', found: String(url), expected: '*.json' });
    const found = beside(url);
    for (const [key, value] of Object.entries(withIncludes(parsed(found), found.name, beside, depth + 1)))
      if (Array.isArray(value)) own[key] = [...(Array.isArray(own[key]) ? own[key] : []), ...value];
      else if (isJson(value)) own[key] = { ...(isJson(own[key]) ? own[key] : {}), ...value };
      else throw new Problem('river-field', { file: found.name, place: key, found: String(value), expected: '[…] {…}' });
  }
  return own;
}
