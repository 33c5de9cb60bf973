/** `saryarka life connect patches`: what can be reached between patches of habitat, what each is worth, and how it has changed. */
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { type Connectivity, connectivity } from '../science/connectivity.ts';
import { habitatNetwork, type PatchLink } from '../science/habitat-network.ts';
import type { ProtectedConnectivity } from '../science/protected-connectivity.ts';
import type { Geometry, Lang } from '../types.ts';
import { isPlaced, linksOf, type NetworkOptions, type Patch, readPatches } from './life-connect-network.ts';
import { amount } from './life-connect-raster.ts';
import { progress } from './progress.ts';

interface Options {
  lang: Lang;
  metric: 'PC' | 'IIC';
  distance: string;
  probability: string;
  limit?: string;
  leastWay: string;
  landscapeArea?: string;
  id?: string;
  area?: string;
  links?: string;
  resistance?: string;
  before?: string;
  region?: string;
  linksOutput?: string;
  map?: string;
  crs?: string;
  memory?: string;
  json?: boolean;
  output?: string;
}

/** Patches that are shown; a table holds all. */
const SHOWN = 10;

export async function connectPatches(path: string, options: Options): Promise<number> {
  const { lang } = options;
  const scale = {
    metric: options.metric,
    distance: amount('--distance', options.distance, { above: 0 }),
    probability: amount('--probability', options.probability, { least: 1e-12, most: 1 - 1e-12 }),
    leastWay: amount('--least-way', options.leastWay, { least: 0, most: 1 }),
    ...(options.landscapeArea === undefined
      ? {}
      : { landscapeArea: amount('--landscape-area', options.landscapeArea, { above: 0 }) }),
  };
  const bar = progress(t(lang, 'cli.life.connect.computing'), 1);
  try {
    const network: NetworkOptions = {
      ...picked(options, ['id', 'area', 'links', 'resistance', 'crs', 'memory']),
      ...(options.limit === undefined ? {} : { limit: amount('--limit', options.limit, { above: 0 }) }),
      onProgress: (done, total) => bar.step(done / total / 2),
    };
    const read = await readPatches(path, network);
    const { patches } = read;
    const links = await linksOf(read, network);
    const found = connectivity(
      habitatNetwork(
        patches.map(({ area }) => area),
        links,
      ),
      {
        ...scale,
        patches: true,
        links: options.linksOutput !== undefined || options.map !== undefined,
        onProgress: (done, total) => bar.step(0.5 + done / total / 2),
      },
    );
    const earlier = options.before === undefined ? null : await ofEarlier(options.before, network, scale);
    const region =
      options.region === undefined
        ? null
        : await (await import('./life-connect-region.ts')).ofRegion(options.region, read, scale, network);
    bar.end();
    tell({ patches, links, found, earlier, region, skipped: read.skipped, file: read.file }, options);
    return 0;
  } finally {
    bar.end();
  }
}

type Picked = 'id' | 'area' | 'links' | 'resistance' | 'crs' | 'memory';
const picked = (options: Options, names: readonly Picked[]): Partial<Record<Picked, string>> =>
  Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));

interface Earlier {
  equivalentArea: number;
  area: number;
}

async function ofEarlier(
  path: string,
  network: NetworkOptions,
  scale: { metric: 'PC' | 'IIC'; distance: number; probability: number; leastWay: number },
): Promise<Earlier> {
  const read = await readPatches(path, network);
  const areas = read.patches.map(({ area }) => area);
  const { equivalentArea } = connectivity(habitatNetwork(areas, await linksOf(read, network)), scale);
  return { equivalentArea, area: areas.reduce((sum, area) => sum + area, 0) };
}

interface Told {
  patches: Patch[];
  links: PatchLink[];
  found: Connectivity;
  earlier: Earlier | null;
  region: ProtectedConnectivity | null;
  skipped: number;
  file: string;
}

