/**
 * What is known for each criterion of Article 4 of the Statutory Framework: areas, counts and names, each with its source. Whether
 * the criterion is met is for people to judge; what a reviewer may ask is no part of the report.
 */
import { pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Activity, Entry, FieldValue, Id, Origin, SiteFunction, ZoneKind } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { currentZones } from '../zonation/site-facts.ts';
import { reported } from './before-and-now.ts';
import type { Content } from './content.ts';
import { gradation, missingFigures, mosaicTable, significance, size } from './criteria-figures.ts';
import {
  citeFigure,
  estimateText,
  featuresOfKind,
  figureCell,
  figureOf,
  figuresFor,
  merged,
  originWords,
  percentText,
  periodText,
  placeText,
  sourcesText,
} from './figures.ts';
import { citeOrigin, dateText, entriesOf, leftOut } from './registers.ts';

/** Which facts stand under which criterion. */
const FACTS: Record<string, (content: Content) => Cited[]> = {
  'criterion-1': (content) => [...shares(content, zoneKinds), ...ecosystems(content), ...gradation(content)],
  'criterion-2': (content) => [...overlaps(content), ...species(content), ...significance(content)],
  'criterion-3': (content) => [...projects(content, 'development'), ...counted(content, 'economy', entries(content, 'economy'))],
  'criterion-4': (content) => [
    ...totalArea(content),
    ...shares(content, zoneKinds),
    ...people(content, 'whole'),
    ...size(content),
  ],
  'criterion-5': (content) => shares(content, zoneKinds),
  'criterion-5.a': (content) => [...shares(content, ['core']), ...acts(content, 'core')],
  'criterion-5.b': (content) => [...shares(content, ['buffer']), ...acts(content, 'buffer')],
  'criterion-5.c': (content) => [...shares(content, ['transition']), ...people(content, 'transition')],
  'criterion-6': (content) => [
    ...counted(content, 'authorities', named(entries(content, 'authorities'), 'organisation')),
    ...counted(content, 'representation', entries(content, 'representation')),
    ...counted(content, 'consultations', activities(content, 'event', ['consultation', 'review-meeting'])),
    ...counted(content, 'partners', entries(content, 'partners')),
  ],
  'criterion-7': (content) => [...plans(content), ...programmes(content)],
  'criterion-7.a': (content) => acts(content, 'buffer'),
  'criterion-7.b': plans,
  'criterion-7.c': authorities,
  'criterion-7.d': programmes,
};

/** Registers that facts are taken from, by criterion: what is left out of them as confidential is said. */
const REGISTERS: Record<string, Id[]> = {
  'criterion-1': ['services', 'directory'],
  'criterion-2': ['species'],
  'criterion-3': ['economy'],
  'criterion-5.a': ['legal-acts'],
  'criterion-5.b': ['legal-acts'],
  'criterion-6': ['authorities', 'representation', 'partners'],
  'criterion-7': ['plans', 'research', 'monitoring'],
  'criterion-7.a': ['legal-acts'],
  'criterion-7.b': ['plans'],
  'criterion-7.c': ['authorities'],
  'criterion-7.d': ['research', 'monitoring'],
};

/** The filler `criteria`: a list of facts, and which figures can still be computed; `null` where none is known. */
export function criteria(content: Content): Block[] | null {
  const criterion = /criterion-\d(\.[a-d])?$/.exec(content.section.id)?.[0] ?? '';
  const items = merged(FACTS[criterion]?.(content) ?? []);
  const more = [...(criterion === 'criterion-1' ? mosaicTable(content) : []), ...missingFigures(content, criterion)];
  if (items.length === 0) return more.length === 0 ? null : more;
  const left = (REGISTERS[criterion] ?? []).reduce((sum, register) => sum + entriesOf(content, register).left, 0);
  return [{ kind: 'list', items }, ...leftOut(content, left), ...more];
}

/** A record that is counted: where it comes from and, if it has one, its time. */
interface Counted {
  from: Origin;
  start?: string | null;
  end?: string | null;
}

/** One line: how many there are, of those with a time how many fall between the report before and now. Nothing for none. */
function counted(content: Content, name: string, records: Counted[]): Cited[] {
  const { lang, dates } = content;
  if (records.length === 0) return [];
  const isTimed = records.some(({ start }) => start !== undefined);
  const dated = records.filter(({ start }) => start != null);
  const within = dated.filter(({ start, end }) => overlapsReview(start ?? '', end ?? null, content));
  const label = t(lang, `review.criteria.count.${name}`);
  const note = content.cite(
    t(lang, 'review.criteria.counted-from', {
      what: label,
      sources: sourcesText(
        content,
        records.map(({ from }) => from),
      ),
    }),
  );
  if (!isTimed) return [{ text: t(lang, 'review.criteria.count-all', { what: label, count: records.length }), notes: [note] }];
  const key = dates.previous === null ? 'review.criteria.count-all' : 'review.criteria.count-since';
  const count = dates.previous === null ? records.length : within.length;
  const undated = records.length - dated.length;
  const more = undated === 0 || dates.previous === null ? '' : ` ${t(lang, 'review.criteria.undated', { count: undated })}`;
  const year = (dates.previous ?? '').slice(0, 4);
  return [{ text: `${t(lang, key, { what: label, count, year })}${more}`, notes: [note] }];
}

