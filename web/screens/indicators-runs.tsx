/** How figures came about: the runs behind them with all that went in, and the page of the method. */
import { useState } from 'preact/hooks';
import type { MethodCard, ShownRun } from '../../src/api/indicators.ts';
import { moment } from '../parts/moment.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { figure, lang, say } from '../words.ts';

export function Runs({ site, runs }: { site: string; runs: readonly ShownRun[] }) {
  if (runs.length === 0) return null;
  return (
    <>
      <h2>{say('indicators-page.runs')}</h2>
      {runs.map((run) => (
        <details key={run.id} id={run.id} class="run" open={runs.length === 1}>
          <summary>
            {say('indicators-page.version', { method: run.method, version: run.version })}
            {run.ended === null || run.ended === '' ? null : <small> {moment(run.ended)}</small>}
          </summary>
          <dl>
            <dt>{say('indicators-page.run')}</dt>
            <dd>
              <code>{run.id}</code>
            </dd>
            <dt>{say('indicators-page.run-software')}</dt>
            <dd>{run.software}</dd>
            <dt>{say('indicators-page.run-inputs')}</dt>
            <dd>
              <ul>
                {run.inputs.map(({ href, digest, dataset }) => (
                  <li key={`${href} ${digest}`}>
                    {dataset === null ? (
                      href
                    ) : (
                      <a href={`/sites/${encodeURIComponent(site)}/data#${encodeURIComponent(dataset)}`}>{href}</a>
                    )}{' '}
                    <code class="digest" title={digest}>
                      {digest.slice(0, 19)}…
                    </code>
                  </li>
                ))}
              </ul>
            </dd>
            {Object.keys(run.params).length === 0 ? null : (
              <>
                <dt>{say('indicators-page.run-params')}</dt>
                <dd>
                  {Object.entries(run.params).map(([name, value]) => (
                    <span key={name} class="param">
                      <code>
                        {name}={String(value) || '–'}
                      </code>{' '}
                    </span>
                  ))}
                </dd>
              </>
            )}
            {run.skipped === 0 ? null : (
              <>
                <dt>{say('indicators-page.run-skipped')}</dt>
                <dd>{figure(run.skipped)}</dd>
              </>
            )}
          </dl>
        </details>
      ))}
    </>
  );
}

export function MethodPage({ name }: { name: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="card" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{say('indicators-page.card')}</h2>
      </summary>
      {isOpen ? <Card name={name} /> : null}
    </details>
  );
}

function Card({ name }: { name: string }) {
  const card = useResource<MethodCard>(`/api/methods/${encodeURIComponent(name)}`);
  if (card.value === null) return <Waiting resource={card} />;
  return (
    <>
      {card.value.lang === lang.value ? null : <p class="hint">{say('indicators-page.card-lang')}</p>}
      <article lang={card.value.lang}>
        <h3>{card.value.title}</h3>
        <div dangerouslySetInnerHTML={{ __html: card.value.html }} />
      </article>
    </>
  );
}
