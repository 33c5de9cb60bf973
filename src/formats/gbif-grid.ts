/**
 * Cells of the grids that GBIF's occurrence cubes are counted in: the European reference grid (EEA), the military grid (MGRS), extended
 * quarter degrees (EQDGC) and the hexagons of ISEA3H, from their codes to outlines.
 *
 *     decodeCell('1kmE4203N3614')   // { grid: 'eea', sizeM: 1000, ring: [[8.25, 55.6], …], centre: […] }
 *     decodeCell('32UMF7684')       // a kilometre of UTM zone 32
 *     decodeCell('E008N54BA')       // a sixteenth of a degree cell
 *     decodeCell('452583359004665569')   // a hexagon around 52.583359 N, 4.665569 E
 *
 * EEA 2013, EEA reference grid (ETRS89-LAEA, EPSG:3035; INSPIRE D2.8.I.2); NGA.STND.0037 (2014), Universal grids, chapter 3, MGRS; Larsen, Holmern,
 * Prager, Maliti & Røskaft 2009, Using the extended quarter degree grid cell system, African Journal of Ecology 47, 382-392,
 * doi:10.1111/j.1365-2028.2008.00997.x; Mocnik 2019, A novel identifier scheme for the ISEA aperture 3 hexagon discrete global grid system,
 * Cartography and Geographic Information Science 46, 277-291, doi:10.1080/15230406.2018.1455157.
 */
import proj4 from 'proj4';
import type { Position } from '../types.ts';

export interface GridCell {
  grid: 'eea' | 'mgrs' | 'eqdgc' | 'isea3h';
  /** Side [m] of squares and hexagons, [deg] of parts of a degree. */
  size: number;
  unit: 'm' | 'deg';
  /** Outline, counter-clockwise, closed [deg]. */
  ring: Position[];
  centre: Position;
  /** From the centre to the farthest corner [m], where the outline is not known exactly. */
  radiusM?: number;
}

const LAEA = '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs';

/** Columns of 100 km by zone, and rows by odd and even zones. NGA.STND.0037, 3-2 */
const COLUMNS = ['ABCDEFGH', 'JKLMNPQR', 'STUVWXYZ'] as const;
const ROWS = 'ABCDEFGHJKLMNPQRSTUV';
const BANDS = 'CDEFGHJKLMNPQRSTUVWX';

/** The cell of a code; `null` where the code is of none of these grids. */
export function decodeCell(code: string): GridCell | null {
  return eeaCell(code.trim()) ?? eqdgcCell(code.trim()) ?? mgrsCell(code.trim()) ?? hexagonCell(code.trim());
}

function eeaCell(code: string): GridCell | null {
  const found = /^(\d+)(km|m)E(\d+)N(\d+)$/i.exec(code);
  if (found === null) return null;
  const side = Number(found[1]) * (found[2]?.toLowerCase() === 'km' ? 1000 : 1);
  // the code counts in units of ten to the zeros that the side ends with: 10kmE420N361 begins at 4,200,000 m
  const unit = 10 ** (String(side).length - String(side).replace(/0+$/, '').length);
  return square(
    'eea',
    [Number(found[3]) * unit, Number(found[4]) * unit],
    side,
    (at) => proj4(LAEA, 'EPSG:4326', at) as Position,
  );
}

function mgrsCell(code: string): GridCell | null {
  const found = /^(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])((?:\d\d)*)$/.exec(code);
  const digits = (found?.[5]?.length ?? 0) / 2;
  if (found === null || digits > 5) return null;
  const zone = Number(found[1]);
  const column = COLUMNS[(zone - 1) % 3]?.indexOf(found[3] ?? '') ?? -1;
  if (zone < 1 || zone > 60 || column < 0) return null;
  const size = 10 ** (5 - digits);
  const band = BANDS.indexOf(found[2] ?? '');
  const row = (ROWS.indexOf(found[4] ?? '') - (zone % 2 === 0 ? 5 : 0) + 20) % 20;
  const easting = (column + 1) * 100_000 + Number(found[5]?.slice(0, digits) || 0) * size;
  const within = row * 100_000 + Number(found[5]?.slice(digits) || 0) * size;
  const utm = `+proj=utm +zone=${zone}${band < 10 ? ' +south' : ''} +datum=WGS84 +units=m +no_defs`;
  const back = (at: Position): Position => proj4(utm, 'EPSG:4326', at) as Position;
  // rows repeat every 2,000 km: the one that lies in the band of eight degrees
  const south = -80 + band * 8;
  for (let cycle = 0; cycle < 6; cycle++) {
    const northing = within + cycle * 2_000_000;
    const [, lat] = back([easting + size / 2, northing + size / 2]);
    if (lat >= south - 1 && lat <= south + (band === 19 ? 13 : 9)) return square('mgrs', [easting, northing], size, back);
  }
  return null;
}

