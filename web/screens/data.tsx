/** Data of one reserve: what is missing for which indicator, data sets and where they are used, files, tables that come in. */
import type { DataFiles, SiteData } from '../../src/api/data.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { say } from '../words.ts';
import { Files } from './data-files.tsx';
import { Needs } from './data-needs.tsx';
import { DataSets } from './data-sets.tsx';
import { TableImport } from './data-tables.tsx';
import './data.css';

export function Data({ site = '' }: Record<string, string>) {
  const data = useResource<SiteData>(`/api/sites/${encodeURIComponent(site)}/data`);
  const files = useResource<DataFiles>(may('contributor', site) ? '/api/data-files' : null);
  document.title = `${say('web.data')} · Saryarka`;
  if (data.value === null) return <Waiting resource={data} />;
  const { datasets, needs, mapped } = data.value;
  return (
    <div class="data">
      <h1>{say('web.data')}</h1>
      <p class="lead">{say('data-page.lead')}</p>
      <nav aria-label={say('web.data')} class="parts">
        <a href="#needs">{say('data-page.needs')}</a>
        <a href="#datasets">{say('data-page.datasets')}</a>
        {may('contributor', site) ? <a href="#files">{say('data-page.files')}</a> : null}
        {may('editor', null) ? <a href="#tables">{say('data-page.tables')}</a> : null}
      </nav>
      <section id="needs">
        <h2>{say('data-page.needs')}</h2>
        <p class="hint">{say('data-page.needs-lead')}</p>
        {mapped ? null : <p class="finding">{say('indicators-page.no-zones')}</p>}
        <Needs site={site} needs={needs} />
      </section>
      <section id="datasets">
        <h2>{say('data-page.datasets')}</h2>
        <DataSets site={site} datasets={datasets} />
      </section>
      {may('contributor', site) ? (
        <section id="files">
          <h2>{say('data-page.files')}</h2>
          {files.value === null ? <Waiting resource={files} /> : <Files site={site} files={files.value} datasets={datasets} />}
        </section>
      ) : null}
      {may('editor', null) ? (
        <section id="tables">
          <h2>{say('data-page.tables')}</h2>
          <p class="hint">
            {say('data-page.tables-lead')}{' '}
            <a href={`/sites/${encodeURIComponent(site)}/records`}>{say('data-page.to-records')}</a>
          </p>
          <TableImport />
        </section>
      ) : null}
    </div>
  );
}
