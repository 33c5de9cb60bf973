/** What a dossier gives to others in their formats: IATI, CERIF, SDMX-CSV, Open SDG, and the whole as a research object crate. */
import type { IatiDetails } from '../formats/iati-details.ts';
import { type IssueLists, issueLists } from '../formats/import-issue.ts';
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { listAims, listDetails } from '../store/aims.ts';
import { listIndicators } from '../store/catalogue.ts';
import { listActivities, listOrganisations, listParticipations } from '../store/cooperation.ts';
import type { Db } from '../store/db.ts';
import { listObservations } from '../store/observations.ts';
import { listPeople } from '../store/portfolio.ts';
import { listHeadcounts, listMoney } from '../store/records.ts';
import { lastChange } from '../store/review-facts.ts';
import { listSites } from '../store/sites.ts';
import type { Activity, ActivityAims, Id, Indicator, Observation, Organisation, Site } from '../types.ts';
import { toldIssues } from './exchange.ts';
import type { Request, Written } from './export-request.ts';
import { todayOf } from './options.ts';

/** M49 codes of countries, as REF_AREA; others by their alpha-2 code. */
const M49: Record<string, string> = {
  KZ: '398',
  KG: '417',
  UZ: '860',
  TJ: '762',
  TM: '795',
  RU: '643',
  CN: '156',
  MN: '496',
  TR: '792',
};

/** UNIT_MEASURE beside what the writer knows. */
const UNITS: Record<string, string> = {
  har: 'HA',
  '{person}': 'PS',
  MW: 'MW',
  'GW.h': 'GWH',
  '[USD]': 'USD',
  '[KZT]': 'KZT',
  '[EUR]': 'EUR',
};

/** Activities as IATI 2.03; what the file's own check says is told. */
export async function iatiFile(db: Db, request: Request): Promise<Written> {
  const { writeIati } = await import('../formats/iati-writer.ts');
  const organisations = listOrganisations(db);
  const reporting = publisherOf(organisations, request.publisher);
  const activities = ofSite(listActivities(db), request.site);
  const ids = new Set(activities.map(({ id }) => id));
  const [kept, aims] = [listDetails(db), listAims(db)];
  const details: Record<Id, IatiDetails> = {};
  for (const one of activities) {
    const known = kept.get(one.id) ?? detailsFrom(one, aims.get(one.id), reporting);
    if (known !== null) details[one.id] = known;
  }
  const { text, reading, issues } = writeIati(
    {
      organisations,
      activities,
      participations: listParticipations(db, ids),
      money: listMoney(db),
      headcounts: listHeadcounts(db),
      details,
    },
    { reporting, today: todayOf(request.today) },
  );
  return {
    content: text,
    rows: activities.length,
    notes: [...toldIssues(issues, request.lang), ...toldIssues(reading.issues, request.lang)],
  };
}

/** What IATI has for aims that were judged here; `null` where nothing was. */
function detailsFrom(activity: Activity, aims: ActivityAims | undefined, reporting: Organisation): IatiDetails | null {
  if (aims === undefined) return null;
  const themes = activity.themes.flatMap((theme) => /^dac-(\d{5})$/.exec(theme)?.[1] ?? []);
  return {
    identifier: `${reporting.ids.iati ?? ''}-${activity.id}`,
    status: null,
    scope: null,
    hierarchy: null,
    countries: [],
    regions: [],
    sectors: themes.length === 1 ? [{ code: themes[0] ?? '', percentage: null, vocabulary: '1', name: null }] : [],
    tags: aims.sdgTargets.map((code) => ({ vocabulary: code.includes('.') ? '3' : '2', code })),
    markers: aims.markers.map(({ code, score }) => ({
      vocabulary: '1',
      code,
      significance: score === null ? null : String(score),
      name: null,
    })),
    places: [],
  };
}

/** Organisations, people as far as they agreed, activities and funding as CERIF XML. */
export async function cerifFile(db: Db, request: Request): Promise<Written> {
  const { writeCerif } = await import('../formats/cerif.ts');
  const activities = ofSite(listActivities(db), request.site);
  const participations = listParticipations(db, new Set(activities.map(({ id }) => id)));
  const { text, records, issues } = writeCerif(
    { organisations: listOrganisations(db), people: listPeople(db), activities, participations, money: listMoney(db) },
    { date: lastChange(db) ?? todayOf(request.today), host: request.host ?? 'localhost' },
  );
  return { content: text, rows: records, notes: toldIssues(issues, request.lang) };
}

/** Figures of indicators with an SDG code as SDMX-CSV 2, under national series: only the custodian's own are global. */
export async function sdmxFile(db: Db, request: Request): Promise<Written> {
  const { sdgRows, writeSdmxCsv } = await import('../formats/sdmx-csv-writer.ts');
  const sites = listSites(db);
  const { observations, indicators, left } = sdgFigures(db, request.site);
  const country = sites.find(({ kind, countries }) => kind === 'country' && countries.length === 1)?.countries[0] ?? 'KZ';
  const series: Record<Id, string> = {};
  for (const one of indicators) series[one.id] = await seriesOf(one, country);
  const rows = sdgRows(observations, indicators, { series, area: areasOf(sites, db), units: UNITS });
  const content = writeSdmxCsv(rows.observations, { structure: 'datastructure', id: 'IAEG-SDGs:SDG(1.20)' });
  return {
    content,
    rows: rows.observations.length,
    notes: [...toldIssues(left, request.lang), ...toldIssues(rows.issues, request.lang)],
  };
}

