/** Site facts written short, for tests: one line for each declared figure. */
import type { Id, MultiPolygon, Observation, Overlap, Site, Source, Zone } from '../../src/types.ts';
import { judge } from '../../src/zonation/rules.ts';
import type { SiteFacts } from '../../src/zonation/site-facts.ts';

export type Declaration = [
  feature: string,
  indicator: string,
  value: number | null,
  unit: string,
  source: string,
  rest?: Partial<Observation>,
];

/** Facts of the biosphere reserve `id`; a feature without its site (`core`) is a zone of it, `''` is the site. */
export function siteFacts(
  id: Id,
  declarations: Declaration[],
  rest: Partial<SiteFacts> & { site?: Partial<Site> } = {},
): SiteFacts {
  return {
    designations: [],
    zones: [],
    observations: observations(id, declarations),
    overlaps: [],
    parts: [],
    sources: sources(declarations),
    map: null,
    ...rest,
    site: {
      id,
      kind: 'biosphere-reserve',
      name: { en: id },
      countries: ['KZ'],
      parent: null,
      ecosystems: null,
      note: null,
      ...rest.site,
    },
  };
}

export function observations(id: Id, declarations: Declaration[]): Observation[] {
  return declarations.map(([feature, indicator, value, unit, source, rest], i) => ({
    id: `${id}-${i}`,
    indicator,
    feature: feature === '' ? id : `${id}/${feature}`,
    period: null,
    value,
    unit,
    low: null,
    high: null,
    level: null,
    n: null,
    by: {},
    role: 'declared',
    quality: 'ok',
    approximate: false,
    note: null,
    from: { source },
    ...rest,
  }));
}

function sources(declarations: Declaration[]): Map<Id, Source> {
  return new Map(
    declarations.map(([, , , , id]) => [id, { id, title: id, href: id, lang: 'en', kind: 'primary', licence: null, note: null }]),
  );
}

export function overlap(site: Id, other: Id, kind: Site['kind'], declarations: Declaration[]): SiteFacts['overlaps'][number] {
  const stated: Overlap = { site, other, note: null, from: { source: 'overlap-source' } };
  return {
    overlap: stated,
    other: { id: other, kind, name: { en: other }, countries: ['KZ'], parent: null, ecosystems: null, note: null },
    designations: [],
    observations: observations(other, declarations),
  };
}

export function zone(site: Id, kind: Zone['kind'], geometry: MultiPolygon | null, suffix = ''): Zone {
  const from = { source: 'zone-map' };
  return { id: `${site}/${kind}${suffix}`, site, kind, name: {}, valid: { start: null, end: null }, geometry, from };
}

/** A box as a polygon of a map. */
export function box(west: number, south: number, east: number, north: number): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    ],
  };
}

/** What is asked about the site itself, without the note on rules that were not checked. */
export function asked(facts: SiteFacts, profile: Parameters<typeof judge>[1]['profile'] = null) {
  return judge(facts, { profile, today: '2026-03-01' }).filter((f) => f.rule !== 'not-checked');
}

/** `rule severity` of each finding on the site `id`. */
export function rulesOf(facts: SiteFacts, id: Id = facts.site.id): string[] {
  return asked(facts)
    .filter((f) => f.site === id)
    .map((f) => `${f.rule} ${f.severity}`);
}
