/** A country's dossier of the size that the server is held to: invented, the same on every machine. */
import type { Role } from '../../src/api/roles.ts';
import { encodePoint } from '../../src/formats/geopackage-binary.ts';
import { recordKinds } from '../../src/records/catalogue.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import { putDataset, putIndicator, putSource } from '../../src/store/catalogue.ts';
import { refreshAreas } from '../../src/store/computed.ts';
import { putActivity, putOrganisation, putParticipation } from '../../src/store/cooperation.ts';
import { type Db, run, transaction } from '../../src/store/db.ts';
import { closeDossier, createDossier, setHomeCountry } from '../../src/store/dossier.ts';
import { shippedIndicators } from '../../src/store/keep-computed.ts';
import { putObservation, putRun } from '../../src/store/observations.ts';
import { putTaxon } from '../../src/store/occurrences.ts';
import { putAnswer, putEntry, putHeadcount, putMoney } from '../../src/store/records.ts';
import { putRole } from '../../src/store/roles.ts';
import { putDesignation, putSite } from '../../src/store/sites.ts';
import { addUser } from '../../src/store/users.ts';
import { putZone } from '../../src/store/zones.ts';
import type { FieldValue, Id, Observation } from '../../src/types.ts';
import { nestedZones } from '../../test/drawing/map-shapes.ts';

export const SITES = Array.from({ length: 16 }, (_, i) => `reserve-${i + 1}`);
export const READERS = 200;
export const WRITERS = 20;

/** Of whom nobody can sign in with a password: the bench opens their sessions itself. */
export const PEOPLE: [id: string, role: Role][] = [
  ['root', 'administrator'],
  ...Array.from({ length: READERS }, (_, i): [string, Role] => [`reader${i}`, i % 10 === 0 ? 'editor' : 'reader']),
  ...Array.from({ length: WRITERS }, (_, i): [string, Role] => [`writer${i}`, 'contributor']),
];

const FROM = { source: 'bench' };
const DATASET = 'bench-series';
const OBSERVED = [
  'lake-level',
  'lake-area',
  'salinity',
  'inflow',
  'outflow',
  'lake-precipitation',
  'lake-evaporation',
  'fish-catch',
];
const COMPUTED = ['land-cover', 'surface-water', 'snow-cover', 'burned-area', 'built-up-share', 'night-lights'];

export interface Size {
  observations: number;
  occurrences: number;
}

/** Builds the dossier at `path`. */
export function buildDossier(path: string, { observations, occurrences }: Size): void {
  const db = createDossier(path);
  try {
    transaction(db, () => {
      setHomeCountry(db, 'KZ');
      putSource(db, 'bench', { id: 'bench', title: 'Bench', href: null, lang: 'en', kind: 'own', licence: null, note: null });
      for (const indicator of shippedIndicators()) putIndicator(db, 'bench', indicator);
      putDataset(db, 'bench', {
        id: DATASET,
        title: { en: 'Series' },
        kind: 'series',
        href: 'series.csv',
        mediaType: 'text/csv',
        digest: null,
        crs: null,
        period: null,
        licence: 'CC0-1.0',
        attribution: 'Bench',
      });
      for (const [i, species] of ['Falco cherrug', 'Otis tarda', 'Stipa lessingiana', 'Marmota bobak'].entries())
        putTaxon(db, 'bench', {
          id: `taxon-${i}`,
          name: species,
          rank: 'species',
          parent: null,
          vernacular: {},
          categories: {},
          sensitivity: i === 0 ? 2 : null,
          sensitivityReason: i === 0 ? 'robbed' : null,
        });
      for (const [i, site] of SITES.entries()) fillSite(db, site, i);
    });
    refreshAreas(db, 'bench', '2026-01-01T00:00:00.000Z');
    for (const [i, site] of SITES.entries()) {
      transaction(db, () => {
        addObservations(db, site, i, Math.ceil(observations / SITES.length));
        addOccurrences(db, site, i, Math.ceil(occurrences / SITES.length));
      });
    }
    transaction(db, () => {
      for (const [id, role] of PEOPLE) {
        addUser(db, 'bench', { id, name: id, lang: 'ru', password: '-', now: '2026-01-01T00:00:00.000Z' });
        putRole(db, 'bench', { user: id, site: null, role });
      }
    });
    db.exec('analyze');
  } finally {
    closeDossier(db);
  }
}

const centreOf = (i: number): [number, number] => [50 + (i % 4) * 9, 43 + Math.floor(i / 4) * 3];