/** A series that came from elsewhere keeps its code; of others the number of the indicator and our name make one. */
async function seriesOf({ id, title, standing, codes }: Indicator, country: string): Promise<string> {
  const { isNationalSeries, nationalSeries } = await import('../formats/sdmx-csv-writer.ts');
  const own = title.en ?? '';
  if (id.startsWith('sdmx-') && (isNationalSeries(own) || (standing === 'official' && /^[A-Z][A-Z0-9_]+$/.test(own)))) return own;
  return nationalSeries(country, sdgNumber(codes) ?? '', id.replace(/[^A-Za-z0-9]+/g, '_'));
}

const sdgNumber = ({ sdg = [] }: Indicator['codes']): string | undefined =>
  sdg.find((code) => /^\d{1,2}\.\w{1,2}\.\d{1,2}$/.test(code));

/** Figures by the numbered indicator of the SDG that they are for; what only has a target is counted and left out. */
function sdgFigures(db: Db, site: Id | undefined): { observations: Observation[]; indicators: Indicator[]; left: IssueLists } {
  const all = listIndicators(db);
  const indicators = all.filter(({ codes, id }) => sdgNumber(codes) !== undefined || id.startsWith('sdmx-'));
  const ids = new Set(indicators.map(({ id }) => id));
  const left = issueLists();
  const figures = listObservations(db).filter(
    ({ feature, role, value }) =>
      (site === undefined || feature === site) && role !== 'target' && role !== 'baseline' && value !== null,
  );
  const without = new Map<Id, number>();
  const observations = figures.filter(({ indicator }) => {
    if (!ids.has(indicator)) without.set(indicator, (without.get(indicator) ?? 0) + 1);
    return ids.has(indicator);
  });
  for (const one of all) {
    const count = without.get(one.id) ?? 0;
    if (count > 0 && (one.codes.sdg ?? []).length > 0)
      left.add('warning', 'exchange-left-out', { file: 'SDG', found: `${one.id} × ${count}` });
  }
  return { observations, indicators, left };
}

/** Countries by M49, other places by a national code. */
function areasOf(sites: readonly Site[], db: Db): Record<Id, string> {
  const codes = sites.map(({ id, kind, countries: [first = ''] }): [Id, string] => [
    id,
    kind === 'country' ? (M49[first] ?? first) : `${first}_${id.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`,
  ]);
  return Object.fromEntries([
    ...codes,
    ...listActivities(db).map(({ id }): [Id, string] => [id, `A_${id.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`]),
  ]);
}

/** One CSV for each numbered indicator, in a zip, as Open SDG takes them. */
export async function openSdgFiles(db: Db, request: Request): Promise<Written> {
  const { writeOpenSdg } = await import('../formats/open-sdg.ts');
  const { strToU8, zipSync } = await import('fflate');
  const { observations, indicators, left } = sdgFigures(db, request.site);
  const countries = new Set(listSites(db).flatMap(({ id, kind }) => (kind === 'country' ? [id] : [])));
  const byId = new Map(indicators.map((one) => [one.id, one]));
  const sexes = { F: 'Female', M: 'Male', X: 'Other', unknown: 'Unknown' } as const;
  const groups = Map.groupBy(observations, ({ indicator }) => sdgNumber(byId.get(indicator)?.codes ?? {}));
  const files = [...groups].flatMap(([number, list]): [string, string][] => {
    if (number === undefined) return [];
    const rows = list.flatMap(({ indicator, feature, period, value, unit, by, note }) =>
      period === null
        ? []
        : [
            {
              year: period.start.slice(0, 4),
              value,
              by: {
                ...(by.sex === undefined ? {} : { Sex: sexes[by.sex] }),
                ...(by.age === undefined ? {} : { Age: by.age }),
                ...(by.class === undefined ? {} : { Class: by.class }),
              },
              unit,
              series: pick(byId.get(indicator)?.title ?? {}, request.lang),
              geoCode: countries.has(feature) ? null : feature,
              attributes: (note === null ? {} : { COMMENT_OBS: note }) as Record<string, string>,
            },
          ],
    );
    const undated = list.length - rows.length;
    if (undated > 0) left.add('warning', 'exchange-left-out', { file: `indicator_${number}`, found: `Year × ${undated}` });
    return [[`indicator_${number.replaceAll('.', '-')}.csv`, writeOpenSdg(rows)]];
  });
  const entries = files.map(([name, text]) => [name, [strToU8(text), { mtime: new Date(1980, 0, 1, 12) }]] as const);
  const content = zipSync(Object.fromEntries(entries) as unknown as Parameters<typeof zipSync>[0]);
  return { content, rows: files.length, notes: toldIssues(left, request.lang) };
}

/** The open tables of the dossier with how their figures came about. */
export async function crateFile(db: Db, { lang, output }: Request): Promise<Written> {
  const { roCrate } = await import('../store/ro-crate.ts');
  const name = output.replace(/^.*[\\/](?=.)/, '').replace(/\.[^.]+$/, '');
  const { bytes, files } = roCrate(db, { lang, name, date: lastChange(db) ?? '1970-01-01' });
  return { content: bytes, rows: files };
}

function ofSite(activities: Activity[], site: Id | undefined): Activity[] {
  return site === undefined ? activities : activities.filter(({ sites }) => sites.includes(site));
}

/** Who publishes: the one asked for, or the only one with an identifier of IATI. */
function publisherOf(organisations: readonly Organisation[], asked: string | undefined): Organisation {
  const known = organisations.filter(({ ids }) => ids.iati !== undefined);
  const found = asked === undefined ? (known.length === 1 ? known[0] : undefined) : organisations.find(({ id }) => id === asked);
  if (found !== undefined) return found;
  const expected = (known.length > 0 ? known : organisations).slice(0, 12).map(({ id }) => id);
  throw new Problem('choice-wrong', { field: '--publisher', found: asked ?? '–', expected: expected.join(', ') || '–' });
}
