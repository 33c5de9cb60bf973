/** The codebook as the pages show it: each code with its depth, before those below it, and with its path. */
import type { CodeShown } from '../../src/api/evidence.ts';
import { named } from '../words.ts';

export interface CodeLine extends CodeShown {
  depth: number;
}

/** Every code before those below it; one whose parent is missing stands at the top. */
export function codeLines(codes: readonly CodeShown[]): CodeLine[] {
  const known = new Set(codes.map(({ id }) => id));
  const below = Map.groupBy(codes, ({ parent }) => (parent !== null && known.has(parent) ? parent : null));
  const seen = new Set<string>();
  const lines = (parent: string | null, depth: number): CodeLine[] =>
    (below.get(parent) ?? []).flatMap((code) => {
      if (seen.has(code.id)) return [];
      seen.add(code.id);
      return [{ ...code, depth }, ...lines(code.id, depth + 1)];
    });
  return lines(null, 0);
}

/** `Functions / Logistic`, in the language of the pages. */
export function codePath(codes: readonly CodeShown[], id: string): string {
  const names: string[] = [];
  let at = codes.find((code) => code.id === id);
  while (at !== undefined && names.length < 32) {
    names.unshift(named(at.name) || at.id);
    const parent = at.parent;
    at = parent === null ? undefined : codes.find((code) => code.id === parent);
  }
  return names.length === 0 ? id : names.join(' / ');
}

/** The name of one code. */
export function codeName(codes: readonly CodeShown[], id: string): string {
  const found = codes.find((code) => code.id === id);
  return found === undefined ? id : named(found.name) || id;
}

/** Whether all words stand in a code, in any language. */
export function fits(code: CodeShown, words: string): boolean {
  const { name, definition, inclusion, exclusion, example, id } = code;
  const all = [id, ...[name, definition, inclusion, exclusion, example].flatMap((text) => Object.values(text))]
    .join(' ')
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
