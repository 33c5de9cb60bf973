/**
 * Files that organisations and statistical offices exchange, into the dossier: IATI, SDMX, Open SDG. What cannot be taken is told, the rest
 * is; the same file again changes nothing; the whole import can be taken back as a set of changes.
 *
 *     const done = importExchange(db, 'cli', file, { kind: 'iati', today: '2026-06-30' });
 *     done.changes, done.issues.lists.critical, done.changeset
 */
import { type FiguresIn, figuresIn } from '../cooperation/figures-in.ts';
import type { ExchangeKind } from '../formats/exchange-kind.ts';
import { type IatiNouns, readIatiActivities } from '../formats/iati-activities.ts';
import type { IatiDetails } from '../formats/iati-details.ts';
import type { IssueLists } from '../formats/import-issue.ts';
import { issueLists } from '../formats/import-issue.ts';
import { readOpenSdg } from '../formats/open-sdg.ts';
import { readSdmx } from '../formats/sdmx.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { organisationRegister } from '../records/organisations.ts';
import type { ActivityAims, Id, Organisation } from '../types.ts';
import { putAims, putDetails } from './aims.ts';
import { listIndicators, putDataset, putIndicator } from './catalogue.ts';
import { asChangeset } from './changesets.ts';
import { listOrganisations, putActivity, putOrganisation, putParticipation } from './cooperation.ts';
import { all, type Db } from './db.ts';
import type { Changes } from './import-table.ts';
import { putObservation } from './observations.ts';
import { putHeadcount, putMoney } from './records.ts';
import { getSite, listSites } from './sites.ts';
import { type Change, type Noun, remove } from './write.ts';

export interface ExchangeImport {
  changes: Changes;
  issues: IssueLists;
  /** Records or figures that were not taken. */
  refused: number;
  /** The set by which it can be taken back; `null` where nothing changed. */
  changeset: Id | null;
}

export interface ExchangeOptions {
  kind: ExchangeKind;
  today: string;
  /** Which site activities are of, or figures are about. */
  site?: Id | undefined;
}

/** @throws Problem of the reader where the file is no such file; `exchange-site-needed` where nothing says what figures are about */
export function importExchange(db: Db, by: string, file: SourceFile, { kind, today, site }: ExchangeOptions): ExchangeImport {
  const dataset = `${kind}/${file.digest.replace('sha256:', '').slice(0, 16)}`;
  if (site !== undefined && getSite(db, site) === null) {
    throw new Problem('site-unknown', {
      found: site,
      known: listSites(db)
        .map(({ id }) => id)
        .slice(0, 30)
        .join(', '),
    });
  }
  const changes: Changes = { added: 0, changed: 0, same: 0 };
  const note = (change: Change): void => {
    changes[change] += 1;
  };
  const { issues, refused, some, write } =
    kind === 'iati' ? iati(db, file, { dataset, today, site }) : figures(db, file, { dataset, kind, site });
  if (!some) return { changes, issues, refused, changeset: null };
  const { changeset } = asChangeset(db, by, { id: `import/${dataset}`, kind: 'import', title: file.name }, () => {
    db.exec('pragma defer_foreign_keys = on'); // activities may name a parent that comes later
    putDataset(db, by, {
      id: dataset,
      title: { en: file.name },
      kind: 'table',
      href: file.name,
      mediaType: MEDIA[kind],
      digest: file.digest,
      crs: null,
      period: null,
      licence: 'not stated',
      attribution: 'not stated',
    });
    write(by, note);
  });
  return { changes, issues, refused, changeset };
}

const MEDIA: Record<ExchangeKind, string> = {
  iati: 'application/xml',
  sdmx: 'application/vnd.sdmx.data',
  'open-sdg': 'text/csv',
};

interface Prepared {
  issues: IssueLists;
  refused: number;
  /** Whether there is anything to take. */
  some: boolean;
  write(by: string, note: (change: Change) => void): void;
}

