/** The map of a reserve as a drawing, for those whose browser cannot draw maps itself. */
import { drawLocationMap } from '../drawing/location-map.ts';
import { drawMap } from '../drawing/map.ts';
import { SpreadAroundTheEarth } from '../drawing/map-projection.ts';
import { readBasemap } from '../formats/basemap.ts';
import { pick } from '../i18n/index.ts';
import { geodesicArea } from '../science/areas.ts';
import type { Lang } from '../types.ts';
import { drawnZones, mapSources } from '../zonation/drawn-zones.ts';
import { centresOf } from '../zonation/figures.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';

const WIDTH = 960;
const HEIGHT = 720;

/** The zones, else where the reserve lies; `null` where neither is known. */
export function siteMap(facts: SiteFacts, lang: Lang, today: string): string | null {
  const zones = drawnZones(facts);
  const [centre] = centresOf(facts);
  const shared = {
    base: readBasemap(),
    countries: facts.site.countries,
    lang,
    title: pick(facts.site.name, lang),
    width: WIDTH,
    maxHeight: HEIGHT,
  };
  if (zones.length === 0) {
    if (centre === undefined) return null;
    const source = centre.latitude.sources.join(', ');
    return drawLocationMap({ ...shared, name: shared.title, point: centre.position, date: today, source });
  }
  const since = zones.flatMap(({ valid }) => valid.start ?? []).sort();
  try {
    return drawMap({
      ...shared,
      zones: zones.map(({ kind, geometry }) => ({ kind, geometry, areaHa: geodesicArea(geometry) / 1e4 })),
      date: since.at(-1) ?? today,
      source: mapSources(facts).join(', '),
    });
  } catch (error) {
    if (error instanceof SpreadAroundTheEarth) return null;
    throw error;
  }
}
