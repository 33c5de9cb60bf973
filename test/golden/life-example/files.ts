/**
 * What `docs/life-example.md` begins with, made of golden data: zones drawn for the page, counts with the zone of each site, and
 * patches as squares of their area around their middle.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const ZONES = {
  core: [18.98, 43.05, 19.2, 43.2],
  buffer: [18.9, 42.98, 19.32, 43.28],
  transition: [18.75, 42.75, 19.6, 43.35],
} as const;
/** Of the square of a patch, the way to the next that is not taken for touching [m]. */
const APART = 100;
const M2_IN_HA = 10_000;

type Ring = [number, number][];

/** Writes the files of the walk into `folder`; `life` is the golden folder of that name. */
export function writeExample(life: string, folder: string): void {
  const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
  put('bryophytes.csv', readFileSync(join(life, 'gbif-cubes', 'montenegro_bryophytes_cube_eea.csv')));
  put('tara.geojson', collection(nestedZones()));
  put('skylark.csv', skylarks(readFileSync(join(life, 'rtrim', 'skylark2.csv'), 'utf8')));
  for (const name of ['example_data_nm_infile.txt', 'example_data_nm_pops.txt.gz']) {
    const bytes = readFileSync(join(life, 'rlpi', 'input', name));
    put(name.replace(/\.gz$/, ''), name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  }
  const patches = readFileSync(join(life, 'connectivity', 'habitat_nodes_centroids.csv'), 'utf8');
  put('patches.csv', patches);
  put('woods.geojson', collection(squares(patches)));
  put('resistance.asc', readFileSync(join(life, 'circuitscape_bench', 'res200.asc')));
  put('places.asc', readFileSync(join(life, 'circuitscape_bench', 'pts200.asc')));
  put('sites.csv', SITES);
  put('heath.csv', 'id,site,kind,valid_start\nheath/core,heath,core,1984\nheath/buffer,heath,buffer,1984\n');
}

const SITES = `id,kind,name_en,name_ru,name_kk,name_tr,countries
tara,biosphere-reserve,Tara River Basin,Бассейн реки Тара,Тара өзенінің алабы,Tara Nehri Havzası,ME
heath,biosphere-reserve,Heath and dunes,Пустошь и дюны,Шақат пен құмдар,Fundalık ve kumullar,NL
prairie,biosphere-reserve,Mammals of the Nearctic,Млекопитающие Неарктики,Неарктика сүтқоректілері,Nearktik memelileri,US
woods,biosphere-reserve,Woodland of Michoacán,Леса Мичоакана,Мичоакан ормандары,Michoacán ormanları,MX
`;

function collection(features: { zone: string; rings: Ring[] }[]): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(({ zone, rings }) => ({
      type: 'Feature',
      properties: { zone },
      geometry: { type: 'Polygon', coordinates: rings },
    })),
  });
}

function box([west, south, east, north]: readonly [number, number, number, number]): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

function nestedZones(): { zone: string; rings: Ring[] }[] {
  const { core, buffer, transition } = ZONES;
  return [
    { zone: 'core', rings: [box(core)] },
    { zone: 'buffer', rings: [box(buffer), box(core).reverse()] },
    { zone: 'transition', rings: [box(transition), box(buffer).reverse()] },
  ];
}

/** Heath is the core of this page, dunes its buffer; rtrim's example has no weights either. */
function skylarks(text: string): string {
  const [, ...rows] = text.replaceAll('"', '').trim().split('\n');
  const lines = rows.map((row) => {
    const [site, year, count, habitat] = row.split(',');
    return ['Alauda arvensis', site, year, count === 'NA' ? '' : count, habitat === 'heath' ? 'core' : 'buffer'].join(',');
  });
  return ['species,site,year,count,zone', ...lines, ''].join('\n');
}

/** From the largest on; a square that would meet a larger one is left out. */
function squares(text: string): { zone: string; rings: Ring[] }[] {
  const patches = text
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',').map(Number) as [number, number, number, number])
    .map(([, x, y, area]) => ({ x, y, half: Math.sqrt(area * M2_IN_HA) / 2 }))
    .sort((a, b) => b.half - a.half);
  const kept: typeof patches = [];
  for (const one of patches)
    if (kept.every(({ x, y, half }) => Math.max(Math.abs(x - one.x), Math.abs(y - one.y)) > half + one.half + APART)) kept.push(one);
  return kept.map(({ x, y, half }) => ({ zone: 'core', rings: [box([x - half, y - half, x + half, y + half])] }));
}
