/**
 * Frameworks of cooperation: other designations of the same ground, agreements, and programmes, memberships and the like.
 *
 * The sections of chapter 8 take one level each, by the end of their name or by `only.ids` (scopes of agreements). A programme
 * has no level of its own, so that it stands only where all levels stand together.
 */
import { countryName, pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Activity, ActivityKind, Id, SiteKind } from '../types.ts';
import { sourceText } from '../zonation/site-facts.ts';
import type { Content, Filler } from './content.ts';
import { entriesWhere, entryCell } from './lines.ts';
import { lastDay, namesOf, titleOf, yearsText } from './projects.ts';
import { choiceText, citeOrigin, fieldText, leftOut } from './registers.ts';
import { countsText, missing, sentence, tableId } from './sentences.ts';
import { designationNote } from './site-basics.ts';
import { hasPassed, olderLeftOut, onlyLeftOut, sinceLast } from './window.ts';

/** What belongs to each level of chapter 8. */
const LEVELS: { [level: string]: { scopes: readonly Id[]; designations: readonly SiteKind[] } } = {
  national: { scopes: ['national'], designations: ['national'] },
  regional: { scopes: ['regional', 'bilateral'], designations: [] },
  twinning: { scopes: ['twinning', 'transboundary'], designations: ['biosphere-reserve'] },
  world: { scopes: ['world', 'convention'], designations: ['world-heritage', 'ramsar'] },
};

/** Activities that are cooperation whatever the reserve's own records say. Projects have sections of their own. */
const FRAMEWORKS: readonly ActivityKind[] = [
  'programme',
  'membership',
  'chair',
  'centre',
  'curriculum',
  'transfer',
  'award',
  'policy',
];

/** Of the reserve's own events and courses, which have a category, other sections speak. */
const SHARED: readonly ActivityKind[] = ['event', 'training'];

/** Designations, agreements and programmes, of one level or of all. */
export const cooperationFrameworks: Filler = (content) => {
  const { records, section } = content;
  const level = LEVELS[section.id.split('.').at(-1) ?? ''];
  const scopes = section.only?.ids ?? level?.scopes ?? null;
  const agreements = records.activities.filter(
    ({ kind, category }) => kind === 'agreement' && (scopes === null || scopes.includes(category ?? '')),
  );
  const others = scopes === null ? records.activities.filter(isFramework) : [];
  const [agreed, joined] = [sinceLast(content, agreements, lastDay), sinceLast(content, others, lastDay)];
  const older = agreed.older + joined.older;
  const blocks = [
    ...designationsList(content, level?.designations ?? (scopes === null ? null : [])),
    ...wholeAndParts(content, scopes),
    ...agreementsTable(content, agreed.shown, scopes === null),
    ...frameworksTable(content, joined.shown),
    ...twins(content, scopes),
  ];
  if (blocks.length === 0) return onlyLeftOut(content, older, 0);
  return [...blocks, ...olderLeftOut(content, older)];
};

function isFramework({ kind, category }: Activity): boolean {
  return FRAMEWORKS.includes(kind) || (SHARED.includes(kind) && category === null);
}

/** Other designated places that share ground with the reserve, each once with its year and all who state it. */
function designationsList(content: Content, kinds: readonly SiteKind[] | null): Block[] {
  const { facts, lang } = content;
  const stated = facts.overlaps.filter(({ other }) => kinds === null || kinds.includes(other.kind));
  const overlaps = [...Map.groupBy(stated, ({ other }) => other.id).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, all: [first, ...rest] }],
  );
  if (overlaps.length === 0) return [];
  const items = overlaps.map(({ all, other, designations }): Cited => {
    const year = designations.find((d) => d.year !== null)?.year;
    const since = year === undefined ? t(lang, 'review.cooperation.year-unknown') : String(year);
    const notes = [
      ...all.map(({ overlap }) => content.cite(sourceText(facts, overlap.from))),
      ...designations.map((d) => content.cite(designationNote(content, d))),
    ];
    return { text: `${t(lang, `site-kind.${other.kind}`)}: ${pick(other.name, lang)} (${since})`, notes: [...new Set(notes)] };
  });
  const counts = countsText(
    overlaps,
    ({ other }) => other.kind,
    (kind) => t(lang, `site-kind.${kind}`),
    lang,
  );
  return [sentence(content, t(lang, 'review.cooperation.designations', { counts })), { kind: 'list', items }];
}

/** A transboundary reserve names its parts, and a part the whole. */
function wholeAndParts({ facts, whole, lang }: Content, scopes: readonly Id[] | null): Block[] {
  if (scopes !== null && !scopes.includes('transboundary')) return [];
  if (whole !== null) return [{ kind: 'text', text: plain(t(lang, 'review.cooperation.whole', { name: whole.name })) }];
  if (facts.parts.length === 0) return [];
  const names = facts.parts
    .map(({ site }) => `${pick(site.name, lang)} (${site.countries.map((code) => countryName(code, lang)).join(', ')})`)
    .join('; ');
  return [{ kind: 'text', text: plain(t(lang, 'review.cooperation.parts', { names })) }];
}

