/** Data sets of the dossier: licence, digest, period, where they are used, and whether a file is still what was described. */
import { useState } from 'preact/hooks';
import type { CheckReply, ShownDataset } from '../../src/api/data.ts';
import { Refusal, read } from '../api.ts';
import { may } from '../session.ts';
import { day, say } from '../words.ts';

export function DataSets({ site, datasets }: { site: string; datasets: readonly ShownDataset[] }) {
  if (datasets.length === 0) return <p>{say('data-page.datasets-none')}</p>;
  return (
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            {['dataset', 'licence', 'period', 'used', 'digest'].map((name) => (
              <th key={name} scope="col">
                {say(`data-page.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => (
            <tr key={dataset.id} id={dataset.id}>
              <th scope="row">
                {dataset.title}
                <br />
                <small class="href">{dataset.href}</small>
              </th>
              <td data-label={say('data-page.licence')}>
                {stated(dataset.licence)}
                <br />
                <small>{say('data-page.attribution', { attribution: stated(dataset.attribution) })}</small>
              </td>
              <td data-label={say('data-page.period')}>
                {dataset.period === null ? '–' : `${day(dataset.period.start)} – ${day(dataset.period.end)}`}
              </td>
              <td data-label={say('data-page.used')}>
                <Used site={site} dataset={dataset} />
              </td>
              <td data-label={say('data-page.digest')}>
                {dataset.digest === null ? '–' : <code title={dataset.digest}>{dataset.digest.slice(7, 19)}…</code>}
                {dataset.inFolder && may('contributor', site) ? <Check site={site} dataset={dataset} /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Used({ site, dataset: { figures, records, runs } }: { site: string; dataset: ShownDataset }) {
  if (figures + records + runs.length === 0) return <>{say('data-page.used-not')}</>;
  const counted = [
    ...(figures === 0 ? [] : [say('data-page.used-figures', { count: figures })]),
    ...(records === 0 ? [] : [say('data-page.used-records', { count: records })]),
  ].join(', ');
  return (
    <>
      {counted}
      {runs.map(({ id, indicator }) => (
        <div key={id}>
          <a href={`/sites/${encodeURIComponent(site)}/indicators/${encodeURIComponent(indicator)}#${id}`}>
            <code>{id}</code>
          </a>
        </div>
      ))}
    </>
  );
}

function Check({ site, dataset }: { site: string; dataset: ShownDataset }) {
  const [told, setTold] = useState('');
  const check = async (): Promise<void> => {
    setTold('…');
    try {
      const path = `/api/sites/${encodeURIComponent(site)}/data/check?dataset=${encodeURIComponent(dataset.id)}`;
      setTold(say(`data-page.check-${(await read<CheckReply>(path)).state}`));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setTold(error.message);
    }
  };
  return (
    <>
      <br />
      <button type="button" onClick={() => void check()} aria-label={`${say('data-page.check')}: ${dataset.title}`}>
        {say('data-page.check')}
      </button>{' '}
      <span role="status">{told}</span>
    </>
  );
}

/** What an import writes where nobody said it, in the language of the page. */
function stated(text: string): string {
  return text === 'not stated' ? say('data-page.not-stated') : text;
}

/** `12.3 MB`; a folder has no size of its own. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return '–';
  return bytes < 1e6
    ? say('data-page.kilobytes', { size: Math.max(1, Math.round(bytes / 1e3)) })
    : say('data-page.megabytes', { size: Math.round(bytes / 1e5) / 10 });
}
