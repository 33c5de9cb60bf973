/**
 * Carries an indicator of species records out for the zones of a site, and keeps how: which records, by their digest, which zones,
 * what made a sampling unit.
 *
 *     const job = computeSpecies(speciesRichness, { site, zones, occurrences, taxa, params: { effort: 'year' } });
 *     job.figures.map(job.observation)
 *
 * Records are taken as they may be shown to anybody: of a sensitive species the cell of a grid, or no place at all. So a figure by
 * zone cannot tell more than a map would, and is the same whoever computes it.
 */
import { digestOf } from '../formats/source-node.ts';
import type { Figure } from '../indicators/raster-indicator.ts';
import { SITE } from '../indicators/source-indicator.ts';
import {
  EFFORTS,
  type Effort,
  type SpeciesGiven,
  type SpeciesIndicator,
  type SpeciesRecord,
} from '../indicators/species-records.ts';
import type { Occurrence, Taxon } from '../life-types.ts';
import { Problem } from '../problems.ts';
import { zoneIndex } from '../science/zone-probability.ts';
import type { DrawnZone, Id, Observation, Period, Run } from '../types.ts';
import { geometryDigest } from './compute.ts';
import { zoneHref } from './compute-rasters.ts';
import { newRun } from './new-run.ts';
import { isAbsent, isInvasive, isKept, kindsOf, presenceZone } from './species-presence.ts';

/** As much of a record as is needed; `from` is `null` where it may not be told. */
export type OpenOccurrence = Pick<Occurrence, 'id' | 'taxon' | 'place' | 'period' | 'uncertaintyM' | 'count' | 'fields'> & {
  basis?: Occurrence['basis'] | undefined;
  from: Occurrence['from'] | null;
  /** Said of a place that was made coarser; its record belongs to the site, wherever the cell of the grid lies. */
  generalised?: object | null;
};

export interface SpeciesWork {
  site: Id;
  zones: readonly DrawnZone[];
  /** The zones are those of the parts of a whole: they say what lies in it, and figures by zone are kept with the parts. */
  byParts?: boolean;
  occurrences: readonly OpenOccurrence[];
  taxa: readonly Taxon[];
  /** `effort`, `list`, `from`, `to`. */
  params: Readonly<Record<string, string>>;
}

export interface SpeciesJob {
  run: Run;
  figures: Figure[];
  observation: (figure: Figure) => Observation;
  /** Records that no figure rests on, by why. */
  skipped: { outside: number; undated: number; notSpecies: number; noUnit: number; absent: number; kept: number };
}

const DEFAULTS = { effort: 'year', list: 'iucn', from: '', to: '' };

/** @throws Problem `param-unknown`, `choice-wrong` */
export function computeSpecies(indicator: SpeciesIndicator, work: SpeciesWork): SpeciesJob {
  const params = paramsOf(work.params);
  const skipped = { outside: 0, undated: 0, notSpecies: 0, noUnit: 0, absent: 0, kept: 0 };
  const { records, years, undecided } = recordsOf(work, params, skipped);
  const period = periodOf(params, years);
  const byId = new Map(work.taxa.map((taxon) => [taxon.id, taxon]));
  const given: SpeciesGiven = {
    ...{ records, zones: work.zones.length, effort: params.effort, list: params.list, period, undecided },
    category: (species) => byId.get(species)?.categories[params.list] ?? null,
  };
  const inputs = inputsOf(work);
  const { id: name, method, version } = indicator;
  const leftOut = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const decisive = [name, method, version, params, inputs];
  const run = newRun({ name, method, version }, { decisive, inputs, params, skipped: leftOut });
  return {
    run,
    figures: indicator.compute(given).filter(({ zone }) => work.byParts !== true || zone === SITE),
    skipped,
    observation: ({ zone, class: code, period: when, ...figure }): Observation => {
      const feature = zone === SITE ? work.site : (work.zones[zone]?.id ?? '');
      const years = when.start === '' ? '' : `${when.start.slice(0, 4)}-${Number(when.end.slice(0, 4)) - 1}`;
      const settings = `${params.effort}${figure.indicator === 'threatened-species' ? `,${params.list}` : ''}`;
      return {
        id: [feature, figure.indicator, code ?? '', years, settings, `${indicator.method}@${indicator.version}`].join(':'),
        ...figure,
        period: when.start === '' ? null : when,
        feature,
        by: code === null ? {} : { class: code },
        role: 'computed',
        quality: figure.value === null || /(^|; )species-(few|no-effort|undecided)/.test(figure.note ?? '') ? 'partial' : 'ok',
        approximate: false,
        from: { run: run.id },
      };
    },
  };
}

type Params = typeof DEFAULTS & { effort: Effort };