function iati(
  db: Db,
  file: SourceFile,
  { dataset, today, site }: { dataset: Id; today: string; site: Id | undefined },
): Prepared {
  const read = readIatiActivities(file, { today, dataset });
  const { ids, organisations } = knownOrganisations(db, read.organisations);
  const idOf = activityIds(db, read);
  const who = (id: Id | null): Id | null => (id === null ? null : (ids.get(id) ?? id));
  const featureOf = (id: Id): Id => idOf(ids.has(id) ? (ids.get(id) ?? id) : id);
  return {
    issues: read.reading.issues,
    refused: read.reading.refused,
    some: read.activities.length + organisations.length > 0,
    write(by, note) {
      for (const one of organisations) note(putOrganisation(db, by, one));
      const sites = site === undefined ? [] : [site];
      const there = new Set(read.activities.map(({ id }) => id));
      for (const one of read.activities) {
        const parent = one.parent === null || !(there.has(one.parent) || isActivity(db, one.parent)) ? null : idOf(one.parent);
        const id = idOf(one.id);
        note(putActivity(db, by, { ...one, id, parent, sites: sites.length > 0 ? sites : sitesOf(db, id) }));
        const details = read.details[one.id];
        if (details === undefined) continue;
        putDetails(db, by, id, details);
        putAims(db, by, aimsOf(id, details, db));
      }
      const [parts, money, people] = [
        read.participations.map((one) => ({ ...one, activity: idOf(one.activity), organisation: who(one.organisation) })),
        read.money.map((one) => ({
          ...one,
          feature: featureOf(one.feature),
          provider: who(one.provider),
          receiver: who(one.receiver),
        })),
        read.headcounts.map((one) => ({ ...one, feature: featureOf(one.feature) })),
      ];
      for (const one of parts) note(putParticipation(db, by, one));
      for (const one of money) note(putMoney(db, by, one));
      for (const one of people) note(putHeadcount(db, by, one));
      const kept = new Set([
        ...parts.map(({ activity, organisation, role }) => `${activity}+${organisation ?? ''}+${role}`),
        ...[...money, ...people].map(({ id }) => id),
      ]);
      dropGone(db, by, new Set(read.activities.map(({ id }) => idOf(id))), kept);
    },
  };
}

/** What an earlier file said of these activities and this one does not say any more. */
function dropGone(db: Db, by: string, activities: ReadonlySet<Id>, kept: ReadonlySet<Id>): void {
  const tables = [
    ['participations', 'activity'],
    ['money', 'feature'],
    ['headcounts', 'feature'],
  ] as const satisfies readonly (readonly [Noun, string])[];
  for (const [noun, column] of tables) {
    const rows = all<{ id: Id; of: Id }>(db, `select id, ${column} as of from ${noun} where from_dataset like 'iati/%'`);
    for (const { id, of } of rows) if (activities.has(of) && !kept.has(id)) remove(db, noun, by, id);
  }
}

/** SDG targets hide in tags and sectors; a marker that was not screened has no score. What somebody judged by hand stays. */
function aimsOf(activity: Id, { tags, sectors, markers }: IatiDetails, db: Db): ActivityAims {
  const [row] = all<{ trl_before: number | null; trl_after: number | null }>(
    db,
    'select trl_before, trl_after from activities where id = ?',
    [activity],
  );
  const targets = [
    ...tags.filter(({ vocabulary }) => vocabulary === '3').map(({ code }) => code),
    ...sectors.filter(({ vocabulary }) => vocabulary === '8').map(({ code }) => code),
  ];
  return {
    activity,
    sdgTargets: [...new Set(targets)],
    markers: markers
      .filter(({ vocabulary }) => vocabulary === '1')
      .map(({ code, significance }) => ({
        code,
        score: significance === null || Number.isNaN(Number(significance)) ? null : Number(significance),
      })),
    readiness: { before: row?.trl_before ?? null, after: row?.trl_after ?? null },
  };
}

/** Organisations of a file as those that the dossier knows, by reference, then by name; and the rows that are new or know more. */
function knownOrganisations(db: Db, incoming: readonly Organisation[]): { ids: Map<Id, Id>; organisations: Organisation[] } {
  const known = listOrganisations(db);
  const taken = new Set(all<{ id: Id }>(db, "select id from features where noun <> 'organisations'").map(({ id }) => id));
  const register = organisationRegister(known, taken);
  const byId = new Map(known.map((one) => [one.id, one]));
  const byReference = new Map(known.flatMap((one) => (one.ids.iati === undefined ? [] : [[one.ids.iati, one.id]])));
  const ids = new Map<Id, Id>();
  for (const one of incoming) {
    const { iati } = one.ids;
    const named = (): Id | undefined =>
      Object.values(one.name)
        .map((name) => register.find(name))
        .flatMap((found) => ('id' in found && byId.has(found.id) ? [found.id] : []))
        .find((id) => iati === undefined || (byId.get(id)?.ids.iati ?? iati) === iati);
    const id =
      (iati === undefined ? undefined : byReference.get(iati)) ?? named() ?? freeId(one.id, new Set([...taken, ...byId.keys()]));
    const there = byId.get(id);
    byId.set(id, there === undefined ? { ...one, id } : fuller(there, one));
    if (iati !== undefined) byReference.set(iati, id);
    ids.set(one.id, id);
  }
  return { ids, organisations: [...new Set(ids.values())].map((id) => byId.get(id) as Organisation) };
}

