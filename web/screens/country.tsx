/** The reserves of a country: when their reviews are due and what the rules find. */
import type { Overview, SiteOverview } from '../../src/api/sites.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { country, day, figure, named, say } from '../words.ts';

export function Country() {
  const overview = useResource<Overview>('/api/sites');
  if (overview.value === null) return <Waiting resource={overview} />;
  const { sites, country: home } = overview.value;
  const title = home === null ? say('page.title') : say('page.title-country', { country: country(home) });
  document.title = `${title} · Saryarka`;
  const count = (state: string): number => sites.filter(({ dueState }) => dueState === state).length;
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{say('page.lead', { sites: sites.length, overdue: count('overdue'), soon: count('soon') })}</p>
      <section class="scroll" aria-label={title}>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{say('page.reserve')}</th>
              <th scope="col">{say('page.designated')}</th>
              <th scope="col" class="n">
                {say('page.total')}
              </th>
              <th scope="col">{say('page.due')}</th>
              <th scope="col">{say('page.findings')}</th>
            </tr>
          </thead>
          <tbody>
            {sites.map((site) => (
              <Row key={site.id} site={site} home={home} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">{say('page.due-note')}</p>
    </>
  );
}

function Row({ site, home }: { site: SiteOverview; home: string | null }) {
  const abroad = site.countries.some((code) => code !== home);
  return (
    <tr>
      <th scope="row">
        <a href={`/sites/${encodeURIComponent(site.id)}`}>{named(site.name)}</a>
        {abroad ? <small> {site.countries.join(', ')}</small> : null}
      </th>
      <td data-label={say('page.designated')}>{site.designated ?? '–'}</td>
      <td data-label={say('page.total')} class="n">
        {figure(site.totalHa)}
      </td>
      <td data-label={say('page.due')}>
        <Due site={site} />
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

function Due({ site: { due, days, dueState } }: { site: SiteOverview }) {
  if (due === null || days === null) return <>{say('page.due-unknown')}</>;
  const key = dueState === 'overdue' ? 'page.days-over' : 'page.days-left';
  return (
    <>
      {day(due)} <span class={`due ${dueState}`}>{say(key, { days: Math.abs(days) })}</span>
    </>
  );
}