function square(grid: 'eea' | 'mgrs', [x, y]: Position, size: number, back: (at: Position) => Position): GridCell {
  const corners: Position[] = [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
  ];
  const ring = [...corners, corners[0] as Position].map(back);
  return { grid, size, unit: 'm', ring, centre: back([x + size / 2, y + size / 2]) };
}

/** A degree, quartered again and again: A north-west, B north-east, C south-west, D south-east. Larsen et al. 2009, fig. 1 */
function eqdgcCell(code: string): GridCell | null {
  const found = /^([EW])(\d{3})([NS])(\d{2})([A-D]*)$/.exec(code);
  if (found === null) return null;
  // the degree is named by its corner nearest to 0, 0: W001 is from 2 to 1 degrees west
  let west = found[1] === 'E' ? Number(found[2]) : -Number(found[2]) - 1;
  let south = found[3] === 'N' ? Number(found[4]) : -Number(found[4]) - 1;
  let size = 1;
  for (const letter of found[5] ?? '') {
    size /= 2;
    if (letter === 'B' || letter === 'D') west += size;
    if (letter === 'A' || letter === 'B') south += size;
  }
  const [east, north] = [west + size, south + size];
  const ring: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { grid: 'eqdgc', size, unit: 'deg', ring, centre: [west + size / 2, south + size / 2] };
}

/** Of the earth, as a sphere of the same area [m²]. */
const EARTH_M2 = 5.10065621724e14;
const EARTH_RADIUS_M = 6_371_007.181;
/** Most that the projection of the grid draws a length out: its angles are off by 17.27 degrees at most. Snyder 1992, doi:10.3138/27H7-8K88-4882-1752 */
const STRETCH = 1.163;
const FINEST = 21;

/**
 * A hexagon by its centre: two digits of resolution, which tell the signs by 22 (south), 44 (west) or both, and millionths of a degree of latitude
 * and longitude. Negative: one of the twelve pentagons. How a cell is turned is not in its code: outlines have a corner in the north.
 */
function hexagonCell(code: string): GridCell | null {
  if (!/^-?\d{15,19}$/.test(code)) return null;
  const digits = code.replace('-', '').padStart(19, '0');
  const signs = Math.min(3, Math.floor(Number(digits.slice(0, 2)) / 22));
  const resolution = Number(digits.slice(0, 2)) - 22 * signs;
  const latitude = (Number(digits.slice(2, 10)) / 1e6) * (signs % 2 === 1 ? -1 : 1);
  const longitude = (Number(digits.slice(10)) / 1e6) * (signs >= 2 ? -1 : 1);
  if (resolution > FINEST || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  const corners = code.startsWith('-') ? 5 : 6;
  const area = (EARTH_M2 / (10 * 3 ** resolution)) * (corners / 6); // 10 · 3^r + 2 cells, of which twelve are pentagons
  const reach = Math.sqrt((2 * area) / (corners * Math.sin((2 * Math.PI) / corners)));
  const size = 2 * reach * Math.sin(Math.PI / corners);
  const centre: Position = [longitude, latitude];
  const ring = Array.from({ length: corners }, (_, k) => offset(centre, reach, (-2 * Math.PI * k) / corners));
  return { grid: 'isea3h', size, unit: 'm', ring: [...ring, ring[0] as Position], centre, radiusM: reach * STRETCH };
}

/** The place at a distance [m] in a direction from the north [rad], on a sphere. */
function offset([longitude, latitude]: Position, distance: number, bearing: number): Position {
  const [phi, way] = [(latitude * Math.PI) / 180, distance / EARTH_RADIUS_M];
  const north = Math.sin(phi) * Math.cos(way) + Math.cos(phi) * Math.sin(way) * Math.cos(bearing);
  const east = Math.atan2(Math.sin(bearing) * Math.sin(way) * Math.cos(phi), Math.cos(way) - Math.sin(phi) * north);
  return [longitude + (east * 180) / Math.PI, (Math.asin(Math.max(-1, Math.min(1, north))) * 180) / Math.PI];
}
