/** The small landscape of docs/life-networks.md: two reserves in a steppe with a river, made by a formula. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cells of 0.01 degrees from 69 E, 50.4 N. */
const [WIDTH, HEIGHT, WEST, NORTH, CELL] = [60, 40, 69, 50.4, 0.01];

type Core = [id: string, kind: string, west: number, south: number, east: number, north: number];

const lake: Core[] = [
  ['lake/west', 'core', 69.03, 50.22, 69.13, 50.32],
  ['lake/reed', 'core', 69.19, 50.16, 69.22, 50.18],
  ['lake/south', 'core', 69.26, 50.05, 69.36, 50.13],
  ['lake/steppe', 'transition', 69.0, 50.0, 69.4, 50.4],
];
const hills: Core[] = [['hills/core', 'core', 69.46, 50.12, 69.56, 50.22]];

const square = ([id, kind, west, south, east, north]: Core) => ({
  type: 'Feature',
  properties: { id, kind },
  geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] },
}); // biome-ignore format: a ring in one line

const map = (cores: readonly Core[]): string => JSON.stringify({ type: 'FeatureCollection', features: cores.map(square) });

/** Steppe 1, ploughed land 5, the river 200 but for a ford, the town no way at all. */
function resistance(row: number, column: number): number {
  if (column >= 30 && column < 36 && row >= 18 && row < 22) return -9999;
  const river = 40 - Math.floor(row / 4);
  if (column === river || column === river + 1) return row === 30 || row === 31 ? 3 : 200;
  return (row * 7 + column * 3) % 11 < 4 && column > 12 ? 5 : 1;
}

/** Writes the files of the walk into `folder`. */
export function writeLandscape(folder: string): void {
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const cores = [...lake, ...hills].filter(([, kind]) => kind === 'core');
  put('cores.geojson', map(cores));
  put('cores-2014.geojson', map([...cores.filter(([id]) => id !== 'lake/reed')]));
  put('lake.geojson', map(lake));
  put('hills.geojson', map(hills));
  put('region.geojson', map([['region', 'transition', 69.0, 50.0, 69.4, 50.4]]));
  put('country.geojson', map([['country', 'transition', 68.0, 49.0, 71.0, 51.0]]));
  put('places.csv', 'id,lon,lat\n1,69.085,50.275\n2,69.275,50.065\n3,69.515,50.175\n');
  put(
    'sites.csv',
    'id,kind,name_en,name_ru,name_kk,name_tr,countries\nlake,biosphere-reserve,Lake,Озеро,Көл,Göl,KZ\nhills,biosphere-reserve,Hills,Холмы,Төбелер,Tepeler,KZ\nkazakhstan,country,Kazakhstan,Казахстан,Қазақстан,Kazakistan,KZ\n',
  );
  const rows = Array.from({ length: HEIGHT }, (_, row) =>
    Array.from({ length: WIDTH }, (__, column) => resistance(row, column)).join(' '),
  );
  const head = `ncols ${WIDTH}\nnrows ${HEIGHT}\nxllcorner ${WEST}\nyllcorner ${(NORTH - HEIGHT * CELL).toFixed(2)}\ncellsize ${CELL}\nNODATA_value -9999\n`;
  put('resistance.asc', `${head}${rows.join('\n')}\n`);
}
