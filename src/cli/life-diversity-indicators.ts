/** `saryarka life indicators`: species of each zone from the records in a dossier, kept there with their run. */
import { number, t } from '../i18n/index.ts';
import { noteText } from '../indicators/figure-note.ts';
import { speciesIndicator, speciesIndicators } from '../indicators/species-indicators.ts';
import { Problem } from '../problems.ts';
import { unitText } from '../review/figures.ts';
import { computeSpecies } from '../run/compute-species.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { keepComputed } from '../store/keep-computed.ts';
import { listOccurrences, listTaxa } from '../store/occurrences.ts';
import { speciesGround } from '../store/species-work.ts';
import type { Lang, Observation } from '../types.ts';
import { columns } from './columns.ts';

interface Options {
  lang: Lang;
  site: string;
  indicator?: string[];
  param?: string[];
  json?: boolean;
}

export function lifeIndicators(dossier: string, { lang, site, indicator, param = [], json }: Options): number {
  const wanted = indicator?.map((id) => {
    const found = speciesIndicator(id);
    if (found !== null) return found;
    throw new Problem('choice-wrong', {
      field: '--indicator',
      found: id,
      expected: speciesIndicators.map((one) => one.id).join(', '),
    });
  });
  const params = Object.fromEntries(param.map((one) => [one.split('=')[0] ?? '', one.split('=').slice(1).join('=')]));
  const db = openDossier(dossier);
  try {
    const { zones, sites, byParts } = speciesGround(db, site);
    // As anybody may see them: figures by zone must not tell more of a sensitive species than a map does.
    const occurrences = sites.flatMap((one) => listOccurrences(db, { site: one, exact: false }));
    const work = { site, zones, byParts, occurrences, taxa: listTaxa(db), params };
    if (byParts && !json) console.log(t(lang, 'life.diversity.by-parts', { site, parts: sites.slice(1).join(', ') }));
    if (work.occurrences.length === 0) throw new Problem('life-none-kept', { site });
    const all: Observation[] = [];
    for (const one of wanted ?? speciesIndicators) {
      const job = computeSpecies(one, work);
      const now = new Date().toISOString();
      const observations = job.figures.map(job.observation);
      keepComputed(db, 'cli', {
        run: { ...job.run, started: now, ended: now },
        observations,
        pictures: [],
        prefix: `${site}:${one.id}:`,
      });
      all.push(...observations);
      if (!json) {
        console.log(
          t(lang, 'cli.compute.done', { indicator: one.id, run: job.run.id, figures: observations.length, zones: zones.length }),
        );
        const { outside, undated, notSpecies, noUnit, absent, kept } = job.skipped;
        if (outside + undated + notSpecies + noUnit + absent + kept > 0)
          console.log(
            `  ${t(lang, 'life.diversity.skipped', { outside, undated, other: notSpecies, unit: noUnit, absent, kept })}`,
          );
      }
    }
    if (json) console.log(JSON.stringify(all, null, 2));
    else for (const line of tableOf(all, lang)) console.log(line);
    return 0;
  } finally {
    closeDossier(db);
  }
}

function tableOf(observations: readonly Observation[], lang: Lang): string[] {
  const shown = (value: number | null): string => (value === null ? '–' : number(lang, value, 1));
  const notes = [...new Set(observations.flatMap(({ note }) => note?.split('; ') ?? []))].filter(
    (one) => !/^species-(seen|units|coverage|of)=/.test(one),
  );
  return [
    '',
    ...columns([
      ['feature', 'indicator', 'class', 'value', 'interval', 'n', 'unit'].map((key) => t(lang, `life.diversity.table.${key}`)),
      ...observations.map(({ feature, indicator, by, value, low, high, n, unit }) => [
        ...[feature, indicator, by.class ?? '', shown(value)],
        ...[
          low === null && high === null ? '' : `${shown(low)}–${shown(high)}`,
          n === null ? '' : number(lang, n),
          unitText(lang, unit),
        ],
      ]),
    ]),
    ...notes.map((one) => noteText(one, lang)),
  ];
}