function overlapsReview(start: string, end: string | null, { dates }: Content): boolean {
  const last = end ?? start;
  return start.slice(0, 10) <= dates.current && (dates.previous === null || last >= dates.previous.slice(0, last.length));
}

function entries(content: Content, register: Id): Entry[] {
  return entriesOf(content, register).shown;
}

/** Entries that name different things: the same organisation in three roles counts once. */
function named(list: Entry[], field: Id): Entry[] {
  return [...Map.groupBy(list, ({ fields }) => String(fields[field] ?? '')).values()].flatMap((same) => same.slice(0, 1));
}

function activities({ records }: Content, kind: Activity['kind'], categories: string[] | null): Counted[] {
  return records.activities
    .filter((activity) => activity.kind === kind && (categories === null || categories.includes(activity.category ?? '')))
    .map(({ from, period }) => ({ from, ...period }));
}

function projects(content: Content, serves: SiteFunction): Cited[] {
  const list = content.records.activities.filter(({ kind, functions }) => kind === 'project' && functions.includes(serves));
  return counted(
    content,
    `projects-${serves}`,
    list.map(({ from, period }) => ({ from, ...period })),
  );
}

/** Area of a kind of zone and its share of the three, all computed or all declared of one time; nothing where one is missing. */
function shares(content: Content, kinds: readonly ZoneKind[]): Cited[] {
  const { lang } = content;
  const sets = zoneKinds.map((kind) => areasOf(content, kind, 'computed'));
  const all = sets.every((set) => set.length > 0) ? sets : zoneKinds.map((kind) => areasOf(content, kind, 'declared'));
  const sums = all.map((set) => set.reduce((sum, o) => sum + (figureOf(o, 'har')?.value ?? 0), 0));
  const total = sums.reduce((sum, area) => sum + area, 0);
  const periods = new Set(all.flatMap((set) => set.map(({ period }) => period?.start ?? '')));
  return kinds.flatMap((kind): Cited[] => {
    const i = zoneKinds.indexOf(kind);
    const set = all[i] ?? [];
    if (set.length === 0) return [];
    const sum = estimateText(lang, { value: sums[i] ?? 0, low: null, high: null, level: null });
    const area = set.some(({ approximate }) => approximate) ? t(lang, 'review.about', { value: sum }) : sum;
    const isWhole = all.every((one) => one.length > 0) && total > 0 && periods.size === 1;
    const share = isWhole ? percentText(lang, (100 * (sums[i] ?? 0)) / total) : null;
    const role = t(lang, `role.${set[0]?.role ?? 'declared'}`).toLocaleLowerCase(lang);
    const words = { zone: placeText(lang, kind), area, role, share };
    return [
      {
        text: t(lang, share === null ? 'review.criteria.area' : 'review.criteria.share', words),
        notes: set.map((o) => citeFigure(content, o)),
      },
    ];
  });
}

/** What is known of the area of a kind: of each zone of the map, or the principal declared figure. */
function areasOf({ facts, dates }: Content, kind: ZoneKind, role: 'computed' | 'declared') {
  if (role === 'computed')
    return currentZones(facts, kind).flatMap(({ id }) => figuresFor(facts, [id], 'area', { roles: ['computed'] }).slice(0, 1));
  const { now, previous } = reported(
    figuresFor(facts, featuresOfKind(facts, kind), 'area', { roles: ['declared'] }).filter((o) => o.by.class === undefined),
    dates,
  );
  return (now.length > 0 ? now : previous).slice(0, 1);
}

function totalArea(content: Content): Cited[] {
  const { facts, lang, dates } = content;
  const { now, previous } = reported(figuresFor(facts, [facts.site.id], 'area', { roles: ['declared'] }), dates);
  return (now.length > 0 ? now : previous).slice(0, 1).map((o) => {
    const { text, notes } = figureCell(content, o, 'har');
    return { text: t(lang, 'review.criteria.total', { area: text, period: periodText(lang, o.period) }), notes };
  });
}

/** The latest declared or counted inhabitants, class by class. */
function people(content: Content, place: ZoneKind | 'whole'): Cited[] {
  const { facts, lang, dates } = content;
  const ids = place === 'whole' ? [facts.site.id] : featuresOfKind(facts, place);
  const { now, previous } = reported(figuresFor(facts, ids, 'population', { roles: ['observed', 'declared'] }), dates);
  return (now.length > 0 ? now : previous).map((o) => {
    const { text, notes } = figureCell(content, o);
    const kind = o.by.class === 'permanent' || o.by.class === 'seasonal' ? o.by.class : 'untold';
    const words = {
      place: placeText(lang, place),
      count: text,
      period: periodText(lang, o.period),
      kind: t(lang, `review.criteria.people.${kind}`),
    };
    return { text: t(lang, 'review.criteria.inhabitants', words), notes };
  });
}