function agreementsTable(content: Content, agreements: Activity[], withScope: boolean): Block[] {
  const { lang } = content;
  if (agreements.length === 0) return [];
  const see = tableId(content, 'agreements');
  const current = agreements.filter((agreement) => !hasPassed(content, lastDay(agreement))).length;
  const scopes = countsText(
    agreements,
    ({ category }) => category,
    (scope) => choiceText('agreements', scope, lang),
    lang,
  );
  const text = t(lang, 'review.cooperation.agreements', { count: agreements.length, current, scopes });
  const columns: [string, (agreement: Activity) => Cited][] = [
    ['title', (one) => ({ text: titleOf(one, lang), notes: [citeOrigin(content, one.from)] })],
    ...(withScope
      ? ([['scope', (one: Activity) => plain(scopeText(one, content))]] as [string, (one: Activity) => Cited][])
      : []),
    ['years', (one) => plain(yearsText(one.period, lang))],
    ['partners', (one) => plain(namesOf(content, one).join('; ') || '–')],
    ['result', (one) => plain(one.result ?? '–')],
  ];
  const ended = agreements.filter((one) => hasPassed(content, lastDay(one)) && one.result === null);
  return [
    sentence(content, text, { from: agreements.map(({ from }) => from), see }),
    {
      kind: 'table',
      id: see,
      caption: t(lang, 'review.cooperation.agreements-table'),
      head: columns.map(([name]) => t(lang, `review.cooperation.${name}`)),
      rows: agreements.map((one) => columns.map(([, cell]) => cell(one))),
      align: columns.map(() => 'start' as const),
    },
    ...missing(
      content,
      'review.cooperation.no-partner',
      agreements.filter((one) => namesOf(content, one).length === 0).map((one) => titleOf(one, lang)),
    ),
    ...missing(
      content,
      'review.cooperation.no-result',
      ended.map((one) => titleOf(one, lang)),
    ),
  ];
}

function scopeText({ category }: Activity, { lang }: Content): string {
  return category === null ? '–' : choiceText('agreements', category, lang);
}

/** Programmes, memberships, chairs and meetings that name the reserve, with who took part as what. */
function frameworksTable(content: Content, activities: Activity[]): Block[] {
  const { lang, records } = content;
  if (activities.length === 0) return [];
  const see = tableId(content, 'frameworks');
  const kind = (one: string): string => t(lang, `review.cooperation.kind.${one}`);
  const kinds = countsText(activities, (one) => one.kind, kind, lang);
  const roles = (activity: Activity): string => {
    const own = records.participations.filter((one) => one.activity === activity.id && one.organisation !== null);
    const byRole = [...new Set(own.map(({ role }) => role))].map((role) => {
      const names = namesOf(content, activity, [role]).join(', ');
      return `${t(lang, `review.cooperation.role.${role}`)}: ${names}`;
    });
    return byRole.join('; ') || '–';
  };
  return [
    sentence(content, t(lang, 'review.cooperation.frameworks', { count: activities.length, kinds }), {
      from: activities.map(({ from }) => from),
      see,
    }),
    {
      kind: 'table',
      id: see,
      caption: t(lang, 'review.cooperation.frameworks-table'),
      head: ['title', 'kind-column', 'years', 'roles'].map((name) => t(lang, `review.cooperation.${name}`)),
      rows: activities.map((one) => [
        { text: titleOf(one, lang), notes: [citeOrigin(content, one.from)] },
        plain(kind(one.kind)),
        plain(yearsText(one.period, lang)),
        plain(roles(one)),
      ]),
      align: ['start', 'start', 'start', 'start'],
    },
  ];
}

/** Partner reserves that the reserve's register of partners names as twins. */
function twins(content: Content, scopes: readonly Id[] | null): Block[] {
  if (scopes !== null && !scopes.includes('twinning')) return [];
  const { shown, left } = entriesWhere(content, 'partners', ({ fields }) => [fields.roles ?? []].flat().includes('twinning'));
  if (shown.length === 0) return leftOut(content, left);
  const items = shown.map((one): Cited => {
    const said = ['country', 'since', 'agreement'].flatMap((field) =>
      one.fields[field] === undefined ? [] : [fieldText('partners', field, one.fields[field], content.lang)],
    );
    return entryCell(content, one, [fieldText('partners', 'name', one.fields.name, content.lang), ...said].join(', '));
  });
  return [
    sentence(content, t(content.lang, 'review.cooperation.twins', { count: shown.length })),
    { kind: 'list', items },
    ...leftOut(content, left),
  ];
}