/** What a reserve of some years holds besides its series: zones, some four hundred records, a review half written. */
function fillSite(db: Db, id: Id, i: number): void {
  const [lon, lat] = centreOf(i);
  const name = { en: `Reserve ${i + 1}`, ru: `Резерват ${i + 1}`, kk: `${i + 1}-резерват` };
  putSite(db, 'bench', { id, kind: 'biosphere-reserve', name, countries: ['KZ'], parent: null, ecosystems: null, note: null });
  putDesignation(db, 'bench', {
    id: `${id}-br`,
    site: id,
    kind: 'biosphere-reserve',
    code: null,
    year: 2012 + (i % 8),
    date: null,
    criteria: null,
    quality: 'ok',
    note: null,
    from: FROM,
  });
  for (const { kind, geometry } of nestedZones([lon, lat], 60, 2000))
    putZone(db, 'bench', {
      id: `${id}/${kind}`,
      site: id,
      kind,
      name: {},
      valid: { start: '2014-01-01', end: null },
      geometry,
      from: FROM,
    });
  for (const [indicator, value] of [
    ['area', 1_240_000],
    ['centre-longitude', lon],
    ['centre-latitude', lat],
  ] as const)
    putObservation(db, 'bench', declared(`${id}-${indicator}`, indicator, id, value, indicator === 'area' ? 'har' : 'deg'));
  for (let n = 0; n < 10; n += 1)
    putOrganisation(db, 'bench', {
      id: `${id}-org-${n}`,
      name: { ru: `Институт ${n} при ${id}` },
      acronym: null,
      kind: null,
      country: 'KZ',
      parent: null,
      ids: {},
      aliases: [],
    });
  for (let n = 0; n < 60; n += 1) fillActivity(db, id, n);
  for (const kind of recordKinds().filter(({ keeps }) => keeps === 'entries'))
    for (let n = 0; n < 12; n += 1) {
      const fields = Object.fromEntries(
        kind.fields.map((field): [string, FieldValue] => [
          field.id,
          filled(field.type, field.choices?.map((one) => one.id) ?? [], n),
        ]),
      );
      putEntry(db, 'bench', {
        id: `${id}/${kind.id}/${n}`,
        site: id,
        register: kind.id,
        fields,
        confidential: kind.confidential,
        from: FROM,
      });
    }
  for (const section of writtenSections().slice(0, 60))
    putAnswer(db, 'bench', {
      id: `${id}/answers/${section}+ru`,
      site: id,
      form: shippedForm().id,
      section,
      lang: 'ru',
      text: 'Резерват хранит степь и озёра, и люди живут здесь по-прежнему скотом и рыбой. '.repeat(4),
      author: 'А. Ботаник',
      written: '2024-05-01',
      confidential: false,
    });
}

function fillActivity(db: Db, site: Id, n: number): void {
  const id = `${site}/events/${n}`;
  const year = 2014 + (n % 10);
  const period = { start: `${year}-05-12`, end: `${year}-05-14` };
  putActivity(db, 'bench', {
    id,
    kind: 'event',
    parent: null,
    title: { ru: `Встреча ${n} на озере` },
    description: 'Несколько слов о том, что сделано и чем это подтверждается.',
    period,
    sites: [site],
    themes: [],
    functions: ['logistic'],
    category: 'seminar',
    result: null,
    quality: 'ok',
    note: null,
    from: FROM,
  });
  putParticipation(db, 'bench', { activity: id, organisation: `${site}-org-${n % 10}`, person: null, role: 'host', from: FROM });
  const counts = { total: 20 + n, female: 9, male: 8 + n, other: null, unknown: 3, unique: 'unknown' as const };
  const rest = { groups: [], age: null, period: { start: `${year}-01-01`, end: `${year + 1}-01-01` }, note: null, from: FROM };
  putHeadcount(db, 'bench', { id: `${id}+attended`, feature: id, measure: 'attended', ...counts, ...rest });
  putHeadcount(db, 'bench', { id: `${site}/staff/${n}`, feature: site, measure: 'employed', ...counts, ...rest });
  putMoney(db, 'bench', {
    id: `${site}/budget/${n}`,
    feature: site,
    kind: 'budget',
    value: 1e6 + n,
    currency: 'KZT',
    period: rest.period,
    classes: [],
    provider: null,
    receiver: null,
    note: null,
    from: FROM,
  });
}

/** Sections of the review that people write. */
export function writtenSections(): Id[] {
  type Section = ReturnType<typeof shippedForm>['parts'][number]['sections'][number];
  const flat = (sections: Section[]): Section[] => sections.flatMap((one) => [one, ...flat(one.sections)]);
  return flat(shippedForm().parts.flatMap(({ sections }) => sections))
    .filter(({ kinds, confidential }) => kinds.includes('written') && !confidential)
    .map(({ id }) => id);
}

