/** `saryarka life connect reserve`: cores of a reserve and of those around it, what they hang on, and where a corridor would help most. */
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { digestOf, softwareVersion, writeFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { CONNECTIVITY, connectivityFigures } from '../indicators/connectivity.ts';
import { PROTECTED_CONNECTIVITY, protectedFigures } from '../indicators/protected-connectivity.ts';
import type { TableFigure } from '../indicators/table-indicator.ts';
import { type CorridorPatch, planCorridors } from '../plans/corridors.ts';
import { corridorLayer, corridorSentences, corridorTable } from '../plans/corridors-told.ts';
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import { type PlacedLink, patchDistances } from '../science/habitat-network-distances.ts';
import type { ProtectedConnectivity } from '../science/protected-connectivity.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { keepComputed, zonesToCompute } from '../store/keep-computed.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { DrawnZone, Id, Lang, Observation, Polygon, Run } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import { protectedLines } from './life-connect-patches.ts';
import { amount } from './life-connect-raster.ts';
import { progress } from './progress.ts';

interface Options {
  lang: Lang;
  site: Id;
  distance: string;
  within: string;
  width: string;
  region?: string;
  corridors?: string;
  keep?: boolean;
  json?: boolean;
  output?: string;
}

type Db = ReturnType<typeof openDossier>;

interface Core extends CorridorPatch {
  geometry: Polygon;
}

const M2_IN_HA = 10_000;
/** Figures are of both: half of what lives there gets so far, and ten times as far [m]. */
const DISTANCES = [1000, 10_000];

export async function connectReserve(dossier: string, options: Options): Promise<number> {
  const { lang, site } = options;
  const [distance, width] = [
    amount('--distance', options.distance, { above: 0 }),
    amount('--width', options.width, { above: 0 }),
  ];
  const within = amount('--within', options.within, { least: 0 });
  const db = openDossier(dossier);
  const bar = progress(t(lang, 'cli.life.connect.computing'), 1);
  try {
    const zones = zonesToCompute(db, site);
    const own = coresOf(zones, site, nameOf(db, site, lang));
    if (own.length === 0) throw new Problem('patches-none', { file: `${dossier}, ${site}` });
    const all = [...own, ...neighbours(db, site, lang)];
    const region = options.region === undefined ? null : await regionOf(options.region, all, distance, within);
    const onProgress = (done: number, total: number): void => bar.step(done / total);
    const links = patchDistances(
      all.map(({ geometry }) => geometry),
      { limit: within, onProgress },
    );
    const { patches, links: kept } = inReach(all, links, own.length);
    const plan = planCorridors({ patches, links: kept, distance, width, longest: within });
    bar.end();
    const figures = figuresOf(zones, patches, kept, own.length, distance);
    const files = written(plan, options);
    if (options.json) console.log(JSON.stringify({ site, plan, figures, protected: region }, null, 2));
    else
      for (const line of [...corridorSentences(plan, lang), ...(region === null ? [] : protectedLines(region, lang))])
        console.log(line);
    if (options.keep) {
      const { run, observations } = computed(site, zones, patches, figures, { distance, within });
      for (const one of run)
        keepComputed(db, 'cli', {
          run: one,
          observations: observations.filter(({ from }) => 'run' in from && from.run === one.id),
          pictures: [],
          prefix: `${one.id}:`,
        });
      if (!options.json)
        console.log(t(lang, 'cli.life.connect.kept', { figures: observations.length, run: run.map(({ id }) => id).join(', ') }));
    }
    if (!options.json) for (const file of files) console.log(t(lang, 'cli.life.connect.written', { file }));
    return 0;
  } finally {
    bar.end();
    closeDossier(db);
  }
}

/** ProtConn of a region or country by the cores of every reserve in the dossier, those beyond its border letting pass. */
async function regionOf(path: string, cores: readonly Core[], distance: number, limit: number): Promise<ProtectedConnectivity> {
  const { ofRegion } = await import('./life-connect-region.ts');
  const patches = cores.map(({ id, area, geometry }) => ({ id, area, geometry, place: null, degrees: true }));
  return ofRegion(path, { file: path, patches, skipped: 0 }, { distance, probability: 0.5 }, { limit });
}

const nameOf = (db: Db, site: Id, lang: Lang): string => {
  const found = getSite(db, site);
  return found === null ? site : pick(found.name, lang);
};

/** Each polygon of the core zones is a patch. */
function coresOf(zones: readonly DrawnZone[], site: Id, name: string): Core[] {
  const polygons = zones.filter(({ kind }) => kind === 'core').flatMap(({ geometry }) => geometry.coordinates);
  return polygons.map((coordinates, k) => {
    const geometry: Polygon = { type: 'Polygon', coordinates };
    const told = polygons.length === 1 ? name : `${name} ${k + 1}`;
    return { id: `${site}/${k + 1}`, name: told, site, area: geodesicArea(geometry) / M2_IN_HA, geometry };
  });
}

function neighbours(db: Db, site: Id, lang: Lang): Core[] {
  return listSites(db)
    .filter(({ id }) => id !== site)
    .flatMap(({ id, name }) => coresOf(ownDrawnZones(loadSiteFacts(db, id)), id, pick(name, lang)));
}

/** Cores of the reserve, and those of others with a link to any of them. */
function inReach(all: readonly Core[], links: readonly PlacedLink[], own: number): { patches: Core[]; links: PlacedLink[] } {
  const near = new Set(links.flatMap(({ from, to }) => (from < own ? [to] : [])));
  const kept = all.flatMap((_, i) => (i < own || near.has(i) ? [i] : []));
  const place = new Map(kept.map((old, now) => [old, now]));
  return {
    patches: kept.map((old) => all[old] as Core),
    links: links.flatMap((link) => {
      const [from, to] = [place.get(link.from), place.get(link.to)];
      return from === undefined || to === undefined ? [] : [{ ...link, from, to }];
    }),
  };
}

/** ECA of the reserve's own cores; ProtConn of the reserve, the cores of others letting pass. */
function figuresOf(
  zones: readonly DrawnZone[],
  patches: readonly Core[],
  links: readonly PlacedLink[],
  own: number,
  distance: number,
): TableFigure[] {
  const period = { start: '', end: '' };
  const distances = [...new Set([...DISTANCES, distance])].sort((a, b) => a - b);
  const areas = patches.map(({ area }) => area);
  const inner = links.filter(({ from, to }) => from < own && to < own);
  const regionArea = zones.reduce((sum, { geometry }) => sum + geodesicArea(geometry) / M2_IN_HA, 0);
  const transboundary = patches.map((_, i) => i >= own);
  return [
    ...connectivityFigures({ areas: areas.slice(0, own), links: inner, distances }, period),
    ...protectedFigures({ areas, links, distances, regionArea, transboundary }, period),
  ];
}

/** A run for each indicator; the period is that from which the zones are valid. */
function computed(
  site: Id,
  zones: readonly DrawnZone[],
  patches: readonly Core[],
  figures: readonly TableFigure[],
  params: { distance: number; within: number },
): { run: Run[]; observations: Observation[] } {
  const digest = digestOf(JSON.stringify(zones.map(({ id, geometry }) => [id, geometry])));
  const others = Map.groupBy(
    patches.filter((patch) => patch.site !== site),
    (patch) => patch.site,
  );
  const inputs = [
    { dataset: null, href: `zones of ${site}`, digest },
    ...[...others].map(([other, cores]) => ({
      dataset: null,
      href: `cores of ${other}`,
      digest: digestOf(JSON.stringify(cores.map(({ id, geometry }) => [id, geometry]))),
    })),
  ];
  const starts = zones.flatMap(({ valid: { start } }) => (start === null || start === '' ? [] : [start])).sort();
  const year = starts.length === 0 ? null : Number(starts.at(-1)?.slice(0, 4));
  const now = new Date().toISOString();
  const runs = [CONNECTIVITY, PROTECTED_CONNECTIVITY].map(({ id, method, version }): Run => {
    const text = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
    const decisive = JSON.stringify([id, method, version, site, text, inputs, figures]);
    return {
      id: `run-${id}-${digestOf(decisive).slice(7, 23)}`,
      indicator: id,
      method,
      version,
      software: { name: 'saryarka', version: softwareVersion() },
      inputs,
      params: text,
      started: now,
      ended: now,
      status: 'done',
      skipped: 0,
    };
  });
  const period = year === null ? null : { start: `${year}-01-01`, end: `${year + 1}-01-01` };
  const observations = figures.map(({ class: code, ...figure }): Observation => {
    const run = runs.find(({ indicator }) => indicator === figure.indicator) as Run;
    return {
      id: [site, figure.indicator, code ?? '', year === null ? '' : String(year), `${run.method}@${run.version}`].join(':'),
      ...figure,
      period,
      feature: site,
      by: code === null ? {} : { class: code },
      role: 'computed',
      quality: 'ok',
      approximate: false,
      from: { run: run.id },
    };
  });
  return { run: runs.filter(({ indicator }) => figures.some((figure) => figure.indicator === indicator)), observations };
}

function written(plan: ReturnType<typeof planCorridors>, { output, corridors }: Options): string[] {
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
