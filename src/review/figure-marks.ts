/**
 * Marks in texts: `@f084` becomes the figure with its footnote, `@women-2013` of a claim the footnote with its verdict.
 *
 *     marksOf('Of @f083 researchers @f084 were women.')      // ['f083', 'f084']
 *     filledText('… @f084 were women.', { lang, evidence, cite, sources })
 *     // { text: '… 8,849 people were women.', notes: [3], unknown: [] }
 *
 * A mark begins a word; in `@{…}` it may hold other signs. What names nothing stays as it is, and is told.
 */

import type { CheckedClaim } from '../evidence/claims.ts';
import { pick } from '../i18n/index.ts';
import type { Id, Lang, Source } from '../types.ts';
import { evidenceLines, factText, valueText, verdictText } from './claim-words.ts';
import type { ReviewEvidence } from './content.ts';

const MARK = /(?<![\p{L}\p{N}_@/.])@(?:\{([^}\n]+)\}|([\p{L}\p{N}_](?:[\p{L}\p{N}_.:/-]*[\p{L}\p{N}_])?))/gu;

/** The mark of an id: in braces where it holds other signs than a mark runs over. */
export function markOf(id: Id): string {
  return [...`@${id}`.matchAll(MARK)].some(([whole]) => whole === `@${id}`) ? `@${id}` : `@{${id}}`;
}

/** The ids that a text names, each once. */
export function marksOf(text: string): Id[] {
  return [...new Set([...text.matchAll(MARK)].map(([, braced, bare]) => braced ?? bare ?? ''))];
}

/** A text as it is printed: figures in the place of their marks, footnotes, and the marks that name nothing. */
export function filledText(
  text: string,
  {
    lang,
    evidence,
    sources,
    cite,
  }: {
    lang: Lang;
    evidence: Pick<ReviewEvidence, 'figures' | 'claims'>;
    sources: ReadonlyMap<Id, Source>;
    cite(text: string): number;
  },
): { text: string; notes: number[]; unknown: Id[] } {
  const notes: number[] = [];
  const unknown: Id[] = [];
  const filled = text.replace(MARK, (mark, braced?: string, bare?: string) => {
    const id = braced ?? bare ?? '';
    const figure = evidence.figures.get(id);
    const claim = evidence.claims.find((one) => one.claim.id === id);
    if (figure !== undefined) {
      notes.push(cite(factText(lang, figure, sources)));
      return valueText(lang, figure);
    }
    if (claim !== undefined) {
      notes.push(cite(claimNote(lang, claim, sources)));
      return '';
    }
    unknown.push(id);
    return mark;
  });
  return {
    text: filled
      .replace(/ *(?:\(\s*\)|\[\s*\])/g, '')
      .replace(/ +([.,;:!?…])/g, '$1')
      .trim(),
    notes: [...new Set(notes)],
    unknown,
  };
}

/** `supported: The figures agree. sum(…) = …; for: …` */
function claimNote(lang: Lang, checked: CheckedClaim, sources: ReadonlyMap<Id, Source>): string {
  const { claim, arithmetic, evidence } = checked;
  const shown = [...arithmetic.slice(-1), ...evidenceLines(lang, evidence, sources)];
  return [`${pick(claim.sentence, lang)} – ${verdictText(lang, checked)}`, ...shown].join('; ');
}
