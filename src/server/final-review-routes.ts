/** The review that is sent: what keeps it from being final, sentence by sentence, and its files once nothing does. */
import { finalReply } from '../api/claims.ts';
import { documentQuery, reviewQuery } from '../api/review.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem, problemText } from '../problems.ts';
import { verdictText } from '../review/claim-words.ts';
import { documentFormats } from '../review/document.ts';
import { type FinalQuestion, finalProblems, refuseUnlessFinal } from '../review/final.ts';
import { listAnswers } from '../store/answers.ts';
import { loadReviewEvidence } from '../store/claims.ts';
import type { Lang } from '../types.ts';
import { reviewDesk } from './review-desk.ts';
import { headersOf } from './review-file-routes.ts';
import { form, type Reading, readingOf } from './review-reading.ts';
import { type Call, route } from './route.ts';

const FORMATS = [...documentFormats, 'zip'] as const;

export const finalReviewRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/final-review',
    rule: 'editor here',
    summary:
      'Whether the review can be final, and what keeps it from that: claims that are contradicted or without evidence, marks that name nothing',
    query: reviewQuery,
    reply: finalReply,
    handle: (call) => {
      const question = questionOf(reading(call));
      const problems = finalProblems(question, call.lang);
      return {
        ready: problems.length === 0,
        claims: question.evidence.claims.length,
        open: problems.map((problem) => ({
          section: String(problem.details.section ?? ''),
          claim: typeof problem.details.claim === 'string' ? problem.details.claim : null,
          message: messageOf(problem, question, call.lang),
        })),
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/final-review/:file',
    rule: 'editor here',
    summary:
      'The final review (review.docx, review.pdf, review.html; review.zip with all that is sent along), in the language of `in`; refused while a sentence of it is contradicted or without evidence',
    query: documentQuery,
    reply: { media: '*/*' },
    handle: async (call) => {
      const format = FORMATS.find((one) => `review.${one}` === call.params.file);
      if (format === undefined) throw new Problem('not-found');
      const own = reading(call);
      refuseUnlessFinal(questionOf(own), call.lang);
      const bytes = await reviewDesk(own.db).file(
        own.site,
        { what: 'draft', format },
        {
          lang: own.lang,
          date: own.date,
          confidential: call.query.confidential ?? 'mark',
          ...(call.query.previous === undefined ? {} : { previous: call.query.previous }),
        },
      );
      return new Response(new Uint8Array(bytes), { headers: headersOf(own.site, own.lang, { what: 'draft', format }) });
    },
  }),
];

/** The review that is asked for, in the language of `in`, else of the caller. */
function reading(
  call: Pick<Call<{ in?: Lang | undefined }, unknown>, 'context' | 'visitor' | 'params' | 'query' | 'lang'>,
): Reading {
  return readingOf(call.context, call.visitor, { site: call.params.site ?? '', lang: call.query.in ?? call.lang });
}

/** A claim by its sentence and verdict; what is wrong with a mark as everywhere. */
function messageOf(problem: Problem, { evidence }: FinalQuestion, lang: Lang): string {
  const found = evidence.claims.find(({ claim }) => claim.id === problem.details.claim);
  if (found === undefined) return problemText(problem, lang);
  return t(lang, 'web.claims.final-claim', { sentence: pick(found.claim.sentence, lang), verdict: verdictText(lang, found) });
}

function questionOf({ db, site }: Reading): FinalQuestion {
  const answers = listAnswers(db, { site, form: form.id });
  return { site, answers, evidence: loadReviewEvidence(db, site, answers) };
}
