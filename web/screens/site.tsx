/**
 * One reserve: its zones on the map with whatever can be laid over them, areas declared and computed side by side, what a
 * reviewer may ask with its place, the files; and a new zone map, dropped anywhere on the page.
 */

import { useState } from 'preact/hooks';
import type { SiteDetail } from '../../src/api/sites.ts';
import type { ReadyZoneMap } from '../../src/api/zone-maps.ts';
import type { Focus } from '../parts/map-layers.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { country, day, named, say } from '../words.ts';
import './site.css';
import { Due, Meter } from './country-table.tsx';
import { Compare } from './site-compare.tsx';
import { Documents } from './site-documents.tsx';
import { Findings } from './site-findings.tsx';
import { ZoneImport } from './site-import.tsx';
import type { Shown } from './site-layers.ts';
import { SiteMap } from './site-map.tsx';
import { Network } from './site-network.tsx';
import { Zones } from './site-zones.tsx';

export function Site({ site = '' }: Record<string, string>) {
  const detail = useResource<SiteDetail>(`/api/sites/${encodeURIComponent(site)}`);
  if (detail.value === null) return <Waiting resource={detail} />;
  return <Reserve key={site} detail={detail.value} />;
}

function Reserve({ detail }: { detail: SiteDetail }) {
  const { site } = detail;
  const [focus, setFocus] = useState<Focus | null>(null);
  const [proposal, setProposal] = useState<ReadyZoneMap | null>(null);
  const [when, setWhen] = useState<'before' | 'after' | 'present'>('after');
  const [until, setUntil] = useState<string | null>(null);
  const [fade, setFade] = useState(1);
  document.title = `${named(site.name)} · Saryarka`;
  const show = (next: Focus | null): void => {
    setFocus(next);
    if (next?.move) document.getElementById('site-map')?.scrollIntoView({ block: 'nearest' });
  };
  const shown: Shown =
    proposal !== null
      ? { mode: 'proposal', proposal, when }
      : until !== null
        ? { mode: 'compare', until, fade }
        : { mode: 'now' };
  return (
    <>
      <h1>{named(site.name)}</h1>
      <Header detail={detail} />
      <div class="site-columns">
        <SiteMap detail={detail} shown={shown} focus={focus} onFocus={show} />
        <div class="site-rest">
          {may('editor', site.id) ? (
            <ZoneImport
              detail={detail}
              proposal={proposal}
              when={when}
              onWhen={setWhen}
              onFocus={show}
              onProposal={(next) => {
                setProposal(next);
                setWhen('after');
                setFocus(null);
              }}
            />
          ) : null}
          <Zones detail={detail} onFocus={show} />
          <Compare
            detail={detail}
            until={proposal === null ? until : null}
            fade={fade}
            onFade={setFade}
            onUntil={(next) => {
              setUntil(next);
              setFade(1);
            }}
          />
          <Findings detail={detail} onFocus={show} />
          <Network detail={detail} onFocus={show} />
          <Documents detail={detail} />
        </div>
      </div>
    </>
  );
}

function designationLine({ kind, code, year, date }: SiteDetail['designations'][number]): string {
  const when = date !== null && date.length === 10 ? day(date) : (date ?? year ?? '–');
  return `${say(`site-kind.${kind}`)}${code === null ? '' : ` ${code}`}: ${when}`;
}

function Header({ detail: { site, designations, parts, whole } }: { detail: SiteDetail }) {
  const { filled, asked } = site.completeness;
  // two sources that say the same are one line
  const told = [...new Set(designations.map(designationLine))];
  return (
    <>
      <p class="lead">
        {site.countries.map(country).join(', ')} · {say('site.due')} <Due site={site} /> · {say('country.done')}{' '}
        <Meter filled={filled} asked={asked} />
      </p>
      {told.length === 0 ? null : (
        <ul class="plain-list">
          {told.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {whole === null ? null : (
        <p>
          {say('site.part-of')} <a href={`/sites/${encodeURIComponent(whole.id)}`}>{named(whole.name)}</a>
        </p>
      )}
      {parts.length === 0 ? null : (
        <p>
          {say('page.parts')}{' '}
          {parts.map(({ id, name }, i) => (
            <span key={id}>
              {i === 0 ? '' : ', '}
              <a href={`/sites/${encodeURIComponent(id)}`}>{named(name)}</a>
            </span>
          ))}
        </p>
      )}
    </>
  );
}
