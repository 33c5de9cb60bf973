/**
 * The annex that lets others do the review's figures again: runs with their inputs, digests and parameters, and the files
 * that records came from.
 */
import { pick, t } from '../i18n/index.ts';
import { type Block, plain, type Table } from '../print/blocks.ts';
import type { Dataset, Lang } from '../types.ts';
import type { ReviewFacts } from './content.ts';

/** What an import writes where nobody said under which licence a file is. */
const NOT_STATED = 'not stated';

export function provenance({ runs, indicators, datasets }: ReviewFacts, lang: Lang): Block[] {
  const blocks: Block[] = [{ kind: 'heading', level: 2, id: 'provenance', text: t(lang, 'review.provenance.title') }];
  if (runs.size === 0 && datasets.size === 0) return [...blocks, { kind: 'hint', text: t(lang, 'review.provenance.none') }];
  blocks.push({ kind: 'hint', text: t(lang, 'review.provenance.about') });
  if (runs.size > 0) blocks.push(runTable(runs, indicators, lang));
  if (datasets.size > 0) blocks.push(datasetTable(datasets, lang));
  return blocks;
}

function runTable(runs: ReviewFacts['runs'], indicators: ReviewFacts['indicators'], lang: Lang): Table {
  return {
    kind: 'table',
    id: 'runs',
    caption: t(lang, 'review.provenance.runs'),
    head: ['run', 'indicator', 'method', 'software', 'inputs', 'parameters'].map((name) => t(lang, `review.provenance.${name}`)),
    rows: [...runs.values()].map((run) => [
      plain(run.id),
      plain(pick(indicators.get(run.indicator)?.title ?? {}, lang) || run.indicator),
      plain(`${run.method}, ${t(lang, 'review.provenance.version', { version: run.version })}`),
      plain(`${run.software.name} ${run.software.version}`),
      plain(run.inputs.map(({ href, digest }) => `${href} ${digest}`).join('; ')),
      plain(Object.keys(run.params).length === 0 ? '–' : JSON.stringify(run.params)),
    ]),
    align: ['start', 'start', 'start', 'start', 'start', 'start'],
    landscape: true,
  };
}

/** Each file once: its sheets are datasets of their own. */
function datasetTable(datasets: ReviewFacts['datasets'], lang: Lang): Table {
  const files = Map.groupBy(datasets.values(), ({ href, digest, licence, id }) =>
    JSON.stringify(digest === null ? id : [href, digest, licence]),
  ) as Map<string, [Dataset]>;
  return {
    kind: 'table',
    id: 'datasets',
    caption: t(lang, 'review.provenance.datasets'),
    head: ['dataset', 'file', 'digest', 'licence'].map((name) => t(lang, `review.provenance.${name}`)),
    rows: [...files].map(([, [{ id, title, href, digest, licence }]]) => [
      plain(pick(title, lang) || id),
      plain(href),
      plain(digest ?? '–'),
      plain(licence === NOT_STATED ? t(lang, 'review.provenance.not-stated') : licence),
    ]),
    align: ['start', 'start', 'start', 'start'],
    landscape: true,
  };
}
