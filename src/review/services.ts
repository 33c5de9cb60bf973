/**
 * Ecosystem services: which ecosystem gives what to whom, and how that changes. The categories are those of the Millennium
 * Ecosystem Assessment (2005, Ecosystems and Human Well-being: Synthesis. Island Press).
 */
import { t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Entry } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { citeAll, entryCell } from './lines.ts';
import { choiceText, citeOrigin, entriesOf, fieldLabel, fieldText, leftOut, registerTable } from './registers.ts';
import { countsText, missing, namesIn, numberOf, sentence, tableId, textOf } from './sentences.ts';
import { olderLeftOut, onlyLeftOut, sinceLast } from './window.ts';

const CATEGORIES = ['provisioning', 'regulating', 'cultural', 'supporting'];

const TRENDS = ['increasing', 'stable', 'decreasing', 'not-known'];

/** Table T7: services by ecosystem and category with their trend, and who benefits from each. */
export const services: Filler = (content) => {
  const { shown: all, left } = entriesOf(content, 'services');
  const { shown, older } = sinceLast(content, all, ({ fields }) => fields.year);
  if (shown.length === 0) return onlyLeftOut(content, older, left);
  return [
    lead(content, shown),
    matrix(content, shown),
    registerTable(
      content,
      'services',
      shown,
      ['service', 'ecosystem', 'zones', 'beneficiaries', 'importance', 'year', 'source'],
      {
        id: tableId(content, 'beneficiaries'),
        caption: t(content.lang, 'review.services.beneficiaries'),
        landscape: true,
      },
    ),
    ...gaps(content, shown),
    ...olderLeftOut(content, older),
    ...leftOut(content, left),
  ];
};

/** Which assessments the services rest on: year and source with the number of services. */
export const servicesAssessed: Filler = (content) => {
  const { lang } = content;
  const { shown: all, left } = entriesOf(content, 'services');
  const { shown, older } = sinceLast(content, all, ({ fields }) => fields.year);
  const assessed = shown.filter(({ fields }) => fields.source !== undefined || fields.year !== undefined);
  if (assessed.length === 0) return onlyLeftOut(content, older, left);
  const studies = [...Map.groupBy(assessed, (one) => `${numberOf(one, 'year') ?? ''}|${textOf(one, 'source') ?? ''}`).values()];
  const items = studies.map((of): Cited => {
    const source = textOf(of[0] as Entry, 'source') ?? t(lang, 'review.window.not-stated');
    const year = numberOf(of[0] as Entry, 'year');
    const text = t(lang, 'review.services.study', {
      year: year === null ? t(lang, 'review.window.no-date') : String(year),
      source,
      count: of.length,
    });
    return { text, notes: [...new Set(of.map(({ from }) => citeOrigin(content, from)))] };
  });
  const text = t(lang, 'review.services.assessed', { count: studies.length, services: assessed.length });
  return [
    sentence(content, text, { notes: citeAll(content, assessed) }),
    { kind: 'list', items },
    ...missing(
      content,
      'review.services.no-source',
      namesIn(
        shown.filter(({ fields }) => fields.source === undefined),
        'service',
      ),
    ),
    ...olderLeftOut(content, older),
    ...leftOut(content, left),
  ];
};

function lead(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  const counts = (field: string, order: string[]): string =>
    countsText(
      shown,
      (one) => textOf(one, field),
      (code) => choiceText('services', code, lang),
      lang,
      order,
    );
  const text = t(lang, 'review.services.lead', {
    count: shown.length,
    ecosystems: new Set(shown.map((one) => textOf(one, 'ecosystem'))).size,
    categories: counts('category', CATEGORIES),
    trends: counts('trend', TRENDS),
  });
  return sentence(content, text, { from: shown.map(({ from }) => from), see: tableId(content, 'services') });
}

/** A row for each ecosystem, a column for each category that has a service. */
function matrix(content: Content, shown: Entry[]): Table {
  const { lang } = content;
  const categories = CATEGORIES.filter((category) => shown.some(({ fields }) => fields.category === category));
  const ecosystems = [...Map.groupBy(shown, (one) => textOf(one, 'ecosystem') ?? '–')];
  return {
    kind: 'table',
    id: tableId(content, 'services'),
    caption: t(lang, 'review.services.table'),
    head: [fieldLabel('services', 'ecosystem', lang), ...categories.map((category) => choiceText('services', category, lang))],
    rows: ecosystems.map(([ecosystem, of]) => [
      plain(ecosystem),
      ...categories.map((category) =>
        together(
          of
            .filter(({ fields }) => fields.category === category)
            .map((one) => entryCell(content, one, serviceText(one, content))),
        ),
      ),
    ]),
    align: ['start', ...categories.map(() => 'start' as const)],
    landscape: categories.length > 2,
  };
}

/** `Hay (stable)`, the trend in small letters. */
function serviceText(one: Entry, { lang }: Content): string {
  const service = textOf(one, 'service') ?? '–';
  if (one.fields.trend === undefined) return service;
  return `${service} (${fieldText('services', 'trend', one.fields.trend, lang).toLocaleLowerCase(lang)})`;
}

function together(cells: Cited[]): Cited {
  if (cells.length === 0) return plain('–');
  return { text: cells.map(({ text }) => text).join('; '), notes: [...new Set(cells.flatMap(({ notes }) => notes))] };
}

/** Categories without a service, and services without beneficiaries or trend. */
function gaps(content: Content, shown: Entry[]): Block[] {
  const absent = CATEGORIES.filter((category) => !shown.some(({ fields }) => fields.category === category));
  const without = (field: string): string[] =>
    namesIn(
      shown.filter(({ fields }) => fields[field] === undefined || fields[field] === 'not-known'),
      'service',
    );
  return [
    ...missing(
      content,
      'review.services.no-category',
      absent.map((category) => choiceText('services', category, content.lang)),
    ),
    ...missing(content, 'review.services.no-beneficiaries', without('beneficiaries')),
    ...missing(content, 'review.services.no-trend', without('trend')),
  ];
}
