/** IATI, SDMX and Open SDG into a dossier: the same file changes nothing, a set of changes takes it back. */
import { describe, expect, test } from 'vitest';
import { exchangeKind } from '../../src/formats/exchange-kind.ts';
import { digestOf, type SourceFile } from '../../src/formats/source-node.ts';
import { listAims, listDetails } from '../../src/store/aims.ts';
import { undoChangeset } from '../../src/store/changesets.ts';
import { listActivities, listOrganisations, putOrganisation } from '../../src/store/cooperation.ts';
import { all, type Db } from '../../src/store/db.ts';
import { createDossier, verifyDossier } from '../../src/store/dossier.ts';
import { importExchange } from '../../src/store/import-exchange.ts';
import { listObservations } from '../../src/store/observations.ts';
import { listMoney } from '../../src/store/records.ts';
import { putSite } from '../../src/store/sites.ts';
import { organisation } from '../cooperation/portfolio-fixture.ts';

const file = (name: string, text: string): SourceFile => {
  const bytes = new TextEncoder().encode(text);
  return { name, bytes, digest: digestOf(bytes) };
};
const narrative = (text: string): string => `<narrative xml:lang="en">${text}</narrative>`;

const iati = (budget: string): string => `<?xml version="1.0"?>
<iati-activities version="2.03"><iati-activity default-currency="USD">
<iati-identifier>XM-1-GLOFCA</iati-identifier>
<reporting-org ref="XM-1" type="40">${narrative('UNESCO')}</reporting-org>
<title>${narrative('Glaciers')}</title><description>${narrative('Of glaciers.')}</description>
<participating-org ref="XM-2" role="1" type="40">${narrative('Adaptation Fund')}</participating-org>
<participating-org role="4" type="80">${narrative('Kazakh National University')}</participating-org>
<activity-status code="2"/><activity-date type="2" iso-date="2021-04-01"/>
<tag vocabulary="3" code="13.1"/>
<policy-marker vocabulary="1" code="7" significance="2"/><policy-marker vocabulary="1" code="1"/>
${budget}
</iati-activity><iati-activity><title>${narrative('No identifier')}</title></iati-activity></iati-activities>`;

const BUDGET = `<budget type="1" status="1"><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/><value value-date="2021-01-01">1000</value></budget>`;

function dossier(): Db {
  const db = createDossier(':memory:');
  const site = { parent: null, ecosystems: null, note: null };
  putSite(db, 't', { ...site, id: 'kazakhstan', kind: 'country', name: { en: 'Kazakhstan' }, countries: ['KZ'] });
  putSite(db, 't', { ...site, id: 'korgalzhyn', kind: 'biosphere-reserve', name: { en: 'Korgalzhyn' }, countries: ['KZ'] });
  putOrganisation(
    db,
    't',
    organisation('kaznu', { name: { en: 'Al-Farabi University' }, aliases: ['Kazakh National University'] }),
  );
  return db;
}

const counts = (db: Db): number[] =>
  [
    'organisations',
    'activities',
    'participations',
    'money',
    'headcounts',
    'observations',
    'indicators',
    'datasets',
    'features',
  ].map((table) => all(db, `select 1 from ${table}`).length);

describe('IATI', () => {
  const options = { kind: 'iati', today: '2026-06-30' } as const;

  test('is taken with its targets and markers, a blank one as not screened; a record without identifier is told', () => {
    const db = dossier();
    const done = importExchange(db, 't', file('a.xml', iati(BUDGET)), { ...options, site: 'korgalzhyn' });
    expect(done.refused).toBe(1);
    expect(done.issues.counts.critical).toBeGreaterThan(0);
    const [activity] = listActivities(db);
    expect(activity).toMatchObject({ id: 'xm-1-glofca', sites: ['korgalzhyn'], themes: ['sdg-13.1'] });
    expect(listAims(db).get('xm-1-glofca')).toMatchObject({
      sdgTargets: ['13.1'],
      markers: [
        { code: '7', score: 2 },
        { code: '1', score: null },
      ],
    });
    expect(listDetails(db).get('xm-1-glofca')?.status).toBe('2');
  });

  test('an organisation that the dossier knows by an alias is that one', () => {
    const db = dossier();
    importExchange(db, 't', file('a.xml', iati(BUDGET)), options);
    expect(listOrganisations(db).map(({ id }) => id)).toContain('kaznu');
    expect(listOrganisations(db)).toHaveLength(3);
    expect(listOrganisations(db).find(({ id }) => id === 'kaznu')?.kind).toBe('80');
  });

  test('the same file again changes nothing', () => {
    const db = dossier();
    importExchange(db, 't', file('a.xml', iati(BUDGET)), options);
    const audit = all(db, 'select 1 from audit').length;
    const again = importExchange(db, 't', file('a.xml', iati(BUDGET)), options);
    expect([again.changes.added, again.changes.changed, again.changeset]).toEqual([0, 0, null]);
    expect(all(db, 'select 1 from audit')).toHaveLength(audit);
  });

  test('a newer file takes away what it does not say any more, and keeps the sites', () => {
    const db = dossier();
    importExchange(db, 't', file('a.xml', iati(BUDGET)), { ...options, site: 'korgalzhyn' });
    expect(listMoney(db)).toHaveLength(1);
    const { changeset } = importExchange(db, 't', file('b.xml', iati('')), options);
    expect(listMoney(db)).toEqual([]);
    expect(listActivities(db)[0]?.sites).toEqual(['korgalzhyn']);
    undoChangeset(db, 't', changeset ?? '');
    expect(listMoney(db)).toHaveLength(1);
  });

  test('is taken back whole', () => {
    const db = dossier();
    const before = counts(db);
    const { changeset } = importExchange(db, 't', file('a.xml', iati(BUDGET)), options);
    expect(counts(db)).not.toEqual(before);
    undoChangeset(db, 't', changeset ?? '');
    expect(counts(db)).toEqual(before);
    expect(listOrganisations(db)[0]).toMatchObject({ id: 'kaznu', kind: null });
    expect(verifyDossier(db)).toEqual([]);
  });
});

