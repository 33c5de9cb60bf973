/** The contents of the review: each section with what fills it and what is missing, a filter, and a search in all texts. */
import { useEffect, useState } from 'preact/hooks';
import type { ReviewOutline, ReviewSection, SectionHit } from '../../src/api/review.ts';
import { useResource } from '../resource.ts';
import { say } from '../words.ts';
import { sectionHref } from './review-address.ts';

/** Which sections are listed. */
const FILTERS = ['all', 'open', 'prose', 'comments'] as const;
type Filter = (typeof FILTERS)[number];

/** After the last letter [ms]. */
const PAUSE = 300;

export function ReviewContents({ outline, current }: { outline: ReviewOutline; current: string | undefined }) {
  const [filter, setFilter] = useState<Filter>('all');
  const [words, setWords] = useState('');
  const listed = outline.sections.filter((section) => isListed(section, filter));
  return (
    <nav class="review-contents" aria-label={say('review-page.contents')}>
      <a
        class="review-home"
        href={sectionHref(outline.site.id, undefined, outline.in)}
        aria-current={current === undefined ? 'page' : undefined}
      >
        {say('review-page.overview')}
      </a>
      <label>
        <span class="unseen">{say('review-page.search')}</span>
        <input
          type="search"
          placeholder={say('review-page.search')}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      {words.trim().length >= 2 ? (
        <Found outline={outline} words={words.trim()} />
      ) : (
        <>
          <label>
            <span class="unseen">{say('review-page.filter.label')}</span>
            <select value={filter} onChange={(event) => setFilter(event.currentTarget.value as Filter)}>
              {FILTERS.map((one) => (
                <option key={one} value={one}>
                  {say(`review-page.filter.${one}`)}
                </option>
              ))}
            </select>
          </label>
          {outline.parts.map((part) => {
            const own = listed.filter((section) => section.part === part.id);
            if (own.length === 0) return null;
            return (
              <section key={part.id} aria-labelledby={`part-${part.id}`}>
                <h2 id={`part-${part.id}`}>
                  {part.title} <small>{say('review-page.count', { ...part.total })}</small>
                </h2>
                <ul>
                  {own.map((section) => (
                    <Line key={section.id} section={section} outline={outline} current={current} />
                  ))}
                </ul>
              </section>
            );
          })}
          {listed.length === 0 ? <p>{say('review-page.filter.none')}</p> : null}
        </>
      )}
    </nav>
  );
}

function Line({ section, outline, current }: { section: ReviewSection; outline: ReviewOutline; current: string | undefined }) {
  const { id, title, depth, states, comments, closed } = section;
  return (
    <li style={{ paddingLeft: `${depth * 0.9}rem` }}>
      <a href={sectionHref(outline.site.id, id, outline.in)} aria-current={id === current ? 'page' : undefined}>
        <span class="marks">
          {states.map(({ kind, state }) => (
            <Mark key={kind} kind={kind} state={state} />
          ))}
        </span>
        <span>
          {title}
          {closed ? <span class="unseen"> ({say('review-page.closed')})</span> : null}
          {comments > 0 ? (
            <span class="badge question comments">{say('review-page.comments.open', { count: comments })}</span>
          ) : null}
        </span>
      </a>
    </li>
  );
}

/** The signs of figures, records and prose: filled where there is something, hollow where there is a gap, half where it is in another language. */
export function Mark({ kind, state }: ReviewSection['states'][number]) {
  const words = say('review-page.mark', { kind: say(`review-page.kind.${kind}`), state: say(`review-page.state.${state}`) });
  return (
    <span class={`mark ${state}`} role="img" aria-label={words} title={words}>
      {SIGNS[kind]}
    </span>
  );
}

const SIGNS = { computed: 'Σ', assembled: '≡', written: '¶' } as const;

/** What the signs mean. */
export function Legend() {
  return (
    <p class="legend hint">
      {(['computed', 'assembled', 'written'] as const).map((kind) => (
        <span key={kind}>
          <Mark kind={kind} state="filled" /> {say(`review-page.kind.${kind}`)}
        </span>
      ))}
      <span>
        <Mark kind="written" state="gap" /> {say('review-page.state.gap')}
      </span>
      <span>
        <Mark kind="written" state="translate" /> {say('review-page.state.translate')}
      </span>
    </p>
  );
}

function Found({ outline, words }: { outline: ReviewOutline; words: string }) {
  const [asked, setAsked] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  const path = `/api/sites/${encodeURIComponent(outline.site.id)}/review/search?in=${outline.in}&q=${encodeURIComponent(asked)}`;
  const hits = useResource<SectionHit[]>(path);
  if (hits.value === null) return <p role="status">{hits.refusal?.message ?? say('web.loading')}</p>;
  return (
    <>
      <p role="status">{say('review-page.found', { count: hits.value.length })}</p>
      <ul class="found">
        {hits.value.map((hit) => (
          <li key={`${hit.section} ${hit.where}`}>
            <a href={sectionHref(outline.site.id, hit.section, outline.in)}>
              {hit.title}
              <small lang={outline.in}>
                {hit.before}
                <mark>{hit.match}</mark>
                {hit.after}
              </small>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function isListed({ states, comments }: ReviewSection, filter: Filter): boolean {
  if (filter === 'open') return states.some(({ state }) => state !== 'filled');
  if (filter === 'prose') return states.some(({ kind, state }) => kind === 'written' && state !== 'filled');
  return filter === 'all' || comments > 0;
}
