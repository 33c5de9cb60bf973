/**
 * The money of a reserve: planned beside spent, by year and source, each currency for itself.
 *
 * Currencies are neither converted nor added. What stands for all purposes of a year and source is the whole: its parts are
 * not added to it. Money of projects stands apart and is never added to the reserve's own budget.
 */
import { number, t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Lang, Money } from '../types.ts';
import { budgetFigure } from './charts.ts';
import type { Content, Filler } from './content.ts';
import { excesses, MEASURES, type Measure, measureOf, SOURCES, sourceOf, total, wholes, yearOf, yearsOf } from './ledger.ts';
import { citeAll } from './lines.ts';
import { amountText, joined, moneyCell, moneyOf, namesOf, projectsInTime, sumsText, titleOf, yearsText } from './projects.ts';
import { choiceText, citeOrigin, dateText, originText } from './registers.ts';
import { isSummary, missing, sentence, tableId } from './sentences.ts';
import { hasPassed, isOlder, yearsExpected, yearsList, yearsMissing } from './window.ts';

/** A sum of more lines than these cites the rows of each file together. */
const MOST_NOTES = 2;

/** Table T3 with before and now by source; below it year by year, special funds, and the money of projects. */
export const budget: Filler = async (content) => {
  const sums = content.records.money.filter(({ feature }) => feature === content.facts.site.id);
  const ledger = sums.filter((sum) => measureOf(sum) !== null);
  const paid = projectsInTime(content).some((project) => moneyOf(content, project).length > 0);
  if (sums.length === 0 && !paid) return null;
  const own = ledger.filter(({ classes }) => !classes.includes('projects'));
  const currencies = [...new Set(own.map(({ currency }) => currency))];
  const none: Block[] = own.length === 0 ? [{ kind: 'gap', text: t(content.lang, 'review.budget.none') }] : [];
  return [
    ...none,
    ...(await Promise.all(currencies.map((currency) => inCurrency(content, own, currency)))).flat(),
    ...gaps(content, own),
    ...specialFunds(content, own),
    ...otherSums(
      content,
      sums.filter((sum) => !ledger.includes(sum)),
    ),
    ...projectMoney(content, ledger),
  ];
};

/** Averages, the table of before and now, and the years, of one currency. */
async function inCurrency(content: Content, own: Money[], currency: string): Promise<Block[]> {
  const sums = wholes(own.filter((sum) => sum.currency === currency));
  const recent = sums.filter((sum) => !isOlder(content, yearOf(sum)));
  const averages = MEASURES.flatMap((measure) => average(content, recent, measure));
  const years =
    isSummary(content) || recent.length === 0
      ? []
      : [yearTable(content, recent, currency), ...(await budgetFigure(content, recent, currency))];
  return [...averages, ...beforeAndNow(content, sums, currency), ...years];
}

/** The yearly average over the years that have figures; of what was spent, only over years that are over. */
function average(content: Content, sums: Money[], measure: Measure): Block[] {
  const { lang } = content;
  const known = sums.filter((sum) => measureOf(sum) === measure && sum.period !== null);
  const taken = measure === 'planned' ? known : known.filter((sum) => hasPassed(content, yearsOf(sum).at(-1)));
  const first = taken[0];
  if (first === undefined) return [];
  const years = [...new Set(taken.flatMap(yearsOf))].sort();
  const mean = total(taken) / years.length;
  const text = t(lang, `review.budget.average-${measure}`, {
    amount: amountText(Math.round(mean), first.currency, lang),
    count: years.length,
    years: yearsList(years),
  });
  const see = tableId(content, `budget-years-${first.currency}`);
  const cited = isSummary(content) ? { notes: citeAll(content, taken) } : { from: taken.map(({ from }) => from), see };
  const blocks = [sentence(content, text, cited)];
  const open = [...new Set(known.filter((sum) => !taken.includes(sum)).flatMap(yearsOf))].sort();
  if (open.length > 0) blocks.push({ kind: 'hint', text: t(lang, 'review.budget.open-year', { years: yearsList(open) }) });
  return blocks;
}

