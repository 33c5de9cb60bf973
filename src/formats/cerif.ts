/**
 * Research information out, as OpenAIRE CERIF XML 1.2 in an OAI-PMH answer: organisations, people, projects, their funding, events.
 *
 *     const { text, issues } = writeCerif({ organisations, people, activities, participations, money }, { date: '2026-06-30', host: 'korgalzhyn.kz' });
 *
 * Elements stand in the order of the profile's schema. Prizes, agreements, designations and places have no element in the profile:
 * they are left out and counted. People who did not consent to their name are left out; gender only where stated.
 *
 * Reference: OpenAIRE Guidelines for CRIS Managers 1.2, DOI 10.5281/zenodo.8050936.
 */
import { pick } from '../i18n/index.ts';
import type { Activity, LocalText, Money, Organisation, Participation, Person } from '../types.ts';
import orderFile from './cerif-order.json' with { type: 'json' };
import { nextDay } from './iati-nouns.ts';
import { type IssueLists, issueLists } from './import-issue.ts';
import { element, writeXml, type XmlElement } from './xml-tree.ts';

export interface CerifNouns {
  organisations: readonly Organisation[];
  people?: readonly Person[];
  activities: readonly Activity[];
  participations?: readonly Participation[];
  money?: readonly Money[];
}

export interface CerifOptions {
  /** ISO 8601 date, or date and time in UTC: what the records are as of. */
  date: string;
  /** Host name of who gives the records, part of their OAI identifiers. */
  host: string;
}

const NAMESPACE = 'https://www.openaire.eu/cerif-profile/1.2/';

/** Elements that hold a record of another kind, and begin its order anew. */
const ENTITIES = new Set([
  'Person',
  'OrgUnit',
  'Project',
  'Funding',
  'Publication',
  'Patent',
  'Product',
  'Event',
  'Equipment',
  'Service',
  'Medium',
]);

const SETS: Record<string, string> = {
  Person: 'openaire_cris_persons',
  OrgUnit: 'openaire_cris_orgunits',
  Project: 'openaire_cris_projects',
  Funding: 'openaire_cris_funding',
  Event: 'openaire_cris_events',
};

const order = orderFile.order as Record<string, string | undefined>;

/** An element and all below it with its children in the order of the profile; those it does not know stay last. */
export function inCerifOrder(of: XmlElement, path = of.name): XmlElement {
  const names = (order[path] ?? '').split(' ');
  const rank = (child: XmlElement | string): number => {
    const place = typeof child === 'string' ? 0 : names.indexOf(child.name);
    return place === -1 ? names.length : place;
  };
  const children = of.children.map((child) =>
    typeof child === 'string' ? child : inCerifOrder(child, ENTITIES.has(child.name) ? child.name : `${path}/${child.name}`),
  );
  // persons and their affiliations alternate in a link: their order is the meaning
  const paired = !ENTITIES.has(path) && children.some((child) => typeof child !== 'string' && child.name === 'Affiliation');
  return { ...of, children: paired ? children : children.sort((a, b) => rank(a) - rank(b)) };
}

