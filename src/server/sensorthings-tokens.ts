/**
 * The words of a `$filter` or `$orderby` (OData 4.0, part 2, 5.1.1; OGC 18-088, 9.3.3.5), each with the place where it begins.
 *
 *     tokensOf('$filter', "result gt 5.2 and substringof('Aral',Datastream/name)")
 */
import { Problem } from '../problems.ts';

export interface Token {
  kind: 'name' | 'text' | 'number' | 'time' | 'duration' | 'geography' | 'mark' | 'end';
  text: string;
  /** Characters before it. */
  at: number;
}

const INSTANT = /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/y;
const PATTERNS: readonly [Token['kind'], RegExp][] = [
  ['time', new RegExp(`(?:${INSTANT.source})(?:/(?:${INSTANT.source}))?`, 'y')],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['text', /'(?:[^']|'')*'/y],
  ['name', /@?[\p{L}_][\p{L}\p{N}_.@]*/uy],
  ['mark', /[(),/-]/y],
];

/** @throws Problem `sta-syntax` */
export function tokensOf(option: string, text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const token = next(text, at);
    if (token === null) throw syntax(option, at, text.slice(at, at + 12), "'…', 1.5, 2020-01-01T00:00:00Z, ( , ) , /");
    tokens.push(token);
    at += token.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

function next(text: string, at: number): (Token & { length: number }) | null {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    const quoted =
      kind === 'name' && (found === 'geography' || found === 'duration') ? quotedAfter(text, at + found.length) : null;
    if (quoted !== null) return { kind: found as Token['kind'], text: plain(quoted), at, length: found.length + quoted.length };
    return { kind, text: kind === 'text' ? plain(found) : found, at, length: found.length };
  }
  return null;
}

/** The quoted text that stands at a place at once, as after `geography`. */
function quotedAfter(text: string, at: number): string | null {
  const pattern = /'(?:[^']|'')*'/y;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function plain(quoted: string): string {
  return quoted.slice(1, -1).replaceAll("''", "'");
}

export function syntax(option: string, at: number, found: string, expected: string): Problem {
  return new Problem('sta-syntax', { option, position: at + 1, found: found === '' ? '–' : found, expected });
}
