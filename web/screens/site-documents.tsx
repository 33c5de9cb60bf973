/** The files of a reserve: the zone map as it was handed in, and what else is kept. */
import type { SiteDetail } from '../../src/api/sites.ts';
import { figure, lang, say } from '../words.ts';

export function Documents({ detail: { documents, site, map } }: { detail: SiteDetail }) {
  const base = `/api/sites/${encodeURIComponent(site.id)}`;
  return (
    <>
      <h2>{say('site.documents')}</h2>
      {map === null ? null : (
        <>
          <p>{say('site.map-from', { file: map.name, crs: map.crs })}</p>
          {map.notes.length === 0 ? null : (
            <ul>
              {map.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      )}
      <ul>
        {documents.map(({ id, title, size, kind }) => (
          <li key={id}>
            <a href={`${base}/documents/${encodeURIComponent(id)}`} download>
              {title}
            </a>{' '}
            <small>
              {say(`site.document.${kind}`)}, {say('site.kilobytes', { size: Math.max(1, Math.round((size ?? 0) / 1000)) })}
            </small>
          </li>
        ))}
        {site.mapped ? (
          <>
            <li>
              <a href={`${base}/zones.geojson?lang=${lang.value}`} download={`${site.id}-zones.geojson`}>
                {say('site.zones-geojson')}
              </a>
            </li>
            <li>
              <a href={`${base}/map.svg?lang=${lang.value}`} download={`${site.id}.svg`}>
                {say('site.map-svg')}
              </a>
            </li>
          </>
        ) : null}
      </ul>
      {documents.length === 0 && !site.mapped ? <p>{say('site.no-documents', { count: figure(0) })}</p> : null}
    </>
  );
}
