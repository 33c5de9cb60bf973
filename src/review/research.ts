/**
 * Research and monitoring in a review: who does it, on what, with what published, and which programmes run.
 *
 * `research` gives themes and references (6.2), figures alone where they are reported (2.4.6) and a few lines for the
 * directory sheet; `institutions` and `monitoring` stand for themselves.
 */
import { number, pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Entry, Lang } from '../types.ts';
import { citationList, publicationsOf, themeBlocks, themesInOrder, themesOf, themesText, typesText } from './bibliography.ts';
import type { Content, Filler } from './content.ts';
import { byYearText, citeAll, entriesWhere, entryCell, told } from './lines.ts';
import { countryOf } from './partners.ts';
import { entriesOf, fieldLabel, fieldText, leftOut } from './registers.ts';
import { missing, namesText, numberOf, tableId, textOf } from './sentences.ts';
import { olderLeftOut, onlyLeftOut } from './window.ts';

/** Roles of partners who do research. */
const ROLES = ['research', 'monitoring'];

/** Themes that a sheet of five lines has room for. */
const SHEET_THEMES = 8;

/** Publications: figures everywhere; themes and references where the section asks for them. */
export const research: Filler = (content) => {
  const { lang, section } = content;
  const { shown, older, left } = publicationsOf(content);
  if (shown.length === 0) return onlyLeftOut(content, older, left);
  const years = byYearText(
    shown.map((entry) => numberOf(entry, 'year')?.toString() ?? null),
    lang,
  );
  const text = t(lang, 'review.research.lead', { count: shown.length, types: typesText(content, shown), years });
  const lead = told(content, text, shown);
  const rest = [...olderLeftOut(content, older), ...leftOut(content, left)];
  if (isSheet(content) || section.id.endsWith('2.4.6')) return [lead, ...mainThemes(content, shown), ...rest];
  return [
    lead,
    ...themeBlocks(content, shown),
    citationList(content, shown),
    ...missing(content, 'review.research.no-address', withoutAddress(shown)),
    ...rest,
  ];
};

function isSheet({ section }: Content): boolean {
  return section.id.includes('annex');
}

/** The themes with most works, in one sentence. */
function mainThemes(content: Content, shown: Entry[]): Block[] {
  const counted = Map.groupBy(
    shown.flatMap((entry) => themesOf(entry)),
    (theme) => theme,
  );
  const top = [...counted].toSorted(([, a], [, b]) => b.length - a.length).slice(0, SHEET_THEMES);
  if (top.length === 0) return [];
  const names = new Map(
    themesInOrder(
      content,
      top.map(([id]) => id),
    ).map(({ id, label }) => [id, label]),
  );
  const themes = top.map(([id, of]) => `${names.get(id)}: ${number(content.lang, of.length)}`).join('; ');
  return [{ kind: 'text', text: plain(t(content.lang, 'review.research.main-themes', { themes })) }];
}

/** Articles that a reader cannot find by an address. */
function withoutAddress(shown: Entry[]): string[] {
  return shown
    .filter((entry) => textOf(entry, 'type') === 'article' && textOf(entry, 'doi') === null && textOf(entry, 'link') === null)
    .map((entry) => `${textOf(entry, 'authors')?.split(/[,;]/)[0] ?? '–'} ${numberOf(entry, 'year') ?? ''}`.trim());
}

/** One institution with all that the registers say of it. */
interface Institution {
  name: string;
  partner: Entry | null;
  works: number;
  variables: string[];
  /** The lines of registers that name it. */
  entries: Entry[];
}

/** Institutions that do research or monitoring: partners, those named by publications, those that monitor. */
export const institutions: Filler = (content) => {
  const { lang } = content;
  const partners = entriesWhere(content, 'partners', doesResearch);
  const monitored = entriesOf(content, 'monitoring');
  const works = publicationsOf(content);
  const left = partners.left + monitored.left + works.left;
  const known = gathered(content, partners.shown, works.shown, monitored.shown);
  if (known.length === 0) return onlyLeftOut(content, works.older, left);
  const see = tableId(content, 'institutions');
  const countries = new Set(known.flatMap(({ partner }) => (partner === null ? [] : [countryOf(partner, lang)])));
  countries.delete('–');
  const text = t(lang, 'review.research.institutions', {
    count: known.length,
    countries: namesText([...countries], lang) || '–',
  });
  // the reserve itself is no partner of its own
  const administering = entriesOf(content, 'authorities').shown.filter(({ fields }) => fields.role === 'administers');
  const own = new Set(administering.map((entry) => nameKey(textOf(entry, 'organisation') ?? '')));
  const unnamed = works.shown.filter((entry) => organisationsOf(content, entry, 'institutions').length === 0);
  return [
    told(
      content,
      text,
      known.flatMap(({ entries }) => entries),
      see,
    ),
    institutionTable(content, known, see),
    ...missing(
      content,
      'review.research.not-partners',
      known.filter(({ name, partner }) => partner === null && !own.has(nameKey(name))).map(({ name }) => name),
    ),
    ...(unnamed.length === 0
      ? []
      : [{ kind: 'hint' as const, text: t(lang, 'review.research.no-institution', { count: unnamed.length }) }]),
    ...olderLeftOut(content, works.older),
    ...leftOut(content, left),
  ];
};

function doesResearch({ fields }: Entry): boolean {
  return Array.isArray(fields.roles) && fields.roles.some((role) => ROLES.includes(role));
}

