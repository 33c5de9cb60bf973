/** What the page and the map of a reserve show of its plan of corridors. */
import type { Corridors } from '../api/corridors.ts';
import { number, pick, t } from '../i18n/index.ts';
import { corridorsId, type KeptCorridors, keptCorridors } from '../plans/corridors-kept.ts';
import { corridorLists } from '../plans/corridors-lists.ts';
import { corridorWords, hectares, kilometres } from '../plans/corridors-told.ts';
import type { ReserveNetwork } from '../review/content.ts';
import type { Db } from '../store/db.ts';
import { getPlan } from '../store/plans.ts';
import type { Geometry, Id, Lang } from '../types.ts';

/** How many weak links, stepping stones and corridors there are to show; 0 where there is no plan. */
export function countCorridors(db: Db, site: Id): number {
  const plan = getPlan(db, corridorsId(site));
  const kept = plan === null ? null : keptCorridors(plan, 'en');
  if (kept === null) return 0;
  const { links, stones, corridors } = corridorLists(kept);
  return links.length + stones.length + corridors.length;
}

/** The plan in the language of its reader; `null` where there is none. */
export function corridorsShown({ plan, run, changed }: ReserveNetwork, lang: Lang): Corridors | null {
  const kept = plan === null ? null : keptCorridors(plan, lang);
  if (kept === null) return null;
  const { links, stones, corridors } = corridorLists(kept);
  return {
    run: kept.run,
    computed: run?.ended ?? null,
    changed,
    ...corridorWords(kept.found, lang),
    links: links.map(({ patches: _, ...link }) => link),
    stones: stones.map(({ patch: _, ...stone }) => stone),
    corridors: corridors.map(({ patches: _, proof, ...corridor }) => ({ ...corridor, after: proof.recomputed })),
  };
}

interface Drawn {
  id: string;
  geometry: Geometry;
  /** `part`: what it is; `label` stands on it, `what` says all of it in a sentence. */
  properties: { part: 'neighbour' | 'band' | 'link' | 'stone'; label: string; what: string };
}

/** The same as places for a map: cores of neighbours, corridors, weak links and stepping stones, in the order they lie over one another. */
export function corridorPlaces({ plan, neighbours }: ReserveNetwork, lang: Lang): Drawn[] {
  const kept = plan === null ? null : keptCorridors(plan, lang);
  const grounds = neighbours.map(({ name, geometry }, i): Drawn => {
    const what = t(lang, 'map.corridor.say-neighbour', { reserve: pick(name, lang) });
    return { id: `neighbour-${i + 1}`, geometry, properties: { part: 'neighbour', label: '', what } };
  });
  return kept === null ? [] : [...grounds, ...ways(kept, lang)];
}

function ways(kept: KeptCorridors, lang: Lang): Drawn[] {
  const { links, stones, corridors } = corridorLists(kept);
  const line = (ends: readonly (readonly number[])[]): Geometry => ({
    type: 'LineString',
    coordinates: ends.map((end) => [end[0] as number, end[1] as number]),
  });
  const say = (key: string, values: Record<string, string>): string => t(lang, `map.corridor.say-${key}`, values);
  return [
    ...corridors.map(({ label, from, to, distance, area, gain, gainByArea, ends }): Drawn => {
      const words = { label, from, to, km: kilometres(lang, distance), area: hectares(lang, area) };
      const what = say('band', { ...words, gain: hectares(lang, gain), each: number(lang, gainByArea, 2) });
      return { id: `corridor-${label}`, geometry: line(ends), properties: { part: 'band', label, what } };
    }),
    ...links.map(({ label, from, to, distance, share, ends }): Drawn => {
      const what = say('link', { label, from, to, km: kilometres(lang, distance), share: number(lang, share, 1) });
      return { id: `weak-link-${label}`, geometry: line(ends), properties: { part: 'link', label, what } };
    }),
    ...stones.map(({ name, place, connector }, i): Drawn => {
      const what = say('stone', { name, share: number(lang, connector, 1) });
      return {
        id: `stone-${i + 1}`,
        geometry: { type: 'Point', coordinates: place },
        properties: { part: 'stone', label: '', what },
      };
    }),
  ];
}
