/** What reviewers say about the sections of a review. */
import { z } from 'zod';
import { comment, commentBody, commentChange } from '../api/review.ts';
import { Problem } from '../problems.ts';
import { addComment, getComment, type NamedComment, removeComment, resolveComment } from '../store/comments.ts';
import { form, type Reading, readableComments, readingOf, sectionOf } from './review-reading.ts';
import { type Call, route } from './route.ts';

export const commentRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/comments',
    rule: 'reader here',
    summary: 'Comments on the review, oldest first; `section` names one of its sections',
    query: z.object({ section: z.string().optional() }),
    reply: z.array(comment),
    handle: (call) =>
      readableComments(reading(call))
        .filter(({ section }) => call.query.section === undefined || section === call.query.section)
        .map(shown),
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/comments',
    rule: 'reviewer here',
    summary: 'Says something about a section of the review',
    once: true,
    body: commentBody,
    reply: comment,
    handle: (call) => {
      const { db, site, today, confidential } = reading(call);
      const section = sectionOf(call.body.section);
      if (section.confidential && confidential === 'leave-out') throw new Problem('not-allowed');
      const said = { site, form: form.id, section: section.id, text: call.body.text, written: today };
      return shown(known(getComment(db, addComment(db, call.visitor.id, said))));
    },
  }),
  route({
    method: 'patch',
    path: '/api/sites/:site/comments/:comment',
    rule: 'contributor here',
    summary: 'Says that a comment was dealt with, or opens it again',
    once: true,
    body: commentChange,
    reply: comment,
    handle: (call) => {
      const own = reading(call);
      const { id } = commentOf(own, call.params.comment);
      resolveComment(own.db, call.visitor.id, id, call.body.resolved ? own.today : null);
      return shown(known(getComment(own.db, id)));
    },
  }),
  route({
    method: 'delete',
    path: '/api/sites/:site/comments/:comment',
    rule: 'reviewer here',
    summary: 'Takes a comment back: one of your own, or any of a site that you edit',
    once: true,
    reply: z.undefined(),
    handle: (call) => {
      const own = reading(call);
      const { id, author } = commentOf(own, call.params.comment);
      if (author !== call.visitor.id && !call.visitor.may('editor', own.site)) throw new Problem('not-allowed');
      removeComment(own.db, call.visitor.id, id);
    },
  }),
];

function reading({
  context,
  visitor,
  params,
  lang,
}: Pick<Call<unknown, unknown>, 'context' | 'visitor' | 'params' | 'lang'>): Reading {
  return readingOf(context, visitor, { site: params.site ?? '', lang });
}

/** A comment on this site by its number, as far as the caller may read it. */
function commentOf(own: Reading, number: string | undefined): NamedComment {
  return known(readableComments(own).find(({ id }) => id === `${own.site}/comments/${number}`));
}

function known(found: NamedComment | null | undefined): NamedComment {
  if (found === null || found === undefined) throw new Problem('not-found');
  return found;
}

/** Named by its number at its site. */
function shown({ id, section, author, name, text, written, resolved }: NamedComment): z.infer<typeof comment> {
  return { id: id.split('/').at(-1) ?? id, section, author, name, text, written, resolved };
}