function ecosystems(content: Content): Cited[] {
  const { facts, lang } = content;
  const sheet = entries(content, 'directory').flatMap(({ fields, from }) =>
    ['ecosystem_type', 'habitats'].flatMap((field) =>
      fields[field] === undefined
        ? []
        : [{ text: t(lang, `review.directory.${field}`, { value: String(fields[field]) }), notes: [citeOrigin(content, from)] }],
    ),
  );
  // the reserve's own sheet is in the words of its review; what the dossier says of the site may be in any language
  const own =
    facts.site.ecosystems === null || sheet.length > 0
      ? []
      : [plain(t(lang, 'review.criteria.ecosystems', { value: facts.site.ecosystems }))];
  return [...own, ...sheet, ...counted(content, 'ecosystems', named(entries(content, 'services'), 'ecosystem'))];
}

/** Other designations on the same ground, each with its kind and year. */
function overlaps(content: Content): Cited[] {
  const { facts, lang } = content;
  return facts.overlaps.map(({ overlap, other, designations }) => {
    const year = designations.find((d) => d.year !== null)?.year;
    const name = `${t(lang, `site-kind.${other.kind}`)}: ${pick(other.name, lang)}${year === undefined ? '' : ` (${year})`}`;
    return {
      text: t(lang, 'review.criteria.overlap', { name }),
      notes: [overlap.from, ...designations.map(({ from }) => from)].map((from) => content.cite(originWords(content, from))),
    };
  });
}

/** Species of the register: all, threatened by IUCN, and in the national red book. Sensitive ones are counted, not named. */
function species(content: Content): Cited[] {
  const all = entries(content, 'species');
  const threatened = all.filter(({ fields }) => ['CR', 'EN', 'VU'].includes(String(fields.iucn)));
  const national = all.filter(({ fields }) => fields.red_book !== undefined && fields.red_book !== '');
  return [
    ...counted(content, 'species', all),
    ...counted(content, 'species-threatened', threatened),
    ...counted(content, 'species-national', national),
  ];
}

/** Legal acts on a zone, each by title, number and date. */
function acts(content: Content, zone: ZoneKind): Cited[] {
  const list = entries(content, 'legal-acts').filter(({ fields }) => fields.zone === zone || fields.zone === 'whole');
  return list.map(({ fields, from }) => ({
    text: t(content.lang, 'review.criteria.act', { act: described(content, [fields.title, fields.number, fields.date]) }),
    notes: [citeOrigin(content, from)],
  }));
}

/** Plans that treat the whole as a biosphere reserve. */
function plans(content: Content): Cited[] {
  const list = entries(content, 'plans').filter(({ fields }) => fields.names_reserve === true);
  return list.map(({ fields, from }) => {
    const years = [fields.start, fields.end].map((day) => (day === undefined ? '…' : String(day).slice(0, 4))).join('–');
    const plan = described(content, [fields.title, fields.number, fields.adopted, years === '…–…' ? undefined : years]);
    return { text: t(content.lang, 'review.criteria.plan', { plan }), notes: [citeOrigin(content, from)] };
  });
}

function authorities(content: Content): Cited[] {
  const roles = ['coordinates', 'administers'];
  const list = entries(content, 'authorities').filter(({ fields }) => roles.includes(String(fields.role)));
  return list.map(({ fields, from }) => {
    const zone = zoneKinds.find((kind) => kind === fields.zone) ?? 'whole';
    const words = { organisation: String(fields.organisation ?? ''), place: placeText(content.lang, zone) };
    return { text: t(content.lang, `review.criteria.${fields.role}`, words), notes: [citeOrigin(content, from)] };
  });
}

/** Research, monitoring, education and training: how many of each are on record. */
function programmes(content: Content): Cited[] {
  const works = entries(content, 'research').map(({ from, fields }) => ({
    from,
    start: fields.year === undefined ? null : String(fields.year),
  }));
  const training = activities(content, 'training', ['training-course']);
  const education = content.records.activities.filter(
    ({ kind, category }) => kind === 'training' && category !== 'training-course',
  );
  return [
    ...counted(content, 'research', works),
    ...counted(content, 'monitoring', entries(content, 'monitoring')),
    ...counted(
      content,
      'education',
      education.map(({ from, period }) => ({ from, ...period })),
    ),
    ...counted(content, 'training', training),
  ];
}

/** `Title, no. 12, 6 May 2014, 2014–2019`, of what is known. */
function described({ lang }: Content, [title, number, day, ...rest]: (FieldValue | undefined)[]): string {
  const said = [
    title,
    number === undefined || number === '' ? undefined : t(lang, 'review.criteria.number', { number: String(number) }),
    day === undefined || day === '' ? undefined : dateText(String(day), lang),
    ...rest,
  ];
  return said.filter((part) => part !== undefined && part !== '').join(', ');
}
