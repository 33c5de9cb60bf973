/** Who wrote what: the texts of the review by section, author or day. */
import { useState } from 'preact/hooks';
import type { ReviewOutline, WrittenAnswer } from '../../src/api/review.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { day, figure, say } from '../words.ts';
import { sectionHref } from './review-address.ts';

const ORDERS = ['section', 'author', 'written'] as const;
type Order = (typeof ORDERS)[number];

export function WhoWrote({ outline }: { outline: ReviewOutline }) {
  const path = `/api/sites/${encodeURIComponent(outline.site.id)}/answers?in=${outline.in}`;
  const answers = useResource<WrittenAnswer[]>(path);
  const [order, setOrder] = useState<Order>('section');
  const [author, setAuthor] = useState('');
  const all = answers.value ?? [];
  const authors = [...new Set(all.map((one) => one.author))].toSorted();
  const listed = sorted(
    all.filter((one) => author === '' || one.author === author),
    order,
  );
  return (
    <section aria-labelledby="who-title">
      <h2 id="who-title">{say('review-page.who-wrote.title')}</h2>
      {answers.value === null ? (
        <Waiting resource={answers} />
      ) : all.length === 0 ? (
        <p>{say('review-page.who-wrote.none')}</p>
      ) : (
        <>
          <p class="choices">
            <label>
              {say('review-page.who-wrote.order')}{' '}
              <select value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
                {ORDERS.map((one) => (
                  <option key={one} value={one}>
                    {say(`review-page.who-wrote.by-${one}`)}
                  </option>
                ))}
              </select>
            </label>{' '}
            <label>
              {say('review-page.who-wrote.author')}{' '}
              <select value={author} onChange={(event) => setAuthor(event.currentTarget.value)}>
                <option value="">{say('review-page.who-wrote.all')}</option>
                {authors.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            </label>
          </p>
          <div class="scroll tall">
            <table class="cards">
              <thead>
                <tr>
                  {['section', 'language', 'author', 'date'].map((name) => (
                    <th scope="col" key={name}>
                      {say(`review-page.who-wrote.${name}`)}
                    </th>
                  ))}
                  <th scope="col" class="n">
                    {say('review-page.who-wrote.words')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {listed.map((one) => (
                  <tr key={`${one.section} ${one.lang}`}>
                    <th scope="row">
                      <a href={sectionHref(outline.site.id, one.section, one.lang)}>{one.title}</a>
                      {one.confidential ? <> · {say('review.confidential-mark')}</> : null}
                    </th>
                    <td data-label={say('review-page.who-wrote.language')}>{say(`language.${one.lang}`)}</td>
                    <td data-label={say('review-page.who-wrote.author')}>{one.author}</td>
                    <td data-label={say('review-page.who-wrote.date')}>{day(one.written)}</td>
                    <td data-label={say('review-page.who-wrote.words')} class="n">
                      {figure(one.words, 0)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

/** The newest first where days decide; the order of the form where nothing else does. */
function sorted(answers: WrittenAnswer[], order: Order): WrittenAnswer[] {
  if (order === 'section') return answers;
  return answers.toSorted((a, b) => (order === 'author' ? a.author.localeCompare(b.author) : b.written.localeCompare(a.written)));
}
