/** What the figures of a site come from, where each data set is used, and what is missing for which indicator. */
import { z } from 'zod';
import { type Need, type ShownDataset, type SiteData, suggestionRow } from '../api/data.ts';
import { readShipped } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import type { ReviewFacts } from '../review/content.ts';
import { computables, isOfRasters } from '../run/computing.ts';
import { listDatasets } from '../store/catalogue.ts';
import { runsOfSite } from '../store/computed.ts';
import { countFromDatasets } from '../store/observations.ts';
import { loadSiteRecords } from '../store/records.ts';
import type { Dataset, Id, Lang, Origin, Run } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import type { ServerContext } from './context.ts';
import { dataFiles } from './data-files.ts';
import { type IndicatorFacts, indicatorFacts, madeOnce } from './indicator-facts.ts';
import { kindsOf } from './job-inputs.ts';
import { figuresOf } from './process-descriptions.ts';
import type { Visitor } from './visitor.ts';

/** Data sets that the site uses; for whoever may read the whole dossier, all others too. @throws Problem `site-unknown`. */
export function siteData(context: ServerContext, visitor: Visitor, site: Id, lang: Lang): SiteData {
  const facts = indicatorFacts(context.db, site);
  const runs = runsOfSite(context.db, site);
  const files = new Set(dataFiles(context).files.map(({ name }) => name));
  const uses = {
    figures: madeOnce(facts, 'figures of datasets', () => countFromDatasets(context.db, site)),
    records: recordsFrom(loadSiteRecords(context.db, site), facts.known.facts),
  };
  const shown = listDatasets(context.db).map((dataset) => datasetShown(dataset, { uses, runs, files, lang }));
  const isUsed = ({ figures, records, runs: own }: ShownDataset): boolean => figures + records + own.length > 0;
  return {
    datasets: visitor.may('reader', null)
      ? shown.toSorted((a, b) => Number(isUsed(b)) - Number(isUsed(a)))
      : shown.filter(isUsed),
    needs: needsOf(facts, lang),
    mapped: ownDrawnZones(facts.known.facts).length > 0,
  };
}

interface Uses {
  figures: Map<Id, number>;
  records: Map<Id, number>;
}

/** How many records come from each data set. */
function recordsFrom(
  { activities, participations, headcounts, money, entries }: ReviewFacts['records'],
  { zones, designations }: Pick<ReviewFacts['facts'], 'zones' | 'designations'>,
): Map<Id, number> {
  const counts = new Map<Id, number>();
  const all: { from: Origin }[] = [
    ...activities,
    ...participations,
    ...headcounts,
    ...money,
    ...entries,
    ...zones,
    ...designations,
  ];
  for (const { from } of all) if ('dataset' in from) counts.set(from.dataset, (counts.get(from.dataset) ?? 0) + 1);
  return counts;
}

function datasetShown(
  { id, title, kind, href, digest, period, licence, attribution }: Dataset,
  { uses, runs, files, lang }: { uses: Uses; runs: readonly Run[]; files: ReadonlySet<string>; lang: Lang },
): ShownDataset {
  return {
    id,
    title: pick(title, lang) || id,
    kind,
    href,
    digest,
    period,
    licence,
    attribution,
    figures: uses.figures.get(id) ?? 0,
    records: uses.records.get(id) ?? 0,
    runs: runs
      .filter(({ inputs }) => inputs.some((input) => input.dataset === id))
      .map((run) => ({ id: run.id, indicator: run.indicator })),
    inFolder: files.has(href.split('#')[0] ?? href),
  };
}

/** Each computation with what goes in; those without any figures first. */
function needsOf({ known, figures, outdated }: IndicatorFacts, lang: Lang): Need[] {
  const needs = computables.map((one): Need => {
    const leading = isOfRasters(one) ? one.id : one.leads;
    const rows = figuresOf(one).toSorted((a, b) => Number(b.id === leading) - Number(a.id === leading));
    return {
      process: one.id,
      title: t(lang, `jobs.process.${one.id}`),
      indicators: rows.map(({ id, title }) => ({
        id,
        title: pick(known.indicators.get(id)?.title ?? title, lang) || id,
        figures: (figures.get(id) ?? []).filter(({ role }) => role === 'computed').length,
        outdated: outdated.get(id) ?? 0,
      })),
      inputs: one.inputs.map((input) => ({
        name: input.name,
        title: t(lang, `jobs.input.${input.name}`),
        kinds: [...kindsOf(one, input.name)],
        optional: !isOfRasters(one) || ('optional' in input && input.optional === true),
        suggestions: suggestions()
          .filter((row) => row.for.includes(`${one.id}/${input.name}`))
          .map(({ for: _, note, ...row }) => ({ ...row, note: pick(note, lang) })),
      })),
    };
  });
  const computed = ({ indicators }: Need): number => indicators.reduce((sum, own) => sum + own.figures, 0);
  return needs.toSorted((a, b) => Number(computed(a) > 0) - Number(computed(b) > 0));
}

let rows: z.infer<typeof suggestionRow>[] | null = null;

/** Open data sets that indicators can be computed from. */
function suggestions(): z.infer<typeof suggestionRow>[] {
  rows ??= z.array(suggestionRow).parse(JSON.parse(readShipped('data', 'suggestions.json')));
  return rows;
}
