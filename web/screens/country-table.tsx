/** The table of reserves; a click on what stands above a column sorts by it. */
import type { SiteOverview } from '../../src/api/sites.ts';
import { day, figure, named, say } from '../words.ts';
import './country.css';
import type { Asked, SortKey } from './country-list.ts';

interface Props {
  sites: SiteOverview[];
  asked: Asked;
  home: string | null;
  ask(next: Partial<Asked>): void;
}

/** Columns whose cells are numbers. */
const NUMERIC: readonly SortKey[] = ['designated', 'total', 'computed', 'done'];

export function CountryTable({ sites, asked, home, ask }: Props) {
  const head = (key: SortKey, text: string) => {
    const sorted = asked.sort === key;
    return (
      <th
        scope="col"
        class={NUMERIC.includes(key) ? 'n' : undefined}
        aria-sort={sorted ? (asked.down ? 'descending' : 'ascending') : 'none'}
      >
        <button type="button" class="sort" onClick={() => ask({ sort: key, down: sorted && !asked.down })}>
          {text}
          <span aria-hidden="true">{sorted ? (asked.down ? ' ▼' : ' ▲') : ''}</span>
        </button>
      </th>
    );
  };
  return (
    <section class="scroll" aria-label={say('country.table')}>
      <table class="cards sites">
        <thead>
          <tr>
            {head('name', say('page.reserve'))}
            {head('designated', say('page.designated'))}
            {head('total', say('page.total'))}
            {head('computed', say('country.computed'))}
            {head('due', say('page.due'))}
            {head('done', say('country.done'))}
            {head('findings', say('page.findings'))}
          </tr>
        </thead>
        <tbody>
          {sites.map((site) => (
            <Row key={site.id} site={site} home={home} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ site, home }: { site: SiteOverview; home: string | null }) {
  const abroad = site.countries.some((code) => code !== home);
  const { filled, asked } = site.completeness;
  return (
    <tr>
      <th scope="row">
        <a href={`/sites/${encodeURIComponent(site.id)}`}>{named(site.name)}</a>
        {abroad ? <small> {site.countries.join(', ')}</small> : null}
      </th>
      <td data-label={say('page.designated')} class="n">
        {site.designated ?? '–'}
      </td>
      <td data-label={say('page.total')} class="n">
        {figure(site.totalHa)}
      </td>
      <td data-label={say('country.computed')} class="n">
        {figure(site.computedHa, 0)}
      </td>
      <td data-label={say('page.due')}>
        <Due site={site} />
      </td>
      <td data-label={say('country.done')} class="n">
        <Meter filled={filled} asked={asked} />
      </td>
      <td data-label={say('page.findings')}>
        {(['error', 'question', 'info'] as const)
          .filter((severity) => site.findings[severity] > 0)
          .map((severity) => (
            <span key={severity} class={`badge ${severity}`}>
              {say(`page.count-${severity}`, { count: site.findings[severity] })}
            </span>
          ))}
      </td>
    </tr>
  );
}

/** How much of the form is there, as a number and as a bar. */
export function Meter({ filled, asked }: { filled: number; asked: number }) {
  if (asked === 0) return <>–</>;
  const text = say('country.done-of', { filled, asked });
  return (
    <span class="meter">
      {text} <progress max={asked} value={filled} aria-hidden="true" />
    </span>
  );
}

/** When the review is due, and in how many days. */
export function Due({ site: { due, days, dueState } }: { site: SiteOverview }) {
  if (due === null || days === null) return <>{say('page.due-unknown')}</>;
  const key = dueState === 'overdue' ? 'page.days-over' : 'page.days-left';
  return (
    <>
      {day(due)} <span class={`due ${dueState}`}>{say(key, { days: Math.abs(days) })}</span>
    </>
  );
}
