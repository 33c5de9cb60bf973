/**
 * What changed between two texts, word by word, and both in one.
 *
 *     differences('Two fires', 'Three fires')   // [{ kind: 'gone', text: 'Two' }, { kind: 'new', text: 'Three' }, { kind: 'same', text: ' fires' }]
 */
import { diffArrays } from 'diff';

export interface Stretch {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** Texts of which more than this differs are shown one after the other: a longer search would make the page wait [words]. */
const MOST_EDITS = 4000;

/** Stretches of both texts in their order: without the new ones they are `before`, without the gone ones `after`. */
export function differences(before: string, after: string): Stretch[] {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MOST_EDITS });
  if (changes === undefined)
    return [
      { kind: 'gone', text: before },
      { kind: 'new', text: after },
    ];
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'new' : removed ? 'gone' : 'same',
    text: value.join(''),
  }));
}

/** Both texts in one: paragraphs that they share once, and where they differ those of `theirs` before those of `mine`. */
export function bothTogether(theirs: string, mine: string): string {
  return diffArrays(paragraphsOf(theirs), paragraphsOf(mine))
    .flatMap(({ value }) => value)
    .join('\n\n');
}

/** Words, blanks and signs, each by itself. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];
}

function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}