/** Everything that the profile can hold, as one answer to ListRecords; what it cannot is in `issues`. */
export function writeCerif(
  nouns: CerifNouns,
  { date, host }: CerifOptions,
): { text: string; records: number; issues: IssueLists } {
  const issues = issueLists();
  const records = [
    ...nouns.organisations.map((one) => organisationRecord(one, nouns)),
    ...(nouns.people ?? []).flatMap((one) => personRecord(one, nouns, issues)),
    ...nouns.activities.flatMap((one) => activityRecords(one, nouns, issues)),
  ].map((record) => inCerifOrder(record));
  const stamp = date.includes('T') ? date : `${date}T00:00:00Z`;
  const wrapped = records.map((record) => {
    const id = record.attributes.find(({ name }) => name === 'id')?.value ?? '';
    record.attributes.unshift({ name: 'xmlns', uri: '', value: NAMESPACE });
    return element('record', {}, [
      element('header', {}, [
        element('identifier', {}, [`oai:${host}:${id}`]),
        element('datestamp', {}, [stamp]),
        element('setSpec', {}, [SETS[record.name] ?? '']),
      ]),
      element('metadata', {}, [record]),
    ]);
  });
  const root = element('OAI-PMH', { xmlns: 'http://www.openarchives.org/OAI/2.0/' }, [
    element('responseDate', {}, [stamp]),
    element('request', { verb: 'ListRecords', metadataPrefix: 'oai_cerif_openaire' }, [`https://${host}/oai`]),
    element('ListRecords', {}, wrapped),
  ]);
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}`, records: records.length, issues };
}

function named(name: string, text: LocalText): XmlElement[] {
  return Object.entries(text).map(([lang, words]) => element(name, { 'xml:lang': lang }, [words]));
}

/** A link to an organisation names it, so that the record can be read alone. */
function organisationLink({ id, acronym, name }: Organisation): XmlElement {
  return element('OrgUnit', { id: `OrgUnits/${id}` }, [
    acronym === null ? null : element('Acronym', {}, [acronym]),
    ...named('Name', name),
  ]);
}

function organisationRecord(organisation: Organisation, { organisations }: CerifNouns): XmlElement {
  const { ids, parent } = organisation;
  const whole = organisations.find(({ id }) => id === parent);
  const record = organisationLink(organisation);
  const ror = /0[a-z0-9]{8}$/.exec(ids.ror ?? '')?.[0];
  if (ror !== undefined) record.children.push(element('RORID', {}, [`https://ror.org/${ror}`]));
  if (ids.iati !== undefined) record.children.push(identifier('IATIOrganisationIdentifier', ids.iati));
  if (ids.wikidata !== undefined) record.children.push(identifier('Wikidata', ids.wikidata));
  if (whole !== undefined) record.children.push(element('PartOf', {}, [organisationLink(whole)]));
  return record;
}

function identifier(type: string, value: string): XmlElement {
  return element('Identifier', { type: `https://w3id.org/cerif/vocab/IdentifierTypes#${type}` }, [value]);
}

function personRecord(person: Person, { organisations }: CerifNouns, issues: IssueLists): XmlElement[] {
  if (person.consent === 'count-only') {
    issues.add('warning', 'exchange-left-out', { file: 'cerif.xml', found: `Person ${person.id} (count-only)` });
    return [];
  }
  const employer = organisations.find(({ id }) => id === person.organisation);
  const whole = pick(person.name, 'en').trim();
  const shown = person.consent === 'initials' ? whole.replace(/(\p{L})\p{L}*\.?/gu, '$1.') : whole;
  const [family, given] = shown.split(/,\s*/, 2);
  const name =
    given === undefined
      ? [element('OtherNames', {}, [shown])] // which part is the family's is not known
      : [element('FamilyNames', {}, [family ?? '']), element('FirstNames', {}, [given])];
  const orcid = /\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.exec(person.orcid ?? '')?.[0];
  const gender = person.sex === 'F' ? 'f' : person.sex === 'M' ? 'm' : null;
  return [
    element('Person', { id: `Persons/${person.id}` }, [
      element('PersonName', {}, name),
      gender === null || person.consent !== 'name' ? null : element('Gender', {}, [gender]),
      orcid === undefined || person.consent !== 'name' ? null : element('ORCID', {}, [`https://orcid.org/${orcid}`]),
      employer === undefined ? null : element('Affiliation', {}, [organisationLink(employer)]),
    ]),
  ];
}

const PROJECTS: readonly Activity['kind'][] = ['programme', 'project', 'transfer', 'curriculum'];
const EVENTS: readonly Activity['kind'][] = ['event', 'training'];

function activityRecords(activity: Activity, nouns: CerifNouns, issues: IssueLists): XmlElement[] {
  if (PROJECTS.includes(activity.kind)) return projectRecords(activity, nouns);
  if (EVENTS.includes(activity.kind)) return [eventRecord(activity, nouns)];
  issues.add('warning', 'exchange-left-out', { file: 'cerif.xml', found: `${activity.kind} ${activity.id}` });
  return [];
}

