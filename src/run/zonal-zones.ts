/**
 * Areas for statistics out of any map: every polygon feature is one, whether it says which zone it is or not.
 *
 *     const { zones, skipped } = zonesOfMap(await openMap(files), names);
 */
import type { MapFeature, MapLayer } from '../formats/layer.ts';
import type { MultiPolygon } from '../types.ts';
import { plain, type ZoneNames, zoneOfWord } from '../zonation/zone-words.ts';
import type { ZonalZone } from './zonal-place.ts';

/** Fields that name a feature, the likeliest first; compared in plain form. */
const NAMING = [
  'id',
  'zone id',
  'wdpa pid',
  'wdpaid',
  'code',
  'fid',
  'objectid',
  'name',
  'name en',
  'name ru',
  'name kk',
  'zone',
  'title',
];

/** The polygon features of `layers`; `skipped` counts the others. */
export function zonesOfMap(layers: readonly MapLayer[], names: ZoneNames): { zones: ZonalZone[]; skipped: number } {
  const all = layers.flatMap((layer) => layer.features);
  const features = all.filter(({ geometry }) => geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon');
  const naming = namingField(features);
  const several = layers.length > 1 && naming === null;
  const numbers = new Map<MapFeature, string>();
  for (const layer of layers)
    for (const feature of layer.features)
      numbers.set(feature, several ? `${layer.name}/${feature.index}` : String(feature.index));
  const kindOf = kindFinder(names);
  const zones = features.map((feature) => ({
    id: naming === null ? (numbers.get(feature) as string) : String(feature.properties[naming]),
    kind: kindOf(feature),
    geometry: multi(feature),
  }));
  return { zones, skipped: all.length - features.length };
}

/** The first field that tells every feature from every other; `null` where none does, so that their numbers must. */
function namingField(features: readonly MapFeature[]): string | null {
  const fields = Object.keys(features[0]?.properties ?? {});
  const candidates = NAMING.flatMap((wanted) => fields.filter((field) => plain(field) === wanted));
  const tells = (field: string): boolean => {
    const values = features.map(({ properties }) => String(properties[field] ?? '').trim());
    return !values.includes('') && new Set(values).size === values.length;
  };
  return candidates.find(tells) ?? null;
}

/** Finds core, buffer or transition where a field that usually says it does; else empty. Each word is looked up once. */
function kindFinder(names: ZoneNames): (feature: MapFeature) => string {
  const telling = new Map<string, boolean>();
  const kinds = new Map<string, string>();
  return ({ properties }) => {
    for (const field in properties) {
      const value = properties[field];
      if (typeof value !== 'string') continue;
      const tells = telling.get(field) ?? names.fields.includes(plain(field));
      telling.set(field, tells);
      if (!tells) continue;
      const kind = kinds.get(value) ?? kindOfWord(value, names);
      kinds.set(value, kind);
      if (kind !== '') return kind;
    }
    return '';
  };
}

function kindOfWord(text: string, names: ZoneNames): string {
  const word = zoneOfWord(text, names);
  return word?.sure === true ? word.kind : '';
}

function multi({ geometry }: MapFeature): MultiPolygon {
  if (geometry?.type === 'Polygon') return { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
  return geometry as MultiPolygon;
}
