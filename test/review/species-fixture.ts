/**
 * Recorded species, written short for tests: everything empty but what a test names.
 *
 *     contentWith(siteSpecies([recorded('Saiga tatarica', { last: 2021 })]), { section: { id: 'II.9.5' } })
 */
import type { Content } from '../../src/review/content.ts';
import type { RecordedSpecies, RecordOrigin, SiteSpecies, WithRecordedSpecies } from '../../src/review/species-recorded.ts';
import { almaty } from '../store/facts-fixture.ts';
import { type ContentOverrides, contentOf, zoneOf } from './content-fixture.ts';

export const CORE = `${almaty.id}/core`;
export const BUFFER = `${almaty.id}/buffer`;
export const TRANSITION = `${almaty.id}/transition`;

export function recorded(name: string, rest: Partial<RecordedSpecies> = {}): RecordedSpecies {
  const zones = rest.zones ?? [CORE];
  return {
    taxon: name.split(' ').slice(0, 2).join('-').toLowerCase(),
    name,
    also: [],
    vernacular: {},
    categories: {},
    group: null,
    sensitive: false,
    invasive: false,
    records: 3,
    undated: 0,
    first: 2015,
    last: 2021,
    origins: ['birds'],
    zones,
    openZones: rest.sensitive === true ? [] : zones,
    ...rest,
  };
}

export function origin(id: string, rest: Partial<RecordOrigin> = {}): RecordOrigin {
  return {
    id,
    title: { en: `Dataset ${id}` },
    citation: `Serikova B. (2021). Dataset ${id}. Institute of Zoology. https://doi.org/10.15468/${id}`,
    href: `${id}.zip`,
    licence: 'CC-BY-4.0',
    since: '2026-05-12',
    records: 3,
    nonCommercial: 0,
    ...rest,
  };
}

export function siteSpecies(species: RecordedSpecies[], rest: Partial<SiteSpecies> = {}): SiteSpecies {
  return {
    species,
    zones: [
      { id: CORE, kind: 'core' },
      { id: BUFFER, kind: 'buffer' },
      { id: TRANSITION, kind: 'transition' },
    ],
    origins: [origin('birds')],
    records: species.reduce((sum, one) => sum + one.records, 0),
    left: { outside: 0, notSpecies: 0, absent: 0, kept: 0 },
    ...rest,
  };
}

/** The annex of the review of a reserve with these records. */
export function contentWith(
  known: SiteSpecies,
  { section = { id: 'II.9.5' }, facts = {}, ...rest }: ContentOverrides = {},
): Content & WithRecordedSpecies & { notes: string[] } {
  const zones = [zoneOf('core'), zoneOf('buffer'), zoneOf('transition')];
  return { ...contentOf({ section, facts: { zones, ...facts }, ...rest }), recorded: () => known };
}
