/** One section: what the form asks, what records and figures say, the text that people write, questions and comments. */
import { useEffect, useRef } from 'preact/hooks';
import type { ReviewOutline, ReviewSectionReply } from '../../src/api/review.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { address } from '../router.ts';
import { say } from '../words.ts';
import { sectionHref } from './review-address.ts';
import { ReviewClaims } from './review-claims.tsx';
import { ReviewComments } from './review-comments.tsx';
import { Mark } from './review-contents.tsx';
import { ProseEditor } from './review-editor.tsx';
import { ReviewQuestions } from './review-questions.tsx';

export function ReviewSectionView({ outline, section }: { outline: ReviewOutline; section: string }) {
  const path = `/api/sites/${encodeURIComponent(outline.site.id)}/review/sections/${encodeURIComponent(section)}?in=${outline.in}`;
  const own = useResource<ReviewSectionReply>(path);
  const heading = useRef<HTMLHeadingElement>(null);
  const there = own.value !== null;
  useEffect(() => {
    if (!there) return;
    const place = address.value.hash === '' ? null : document.getElementById(decodeURIComponent(address.value.hash.slice(1)));
    if (place === null) heading.current?.focus({ preventScroll: true });
    else {
      place.scrollIntoView();
      place.focus({ preventScroll: true });
    }
  }, [there]);
  if (own.value === null) return <Waiting resource={own} />;
  const { title, states, asks, length, who, confidential, closed, unconfirmed, html, questions } = own.value;
  const asked = states.length > 0;
  return (
    <article class="review-section" aria-labelledby="section-title">
      <h2 id="section-title" ref={heading} tabIndex={-1}>
        {title}
        {unconfirmed ? ' *' : ''}
      </h2>
      {asks === null ? null : <p class="asks">{asks}</p>}
      <p class="hint">
        {states.map(({ kind, state }) => (
          <span key={kind} class="state">
            <Mark kind={kind} state={state} />{' '}
            {say('review-page.mark', { kind: say(`review-page.kind.${kind}`), state: say(`review-page.state.${state}`) })}
          </span>
        ))}
        {asked ? (
          <span class="state">{say('review-page.who', { who: say(`review.who.${who}`) })}</span>
        ) : (
          <span>{say('review-page.not-asked')}</span>
        )}
        {length === null ? null : <span class="state">{say('review-page.length', { length })}</span>}
        {confidential ? <strong class="state">{say('review.confidential-mark')}</strong> : null}
      </p>
      {unconfirmed ? <p class="hint">{say('review.unconfirmed-mark')}</p> : null}
      {closed ? (
        <p class="finding">{say('review-page.closed-about')}</p>
      ) : (
        <>
          {asked ? <ProseEditor outline={outline} own={own.value} /> : null}
          <ReviewQuestions questions={questions} written={outline.in} />
          {html === '' ? null : (
            <section aria-labelledby="fill-title">
              <h3 id="fill-title">{say('review-page.from-dossier')}</h3>
              {/* made by the server of blocks, all text in it escaped */}
              <div class="review-fill" lang={outline.in} dangerouslySetInnerHTML={{ __html: html }} />
            </section>
          )}
          <ReviewClaims site={outline.site.id} section={section} />
          <ReviewComments site={outline.site.id} section={section} />
        </>
      )}
      <Neighbours outline={outline} section={section} />
    </article>
  );
}

/** The sections before and after. */
function Neighbours({ outline, section }: { outline: ReviewOutline; section: string }) {
  const at = outline.sections.findIndex(({ id }) => id === section);
  const [before, after] = [outline.sections[at - 1], outline.sections[at + 1]];
  return (
    <nav class="neighbours" aria-label={say('review-page.neighbours')}>
      {before === undefined ? <span /> : <a href={sectionHref(outline.site.id, before.id, outline.in)}>← {before.title}</a>}
      {after === undefined ? null : <a href={sectionHref(outline.site.id, after.id, outline.in)}>{after.title} →</a>}
    </nav>
  );
}
