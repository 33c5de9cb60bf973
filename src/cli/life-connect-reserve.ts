/** `saryarka life connect reserve`: cores of a reserve and of those around it, what they hang on, and where a corridor would help most. */
import { basename } from 'node:path';
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { writeFile } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { type CorridorPlan, planCorridors } from '../plans/corridors.ts';
import { corridorLayer, corridorSentences, corridorTable } from '../plans/corridors-told.ts';
import {
  type CoreNetwork,
  connectivityRuns,
  coreNetwork,
  networkFigures,
  type ReserveCore,
} from '../run/compute-connectivity.ts';
import { corridorsMade } from '../run/compute-corridors.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { listCores } from '../store/keep-corridors.ts';
import { type ReserveCores, reserveCores } from '../store/reserve-cores.ts';
import type { Id, Lang } from '../types.ts';
import { keepPlanNow, keepRunOnce } from './life-connect-keep.ts';
import { nationalFigures, regionSite } from './life-connect-national.ts';
import { protectedLines } from './life-connect-patches.ts';
import { amount } from './life-connect-raster.ts';
import { protectedIn, type RegionNetwork, regionNetwork } from './life-connect-region.ts';
import { progress } from './progress.ts';

interface Options {
  lang: Lang;
  site: Id;
  distance: string;
  within: string;
  width: string;
  region?: string;
  regionSite?: string;
  corridors?: string;
  keep?: boolean;
  json?: boolean;
  output?: string;
}

type Db = ReturnType<typeof openDossier>;

/** What was found, before it is told, written or kept. */
interface Found {
  cores: ReserveCores;
  network: CoreNetwork;
  plan: CorridorPlan;
  region: RegionNetwork | null;
}

interface Settings {
  distance: number;
  width: number;
  within: number;
}

/** Figures of a region are of these beside the distance that is asked for, as those of the reserve are [m]. */
const DISTANCES = [1000, 10_000];
const HALF = 0.5;

export async function connectReserve(dossier: string, options: Options): Promise<number> {
  const { lang, site } = options;
  const settings: Settings = {
    distance: amount('--distance', options.distance, { above: 0 }),
    width: amount('--width', options.width, { above: 0 }),
    within: amount('--within', options.within, { least: 0 }),
  };
  const db = openDossier(dossier);
  const bar = progress(t(lang, 'cli.life.connect.computing'), 1);
  try {
    const feature = options.keep && options.region !== undefined ? regionSite(db, site, options.regionSite) : null;
    const found = await findIn(db, options, settings, (done, total) => bar.step(done / total));
    bar.end();
    const { plan, region } = found;
    const files = written(plan, options);
    const connected = region === null ? null : protectedIn(region, { distance: settings.distance, probability: HALF });
    if (options.json) {
      const figures = networkFigures({ site, zones: found.cores.zones, network: found.network }, settings.distance);
      console.log(JSON.stringify({ site, plan: bare(plan), figures, protected: connected }, null, 2));
    } else
      for (const line of [...corridorSentences(plan, lang), ...(connected === null ? [] : protectedLines(connected, lang))])
        console.log(line);
    const kept = options.keep ? keep(db, found, { ...settings, site, lang, feature, file: basename(options.region ?? '') }) : [];
    if (!options.json)
      for (const line of [...kept, ...files.map((file) => t(lang, 'cli.life.connect.written', { file }))]) console.log(line);
    return 0;
  } finally {
    bar.end();
    closeDossier(db);
  }
}

async function findIn(
  db: Db,
  { lang, site, region: path }: Options,
  { distance, width, within }: Settings,
  onProgress: (done: number, total: number) => void,
): Promise<Found> {
  const cores = reserveCores(db, site, lang);
  const network = coreNetwork(cores.own, cores.others, { within, onProgress });
  const { patches, links } = network;
  const plan = planCorridors({ patches, links, distance, width, longest: within });
  const region = path === undefined ? null : await regionOf(path, [...cores.own, ...cores.others], within);
  return { cores, network, plan, region };
}

/** A region or country with the cores of every reserve in the dossier, those beyond its border letting pass. */
function regionOf(path: string, cores: readonly ReserveCore[], limit: number): Promise<RegionNetwork> {
  const patches = cores.map(({ id, area, geometry }) => ({ id, area, geometry, place: null, degrees: true }));
  return regionNetwork(path, { file: path, patches, skipped: 0 }, { limit });
}

/** Keeps figures, plan and what is known of the country; says what was kept. */
function keep(
  db: Db,
  { cores, network, plan, region }: Found,
  { site, lang, feature, file, distance, within }: Settings & { site: Id; lang: Lang; feature: Id | null; file: string },
): string[] {
  const figures = connectivityRuns({ site, zones: cores.zones, network }, { distance, within });
  for (const one of figures) keepRunOnce(db, one);
  const said = (count: number, runs: string[]): string =>
    t(lang, 'cli.life.connect.kept', { figures: count, run: runs.join(', ') });
  const lines = [
    said(
      figures.reduce((sum, { observations }) => sum + observations.length, 0),
      figures.map(({ run }) => run.id),
    ),
  ];
  const reserves = listCores(db);
  const made = corridorsMade(plan, { site, patches: network.patches, within, reserves });
  lines.push(t(lang, `plans.corridor.kept-${keepPlanNow(db, made)}`, { plan: made.plan.id, run: made.run.id }));
  if (region !== null && feature !== null) {
    const distances = [...new Set([...DISTANCES, distance])].sort((a, b) => a - b);
    const national = nationalFigures({ feature, network: region, reserves, distances, within, file });
    keepRunOnce(db, national);
    lines.push(`${feature}: ${said(national.observations.length, [national.run.id])}`);
  }
  return lines;
}

/** Without the ground of the patches. */
function bare({ problem, ...plan }: CorridorPlan): CorridorPlan {
  return {
    ...plan,
    problem: { ...problem, patches: problem.patches.map(({ id, name, site, area }) => ({ id, name, site, area })) },
  };
}

function written(plan: CorridorPlan, { output, corridors }: Options): string[] {
  const files: string[] = [];
  if (output !== undefined) {
    const { header, rows } = corridorTable(plan);
    writeFile(output, writeCsv(header, rows));
    files.push(output);
  }
  if (corridors !== undefined) {
    writeFile(corridors, writeGeojson(corridorLayer(plan)));
    files.push(corridors);
  }
  return files;
}