/** The last year before the previous report beside the last one now, by source. */
function beforeAndNow(content: Content, sums: Money[], currency: string): Block[] {
  const { lang, dates } = content;
  const older = sums.filter((sum) => isOlder(content, yearOf(sum)));
  const recent = sums.filter((sum) => !older.includes(sum));
  const closed = recent.filter((sum) => measureOf(sum) === 'planned' || hasPassed(content, yearsOf(sum).at(-1)));
  const columns = [
    ...MEASURES.map((measure) => lastOf(older, measure, 'before')),
    ...MEASURES.map((measure) => lastOf(closed, measure, 'now')),
  ].filter((column) => column !== null);
  const blocks: Block[] = [];
  if (columns.length > 0) {
    const name = (column: (typeof columns)[number]): string => `review.budget.${column.when}-${column.measure}`;
    blocks.push({
      kind: 'table',
      id: tableId(content, `budget-${currency}`),
      caption: t(lang, 'review.budget.table', { currency }),
      head: [t(lang, 'review.budget.source'), ...columns.map((column) => t(lang, name(column), { year: column.year }))],
      rows: bySource(
        columns.flatMap((column) => column.sums),
        lang,
      ).map(({ label, of }) => [
        plain(label),
        ...columns.map((column) =>
          cell(
            content,
            column.sums.filter((sum) => of.includes(sum)),
          ),
        ),
      ]),
    });
  }
  if (older.length === 0 && dates.previous !== null) {
    blocks.push({ kind: 'gap', text: t(lang, 'review.budget.no-previous', { date: dateText(dates.previous, lang), currency }) });
  }
  return blocks;
}

/** The sums of one measure in the last year that has one. */
function lastOf(sums: Money[], measure: Measure, when: 'before' | 'now') {
  const known = sums.filter((sum) => measureOf(sum) === measure && yearOf(sum) !== null);
  const year = known
    .map((sum) => yearOf(sum) ?? '')
    .sort()
    .at(-1);
  return year === undefined ? null : { when, measure, year, sums: known.filter((sum) => yearOf(sum) === year) };
}

/** A line for each year and source, and one for the whole of a year with several sources. */
function yearTable(content: Content, sums: Money[], currency: string): Table {
  const { lang } = content;
  const byYear = Map.groupBy(sums, (sum) => yearOf(sum) ?? '');
  const years = [...byYear].sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)));
  return {
    kind: 'table',
    id: tableId(content, `budget-years-${currency}`),
    caption: t(lang, 'review.budget.by-year', { currency }),
    head: ['year', 'source', 'planned', 'spent'].map((name) => t(lang, `review.budget.${name}`)),
    rows: years.flatMap(([, of]) =>
      bySource(of, lang).map(({ label, of: line }) => [
        plain(of[0]?.period == null ? t(lang, 'review.window.no-date') : yearsText(of[0].period, lang)),
        plain(label),
        ...MEASURES.map((measure) =>
          cell(
            content,
            line.filter((sum) => measureOf(sum) === measure),
          ),
        ),
      ]),
    ),
    align: ['start', 'start', 'end', 'end'],
  };
}

/** The sums of each source with its name, in the order of the form; below several sources their total. */
function bySource(sums: Money[], lang: Lang): { label: string; of: Money[] }[] {
  const groups = Map.groupBy(sums, sourceOf);
  const lines = [...SOURCES, null].flatMap((source) => {
    const of = groups.get(source);
    if (of === undefined) return [];
    return [{ label: sourceLabel(source, lang), of }];
  });
  return lines.length > 1 ? [...lines, { label: t(lang, 'review.total'), of: sums }] : lines;
}

/** Years of the ten without a figure, years with a plan but no account, and parts that exceed their whole. */
function gaps(content: Content, own: Money[]): Block[] {
  const { lang } = content;
  if (isSummary(content) || own.length === 0) return [];
  const recent = own.filter((sum) => !isOlder(content, yearOf(sum)));
  const known = new Set(recent.flatMap(yearsOf));
  const spent = new Set(recent.filter((sum) => measureOf(sum) === 'spent').flatMap(yearsOf));
  const expected = yearsExpected(content, [...known]);
  const none = expected.filter((year) => !known.has(year));
  const unspent = expected.filter((year) => known.has(year) && !spent.has(year));
  return [
    ...yearsMissing(content, 'review.budget.no-figure', none),
    ...yearsMissing(content, 'review.budget.not-spent', unspent),
    ...missing(
      content,
      'review.budget.parts',
      excesses(own).map(({ whole, parts }) => `${lineText(whole, lang)}: ${sumsText(parts, lang)} > ${sumsText(whole, lang)}`),
    ),
  ];
}

