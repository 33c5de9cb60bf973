/**
 * The coordinate reference system of a cube: WKT where a grid mapping holds one, else its parameters (CF 1.11, appendix F) as
 * a PROJ string.
 *
 *     crsOfCube(cube, mapping, { degrees: true });   // { code: 'EPSG:4326', proj: null } without a mapping
 */
import { Problem } from '../problems.ts';
import { attributeNumber, attributeNumbers, attributeText, type Cube, type CubeVariable } from './cf-cube.ts';
import { codeIn, readCrs } from './crs.ts';
import { projOf } from './crs-codes.ts';
import type { ReadingNote } from './layer.ts';
import type { RasterCrs } from './raster.ts';

/** Attributes that hold a whole system, the best first. */
const WHOLE = ['crs_wkt', 'spatial_ref', 'esri_pe_string', 'proj4', 'proj4text', 'proj4_params', 'proj4_string', 'proj4string'];

/** Ellipsoids by name, as PROJ knows them; anything else comes with its axes. */
const ELLIPSOIDS: Readonly<Record<string, string>> = {
  wgs84: '+ellps=WGS84',
  grs1980: '+ellps=GRS80',
  grs80: '+ellps=GRS80',
  krassowsky1940: '+ellps=krass',
  bessel1841: '+ellps=bessel',
  clarke1866: '+ellps=clrk66',
  international1924: '+ellps=intl',
};

/** The sphere of CF without a stated figure of the Earth stays what its latitudes are: geodetic ones on WGS 84. */
const WGS84 = '+datum=WGS84 +title=WGS 84';

/**
 * The system; both members `null` where none is stated and places are no degrees.
 * @throws Problem `cube-projection` for a projection that is not read.
 */
export function crsOfCube(
  cube: Cube,
  mapping: CubeVariable | null,
  { degrees, notes }: { degrees: boolean; notes: ReadingNote[] },
): RasterCrs {
  const file = cube.name;
  const assumed = (): RasterCrs => {
    if (degrees) notes.push({ code: 'crs-assumed-degrees', details: { file } });
    return degrees ? { code: 'EPSG:4326', proj: null } : { code: null, proj: null };
  };
  if (mapping === null) return assumed();
  const code = codeIn(attributeText(mapping, 'epsg_code') ?? attributeText(mapping, 'spatial_epsg') ?? '');
  const whole = WHOLE.map((name) => attributeText(mapping, name)).find((text) => text !== null) ?? null;
  if (whole !== null && isRead(whole, file)) return { code: codeOfWkt(whole), proj: whole };
  if (code !== null && projOf(code) !== null) return { code, proj: null };
  const name = attributeText(mapping, 'grid_mapping_name');
  if (name === null) return whole === null ? assumed() : { code: null, proj: whole };
  if (name === 'latitude_longitude') return { code: null, proj: `+proj=longlat ${earthOf(mapping)}` };
  const projection = projectionOf(mapping, name);
  if (projection !== null) return { code: null, proj: `${projection} ${earthOf(mapping)}` };
  if (whole !== null) return { code: null, proj: whole };
  throw new Problem('cube-projection', { file, variable: mapping.name, found: name });
}

/** Whether a text is a system that is read; why it is not is told when it is used, or not at all where parameters stand beside. */
function isRead(text: string, file: string): boolean {
  try {
    readCrs(text, file);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** The code at the end of a WKT text, where it is known; `null` else, and for PROJ strings. */
function codeOfWkt(text: string): string | null {
  const [, authority = '', digits = ''] =
    /(?:AUTHORITY|ID)\s*[[(]\s*"(EPSG|ESRI)"\s*,\s*"?(\d+)"?\s*[\])]\s*[\])]\s*$/i.exec(text) ?? [];
  const code = digits === '' ? null : `${authority.toUpperCase()}:${digits}`;
  return code !== null && projOf(code) !== null ? code : null;
}