function tell(told: Told, options: Options): void {
  const { patches, links, found, earlier, region } = told;
  const { lang } = options;
  const files = written(told, options);
  const total = patches.reduce((sum, { area }) => sum + area, 0);
  const order = found.patches.map((worth, i) => ({ ...worth, id: patches[i]?.id ?? '' })).sort((a, b) => b.share - a.share);
  const change = earlier && {
    before: earlier.equivalentArea,
    after: found.equivalentArea,
    percent: 100 * (found.equivalentArea / earlier.equivalentArea - 1),
    areaPercent: 100 * (total / earlier.area - 1),
  };
  if (options.json) {
    const { equivalentArea, sum, index, isolated, components, leftOut } = found;
    console.log(
      JSON.stringify(
        {
          metric: options.metric,
          patches: patches.length,
          links: links.length,
          skipped: told.skipped,
          sum,
          equivalentArea,
          index,
          share: (100 * equivalentArea) / total,
          isolated,
          components,
          leftOut,
          change,
          protected: region,
          worth: order,
        },
        null,
        2,
      ),
    );
    return;
  }
  const say = (key: string, values: Record<string, string | number>): void => console.log(t(lang, `life.connect.${key}`, values));
  const plain = (value: number, digits = 1): string => number(lang, value, digits);
  if (told.skipped > 0) say('skipped', { file: told.file, count: told.skipped });
  say('patches', { patches: patches.length, links: links.length, components: found.components, isolated: found.isolated });
  say('eca', { area: plain(found.equivalentArea, 2), share: plain((100 * found.equivalentArea) / total) });
  if (found.index !== null) say('index', { metric: options.metric, value: found.index.toPrecision(6) });
  if (found.leftOut > 0) say('left-out', { share: plain((100 * found.leftOut) / found.sum, 3) });
  if (change)
    say('change', {
      before: plain(change.before, 2),
      after: plain(change.after, 2),
      change: plain(change.percent, 2),
      area: plain(change.areaPercent, 2),
    });
  if (region) for (const line of protectedLines(region, lang)) console.log(line);
  for (const { id, share, intra, flux, connector } of order.slice(0, SHOWN))
    say('worth', {
      name: id,
      share: plain(share, 2),
      intra: plain(intra, 2),
      flux: plain(flux, 2),
      connector: plain(connector, 2),
    });
  if (order.length > SHOWN) say('more-rows', { count: order.length - SHOWN });
  for (const file of files) console.log(t(lang, 'cli.life.connect.written', { file }));
}

function written({ patches, links, found }: Told, { output, linksOutput, map }: Options): string[] {
  const files: string[] = [];
  const write = (path: string | undefined, text: () => string): void => {
    if (path === undefined) return;
    writeFile(path, text());
    files.push(path);
  };
  const name = (patch: number): string => patches[patch]?.id ?? '';
  write(output, () =>
    writeCsv(
      ['id', 'area', 'share_percent', 'intra_percent', 'flux_percent', 'connector_percent', 'betweenness_percent'],
      found.patches.map(({ share, intra, flux, connector, betweenness }, i) => [
        name(i),
        patches[i]?.area ?? null,
        share,
        intra,
        flux,
        connector,
        betweenness,
      ]),
    ),
  );
  write(linksOutput, () =>
    writeCsv(
      ['from', 'to', 'distance', 'lost_percent'],
      links.map(({ from, to, distance }, k) => [name(from), name(to), distance, found.links[k] ?? null]),
    ),
  );
  write(map, () =>
    writeGeojson([
      ...patches.map(({ id, area, geometry, place, degrees }, i) => ({
        id,
        geometry: (geometry ?? (place !== null && degrees ? { type: 'Point', coordinates: place } : null)) as Geometry | null,
        properties: { what: 'patch', area, ...found.patches[i] },
      })),
      ...links.flatMap((link, k) => {
        if (!isPlaced(link) || !((found.links[k] as number) > 0)) return [];
        const geometry: Geometry = { type: 'LineString', coordinates: link.ends.map(([lon, lat]) => [lon, lat]) };
        return [
          {
            id: `${name(link.from)}-${name(link.to)}`,
            geometry,
            properties: {
              what: 'link',
              from: name(link.from),
              to: name(link.to),
              distance: link.distance,
              lost_percent: found.links[k],
            },
          },
        ];
      }),
    ]),
  );
  return files;
}

/** ProtConn and what it is made of, as lines. */
export function protectedLines(
  { connected, protected: all, relative, ofConnected }: ProtectedConnectivity,
  lang: Lang,
): string[] {
  const { patches, unprotected, transboundary } = ofConnected;
  const plain = (value: number, digits = 1): string => number(lang, value, digits);
  return [
    t(lang, 'life.connect.protected', { connected: plain(connected, 2), protected: plain(all, 2), relative: plain(relative) }),
    t(lang, 'life.connect.protected-parts', {
      patches: plain(patches),
      unprotected: plain(unprotected),
      transboundary: plain(transboundary),
    }),
  ];
}
