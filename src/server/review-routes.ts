/** The review as it is worked on: its sections, the texts that people write, what stood there before. */
import { z } from 'zod';
import {
  answerBody,
  answerReply,
  answerVersions as answerVersionsShape,
  answerVersionText,
  reviewOutline,
  reviewQuery,
  reviewSectionReply,
  searchQuery,
  sectionHit,
  writtenAnswer,
} from '../api/review.ts';
import type { Lang } from '../types.ts';
import { answerReplyOf, answerVersion, answerVersions, keepAnswer } from './answer-editing.ts';
import { outlineOf, type Reading, readingOf, searchReview, sectionReply, writtenAnswers } from './review-reading.ts';
import { type Call, route } from './route.ts';
import { expectVersion, versioned } from './versions.ts';

export const reviewRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/review',
    rule: 'reader here',
    summary: 'The sections of the periodic review and how far each has come; `in` is the language of the review',
    query: reviewQuery,
    reply: reviewOutline,
    handle: (call) => outlineOf(reading(call)),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/review/sections/:section',
    rule: 'reader here',
    summary: 'One section: what records and figures say, what is written, what a reviewer may ask',
    query: reviewQuery,
    reply: reviewSectionReply,
    handle: (call) => sectionReply(reading(call), call.params.section ?? ''),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/review/search',
    rule: 'reader here',
    summary: 'The sections in which words stand',
    query: searchQuery,
    reply: z.array(sectionHit),
    handle: (call) => searchReview(reading(call), call.query.q),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/answers',
    rule: 'reader here',
    summary: 'Who wrote what for the review, and when',
    query: reviewQuery,
    reply: z.array(writtenAnswer),
    handle: (call) => writtenAnswers(reading(call)),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/answers/:section',
    rule: 'reader here',
    summary: 'What is written for a section in one language, with its version',
    query: reviewQuery,
    reply: answerReply,
    handle: (call) => versioned(answerReplyOf(reading(call), call.params.section ?? '', call.visitor)),
  }),
  route({
    method: 'put',
    path: '/api/sites/:site/answers/:section',
    rule: 'contributor here',
    summary: 'Keeps what is written for a section in one language; an empty text takes it back',
    query: reviewQuery,
    body: answerBody,
    reply: answerReply,
    handle: ({ body, ...call }) => {
      const [own, section] = [reading(call), call.params.section ?? ''];
      expectVersion(call.request, answerReplyOf(own, section, call.visitor));
      keepAnswer(own, section, { visitor: call.visitor, body });
      return versioned(answerReplyOf(own, section, call.visitor));
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/answers/:section/versions',
    rule: 'reader here',
    summary: 'Who changed the text of a section when, newest first',
    query: reviewQuery,
    reply: answerVersionsShape,
    handle: (call) => answerVersions(reading(call), call.params.section ?? ''),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/answers/:section/versions/:number',
    rule: 'reader here',
    summary: 'The text of a section as it stood after a change',
    query: reviewQuery,
    reply: answerVersionText,
    handle: (call) => answerVersion(reading(call), call.params.section ?? '', Number(call.params.number)),
  }),
];

/** The review that is asked for, in the language of `in`, else of the caller. */
function reading(
  call: Pick<Call<{ in?: Lang | undefined }, unknown>, 'context' | 'visitor' | 'params' | 'query' | 'lang'>,
): Reading {
  return readingOf(call.context, call.visitor, { site: call.params.site ?? '', lang: call.query.in ?? call.lang });
}
