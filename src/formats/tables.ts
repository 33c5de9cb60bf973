/**
 * The tables a dossier is fed with, as CSV: one table per noun, recognised by its header.
 *
 *     const table = readTable(readSource('sites.csv'), dataset);   // { noun: 'sites', rows: [{ row: Site, line: 2 }] }
 */
import type { Claim } from '../evidence-types.ts';
import { Problem, Problems } from '../problems.ts';
import type {
  Activity,
  ActivityAims,
  Dataset,
  Designation,
  Headcount,
  Id,
  Indicator,
  Money,
  Observation,
  Organisation,
  Origin,
  Overlap,
  Participation,
  Person,
  Quality,
  Site,
  Source,
  Zone,
} from '../types.ts';
import { type Cells, cellsOf } from './cells.ts';
import { CHECKS, readClaim } from './claim-cells.ts';
import { type CsvTable, readCsv } from './csv.ts';
import type { SourceFile } from './source-node.ts';
import { identifiersIn, orcidIn, readHeadcount, readMoney } from './table-counts.ts';

/** The nouns that tables can bring, with the rows that each brings, in an order in which rows only point backwards. */
export interface TableRows {
  sources: Source;
  datasets: Dataset;
  indicators: Indicator;
  sites: Site;
  designations: Designation;
  overlaps: Overlap;
  zones: Zone;
  organisations: Organisation;
  people: Person;
  activities: Activity;
  participations: Participation;
  aims: ActivityAims;
  headcounts: Headcount;
  money: Money;
  observations: Observation;
  claims: Claim;
}

export type TableNoun = keyof TableRows;

export type Table = { [Noun in TableNoun]: { noun: Noun; rows: { line: number; row: TableRows[Noun] }[] } }[TableNoun];

const QUALITIES: readonly Quality[] = ['ok', 'unconfirmed', 'partial', 'doubtful'];

interface Columns<Row> {
  required: string[];
  optional: string[];
  read(cells: Cells, dataset: Id): Row;
}

const local = (prefix: string): string[] => ['en', 'ru', 'kk', 'tr'].map((lang) => `${prefix}_${lang}`);

const quality = (cells: Cells): Quality => (cells.text('quality') === null ? 'ok' : cells.oneOf('quality', QUALITIES));

/** The row of the file itself is always the origin; the source it cites comes with it. */
function origin(cells: Cells, dataset: Id, row: string): Origin {
  const source = cells.text('source');
  const page = cells.text('page');
  const quote = cells.text('quote');
  return {
    dataset,
    row,
    ...(source === null ? {} : { source }),
    ...(page === null ? {} : { page }),
    ...(quote === null ? {} : { quote }),
  };
}

