import { describe, expect, it } from 'vitest';
import { type CerifNouns, writeCerif } from '../../src/formats/cerif.ts';
import { readXml } from '../../src/formats/xml.ts';
import type { Activity, Organisation, Person } from '../../src/types.ts';

const organisation = (id: string, more: Partial<Organisation> = {}): Organisation => ({
  id,
  name: { en: id, kk: `${id} ұйымы` },
  acronym: null,
  kind: '80',
  country: 'KZ',
  parent: null,
  ids: {},
  aliases: [],
  ...more,
});
const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: { en: 'Ivanova, Anna' },
  orcid: '0000-0002-5277-285X',
  sex: 'F',
  organisation: 'kaznu',
  consent: 'name',
  ...more,
});
const activity = (id: string, kind: Activity['kind']): Activity => ({
  id,
  kind,
  parent: null,
  title: { en: 'Glaciers <&>' },
  description: 'Monitoring',
  period: { start: '2021-04-29', end: '2027-01-01' },
  sites: [],
  themes: ['sdg-15.3'],
  functions: [],
  category: null,
  result: null,
  quality: 'ok',
  note: null,
  from: { source: 's' },
});
const nouns: CerifNouns = {
  organisations: [
    organisation('unesco', { acronym: 'UNESCO', ids: { ror: '04h4z8k05' } }),
    organisation('kaznu', { parent: 'unesco' }),
  ],
  people: [
    person('a'),
    person('b', { consent: 'initials' }),
    person('c', { consent: 'count-only' }),
    person('d', { sex: 'unknown', name: { ru: 'Анна Иванова' }, orcid: null }),
  ],
  activities: [activity('p', 'project'), activity('t', 'training'), activity('w', 'award')],
  participations: [
    { activity: 'p', organisation: 'unesco', person: null, role: 'funding', from: { source: 's' } },
    { activity: 'p', organisation: 'kaznu', person: null, role: 'implementing', from: { source: 's' } },
    { activity: 't', organisation: 'kaznu', person: null, role: 'host', from: { source: 's' } },
  ],
};
const written = writeCerif(nouns, { date: '2026-06-30', host: 'example.kz' });
const record = (id: string) =>
  new RegExp(`<(\\w+) xmlns="https://www.openaire.eu/cerif-profile/1.2/" id="${id}">.*?</\\1>\\n`, 's').exec(written.text)?.[0] ??
  '';
const names = (text: string) => [...text.matchAll(/<(\w+)/g)].map(([, name]) => name);

describe('CERIF', () => {
  it('is well formed, one record for each noun, the same every time', () => {
    let records = 0;
    readXml(
      { name: 'a', bytes: new TextEncoder().encode(written.text) },
      { open: (name) => (records += name === 'record' ? 1 : 0), close: () => {} },
    );
    expect([records, written.records]).toEqual([7, 7]);
    expect(writeCerif(nouns, { date: '2026-06-30', host: 'example.kz' }).text).toBe(written.text);
  });
  it('elements stand in the order of the profile', () => {
    expect(names(record('Projects/p'))).toEqual([
      'Project',
      'Title',
      'StartDate',
      'EndDate',
      'Consortium',
      'Partner',
      'OrgUnit',
      'Name',
      'Name',
      'Funded',
      'By',
      'OrgUnit',
      'Acronym',
      'Name',
      'Name',
      'Keyword',
      'Abstract',
    ]);
    expect(names(record('OrgUnits/unesco'))).toEqual(['OrgUnit', 'Acronym', 'Name', 'Name', 'RORID']);
    expect(record('Projects/p')).toContain('<EndDate>2026-12-31</EndDate>');
  });
  it('names, gender and ORCID only with consent', () => {
    expect(record('Persons/a')).toMatch(/<FamilyNames>Ivanova<.*<Gender>f<.*orcid\.org\/0000-0002-5277-285X/s);
    expect(record('Persons/b')).not.toMatch(/Ivanova|Anna|Gender|orcid/);
    expect(record('Persons/c')).toBe('');
    expect(record('Persons/d')).not.toContain('Gender');
  });
  it('what the profile cannot hold is counted', () => {
    expect(written.issues.lists.warning.map(({ details }) => details.found)).toEqual(['Person c (count-only)', 'award w']);
  });
});