/** What is known stays; what was missing is filled in, another name becomes an alias. */
function fuller(there: Organisation, one: Organisation): Organisation {
  const names = new Set([...Object.values(there.name), there.acronym, ...there.aliases]);
  const aliases = Object.values(one.name).filter((name) => !names.has(name));
  return {
    ...there,
    kind: there.kind ?? one.kind,
    country: there.country ?? one.country,
    ids: { ...one.ids, ...there.ids },
    aliases: [...there.aliases, ...new Set(aliases)],
  };
}

function freeId(wanted: Id, taken: ReadonlySet<Id>): Id {
  let id = taken.has(wanted) ? `${wanted}-organisation` : wanted;
  for (let i = 2; taken.has(id); i++) id = `${wanted}-organisation-${i}`;
  return id;
}

/** Ids that sites, zones or organisations have already get an ending; the same one each time. */
function activityIds(db: Db, read: IatiNouns): (id: Id) => Id {
  const taken = new Set(all<{ id: Id }>(db, "select id from features where noun <> 'activities'").map(({ id }) => id));
  const own = new Set(read.activities.map(({ id }) => id));
  return (id) => (own.has(id) && taken.has(id) ? `${id}-activity` : id);
}

function isActivity(db: Db, id: Id): boolean {
  return all(db, 'select 1 from activities where id = ?', [id]).length > 0;
}

/** The sites that an activity has: a file does not know them. */
function sitesOf(db: Db, id: Id): Id[] {
  const [row] = all<{ sites: string }>(db, 'select sites from activities where id = ?', [id]);
  return row === undefined ? [] : (JSON.parse(row.sites) as Id[]);
}

function figures(
  db: Db,
  file: SourceFile,
  { dataset, kind, site }: { dataset: Id; kind: 'sdmx' | 'open-sdg'; site: Id | undefined },
): Prepared {
  const issues = issueLists();
  const areaOf = areas(db, site);
  let found: FiguresIn;
  let skipped = 0;
  if (kind === 'sdmx') {
    found = figuresIn({ file: file.name, dataset, areaOf, indicators: listIndicators(db), issues });
    const reading = readSdmx(file, {}, found.addSdmx);
    skipped = reading.skipped;
    addIssues(issues, reading.issues);
  } else {
    const feature = site ?? onlyCountry(db, file.name);
    found = figuresIn({ file: file.name, dataset, areaOf, indicators: listIndicators(db), issues });
    const table = readOpenSdg(file);
    found.addOpenSdg(table, feature);
    skipped = table.skipped;
    addIssues(issues, table.issues);
  }
  return {
    issues,
    refused: skipped + found.skipped,
    some: found.observations.size > 0,
    write(by, note) {
      for (const one of found.indicators.values()) note(putIndicator(db, by, one));
      for (const one of found.observations.values()) note(putObservation(db, by, one));
    },
  };
}

function addIssues(into: IssueLists, from: IssueLists): void {
  for (const severity of ['critical', 'error', 'warning'] as const) {
    into.lists[severity].push(...from.lists[severity]);
    into.counts[severity] += from.counts[severity];
  }
}

/** M49 and ISO 3166-1 alpha-3 of countries whose statistics are at hand; others are found by alpha-2. */
const AREAS: Record<string, string> = Object.fromEntries(
  `398 KAZ KZ,417 KGZ KG,860 UZB UZ,762 TJK TJ,795 TKM TM,643 RUS RU,156 CHN CN,496 MNG MN,792 TUR TR,31 AZE AZ,51 ARM AM,268 GEO GE,4 AFG AF,364 IRN IR`
    .split(',')
    .flatMap((line) => {
      const [m49 = '', three = '', two = ''] = line.split(' ');
      return [m49, m49.padStart(3, '0'), three, two].map((code) => [code, two]);
    }),
);

/** The country of the dossier that an area code names; with a site given, everything is of it. */
function areas(db: Db, site: Id | undefined): (code: string) => Id | null {
  const countries = listSites(db).filter(({ kind }) => kind === 'country');
  return (code) => {
    if (site !== undefined) return site;
    const two = AREAS[code.toUpperCase()] ?? code.toUpperCase();
    return countries.find((one) => one.countries.length === 1 && one.countries[0] === two)?.id ?? null;
  };
}

function onlyCountry(db: Db, file: string): Id {
  const countries = listSites(db).filter(({ kind }) => kind === 'country');
  const [only] = countries;
  if (only !== undefined && countries.length === 1) return only.id;
  throw new Problem('exchange-site-needed', { file, known: countries.map(({ id }) => id).join(', ') || '–' });
}