const tables: { [Noun in TableNoun]: Columns<TableRows[Noun]> } = {
  sources: {
    required: ['id', 'title', 'href', 'kind', 'licence'],
    optional: ['lang', 'note'],
    read: (c) => ({
      id: c.required('id'),
      title: c.required('title'),
      href: c.text('href'),
      lang: c.text('lang'),
      kind: c.oneOf('kind', ['primary', 'official', 'peer-reviewed', 'press', 'mirror', 'encyclopedia', 'dataset', 'web', 'own']),
      licence: c.text('licence'),
      note: c.text('note'),
    }),
  },
  datasets: {
    required: ['id', 'title_en', 'href', 'media_type', 'licence', 'attribution'],
    optional: [...local('title'), 'kind'],
    read: (c) => ({
      id: c.required('id'),
      title: c.local('title'),
      kind:
        c.text('kind') === null
          ? 'table'
          : c.oneOf('kind', ['raster', 'cube', 'vector', 'table', 'occurrences', 'series', 'document']),
      href: c.required('href'),
      mediaType: c.required('media_type'),
      digest: null,
      crs: null,
      period: null,
      licence: c.required('licence'),
      attribution: c.required('attribution'),
    }),
  },
  indicators: {
    required: ['id', 'title_en', 'definition_en', 'unit', 'function', 'better', 'standing'],
    optional: [...local('title'), ...local('definition'), 'method', 'version', 'sdg', 'gbf', 'hangzhou', 'references'],
    read: (c) => ({
      id: c.required('id'),
      title: c.local('title'),
      definition: c.local('definition'),
      unit: c.unit('unit'),
      method: c.text('method'),
      version: c.number('version') ?? 1,
      function: c.oneOf('function', ['conservation', 'development', 'logistic', 'zonation']),
      better: c.oneOf('better', ['higher', 'lower', 'neither']),
      standing: c.oneOf('standing', ['official', 'national', 'proxy', 'own']),
      codes: { sdg: c.list('sdg'), gbf: c.list('gbf'), hangzhou: c.list('hangzhou') },
      references: c.list('references'),
    }),
  },
  sites: {
    required: ['id', 'kind', 'name_en', 'countries'],
    optional: [...local('name'), 'parent', 'ecosystems', 'note'],
    read: (c) => ({
      id: c.required('id'),
      kind: c.oneOf('kind', ['biosphere-reserve', 'world-heritage', 'ramsar', 'national', 'country', 'region', 'water-body']),
      name: c.local('name'),
      countries: c.list('countries'),
      parent: c.text('parent'),
      ecosystems: c.text('ecosystems'),
      note: c.text('note'),
    }),
  },
  designations: {
    required: ['id', 'site', 'kind', 'code', 'year', 'criteria'],
    optional: ['date', 'quality', 'source', 'quote', 'note'],
    read: (c, dataset) => ({
      id: c.required('id'),
      site: c.required('site'),
      kind: c.oneOf('kind', ['biosphere-reserve', 'world-heritage', 'ramsar', 'national']),
      code: c.text('code'),
      year: c.year('year'),
      date: c.period('date') === null ? null : c.text('date'), // as exact as the source
      criteria: c.text('criteria'),
      quality: quality(c),
      note: c.text('note'),
      from: origin(c, dataset, c.required('id')),
    }),
  },
  overlaps: {
    required: ['site', 'other'],
    optional: ['source', 'note'],
    read: (c, dataset) => ({
      site: c.required('site'),
      other: c.required('other'),
      note: c.text('note'),
      from: origin(c, dataset, `${c.text('site')}+${c.text('other')}`),
    }),
  },
  zones: {
    required: ['id', 'site', 'kind', 'valid_start'],
    optional: [...local('name'), 'valid_end', 'source', 'note'],
    read: (c, dataset) => ({
      id: c.required('id'),
      site: c.required('site'),
      kind: c.oneOf('kind', ['core', 'buffer', 'transition']),
      name: c.text('name_en') === null ? {} : c.local('name'),
      valid: { start: c.period('valid_start')?.start ?? null, end: c.period('valid_end')?.start ?? null },
      geometry: null,
      from: origin(c, dataset, c.required('id')),
    }),
  },
  organisations: {
    required: ['id', 'name_en', 'acronym', 'aliases'],
    optional: [...local('name'), 'kind', 'country', 'parent', 'ror', 'iati', 'wikidata'],
    read: (c) => ({
      id: c.required('id'),
      name: c.local('name'),
      acronym: c.text('acronym'),
      kind: c.text('kind'),
      country: c.text('country'),
      parent: c.text('parent'),
      ids: identifiersIn(c),
      aliases: c.list('aliases'),
    }),
  },
  people: {
    required: ['id', 'name_en', 'sex', 'consent'],
    optional: [...local('name'), 'orcid', 'organisation'],
    read: (c) => ({
      id: c.required('id'),
      name: c.local('name'),
      orcid: orcidIn(c),
      // as the person says; who was not asked is unknown
      sex: c.text('sex') === null ? 'unknown' : c.oneOf('sex', ['F', 'M', 'X', 'unknown']),
      organisation: c.text('organisation'),
      consent: c.text('consent') === null ? 'count-only' : c.oneOf('consent', ['name', 'initials', 'count-only']),
    }),
  },
  activities: {
    required: ['id', 'kind', 'title_en', 'start', 'end', 'themes'],
    optional: [...local('title'), 'parent', 'description', 'sites', 'quality', 'source', 'note'],
    read: (c, dataset) => ({
      id: c.required('id'),
      kind: c.oneOf('kind', [
        'programme',
        'project',
        'training',
        'event',
        'award',
        'agreement',
        'chair',
        'centre',
        'designation',
        'curriculum',
        'transfer',
        'membership',
        'policy',
      ]),
      parent: c.text('parent'),
      title: c.local('title'),
      description: c.text('description'),
      period: { start: c.period('start')?.start ?? null, end: c.period('end')?.end ?? null },
      sites: c.list('sites'),
      themes: c.list('themes'),
      functions: [],
      category: null,
      result: null,
      quality: quality(c),
      note: c.text('note'),
      from: origin(c, dataset, c.required('id')),
    }),
  },
  participations: {
    required: ['activity', 'organisation', 'role'],
    optional: ['source'],
    read: (c, dataset) => ({
      activity: c.required('activity'),
      organisation: c.required('organisation'),
      person: null,
      role: c.oneOf('role', [
        'funding',
        'accountable',
        'extending',
        'implementing',
        'host',
        'partner',
        'participant',
        'beneficiary',
      ]),
      from: origin(c, dataset, `${c.text('activity')}+${c.text('organisation')}`),
    }),
  },
  aims: {
    required: ['activity', 'sdg_targets', 'markers'],
    optional: ['trl_before', 'trl_after'],
    read: (c) => ({
      activity: c.required('activity'),
      sdgTargets: c.list('sdg_targets'),
      markers: readMarkers(c),
      readiness: { before: readLevel(c, 'trl_before'), after: readLevel(c, 'trl_after') },
    }),
  },
  headcounts: {
    required: ['feature', 'measure', 'period'],
    optional: ['id', 'total', 'female', 'male', 'other', 'unknown', 'groups', 'age', 'unique', 'source', 'page', 'quote', 'note'],
    read: (c, dataset) => readHeadcount(c, dataset, origin),
  },
  money: {
    required: ['feature', 'kind', 'value', 'currency', 'period'],
    optional: ['id', 'classes', 'provider', 'receiver', 'source', 'page', 'quote', 'note'],
    read: (c, dataset) => readMoney(c, dataset, origin),
  },
  observations: {
    required: ['id', 'feature', 'indicator', 'period', 'value', 'unit', 'role'],
    optional: ['low', 'high', 'quality', 'approximate', 'sex', 'age', 'class', 'source', 'page', 'quote', 'note'],
    read: readObservation,
  },
  claims: {
    required: ['id', 'sentence_en', 'check'],
    optional: [
      ...local('sentence'),
      'source',
      'page',
      'site',
      'form',
      'section',
      'expression',
      'claimed',
      'unit',
      'low',
      'high',
      'tolerance',
      'tolerance_reason',
      'definition',
      'scope',
      'vintage',
      'complete',
      'part',
      'note',
    ],
    read: (c) => readClaim(c, c.text('check') === null ? null : c.oneOf('check', CHECKS)),
  },
};

