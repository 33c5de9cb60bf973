/** The reserves of a country, on a map and in a table: areas, deadlines, how far their reviews have come, what the rules find. */
import { useMemo, useState } from 'preact/hooks';
import type { Overview, SiteOverview } from '../../src/api/sites.ts';
import type { Extent } from '../../src/types.ts';
import { MapPart } from '../parts/map.tsx';
import type { Focus, MapLayer, Picked } from '../parts/map-layers.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { address, go } from '../router.ts';
import { country, lang, named, say } from '../words.ts';
import { CountryFilters } from './country-filters.tsx';
import { type Asked, askedOf, listed, searchOf } from './country-list.ts';
import { CountryPlan } from './country-plan.tsx';
import { CountryTable, Due } from './country-table.tsx';

export function Country() {
  const overview = useResource<Overview>('/api/sites');
  if (overview.value === null) return <Waiting resource={overview} />;
  return <Listed overview={overview.value} />;
}

function Listed({ overview: { sites, country: home } }: { overview: Overview }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const asked = askedOf(address.value.searchParams);
  const ask = (next: Partial<Asked>): void => go(`/${searchOf({ ...asked, ...next })}`, { replace: true });
  const shown = listed(sites, asked, ({ name }) => named(name));
  const title = home === null ? say('page.title') : say('page.title-country', { country: country(home) });
  document.title = `${title} · Saryarka`;
  const count = (state: string): number => sites.filter(({ dueState }) => dueState === state).length;
  const placed = shown.filter(({ point }) => point !== null);
  const site = shown.find(({ id }) => id === chosen) ?? null;
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{say('page.lead', { sites: sites.length, overdue: count('overdue'), soon: count('soon') })}</p>
      <CountryFilters asked={asked} sites={sites} ask={ask} />
      <p role="status">{say('country.shown', { shown: shown.length, count: sites.length })}</p>
      {placed.length < shown.length ? (
        <p class="hint">{say('country.without-place', { count: shown.length - placed.length })}</p>
      ) : null}
      {placed.length === 0 ? null : <CountryMap sites={placed} title={title} site={site} onChoose={setChosen} />}
      <CountryTable sites={shown} asked={asked} home={home} ask={ask} />
      <p class="hint">{say('page.due-note')}</p>
      <p>
        <a href="/cooperation">{say('cooperation.page.title')}</a>: {say('cooperation.page.lead')}
      </p>
      <p>
        <a href="/documents">{say('web.documents.menu')}</a>: {say('web.documents.lead')}
      </p>
      <p>
        <a href="/water/aral">{say('web.water.aral')}</a>: {say('web.water.menu-lead')}
      </p>
      <p>
        {say('country.take')}{' '}
        <a href={`/api/sites.csv?lang=${lang.value}`} download>
          CSV
        </a>{' '}
        ·{' '}
        <a href={`/api/sites.geojson?lang=${lang.value}`} download>
          GeoJSON
        </a>
      </p>
    </>
  );
}

interface CountryMapProps {
  sites: SiteOverview[];
  title: string;
  site: SiteOverview | null;
  onChoose(id: string | null): void;
}

function CountryMap({ sites, title, site, onChoose }: CountryMapProps) {
  const key = JSON.stringify([lang.value, sites.map(({ id, point, dueState }) => [id, point, dueState])]);
  // by value
  const layers = useMemo(() => [siteLayer(sites)], [key]);
  const focus = useMemo<Focus | null>(
    () => (site?.point ? { geometry: { type: 'Point', coordinates: site.point }, move: false } : null),
    [site],
  );
  const pick = (picked: Picked | null): void => onChoose(picked === null ? null : String(picked.properties.site));
  return (
    <>
      <MapPart
        label={title}
        layers={layers}
        extent={around(sites)}
        focus={focus}
        fallback={<CountryPlan sites={sites} />}
        onPick={pick}
      />
      <ul class="signs" aria-label={say('country.signs')}>
        {(['overdue', 'soon', 'later', 'unknown'] as const).map((state) => (
          <li key={state} class={`sign ${state}`}>
            {say(`country.due-${state}`)}
          </li>
        ))}
      </ul>
      <p role="status" class="chosen">
        {site === null ? (
          say('country.choose')
        ) : (
          <>
            <a href={`/sites/${encodeURIComponent(site.id)}`}>{named(site.name)}</a> · <Due site={site} />
          </>
        )}
      </p>
    </>
  );
}

function siteLayer(sites: SiteOverview[]): MapLayer {
  const features = sites.map(({ id, name, point, dueState }) => ({
    type: 'Feature' as const,
    geometry: point === null ? null : { type: 'Point' as const, coordinates: point },
    properties: { site: id, name: named(name), due: dueState ?? 'unknown' },
  }));
  const source = { data: { type: 'FeatureCollection' as const, features } };
  return { id: 'sites', title: say('country.map'), draw: 'sites', source, visible: true, count: sites.length };
}

/** All points with some room around them. */
function around(sites: SiteOverview[]): Extent {
  const points = sites.flatMap(({ point }) => (point === null ? [] : [point]));
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  const room = 3;
  return [Math.min(...lons) - room, Math.min(...lats) - room, Math.max(...lons) + room, Math.max(...lats) + room];
}
