/**
 * Projects and other activities in a review: who did what, when, with whose money, and what came of it.
 *
 * A section may take the projects of one function (`only.functions`), or of some themes or states (`only.ids`).
 */
import { number, pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Activity, Id, Lang, Money, Participation } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { choiceText, citeOrigin } from './registers.ts';
import { countsText, isSummary, missing, sentence, tableId } from './sentences.ts';
import { hasPassed, olderLeftOut, onlyLeftOut, sinceLast } from './window.ts';

const STATES = ['running', 'finished', 'planned', 'stopped'];

const FUNCTIONS = ['conservation', 'development', 'logistic'] as const;

/** The kinds of money that tell what a project costs, the surest first. */
const PROJECT_MONEY: readonly Money['kind'][] = ['budget', 'commitment', 'expenditure', 'disbursement', 'in-kind'];

/** Projects of the ten years with lead, partners, funders, money, state and result. */
export const projects: Filler = (content) => {
  const { section, lang } = content;
  const all = content.records.activities.filter(({ kind }) => kind === 'project');
  const { functions, ids } = section.only ?? {};
  const unassigned = functions === undefined ? [] : all.filter((project) => project.functions.length === 0);
  const chosen = all.filter(
    (project) =>
      (functions === undefined || project.functions.some((of) => functions.includes(of))) &&
      (ids === undefined || [project.category ?? '', ...project.themes].some((id) => ids.includes(id))),
  );
  if (chosen.length === 0) return null;
  const { shown, older } = sinceLast(content, chosen, lastDay);
  if (shown.length === 0) return onlyLeftOut(content, older, 0);
  return [
    ...lead(content, shown),
    table(content, shown),
    ...gaps(content, shown),
    ...missing(content, 'review.projects.unassigned', titles(unassigned, lang)),
    ...olderLeftOut(content, older),
  ];
};

/** The projects that reach into the ten years. */
export function projectsInTime(content: Content): Activity[] {
  const all = content.records.activities.filter(({ kind }) => kind === 'project');
  return sinceLast(content, all, lastDay).shown;
}

/** Sums of an activity, of the surest kind of money that is known of it. */
export function moneyOf({ records }: Content, activity: Activity): Money[] {
  const own = records.money.filter(({ feature }) => feature === activity.id);
  const kind = PROJECT_MONEY.find((candidate) => own.some((sum) => sum.kind === candidate));
  return own.filter((sum) => sum.kind === kind);
}

/** `1,200 USD; 300 KZT`: sums of several currencies stand side by side and are never added. */
export function sumsText(sums: Money[], lang: Lang): string {
  const byCurrency = Map.groupBy(sums, ({ currency }) => currency);
  const written = [...byCurrency].map(([currency, of]) =>
    amountText(
      of.reduce((sum, { value }) => sum + value, 0),
      currency,
      lang,
    ),
  );
  return written.length === 0 ? '–' : written.join('; ');
}

export function amountText(value: number, currency: string, lang: Lang): string {
  return `${number(lang, value)}\u00a0${currency}`;
}

/** `2016–2019`, `since 2016`, `until 2019`; the end of a period is excluded. */
export function yearsText({ start, end }: Activity['period'], lang: Lang): string {
  const first = start?.slice(0, 4) ?? null;
  const last = lastYear(end);
  if (first === null) return last === null ? t(lang, 'review.window.no-date') : t(lang, 'review.window.until', { year: last });
  if (last === null) return t(lang, 'review.window.since', { year: first });
  return first === last ? first : `${first}–${last}`;
}

/** Names of those who took part in one of `roles`, in the order they were kept. */
export function namesOf({ records, lang }: Content, activity: Activity, roles?: readonly Participation['role'][]): string[] {
  const ids = records.participations
    .filter((p) => p.activity === activity.id && p.organisation !== null && (roles === undefined || roles.includes(p.role)))
    .map((p) => p.organisation ?? '');
  return [...new Set(ids)].map((id: Id) => {
    const organisation = records.organisations.get(id);
    return (organisation === undefined ? '' : pick(organisation.name, lang)) || id;
  });
}

export function titleOf({ title }: Activity, lang: Lang): string {
  return pick(title, lang);
}