/** `1:2` is marker 1 with score 2, `1:` or `1` marker 1 not screened, which is not 0. */
function readMarkers(c: Cells): ActivityAims['markers'] {
  return c.list('markers').flatMap((text) => {
    const [, code, score = ''] = /^(\w+)\s*(?::\s*([0-4]?))?$/.exec(text) ?? [];
    if (code === undefined) c.wrong('markers', text, '1:2; 5:');
    return code === undefined ? [] : [{ code, score: score === '' ? null : Number(score) }];
  });
}

function readLevel(c: Cells, field: string): number | null {
  const level = c.number(field);
  if (level === null || (Number.isInteger(level) && level >= 1 && level <= 9)) return level;
  c.wrong(field, String(level), '1 – 9');
  return null;
}

/** The nouns in the order in which their tables have to be stored. */
export const tableNouns = Object.keys(tables) as TableNoun[];

function readObservation(c: Cells, dataset: Id): Observation {
  const sex = c.text('sex') === null ? undefined : c.oneOf('sex', ['F', 'M', 'X', 'unknown']);
  const age = c.text('age');
  const ofClass = c.text('class');
  return {
    id: c.required('id'),
    indicator: c.required('indicator'),
    feature: c.required('feature'),
    period: c.period('period'),
    value: c.number('value'),
    unit: c.unit('unit'),
    low: c.number('low'),
    high: c.number('high'),
    level: null,
    n: null,
    by: {
      ...(sex === undefined ? {} : { sex }),
      ...(age === null ? {} : { age }),
      ...(ofClass === null ? {} : { class: ofClass }),
    },
    // What a run computed comes with its run; a table can only bring what was observed, declared or aimed at.
    role: c.oneOf('role', ['observed', 'declared', 'target', 'baseline']),
    quality: quality(c),
    approximate: c.yes('approximate'),
    note: c.text('note'),
    from: origin(c, dataset, c.required('id')),
  };
}

/**
 * Reads a table; `dataset` is the id under which the file itself is described.
 * @throws Problem `table-unknown`; Problems with one `cell-…` or `row-twice` for each fault.
 */
export function readTable(file: Pick<SourceFile, 'name' | 'bytes'>, dataset: Id): Table {
  const { table, problems } = readRows(file.name, readCsv(file), dataset);
  if (problems.length > 0) throw new Problems(problems);
  return table;
}

/** The same of a table with a header, its faults beside it: each names its line. @throws Problem `table-unknown`. */
export function readRows(file: string, { header, rows }: CsvTable, dataset: Id): { table: Table; problems: Problem[] } {
  const noun = tableNouns.find((name) => {
    const { required, optional } = tables[name];
    return (
      required.every((column) => header.includes(column)) && header.every((column) => [...required, ...optional].includes(column))
    );
  });
  if (noun === undefined) throw new Problem('table-unknown', { file, found: header.join(', '), known: tableNouns.join(', ') });
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  const read = rows.map((row) => {
    const made = tables[noun].read(cellsOf(file, row, problems), dataset);
    const id = row.values.id || (noun === 'headcounts' || noun === 'money' ? (made as Headcount | Money).id : '');
    const first = seen.get(id);
    if (first !== undefined)
      problems.push(new Problem('row-twice', { file, line: String(row.line), found: id, first: String(first) }));
    if (id !== '') seen.set(id, row.line);
    return { line: row.line, row: made };
  });
  return { table: { noun, rows: read } as Table, problems };
}