function dates({ period }: Activity): { start: string | null; end: string | null } {
  return { start: period.start, end: period.end === null ? null : nextDay(period.end, -1) };
}

function partners(activity: Activity, nouns: CerifNouns, roles: readonly Participation['role'][]): Organisation[] {
  const ids = (nouns.participations ?? []).filter((one) => one.activity === activity.id && roles.includes(one.role));
  return nouns.organisations.filter(({ id }) => ids.some(({ organisation }) => organisation === id));
}

function projectRecords(activity: Activity, nouns: CerifNouns): XmlElement[] {
  const { start, end } = dates(activity);
  const links = (name: string, roles: readonly Participation['role'][]): XmlElement[] =>
    partners(activity, nouns, roles).map((one) => element(name, {}, [organisationLink(one)]));
  const consortium = [
    ...links('Coordinator', ['accountable']),
    ...links('Partner', ['implementing', 'extending', 'partner', 'host']),
  ];
  const promised = (nouns.money ?? []).filter(
    (one) =>
      one.feature === activity.id && one.kind === 'commitment' && one.provider !== null && !one.classes.includes('incoming'),
  );
  const fundings = promised.flatMap((one) => fundingRecord(one, activity, nouns));
  const project = element('Project', { id: `Projects/${activity.id}` }, [
    ...named('Title', activity.title),
    typeof (activity.from as { row?: string }).row === 'string'
      ? identifier('ProjectReference', (activity.from as { row: string }).row)
      : null,
    start === null ? null : element('StartDate', {}, [start]),
    end === null ? null : element('EndDate', {}, [end]),
    consortium.length === 0 ? null : element('Consortium', {}, consortium),
    ...links('By', ['funding']).map((by) => element('Funded', {}, [by])),
    ...fundings.map((funding) => element('Funded', {}, [element('As', {}, [element('Funding', { id: idOf(funding) }, [])])])),
    ...activity.themes.map((theme) => element('Keyword', {}, [theme])),
    activity.description === null
      ? null
      : element('Abstract', { 'xml:lang': Object.keys(activity.title)[0] ?? 'en' }, [activity.description]),
  ]);
  return [project, ...fundings];
}

function idOf(record: XmlElement): string {
  return record.attributes.find(({ name }) => name === 'id')?.value ?? '';
}

function fundingRecord(money: Money, activity: Activity, { organisations }: CerifNouns): XmlElement[] {
  const funder = organisations.find(({ id }) => id === money.provider);
  if (funder === undefined) return [];
  return [
    element('Funding', { id: `Fundings/${money.id}` }, [
      element('Type', { xmlns: FUNDING_TYPES }, [`${FUNDING_TYPES}#Grant`]),
      ...named('Name', activity.title),
      element('Amount', { currency: money.currency }, [String(money.value)]),
      element('Funder', {}, [organisationLink(funder)]),
    ]),
  ];
}

const FUNDING_TYPES = 'https://www.openaire.eu/cerif-profile/vocab/OpenAIRE_Funding_Types';

function eventRecord(activity: Activity, nouns: CerifNouns): XmlElement {
  const { start, end } = dates(activity);
  const kind = activity.kind === 'training' ? 'Workshop' : 'Conference';
  const organisers = partners(activity, nouns, ['host', 'accountable', 'implementing']);
  const sponsors = partners(activity, nouns, ['funding']);
  return element('Event', { id: `Events/${activity.id}` }, [
    element('Type', { scheme: 'https://w3id.org/cerif/vocab/EventTypes' }, [`https://w3id.org/cerif/vocab/EventTypes#${kind}`]),
    ...named('Name', activity.title),
    start === null ? null : element('StartDate', {}, [start]),
    end === null ? null : element('EndDate', {}, [end]),
    ...(activity.description === null
      ? []
      : named('Description', { [Object.keys(activity.title)[0] ?? 'en']: activity.description })),
    ...organisers.map((one) => element('Organizer', {}, [organisationLink(one)])),
    ...sponsors.map((one) => element('Sponsor', {}, [organisationLink(one)])),
  ]);
}