describe('figures', () => {
  const SDMX = `STRUCTURE,STRUCTURE_ID,ACTION,SERIES,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT
datastructure,IAEG-SDGs:SDG(1.20),R,_L_KZ_070201_RESELEC,398,_T,2019,2.5,PT,0
datastructure,IAEG-SDGs:SDG(1.20),R,_L_KZ_070201_RESELEC,398,F,2020-Q2,3,NUMBER,3
datastructure,IAEG-SDGs:SDG(1.20),R,_L_KZ_070201_RESELEC,826,_T,2019,9,PT,0\n`;

  test('of SDMX are those of the country that the code names; of others they are told', () => {
    const db = dossier();
    const { refused, issues } = importExchange(db, 't', file('s.csv', SDMX), { kind: 'sdmx', today: '2026-06-30' });
    expect(refused).toBe(1);
    expect(issues.lists.critical[0]?.details.name).toBe('REF_AREA = 826');
    expect(listObservations(db)).toMatchObject([
      { feature: 'kazakhstan', value: 2.5, unit: '%', role: 'declared', by: {} },
      { value: 3000, by: { sex: 'F' }, period: { start: '2020-04-01', end: '2020-07-01' } },
    ]);
    expect(all(db, "select standing, codes from indicators where id like 'sdmx-%'")).toEqual([
      { standing: 'national', codes: '{"sdg":["7.2.1"]}' },
    ]);
  });

  test('of Open SDG need a place where there are several countries or none', () => {
    const db = dossier();
    const table = file('indicator_15-1-2.csv', 'Year,Sex,Value\n2013,,6.01\n2013,Female,\n2014,,7\n');
    importExchange(db, 't', table, { kind: 'open-sdg', today: '2026-06-30', site: 'korgalzhyn' });
    expect(listObservations(db).map(({ indicator, value, by }) => [indicator, value, by])).toEqual([
      ['sdg-15-1-2', 6.01, {}],
      ['sdg-15-1-2', null, { sex: 'F' }],
      ['sdg-15-1-2', 7, {}],
    ]);
    putSite(db, 't', {
      id: 'u',
      kind: 'country',
      name: { en: 'U' },
      countries: ['UZ'],
      parent: null,
      ecosystems: null,
      note: null,
    });
    expect(() => importExchange(db, 't', table, { kind: 'open-sdg', today: '2026-06-30' })).toThrow('--site');
  });
});

test.each([
  ['<?xml version="1.0"?><!-- a --><iati-activities version="2.03">', 'iati'],
  ['<message:StructureSpecificData xmlns:message="x">', 'sdmx'],
  ['{"meta":{},"data":{"dataSets":[]}}', 'sdmx'],
  ['STRUCTURE,STRUCTURE_ID,ACTION\n', 'sdmx'],
  ['DATAFLOW,A,OBS_VALUE\n', 'sdmx'],
  ['Year,Sex,Value\n2013,,1', 'open-sdg'],
  ['id,name_en,year,value\n', null],
  ['<kml xmlns="http://www.opengis.net/kml/2.2">', null],
  ['{"type":"FeatureCollection","data":[]}', null],
  ['PK\x03\x04', null],
])('%s is %s by its content', (head, kind) => {
  expect(exchangeKind(new TextEncoder().encode(head))).toBe(kind);
});
