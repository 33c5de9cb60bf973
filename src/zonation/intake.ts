/**
 * From the features of a map to zones: which field says the zone, and which zone each value means.
 *
 *     const { zones, skipped } = intake(layer, zoneNames, { site: 'korgalzhyn', validFrom: null });
 */
import type { MapFeature, MapLayer } from '../formats/layer.ts';
import { Problem, Problems } from '../problems.ts';
import type { Id, MultiPolygon, Origin, Zone, ZoneKind } from '../types.ts';

/** The dictionary `data/zone-names.json`: words for each kind of zone, and the fields that usually hold them. */
export interface ZoneNames {
  fields: string[];
  kinds: Record<ZoneKind, string[]>;
}

export interface Intake {
  zones: Zone[];
  /** The field that told the zones apart. */
  field: string;
  /** Features that are not polygons, left out. */
  skipped: number;
}

/**
 * One zone for each polygon feature.
 * @throws Problem `zones-none`, `zone-field-missing`; Problems `zone-kind-unknown`, one for each feature.
 */
export function intake(layer: MapLayer, names: ZoneNames, of: { site: Id; from: Origin; validFrom: string | null }): Intake {
  const polygons = layer.features.filter(isPolygon);
  if (polygons.length === 0) throw new Problem('zones-none', { file: layer.name });
  const field = zoneField(layer.name, polygons, names);
  const problems: Problem[] = [];
  const count: Record<string, number> = {};
  const zones = polygons.flatMap((feature): Zone[] => {
    const found = String(feature.properties[field] ?? '');
    const kind = zoneKind(found, names);
    if (kind === null) {
      problems.push(new Problem('zone-kind-unknown', { file: layer.name, feature: String(feature.index), field, found }));
      return [];
    }
    count[kind] = (count[kind] ?? 0) + 1;
    const number = count[kind] === 1 ? '' : `-${count[kind]}`;
    const name = feature.properties.name;
    return [
      {
        id: `${of.site}/${kind}${number}`,
        site: of.site,
        kind,
        name: typeof name === 'string' && zoneKind(name, names) === null ? { en: name } : {},
        valid: { start: of.validFrom, end: null },
        geometry: multi(feature.geometry),
        from: of.from,
      },
    ];
  });
  if (problems.length > 0) throw new Problems(problems);
  return { zones, field, skipped: layer.features.length - polygons.length };
}

/** The kind of zone that `text` means, in any language and spelling the dictionary knows. */
export function zoneKind(text: string, names: ZoneNames): ZoneKind | null {
  const wanted = plain(text);
  if (wanted === '') return null;
  const kinds = Object.entries(names.kinds) as [ZoneKind, string[]][];
  return kinds.find(([, words]) => words.some((word) => plain(word) === wanted))?.[0] ?? null;
}

/** The field in which most features say a zone; among equals the one that usually does. */
function zoneField(file: string, features: MapFeature[], names: ZoneNames): string {
  const fields = [...new Set(features.flatMap((feature) => Object.keys(feature.properties)))];
  const known = (field: string): number =>
    features.filter((f) => zoneKind(String(f.properties[field] ?? ''), names) !== null).length;
  const rank = (field: string): number => {
    const place = names.fields.indexOf(field.toLowerCase());
    return place === -1 ? names.fields.length : place;
  };
  const best = fields.sort((a, b) => known(b) - known(a) || rank(a) - rank(b))[0];
  if (best === undefined || known(best) === 0) throw new Problem('zone-field-missing', { file, found: fields.join(', ') || '–' });
  return best;
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-–.,:;()«»"']+/g, ' ')
    .trim();
}

function isPolygon(feature: MapFeature): boolean {
  return feature.geometry?.type === 'Polygon' || feature.geometry?.type === 'MultiPolygon';
}

function multi(geometry: MapFeature['geometry']): MultiPolygon {
  if (geometry?.type === 'Polygon') return { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
  return geometry as MultiPolygon;
}