/** `2019, state budget`. */
function lineText(sums: Money[], lang: Lang): string {
  const first = sums[0];
  const source = first === undefined ? null : sourceOf(first);
  const year = first === undefined ? null : yearOf(first);
  return `${year ?? t(lang, 'review.window.no-date')}, ${sourceLabel(source, lang)}`;
}

function sourceLabel(source: string | null, lang: Lang): string {
  return source === null ? t(lang, 'review.budget.no-source') : choiceText('budget', source, lang);
}

/** Special funds, and what went into buildings and equipment: the form asks for special capital funds by name. */
function specialFunds(content: Content, own: Money[]): Block[] {
  const { lang } = content;
  const recent = own.filter((sum) => !isOlder(content, yearOf(sum)));
  const funds = wholes(recent.filter((sum) => sourceOf(sum) === 'special-fund'));
  const capital = recent.filter((sum) => sourceOf(sum) !== 'special-fund' && sum.classes.includes('capital'));
  const said = (key: string, sums: Money[]): Block[] => {
    if (sums.length === 0) return [];
    const [planned, spent] = MEASURES.map((measure) =>
      sumsText(
        sums.filter((sum) => measureOf(sum) === measure),
        lang,
      ),
    );
    return [sentence(content, t(lang, key, { planned, spent }), { notes: citeAll(content, sums) })];
  };
  if (own.length > 0 && funds.length === 0) {
    return [{ kind: 'hint', text: t(lang, 'review.budget.no-funds') }, ...said('review.budget.capital', capital)];
  }
  return [...said('review.budget.funds', funds), ...said('review.budget.capital', capital)];
}

/** Sums that were promised or paid out by others: neither a plan nor an account of the reserve. */
function otherSums(content: Content, sums: Money[]): Block[] {
  if (sums.length === 0) return [];
  const { lang } = content;
  const items = sums.map((sum): Cited => {
    const year = sum.period === null ? t(lang, 'review.window.no-date') : yearsText(sum.period, lang);
    const text = `${t(lang, `review.budget.kind.${sum.kind}`)}, ${year}: ${sumsText([sum], lang)}`;
    return { text, notes: [citeOrigin(content, sum.from)] };
  });
  return [
    { kind: 'hint', text: t(lang, 'review.budget.others', { count: sums.length }) },
    { kind: 'list', items },
  ];
}

/** The money of projects, and what the reserve's own books hold for projects: it may be the same money. */
function projectMoney(content: Content, ledger: Money[]): Block[] {
  const { lang } = content;
  const booked = ledger.filter((sum) => sum.classes.includes('projects') && !isOlder(content, yearOf(sum)));
  const all = projectsInTime(content);
  const paid = all.filter((project) => moneyOf(content, project).length > 0);
  const sums = paid.flatMap((project) => moneyOf(content, project));
  const blocks: Block[] = [];
  if (paid.length > 0) {
    const id = tableId(content, 'project-money');
    const text = t(lang, 'review.budget.projects', { sums: sumsText(sums, lang), known: paid.length, count: all.length });
    blocks.push(sentence(content, text, { from: sums.map(({ from }) => from), see: id }), {
      kind: 'table',
      id,
      caption: t(lang, 'review.budget.project-table'),
      head: ['title', 'years', 'funders', 'amount'].map((name) => t(lang, `review.projects.${name}`)),
      rows: paid.map((project) => [
        { text: titleOf(project, lang), notes: [citeOrigin(content, project.from)] },
        plain(yearsText(project.period, lang)),
        plain(joined(namesOf(content, project, ['funding']))),
        moneyCell(content, project),
      ]),
      align: ['start', 'start', 'start', 'end'],
    });
  }
  if (booked.length > 0) {
    const [planned, spent] = MEASURES.map((measure) =>
      sumsText(
        booked.filter((sum) => measureOf(sum) === measure),
        lang,
      ),
    );
    blocks.push(sentence(content, t(lang, 'review.budget.booked', { planned, spent }), { notes: citeAll(content, booked) }));
  }
  return blocks;
}

function cell(content: Content, sums: Money[]): Cited {
  if (sums.length === 0) return plain('–');
  const each = new Set(sums.map(({ from }) => originText(content, from)));
  const notes = each.size > MOST_NOTES ? citeAll(content, sums) : [...each].map((origin) => content.cite(origin));
  return { text: number(content.lang, total(sums)), notes };
}