/** Institutions by name, whatever register names them, in the order of the alphabet. */
function gathered(content: Content, partners: Entry[], works: Entry[], monitored: Entry[]): Institution[] {
  const found = new Map<string, Institution>();
  const at = (name: string): Institution => {
    const key = nameKey(name);
    const known = found.get(key) ?? { name: name.trim(), partner: null, works: 0, variables: [], entries: [] };
    found.set(key, known);
    return known;
  };
  for (const partner of partners) {
    const one = at(textOf(partner, 'name') ?? '–');
    one.partner = partner;
    one.entries.push(partner);
  }
  for (const work of works) {
    for (const name of organisationsOf(content, work, 'institutions')) {
      const one = at(name);
      one.works += 1;
      one.entries.push(work);
    }
  }
  for (const programme of monitored) {
    const name = textOf(programme, 'institution');
    if (name === null) continue;
    const one = at(name);
    one.variables.push(textOf(programme, 'variable') ?? '–');
    one.entries.push(programme);
  }
  return [...found.values()].sort((a, b) => new Intl.Collator(content.lang).compare(a.name, b.name));
}

/** A name without case and quotation marks. */
function nameKey(name: string): string {
  return name
    .toLocaleLowerCase()
    .replace(/[\s«»"“”]+/g, ' ')
    .trim();
}

/** Organisations that a field names, by name: it holds their names or their identifiers. */
function organisationsOf({ records, lang }: Content, { fields }: Entry, field: string): string[] {
  const value = fields[field];
  const names = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
  return names.map((name) => {
    const organisation = records.organisations.get(name);
    return (organisation === undefined ? '' : pick(organisation.name, lang)) || name;
  });
}

function institutionTable(content: Content, known: Institution[], id: string): Block {
  const { lang } = content;
  const of = (partner: Entry | null, field: string): string =>
    partner === null ? '–' : fieldText('partners', field, partner.fields[field], lang);
  return {
    kind: 'table',
    id,
    caption: t(lang, 'review.research.institutions-table'),
    head: [
      t(lang, 'review.research.institution'),
      ...['kind', 'country', 'since'].map((field) => fieldLabel('partners', field, lang)),
      t(lang, 'review.research.works'),
      t(lang, 'review.research.monitors'),
    ],
    rows: known.map(({ name, partner, works, variables, entries }): Cited[] => [
      partner === null
        ? { text: name, notes: citeAll(content, entries) }
        : { text: entryCell(content, partner, name).text, notes: citeAll(content, entries) },
      plain(of(partner, 'kind')),
      plain(partner === null ? '–' : countryOf(partner, lang)),
      plain(of(partner, 'since')),
      plain(works === 0 ? '–' : number(lang, works)),
      plain(variables.length === 0 ? '–' : namesText(variables, lang)),
    ]),
    align: ['start', 'start', 'start', 'end', 'end', 'start'],
  };
}

const MONITORING = ['themes', 'since', 'frequency', 'method', 'institution', 'sites', 'data'] as const;

/** Monitoring programmes: what is watched, since when, how often and by whom. */
export const monitoring: Filler = (content) => {
  const { lang } = content;
  const { shown, left } = entriesOf(content, 'monitoring');
  if (shown.length === 0) return onlyLeftOut(content, 0, left);
  const see = tableId(content, 'monitoring');
  const since = shown.flatMap((entry) => numberOf(entry, 'since') ?? []);
  const first = since.length === 0 ? t(lang, 'review.window.no-date') : String(Math.min(...since));
  const text = t(lang, 'review.research.monitoring', { count: shown.length, first });
  if (isSheet(content)) return [told(content, text, shown), variableList(content, shown), ...leftOut(content, left)];
  const name = (entry: Entry): string => textOf(entry, 'variable') ?? '–';
  return [
    told(content, text, shown, see),
    monitoringTable(content, shown, see),
    ...missing(content, 'review.research.no-method', shown.filter((entry) => textOf(entry, 'method') === null).map(name)),
    ...missing(content, 'review.research.no-since', shown.filter((entry) => numberOf(entry, 'since') === null).map(name)),
    ...leftOut(content, left),
  ];
};

function monitoringTable(content: Content, shown: Entry[], id: string): Block {
  const { lang } = content;
  const fields = MONITORING.filter((field) => shown.some((entry) => entry.fields[field] !== undefined));
  return {
    kind: 'table',
    id,
    caption: t(lang, 'review.research.monitoring-table'),
    head: ['variable', ...fields].map((field) => fieldLabel('monitoring', field, lang)),
    rows: shown.map((entry) => [
      entryCell(content, entry, fieldText('monitoring', 'variable', entry.fields.variable, lang)),
      ...fields.map((field) => plain(monitoringText(content, entry, field))),
    ]),
    align: ['start', ...fields.map((field) => (field === 'since' || field === 'sites' ? ('end' as const) : ('start' as const)))],
    landscape: fields.length > 5,
  };
}

function monitoringText(content: Content, entry: Entry, field: (typeof MONITORING)[number]): string {
  if (field === 'themes') return themesText(content, themesOf(entry)) || '–';
  return fieldText('monitoring', field, entry.fields[field], content.lang);
}

/** One line for each variable: `birds, since 1998, twice a year`. */
function variableList(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  return { kind: 'list', items: shown.map((entry) => entryCell(content, entry, variableText(entry, lang))) };
}

function variableText(entry: Entry, lang: Lang): string {
  const since = numberOf(entry, 'since');
  const parts = [
    textOf(entry, 'variable') ?? '–',
    since === null ? null : t(lang, 'review.window.since', { year: String(since) }),
    textOf(entry, 'frequency'),
  ];
  return parts.filter((part) => part !== null).join(', ');
}