/** Figure of the Earth, shift and prime meridian as PROJ writes them. A sphere keeps its latitudes, as PROJ does it. */
function earthOf(mapping: CubeVariable): string {
  const number = (name: string): number | null => attributeNumber(mapping, name);
  const meridian = number('longitude_of_prime_meridian') ?? 0;
  const pm = meridian === 0 ? '' : `+pm=${meridian} `;
  const datum = attributeText(mapping, 'horizontal_datum_name') ?? attributeText(mapping, 'geographic_crs_name');
  const title =
    datum === null || /^(unknown|undefined)/i.test(datum) ? '' : ` +title=${datum.replaceAll('_', ' ').replaceAll('+', ' ')}`;
  const shift = attributeNumbers(mapping, 'towgs84');
  const towgs84 = shift.length === 3 || shift.length === 7 ? ` +towgs84=${shift.join(',')}` : '';
  const a = number('semi_major_axis') ?? number('earth_radius');
  const b = number('semi_minor_axis');
  const rf = number('inverse_flattening');
  if (a !== null && a > 0) {
    if (b === a || rf === 0 || (b === null && rf === null)) return `${pm}+R=${a} +towgs84=0,0,0`;
    const figure = rf === null ? `+a=${a} +b=${b}` : `+a=${a} +rf=${rf}`;
    return `${pm}${figure}${towgs84 === '' && title === '' && isWgs84(a, rf, b) ? ' +title=WGS 84' : towgs84 + title}`;
  }
  const named = ELLIPSOIDS[(attributeText(mapping, 'reference_ellipsoid_name') ?? '').toLowerCase().replace(/[^a-z0-9]/g, '')];
  return named === undefined ? `${pm}${WGS84}` : `${pm}${named}${towgs84}${title}`;
}

const isWgs84 = (a: number, rf: number | null, b: number | null): boolean =>
  a === 6_378_137 && (rf === null ? Math.abs((b ?? 0) - 6_356_752.314) < 0.01 : Math.abs(rf - 298.2572) < 0.01);

/** The projection in metres, as PROJ writes it; `null` where it is not read. Names: CF 1.11, appendix F. */
function projectionOf(mapping: CubeVariable, name: string): string | null {
  const number = (...names: string[]): number | null =>
    names.map((own) => attributeNumber(mapping, own)).find((value) => value !== null) ?? null;
  const lon = `+lon_0=${number('longitude_of_central_meridian', 'longitude_of_projection_origin', 'straight_vertical_longitude_from_pole') ?? 0}`;
  const latitude = number('latitude_of_projection_origin') ?? 0;
  const lat = `+lat_0=${latitude}`;
  const km = /^(km|kilomet(er|re)s?)$/i.test(attributeText(mapping, 'units') ?? '') ? 1000 : 1;
  const origin = `+x_0=${(number('false_easting') ?? 0) * km} +y_0=${(number('false_northing') ?? 0) * km} +units=m`;
  const parallels = attributeNumbers(mapping, 'standard_parallel');
  const [first = latitude, second = first] = parallels;
  const scale = number('scale_factor_at_central_meridian', 'scale_factor_at_projection_origin');
  switch (name) {
    case 'lambert_conformal_conic':
      return `+proj=lcc ${lat} ${lon} +lat_1=${first} +lat_2=${second} ${origin}`;
    case 'albers_conical_equal_area':
      return `+proj=aea ${lat} ${lon} +lat_1=${first} +lat_2=${second} ${origin}`;
    case 'lambert_azimuthal_equal_area':
      return `+proj=laea ${lat} ${lon} ${origin}`;
    case 'azimuthal_equidistant':
      return `+proj=aeqd ${lat} ${lon} ${origin}`;
    case 'lambert_cylindrical_equal_area':
      return `+proj=cea ${lon} +lat_ts=${parallels[0] ?? 0} ${origin}`;
    case 'sinusoidal':
      return `+proj=sinu ${lon} ${origin}`;
    case 'transverse_mercator':
      return `+proj=tmerc ${lat} ${lon} +k=${scale ?? 1} ${origin}`;
    case 'mercator':
      return scale === null
        ? `+proj=merc ${lon} +lat_ts=${parallels[0] ?? 0} ${origin}`
        : `+proj=merc ${lon} +k=${scale} ${origin}`;
    case 'polar_stereographic': {
      const pole = latitude === 0 ? (parallels[0] ?? 90) : latitude;
      return parallels.length > 0
        ? `+proj=stere +lat_0=${pole < 0 ? -90 : 90} +lat_ts=${first} ${lon} ${origin}`
        : `+proj=stere +lat_0=${pole < 0 ? -90 : 90} ${lon} +k=${scale ?? 1} ${origin}`;
    }
    default:
      return null;
  }
}
