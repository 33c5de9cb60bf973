/** `saryarka water exposed-bed`: the bed that a water of the dossier has left, kept as figures of it or of a place at its shore. */
import { digestOf } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { exposedBedOfTable } from '../indicators/exposed-bed.ts';
import { note } from '../indicators/figure-note.ts';
import { Problem } from '../problems.ts';
import { tableFigures } from '../run/compute-tables.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { keepComputed } from '../store/keep-computed.ts';
import { listObservationsOf } from '../store/observations.ts';
import { listSites } from '../store/sites.ts';
import type { Lang, Observation } from '../types.ts';

interface Options {
  lang: Lang;
  water: string;
  feature?: string;
  reference?: string;
}

const AREA = 'lake-area';
const UNIT = 'km2';

/** Years whose area some source states; targets and figures without a year count nowhere and are told. @throws Problem */
export function waterExposedBed(dossier: string, { lang, water, feature, reference }: Options): number {
  const db = openDossier(dossier);
  try {
    const sites = listSites(db);
    for (const [field, id] of [
      ['--water', water],
      ['--feature', feature ?? water],
    ] as const)
      if (!sites.some((site) => site.id === id))
        throw new Problem('choice-wrong', {
          field,
          found: id,
          expected: sites
            .slice(0, 12)
            .map((site) => site.id)
            .join(', '),
        });
    const stated = listObservationsOf(db, water, [AREA]);
    const used = stated.filter(
      (o) => o.period !== null && o.value !== null && o.unit === UNIT && o.role !== 'target' && o.quality !== 'doubtful',
    );
    const header = ['year', 'area_km2', 'source'];
    const rows = used.map((o, i) => ({
      line: i + 2,
      values: { year: yearOf(o), area_km2: String(o.value), source: sourceOf(o) },
    }));
    const of = feature ?? water;
    const { run, observations } = tableFigures(exposedBedOfTable, {
      name: `${water} ${AREA}`,
      table: { header, rows },
      inputs: [{ href: `observations ${water} ${AREA}`, digest: digestOf(JSON.stringify(rows)) }],
      feature: of,
      params: reference === undefined ? {} : { 'reference-km2': reference },
      note: of === water ? null : note('of-water', water),
    });
    const now = new Date().toISOString();
    keepComputed(db, 'cli', { run: { ...run, started: now, ended: now }, observations, pictures: [], prefix: `${run.id}:` });
    const last = observations.at(-1);
    console.log(
      t(lang, 'plans.lake.exposed', {
        water,
        feature: of,
        figures: observations.length,
        left: stated.length - used.length,
        year: last?.period?.start.slice(0, 4) ?? '–',
        value: last?.value === null || last === undefined ? '–' : number(lang, last.value, 0),
      }),
    );
  } finally {
    closeDossier(db);
  }
  return 0;
}

const yearOf = ({ period }: Observation): string => period?.start.slice(0, 4) ?? '';
const sourceOf = ({ from }: Observation): string =>
  'source' in from ? (from.source ?? '') : 'dataset' in from ? (from.dataset ?? '') : '';
