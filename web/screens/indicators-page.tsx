/** One indicator: its figures with intervals and origin, drawings, what computes it, how it came about, what is taken along. */
import { useState } from 'preact/hooks';
import type { FigureRow, IndicatorDetail, ShownRun } from '../../src/api/indicators.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { lang, say } from '../words.ts';
import { ComputeForm } from './indicators-compute.tsx';
import { Drawings } from './indicators-drawings.tsx';
import { Jobs } from './indicators-jobs.tsx';
import { MethodPage, Runs } from './indicators-runs.tsx';

export function IndicatorPage({ site, base, mapped }: { site: string; base: string; mapped: boolean }) {
  const detail = useResource<IndicatorDetail>(base);
  const [isAsking, setAsking] = useState(false);
  if (detail.value === null) return <Waiting resource={detail} />;
  const { indicator, rows, left, runs, card, references, conflicts } = detail.value;
  const lacksMap = indicator.needsMap && !mapped;
  const canCompute = indicator.process !== null && !lacksMap && may('contributor', site);
  return (
    <>
      <h1>{indicator.title}</h1>
      <p class="lead">{indicator.definition}</p>
      <p class="hint">
        {[
          ...indicator.sdg.map((target) => say('indicators-page.sdg', { target })),
          say(`indicators-page.function.${indicator.function}`),
        ].join(' · ')}
      </p>
      {indicator.outdated > 0 ? (
        <p class="finding question">{say('indicators-page.outdated', { count: indicator.outdated })}</p>
      ) : null}
      {lacksMap ? <p class="finding">{say('indicators-page.no-zones')}</p> : null}
      {canCompute && !isAsking ? (
        <p>
          <button type="button" class="main" onClick={() => setAsking(true)}>
            {say(runs.length > 0 || indicator.outdated > 0 ? 'indicators-page.recompute' : 'indicators-page.compute')}
          </button>
        </p>
      ) : null}
      {canCompute && isAsking ? (
        <ComputeForm site={site} process={indicator.process ?? ''} last={runs[0] ?? null} onDone={() => setAsking(false)} />
      ) : null}
      <Jobs site={site} process={indicator.process} />
      {rows.length === 0 ? (
        <p>{say('indicators-page.nothing')}</p>
      ) : (
        <>
          <h2>{say('indicators-page.values')}</h2>
          <Values rows={rows} runs={runs} />
          {left > 0 ? <p class="hint">{say('indicators-page.left', { count: left })}</p> : null}
          <Conflicts conflicts={conflicts} />
          <Drawings base={base} detail={detail.value} />
          <h2>{say('indicators-page.downloads')}</h2>
          <ul class="downloads">
            {(['csv', 'geojson'] as const).map((format) => (
              <li key={format}>
                <a href={`${base}/figures.${format}?lang=${lang.value}`} download>
                  {say(`indicators-page.${format}`)}
                </a>
              </li>
            ))}
          </ul>
          <Runs site={site} runs={runs} />
        </>
      )}
      {card === null ? null : <MethodPage name={card} />}
      {references.length === 0 ? null : (
        <>
          <h2>{say('indicators-page.sources')}</h2>
          <ul>
            {references.map((doi) => (
              <li key={doi}>{/^10\.\d+\//.test(doi) ? <a href={`https://doi.org/${doi}`}>doi:{doi}</a> : doi}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Where sources contradict one another, beside the figures that it bears on. */
function Conflicts({ conflicts }: Pick<IndicatorDetail, 'conflicts'>) {
  if (conflicts.length === 0) return null;
  return (
    <section>
      <h2>{say('indicators-page.conflicts')}</h2>
      <ul class="finding question">
        {conflicts.map(({ id, text }) => (
          <li key={id}>
            <strong>{id}</strong> {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The latest figures. Kind and quality are said in words; columns that say the same everywhere are left out. */
function Values({ rows, runs }: { rows: readonly FigureRow[]; runs: readonly ShownRun[] }) {
  const originOf = ({ run: id, origin }: FigureRow) => {
    const run = runs.find((one) => one.id === id);
    if (run === undefined) return origin;
    return <a href={`#${run.id}`}>{say('indicators-page.version', { method: run.method, version: run.version })}</a>;
  };
  const withClass = rows.some((row) => row.class !== null);
  const withNote = rows.some((row) => row.note !== null || row.quality !== 'ok');
  return (
    <div class="scroll">
      <table class="cards values">
        <thead>
          <tr>
            <th scope="col">{say('indicators-page.place')}</th>
            {withClass ? <th scope="col">{say('indicators-page.class')}</th> : null}
            <th scope="col" class="n">
              {say('indicators-page.value')}
            </th>
            <th scope="col">{say('indicators-page.period')}</th>
            <th scope="col">{say('indicators-page.role')}</th>
            {withNote ? <th scope="col">{say('indicators-page.note')}</th> : null}
            <th scope="col">{say('indicators-page.origin')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify([row.feature, row.code, row.role, row.period, row.origin, row.text])}>
              <th scope="row">
                {row.zone === null ? null : <span class={`mark ${row.zone}`} aria-hidden="true" />}
                {row.place}
              </th>
              {withClass ? <td data-label={say('indicators-page.class')}>{row.class ?? '–'}</td> : null}
              <td class="n" data-label={say('indicators-page.value')}>
                {row.text} {row.unit}
              </td>
              <td data-label={say('indicators-page.period')}>{row.period}</td>
              <td data-label={say('indicators-page.role')}>{say(`role.${row.role}`)}</td>
              {withNote && row.quality === 'ok' && row.note === null ? <td /> : null}
              {row.quality !== 'ok' || row.note !== null ? (
                <td class="note" data-label={say('indicators-page.note')}>
                  {row.quality === 'ok' ? null : <span class="badge question">{say(`quality.${row.quality}`)}</span>}{' '}
                  {row.note ?? ''}
                </td>
              ) : null}
              <td class="origin" data-label={say('indicators-page.origin')}>
                {originOf(row)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