function paramsOf(given: Readonly<Record<string, string>>): Params {
  const unknown = Object.keys(given).find((name) => !(name in DEFAULTS));
  if (unknown !== undefined) throw new Problem('param-unknown', { found: unknown, expected: Object.keys(DEFAULTS).join(', ') });
  const params = { ...DEFAULTS, ...given };
  if (!(EFFORTS as readonly string[]).includes(params.effort))
    throw new Problem('choice-wrong', { field: 'effort', found: params.effort, expected: EFFORTS.join(', ') });
  for (const field of ['from', 'to'] as const)
    if (params[field] !== '' && !/^\d{4}$/.test(params[field]))
      throw new Problem('choice-wrong', { field, found: params[field], expected: '2016' });
  return params as Params;
}

function periodOf({ from, to }: Params, years: readonly number[]): Period {
  const [first, last] = [from || years[0], to || years.at(-1)];
  if (first === undefined || last === undefined) return { start: '', end: '' };
  return { start: `${first}-01-01`, end: `${Number(last) + 1}-01-01` };
}

function recordsOf(
  { zones, occurrences, taxa }: SpeciesWork,
  params: Params,
  skipped: SpeciesJob['skipped'],
): { records: SpeciesRecord[]; years: number[]; undecided: number } {
  const index = zoneIndex(zones.map(({ id, geometry }) => ({ id, geometry })));
  const kinds = kindsOf(taxa);
  const years = new Set<number>();
  const records: SpeciesRecord[] = [];
  let undecided = 0;
  for (const one of occurrences) {
    if (isAbsent(one)) {
      skipped.absent += 1;
      continue;
    }
    if (isKept({ basis: one.basis ?? null, fields: one.fields })) {
      skipped.kept += 1;
      continue;
    }
    const kind = kinds(one.taxon);
    if (kind === null) {
      skipped.notSpecies += 1;
      continue;
    }
    const year = one.period === null ? null : Number(one.period.start.slice(0, 4));
    if (year === null && (params.effort !== 'individuals' || params.from !== '' || params.to !== '')) {
      skipped.undated += 1;
      continue;
    }
    if (year !== null && ((params.from !== '' && year < Number(params.from)) || (params.to !== '' && year > Number(params.to))))
      continue;
    const zone = presenceZone(one, index);
    if (zone === null) {
      skipped.outside += 1;
      continue;
    }
    if (zone === SITE) undecided += 1;
    const unit = unitOf(one, year, params.effort);
    if (params.effort === 'individuals' ? one.count === null : unit === null) skipped.noUnit += 1;
    if (year !== null) years.add(year);
    const group = kind.group ?? (one.fields.class || null);
    records.push({
      species: kind.species,
      group,
      zone,
      unit,
      individuals: one.count,
      invasive: kind.invasive || isInvasive(one.fields),
    });
  }
  // a species is in one group, whichever of its records name its class
  const groups = groupsOf(records);
  for (const record of records) record.group = groups.get(record.species) ?? null;
  return { records, years: [...years].sort((a, b) => a - b), undecided };
}

/** Of each species the group that most of its records name; of several as often the first by letters. */
function groupsOf(records: readonly SpeciesRecord[]): Map<Id, string> {
  const counts = new Map<Id, Map<string, number>>();
  for (const { species, group } of records) {
    if (group === null) continue;
    const own = counts.get(species) ?? new Map<string, number>();
    counts.set(species, own.set(group, (own.get(group) ?? 0) + 1));
  }
  const most = (own: Map<string, number>): string => [...own].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '';
  return new Map([...counts].map(([species, own]) => [species, most(own)]));
}

/** Darwin Core: a list has its event, a place its id, its name or its place to 0.01°. */
function unitOf({ fields, place }: OpenOccurrence, year: number | null, effort: Effort): string | null {
  if (effort === 'individuals') return null;
  if (effort === 'list') return fields.eventID || fields.parentEventID || null;
  if (effort === 'year') return String(year);
  const where =
    fields.locationID || fields.locality || (place === null ? null : place.map((degrees) => degrees.toFixed(2)).join(' '));
  return where === null ? null : `${where}, ${year}`;
}

/** Records by the dataset they came from, what is known of their taxa, and zones: each with the digest of what it is. */
function inputsOf({ site, zones, occurrences, taxa }: SpeciesWork): Run['inputs'] {
  const sources = Map.groupBy(occurrences, ({ from }) =>
    from === null ? '' : 'dataset' in from ? from.dataset : 'source' in from ? from.source : '',
  );
  const records = [...sources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, own]) => ({
      dataset: null,
      href: `occurrences/${site}${source === '' ? '' : `: ${source}`}`,
      digest: digestOf(
        own
          .map(({ id, taxon, place, period, uncertaintyM, count, basis = null, fields }) =>
            JSON.stringify([id, taxon, place, period, uncertaintyM, count, basis, fields]),
          )
          .sort()
          .join('\n'),
      ),
    }));
  const used = new Set(occurrences.map(({ taxon }) => taxon));
  const names = taxa
    .filter(({ id }) => used.has(id))
    .map(({ id, rank, parent, categories }) => JSON.stringify([id, rank, parent, categories]))
    .sort();
  return [
    ...records,
    { dataset: null, href: 'taxa', digest: digestOf(names.join('\n')) },
    ...zones.map((zone) => ({ dataset: null, href: zoneHref(zone.id), digest: geometryDigest(zone) })),
  ];
}
