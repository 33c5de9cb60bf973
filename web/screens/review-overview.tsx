/** The review at a glance: when it is due, how far it has come, what leaves the house, who wrote what. */
import type { ReviewOutline } from '../../src/api/review.ts';
import { day, figure, say } from '../words.ts';
import { Legend } from './review-contents.tsx';
import { ReviewFiles } from './review-files.tsx';
import { ReviewFinal } from './review-final.tsx';
import { WhoWrote } from './review-who.tsx';

export function ReviewOverview({ outline }: { outline: ReviewOutline }) {
  const { due, days, total, parts, calendar, form } = outline;
  return (
    <>
      <section aria-labelledby="due-title">
        <h2 id="due-title">{due === null ? say('page.due-unknown') : say('page.due-on', { date: day(due) })}</h2>
        {days === null ? null : (
          <p>
            <span class={`due ${days < 0 ? 'overdue' : days <= 365 ? 'soon' : ''}`}>
              {say(days < 0 ? 'page.days-over' : 'page.days-left', { days: Math.abs(days) })}
            </span>
          </p>
        )}
        <p class="meter">
          <progress value={total.filled} max={Math.max(1, total.asked)} aria-label={say('review.meter.title')} />{' '}
          <strong>{counted(total)}</strong>
        </p>
        <p class="hint">{form.status}</p>
      </section>
      <section aria-labelledby="meter-title">
        <h2 id="meter-title">{say('review.questions.meter')}</h2>
        <div class="scroll">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{say('review.meter.part')}</th>
                {KINDS.map((kind) => (
                  <th scope="col" key={kind}>
                    {say(`review-page.kind.${kind}`)}
                  </th>
                ))}
                <th scope="col">{say('review.total')}</th>
              </tr>
            </thead>
            <tbody>
              {parts.map((part) => (
                <tr key={part.id}>
                  <th scope="row">{part.title}</th>
                  {KINDS.map((kind) => (
                    <td key={kind} data-label={say(`review-page.kind.${kind}`)}>
                      {counted(part[kind])}
                    </td>
                  ))}
                  <td data-label={say('review.total')}>{counted(part.total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Legend />
      </section>
      <ReviewFiles outline={outline} />
      <ReviewFinal outline={outline} />
      {calendar.length === 0 ? null : (
        <section aria-labelledby="calendar-title">
          <h2 id="calendar-title">{say('review.questions.calendar')}</h2>
          <div class="scroll">
            <table class="cards" lang={outline.in}>
              <thead>
                <tr>
                  <th scope="col">{say('review.calendar.when')}</th>
                  <th scope="col">{say('review.calendar.what')}</th>
                  <th scope="col">{say('review.calendar.note')}</th>
                </tr>
              </thead>
              <tbody>
                {calendar.map(({ when, what, note }) => (
                  <tr key={what}>
                    <th scope="row">{when}</th>
                    <td data-label={say('review.calendar.what')}>{what}</td>
                    <td data-label={say('review.calendar.note')}>{note}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      <WhoWrote outline={outline} />
    </>
  );
}

const KINDS = ['computed', 'assembled', 'written'] as const;

/** `34 of 148 (23 %)`. */
function counted({ filled, asked }: { filled: number; asked: number }): string {
  if (asked === 0) return '–';
  return say('review-page.counted', { filled, asked, share: figure((100 * filled) / asked, 0) });
}