/** The last day of a period whose end is excluded; a year or month stands for all its days. */
function lastDayOf(end: string | null): string | null {
  if (end === null || !/^\d{4}-\d{2}-\d{2}$/.test(end)) return end;
  return new Date(Date.parse(`${end}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function lastYear(end: string | null): string | null {
  return lastDayOf(end)?.slice(0, 4) ?? null;
}

/** When an activity ended; one that is over without a known end is as old as its start, one that may go on has no last day. */
export function lastDay({ period, category }: Activity): string | null {
  if (period.end !== null) return lastDayOf(period.end);
  return category === 'finished' || category === 'stopped' ? period.start : null;
}

function lead(content: Content, shown: Activity[]): Block[] {
  const { lang, section } = content;
  const from = shown.map((project) => project.from);
  const see = tableId(content, 'projects');
  const states = countsText(
    shown,
    ({ category }) => category,
    (state) => choiceText('projects', state, lang),
    lang,
    STATES,
  );
  const blocks = [sentence(content, t(lang, 'review.projects.lead', { count: shown.length, states }), { from, see })];
  if (section.only?.functions === undefined) {
    const served = FUNCTIONS.map(
      (of) => `${t(lang, `review.projects.${of}`)}: ${number(lang, shown.filter((p) => p.functions.includes(of)).length)}`,
    );
    const none = shown.filter(({ functions }) => functions.length === 0).length;
    if (none > 0) served.push(`${t(lang, 'review.window.not-stated')}: ${number(lang, none)}`);
    blocks.push(sentence(content, t(lang, 'review.projects.functions', { functions: served.join('; ') }), { see }));
  }
  const money = shown.flatMap((project) => moneyOf(content, project));
  if (money.length > 0) {
    const known = shown.filter((project) => moneyOf(content, project).length > 0).length;
    const text = t(lang, 'review.projects.money', { sums: sumsText(money, lang), known, count: shown.length });
    blocks.push(sentence(content, text, { from: money.map((sum) => sum.from), see }));
  }
  return blocks;
}

function table(content: Content, shown: Activity[]): Block {
  const { lang, section } = content;
  const functions = section.only?.functions === undefined;
  const columns: [name: string, cell: (project: Activity) => Cited][] = [
    ['title', (project) => ({ text: titleOf(project, lang), notes: [citeOrigin(content, project.from)] })],
    ['years', (project) => plain(yearsText(project.period, lang))],
  ];
  if (functions) columns.push(['function', (project) => plain(functionsText(project, lang))]);
  if (!isSummary(content)) {
    columns.push(
      ['lead-by', (project) => plain(joined(namesOf(content, project, ['implementing', 'accountable', 'extending', 'host'])))],
      ['partners', (project) => plain(joined(namesOf(content, project, ['partner', 'participant'])))],
      ['funders', (project) => plain(joined(namesOf(content, project, ['funding'])))],
    );
  }
  columns.push(
    ['amount', (project) => moneyCell(content, project)],
    ['state', (project) => plain(project.category === null ? '–' : choiceText('projects', project.category, lang))],
    ['result', (project) => plain(project.result ?? '–')],
  );
  return {
    kind: 'table',
    id: tableId(content, 'projects'),
    caption: t(lang, 'review.projects.table'),
    head: columns.map(([name]) => t(lang, `review.projects.${name}`)),
    rows: shown.map((project) => columns.map(([, cell]) => cell(project))),
    align: columns.map(([name]) => (name === 'amount' ? 'end' : 'start')),
    landscape: !isSummary(content),
  };
}

/** The money of a project; the footnote stands only where it comes from elsewhere than the project. */
export function moneyCell(content: Content, project: Activity): Cited {
  const sums = moneyOf(content, project);
  const own = citeOrigin(content, project.from);
  const notes = [...new Set(sums.map(({ from }) => citeOrigin(content, from)))].filter((note) => note !== own);
  return { text: sumsText(sums, content.lang), notes };
}

function gaps(content: Content, shown: Activity[]): Block[] {
  const { lang } = content;
  if (isSummary(content)) return [];
  const overdue = shown.filter(
    (p) => p.category === 'running' && p.period.end !== null && hasPassed(content, lastDayOf(p.period.end)),
  );
  const finished = shown.filter(({ category, result }) => category === 'finished' && result === null);
  const unpaid = shown.filter((project) => moneyOf(content, project).length === 0);
  return [
    ...missing(content, 'review.projects.overdue', titles(overdue, lang)),
    ...missing(content, 'review.projects.no-result', titles(finished, lang)),
    ...missing(content, 'review.projects.no-money', titles(unpaid, lang)),
  ];
}

function titles(activities: Activity[], lang: Lang): string[] {
  return activities.map((activity) => titleOf(activity, lang));
}

function functionsText({ functions }: Activity, lang: Lang): string {
  return functions.length === 0 ? '–' : functions.map((of) => t(lang, `review.projects.${of}`)).join('; ');
}

export function joined(names: string[]): string {
  return names.length === 0 ? '–' : names.join('; ');
}
