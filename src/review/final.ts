/**
 * Whether a review can be final: no sentence of it is contradicted or without evidence, and no text names a figure that is not there.
 * The same for the command and for the pages.
 *
 *     finalProblems({ site, answers, evidence }, 'en')   // [] where it can be sent
 */
import { notFinal } from '../evidence/claims.ts';
import { Problem, Problems } from '../problems.ts';
import type { Answer, Id, Lang } from '../types.ts';
import { verdictText } from './claim-words.ts';
import type { ReviewEvidence } from './content.ts';
import { marksOf } from './figure-marks.ts';

/** What of a review is asked. */
export interface FinalQuestion {
  site: Id;
  answers: readonly Pick<Answer, 'section' | 'text'>[];
  evidence: Pick<ReviewEvidence, 'claims' | 'figures'>;
}

/** `review-not-final` for each claim that a final report cannot bear, then `mark-unknown` for each mark that names nothing. */
export function finalProblems({ site, answers, evidence }: FinalQuestion, lang: Lang): Problem[] {
  const claims = notFinal(evidence.claims).map(({ claim, is, reason }) => {
    const section = 'site' in claim.in ? claim.in.section : '';
    const verdict = verdictText(lang, { is, reason }).replace(/\.$/, '');
    return new Problem('review-not-final', { site, claim: claim.id, section, verdict });
  });
  const known = new Set([...evidence.figures.keys(), ...evidence.claims.map(({ claim }) => claim.id)]);
  const marks = answers.flatMap(({ section, text }) =>
    marksOf(text)
      .filter((found) => !known.has(found))
      .map((found) => new Problem('mark-unknown', { site, section, found })),
  );
  return [...claims, ...marks];
}

/** @throws Problems as `finalProblems` finds them. */
export function refuseUnlessFinal(question: FinalQuestion, lang: Lang): void {
  const problems = finalProblems(question, lang);
  if (problems.length > 0) throw new Problems(problems);
}
