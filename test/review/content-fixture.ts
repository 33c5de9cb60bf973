/**
 * What a section is filled from, written short for tests: everything empty but what a test names.
 *
 *     const content = contentOf({ records: { entries: [entry('plans', { title: 'Plan' })] }, section: { fills: 'plans' } });
 *     const blocks = await plans(content);
 *     wordsOf(blocks);      // all text of the blocks, one line each, cells parted by ' | '
 *     content.notes         // the footnotes that were cited
 */
import { type Block, type Cited, footnotes } from '../../src/print/blocks.ts';
import type { Content, ReviewDates, SiteRecords } from '../../src/review/content.ts';
import type { Form, FormSection } from '../../src/review/form.ts';
import type { Dataset, Entry, FieldValue, Id, Indicator, Lang, Observation, Run, Zone, ZoneKind } from '../../src/types.ts';
import type { SiteFacts } from '../../src/zonation/site-facts.ts';
import { almaty, unesco } from '../store/facts-fixture.ts';

export interface ContentOverrides {
  facts?: Partial<SiteFacts>;
  records?: Partial<SiteRecords>;
  /** Instead of none: the indicators of the dossier. */
  indicators?: Indicator[];
  runs?: Run[];
  datasets?: Dataset[];
  form?: Partial<Form>;
  section?: Partial<FormSection>;
  lang?: Lang;
  dates?: Partial<ReviewDates>;
  confidential?: Content['confidential'];
  shore?: Content['shore'];
  whole?: Content['whole'];
  pictures?: Content['pictures'];
  network?: Partial<Content['network']>;
}

/** A reserve of which nothing is known but its name; footnotes collect in `notes`. */
export function contentOf(overrides: ContentOverrides = {}): Content & { notes: string[] } {
  const notes = footnotes();
  return {
    facts: {
      site: almaty,
      designations: [],
      zones: [],
      observations: [],
      overlaps: [],
      parts: [],
      sources: new Map([[unesco.id, unesco]]),
      map: null,
      ...overrides.facts,
    },
    records: {
      activities: [],
      participations: [],
      organisations: new Map(),
      headcounts: [],
      money: [],
      entries: [],
      answers: [],
      ...overrides.records,
    },
    indicators: new Map((overrides.indicators ?? []).map((indicator) => [indicator.id, indicator])),
    runs: new Map((overrides.runs ?? []).map((run) => [run.id, run])),
    whole: overrides.whole ?? null,
    others: [],
    pictures: overrides.pictures ?? [],
    network: { hasCores: false, plan: null, run: null, changed: [], neighbours: [], national: [], ...overrides.network },
    evidence: { figures: new Map(), claims: [], contradictions: [] },
    datasets: new Map((overrides.datasets ?? []).map((dataset) => [dataset.id, dataset])),
    form: { ...emptyForm, ...overrides.form },
    section: { ...emptySection, ...overrides.section },
    lang: overrides.lang ?? 'en',
    dates: { previous: '2014-06-30', current: '2024-06-30', ...overrides.dates },
    confidential: overrides.confidential ?? 'leave-out',
    shore: overrides.shore ?? null,
    cite: notes.cite,
    notes: notes.list,
  };
}

const emptySection: FormSection = {
  id: 'II.1',
  number: '1',
  title: { en: 'Section' },
  asks: null,
  unconfirmed: false,
  kinds: ['assembled'],
  fills: [],
  who: 'manager',
  length: null,
  confidential: false,
  sections: [],
};

const emptyForm: Form = {
  id: 'periodic-review-2013',
  version: 1,
  title: { en: 'Periodic review' },
  issued: '2013-01',
  status: { en: 'Draft' },
  source: 'a test',
  parts: [],
  tickLists: [],
  tables: [],
  maps: [],
  calendar: [],
};

let entries = 0;

/** A line of a register, from the UNESCO page of the fixture. */
export function entry(register: Id, fields: { [field: string]: FieldValue }, rest: Partial<Entry> = {}): Entry {
  entries += 1;
  return {
    id: `${register}-${entries}`,
    site: almaty.id,
    register,
    fields,
    confidential: false,
    from: { source: unesco.id },
    ...rest,
  };
}

/** A zone without geometry, valid since always. */
export function zoneOf(kind: ZoneKind, rest: Partial<Zone> = {}): Zone {
  return {
    id: `${almaty.id}/${kind}`,
    site: almaty.id,
    kind,
    name: {},
    valid: { start: null, end: null },
    geometry: null,
    from: { source: unesco.id },
    ...rest,
  };
}

/** A declared figure of the site for a year (`2014`) or without a date; `zone` names a zone of it instead. */
export function observationOf(
  indicator: Id,
  value: number | null,
  unit: string,
  { year, zone, ...rest }: Partial<Observation> & { year?: number; zone?: string } = {},
): Observation {
  return {
    id: [indicator, zone ?? '', year ?? '', rest.role ?? 'declared', rest.by?.class ?? '', value ?? ''].join('-'),
    indicator,
    feature: zone === undefined ? almaty.id : `${almaty.id}/${zone}`,
    period: year === undefined ? null : { start: `${year}-01-01`, end: `${year + 1}-01-01` },
    value,
    unit,
    low: null,
    high: null,
    level: null,
    n: null,
    by: {},
    role: 'declared',
    quality: 'ok',
    approximate: false,
    note: null,
    from: { source: unesco.id },
    ...rest,
  };
}

export function indicatorOf(id: Id, rest: Partial<Indicator> = {}): Indicator {
  return {
    id,
    title: { en: id },
    definition: { en: `Definition of ${id}.` },
    unit: '1',
    method: null,
    version: 1,
    function: 'conservation',
    better: 'neither',
    standing: 'own',
    codes: {},
    references: [],
    ...rest,
  };
}

export function runOf(id: Id, rest: Partial<Run> = {}): Run {
  return {
    id,
    indicator: 'area',
    method: 'karney-2013',
    version: 1,
    software: { name: 'saryarka', version: '0.1.0' },
    inputs: [],
    params: {},
    started: '2024-01-01T00:00:00Z',
    ended: '2024-01-01T00:00:01Z',
    status: 'done',
    skipped: 0,
    ...rest,
  };
}

/** All words of blocks, a line for each paragraph, item or row; cells are parted by ` | `. Footnote numbers are left out. */
export function wordsOf(blocks: Block[] | null): string {
  return (blocks ?? []).flatMap(linesOf).join('\n');
}

function linesOf(block: Block): string[] {
  const words = (cells: Cited[]): string => cells.map(({ text }) => text).join(' | ');
  switch (block.kind) {
    case 'table':
      return [block.caption, block.head.join(' | '), ...block.rows.map(words)].filter((line) => line !== '');
    case 'text':
      return [block.text.text];
    case 'list':
      return block.items.map(({ text }) => text);
    case 'figure':
      return [block.caption];
    case 'title':
      return [block.text, block.under];
    case 'contents':
      return [block.title];
    case 'notes':
      return [block.title, ...block.notes];
    default:
      return [block.text];
  }
}
