/** The map of a plan of corridors: the zones of the reserve, cores of its neighbours, weak links, stepping stones and corridors. */
import { drawCorridorMap } from '../drawing/corridor-map.ts';
import { SpreadAroundTheEarth } from '../drawing/map-projection.ts';
import { readBasemap } from '../formats/basemap.ts';
import { pick, t } from '../i18n/index.ts';
import type { KeptCorridors } from '../plans/corridors-kept.ts';
import type { CorridorLists } from '../plans/corridors-lists.ts';
import type { Block } from '../print/blocks.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import type { Content } from './content.ts';

/** Of a drawing across the text of an A4 page [px]. */
const WIDTH = 720;
const HEIGHT = 560;

/** The figure; nothing where no place is known, a gap where one map cannot hold it. */
export function networkMap(content: Content, kept: KeptCorridors, lists: CorridorLists): Block[] {
  const { facts, network, lang, dates } = content;
  const { links, stones, corridors } = lists;
  const named = [
    ...new Set([...[...links, ...corridors].flatMap(({ patches }) => patches), ...stones.map(({ patch }) => patch)]),
  ];
  const zones = drawnZones(facts);
  if (zones.length === 0 && named.length === 0) return [];
  const caption = t(lang, 'review.network.map');
  try {
    const svg = drawCorridorMap({
      zones: zones.map(({ kind, geometry }) => ({ kind, geometry })),
      neighbours: network.neighbours.map(({ geometry }) => geometry),
      links,
      corridors,
      stones: stones.map(({ place }) => place),
      names: named.flatMap((patch) => {
        const place = kept.places[patch];
        return place === undefined ? [] : [{ name: kept.found.problem.patches[patch]?.name ?? '', place }];
      }),
      base: readBasemap(),
      countries: facts.site.countries,
      lang,
      title: `${pick(facts.site.name, lang)}. ${caption}`,
      date: (network.run?.ended ?? '').slice(0, 10) || dates.current,
      source: t(lang, 'review.figure.run', { run: kept.run }),
      width: WIDTH,
      maxHeight: HEIGHT,
    });
    return [{ kind: 'figure', id: 'map-network', svg, caption }];
  } catch (error) {
    if (!(error instanceof SpreadAroundTheEarth)) throw error;
    return [{ kind: 'gap', text: t(lang, 'certificate.map-too-wide') }];
  }
}
