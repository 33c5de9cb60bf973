/**
 * Which projections are read, by the names that WKT and PROJ give them. proj4js takes some parameters of ESRI's methods for
 * others and then misses by thousands of kilometres; so only methods whose results were compared with PROJ
 * (test/golden/crs) are let through, with their parameters put where proj4js looks for them.
 *
 *     knownMethod({ projName: 'Stereographic_North_Pole', lat1: 1.239, … })   // { projName: 'stere', lat0: π/2, lat_ts: 1.239, … }
 */
import type { ProjectionDefinition } from 'proj4';

const POLE = Math.PI / 2;

/** Methods that proj4js reads as they stand, by their names in lower case, words joined by `_`. */
const SOUND = new Set(
  (
    'longlat utm tmerc etmerc transverse_mercator gauss_kruger mercator_auxiliary_sphere popular_visualisation_pseudo_mercator mercator_1sp mercator_variant_a ' +
    'lcc lambert_conformal_conic lambert_conformal_conic_1sp lambert_conformal_conic_2sp lambert_conic_conformal_1sp lambert_conic_conformal_2sp ' +
    'aea albers albers_conic_equal_area albers_equal_area laea lambert_azimuthal_equal_area moll mollweide sinu sinusoidal robin robinson ' +
    'aeqd azimuthal_equidistant eqdc equidistant_conic stere polar_stereographic polar_stereographic_variant_a polar_stereographic_variant_b stereographic_south_pole merc cea eqc'
  ).split(' '),
);

/** The definition as proj4js reads it rightly; `null` where the method is not among those compared with PROJ. */
export function knownMethod(definition: ProjectionDefinition): ProjectionDefinition | null {
  const name = (definition.projName ?? '').toLowerCase().replace(/[()]/g, '').replace(/\s+/g, '_');
  const parallel = definition.lat_ts ?? definition.lat1 ?? 0;
  const { lat1: _, ...rest } = definition;
  if (['mercator', 'mercator_2sp', 'mercator_variant_b'].includes(name))
    return { ...rest, projName: 'merc', lat0: 0, lat_ts: parallel };
  if (['cylindrical_equal_area', 'lambert_cylindrical_equal_area', 'behrmann'].includes(name))
    return { ...rest, projName: 'cea', lat0: 0, lat_ts: parallel };
  if (name === 'stereographic_north_pole') return { ...rest, projName: 'stere', lat0: POLE, lat_ts: parallel };
  if (name === 'stereographic' && Math.abs(Math.abs(definition.lat0 ?? 0) - POLE) < 1e-9)
    return { ...rest, projName: 'stere', lat_ts: definition.lat0 };
  if (['equidistant_cylindrical', 'equirectangular'].includes(name)) return parallel === 0 ? definition : null;
  return SOUND.has(name) ? definition : null;
}
