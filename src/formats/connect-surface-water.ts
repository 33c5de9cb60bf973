/** Tiles of the Global Surface Water maps (Pekel et al. 2016, doi:10.1038/nature20584): 10° by 10°, named by their north-western corner. */
import { Problem } from '../problems.ts';

/**
 * The name of the tile that a place lies in, as `60E_50N`.
 * @throws Problem `choice-wrong` outside 60° S to 80° N, which the maps cover
 */
export function surfaceWaterTile(lon: number, lat: number): string {
  if (!(lon >= -180 && lon < 180 && lat > -60 && lat <= 80))
    throw new Problem('choice-wrong', { field: 'lon, lat', found: `${lon}, ${lat}`, expected: '-180 … 180, -60 … 80' });
  const [west, north] = [Math.floor(lon / 10) * 10, Math.ceil(lat / 10) * 10];
  return `${Math.abs(west)}${west < 0 ? 'W' : 'E'}_${Math.abs(north)}${north < 0 ? 'S' : 'N'}`;
}