function filled(type: string, choices: string[], i: number): FieldValue {
  if (type === 'choice') return choices[i % choices.length] ?? '';
  if (type === 'choices') return choices.slice(0, 2);
  if (type === 'themes') return ['abiotic.climate'];
  if (type === 'organisations') return ['Университет', 'Институт'];
  if (type === 'zone') return ['core', 'buffer', 'transition', 'whole'][i % 4] ?? 'whole';
  if (type === 'integer' || type === 'number') return 10 + i;
  if (type === 'year') return 2014 + (i % 10);
  if (type === 'date' || type === 'period') return `${2014 + (i % 10)}-05-12`;
  if (type === 'yes-no') return i % 2 === 0;
  if (type === 'currency') return 'KZT';
  return type === 'long-text' ? 'Несколько слов о том, что сделано. '.repeat(3) : `Строка ${i + 1}`;
}

function declared(id: Id, indicator: Id, feature: Id, value: number, unit: string): Observation {
  const none = { low: null, high: null, level: null, n: null, by: {}, note: null };
  const how = { role: 'declared' as const, quality: 'ok' as const, approximate: false, from: FROM };
  return { id, indicator, feature, period: { start: '2020-01-01', end: '2021-01-01' }, value, unit, ...none, ...how };
}

const AUDIT = `insert into audit (at, by, action, noun, row_id, before, after, sites) values ('2026-01-01T00:00:00.000Z', 'bench', 'added', ?, ?, null, ?, ?)`;

/** Monthly series of what is watched and yearly figures of what was computed, as `put` would keep them, row and audit. */
function addObservations(db: Db, site: Id, seed: number, count: number): void {
  const units = new Map(shippedIndicators().map(({ id, unit }) => [id, unit]));
  const features = ['core', 'buffer', 'transition'].map((kind) => `${site}/${kind}`).concat(site);
  for (const indicator of COMPUTED)
    putRun(db, 'bench', {
      id: `run-${indicator}-${site}`,
      indicator,
      method: 'bench',
      version: 1,
      software: { name: 'saryarka', version: '0' },
      inputs: [{ dataset: null, href: `${indicator}.tif`, digest: `sha256:${'0'.repeat(64)}` }],
      params: {},
      started: '2026-01-01',
      ended: '2026-01-01',
      status: 'done',
      skipped: 0,
    });
  const add = (indicator: Id, feature: Id, start: string, end: string, value: number, isRun: boolean): void => {
    const row = {
      id: `${indicator}-${feature}-${start}`,
      indicator,
      feature,
      period_start: start,
      period_end: end,
      value,
      unit: units.get(indicator) ?? '1',
      role: isRun ? 'computed' : 'observed',
      quality: 'ok',
      from_run: isRun ? `run-${indicator}-${site}` : null,
      from_dataset: isRun ? null : DATASET,
      from_row: isRun ? null : start,
    };
    run(
      db,
      `insert into observations (${Object.keys(row).join(', ')}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      Object.values(row),
    );
    run(db, AUDIT, ['observations', row.id, JSON.stringify(row), ` ${site} `]);
  };
  let added = 0;
  for (const indicator of COMPUTED)
    for (const feature of features.slice(0, 3))
      for (let year = 2000; year < 2025; year += 1, added += 1)
        add(indicator, feature, `${year}-01-01`, `${year + 1}-01-01`, 20 + Math.sin(year + seed), true);
  // the rest as days of gauges: what makes a dossier large
  for (let day = 0; added < count; day += 1)
    for (const indicator of OBSERVED)
      for (const feature of features) {
        if (added >= count) return;
        const [start, end] = [day + 1, day].map((n) => new Date(Date.UTC(2025, 11, 1 - n * 4)).toISOString().slice(0, 10));
        add(indicator, feature, start ?? '', end ?? '', 100 + Math.sin(day / 20 + seed), false);
        added += 1;
      }
}

function addOccurrences(db: Db, site: Id, seed: number, count: number): void {
  const [lon, lat] = centreOf(seed);
  for (let n = 0; n < count; n += 1) {
    const place: [number, number] = [lon + Math.sin(n * 1.7) * 0.6, lat + Math.cos(n * 2.3) * 0.4];
    const id = `${site}-seen-${n}`;
    run(
      db,
      `insert into occurrences (geom, id, site, taxon, period_start, period_end, count, basis, from_dataset, from_row, from_source)
       values (?, ?, ?, ?, '2024-05-01', '2024-05-02', ?, 'HumanObservation', ?, ?, null)`,
      [encodePoint(place), id, site, `taxon-${n % 4}`, 1 + (n % 9), DATASET, String(n)],
    );
    run(db, AUDIT, ['occurrences', id, JSON.stringify({ id, site, taxon: `taxon-${n % 4}` }), ` ${site} `]);
  }
}
