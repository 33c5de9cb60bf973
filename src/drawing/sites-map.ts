/**
 * Where studies are made: numbered places on the zones, with a sign for each theme.
 *
 *     const svg = drawSitesMap({ zones, sites: [{ name: 'Bird transect 3', theme: 'birds', point: [69.5, 50.4] }], lang: 'en', title, date, source, width: 720 });
 */
import { t } from '../i18n/index.ts';
import type { Position } from '../types.ts';
import { drawMap, type MapOptions } from './map.ts';
import type { Overlay } from './map-overlays.ts';

export interface StudySite {
  name: string;
  /** What is studied, in words of the language; sites of one theme share a sign. */
  theme: string;
  point: Position;
}

/** With more sites than this the legend names the themes, and a list beside the map the sites. */
const MOST_NAMED = 24;

/**
 * The map of the zones with `sites`, numbered by theme in the order given; the same numbers belong into lists of them
 * (`numberedSites`). Returns `null` where there is no site.
 * @throws RangeError as `drawMap`.
 */
export function drawSitesMap({ sites, ...options }: Omit<MapOptions, 'marks'> & { sites: StudySite[] }): string | null {
  const list = numberedSites(sites);
  if (list.length === 0) return null;
  const themes = [...new Set(list.map(({ theme }) => theme))];
  const named = list.length <= MOST_NAMED;
  const firsts = new Set(themes.map((theme) => list.find((site) => site.theme === theme)));
  const marks = list.map((site) => {
    const { number, name, theme, point } = site;
    const text = named ? [name, theme].filter((part) => part !== '').join(' · ') : theme;
    return {
      kind: 'site' as const,
      label: String(number),
      place: { type: 'Point' as const, coordinates: point },
      sign: themes.indexOf(theme),
      ...(named || (firsts.has(site) && theme !== '') ? { name: text } : {}),
    };
  });
  const more = named ? [] : [t(options.lang, 'map.sites-more', { count: list.length })];
  return drawMap({ ...options, notes: [...(options.notes ?? []), ...more], marks });
}

/** `sites` theme by theme, with the numbers that they have on the map. */
export function numberedSites(sites: StudySite[]): (StudySite & { number: number })[] {
  const byTheme = Map.groupBy(sites, ({ theme }) => theme);
  return [...byTheme.values()].flat().map((site, i) => ({ ...site, number: i + 1 }));
}

/**
 * The map of the zones with areas of other designations over them; `null` where the geometry of none is known.
 * @throws RangeError as `drawMap`.
 */
export function drawOverlapsMap({
  areas,
  ...options
}: Omit<MapOptions, 'overlays'> & { areas: (Omit<Overlay, 'geometry'> & { geometry: Overlay['geometry'] | null })[] }):
  | string
  | null {
  const overlays = areas.flatMap(({ name, geometry }) =>
    geometry === null || geometry.coordinates.length === 0 ? [] : [{ name, geometry }],
  );
  return overlays.length === 0 ? null : drawMap({ ...options, overlays });
}
