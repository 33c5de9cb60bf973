/**
 * From the features of a map to zones: which field says the zone, and which zone each value means.
 *
 *     const { zones, notes } = intake(layers, names, { site: 'korgalzhyn', from, validFrom: null, map: new Map() });
 */
import type { MapFeature, MapLayer, ReadingNote } from '../formats/layer.ts';
import { Problem, Problems } from '../problems.ts';
import type { DrawnZone, Id, MultiPolygon, Origin, Zone, ZoneKind } from '../types.ts';
import { nestingOrder } from './nesting.ts';
import { plain, type ZoneNames, zoneOfWord } from './zone-words.ts';

export interface IntakeOptions {
  site: Id;
  from: Origin;
  /** ISO 8601 date from which the zones are valid. */
  validFrom: string | null;
  /** What the user said that words mean; asked before the dictionary. */
  map: ZoneWords;
}

/** Words as the user explained them, in their plain form. */
export type ZoneWords = ReadonlyMap<string, ZoneKind>;

/** What a word of the map was read as. */
export interface ReadWord {
  word: string;
  /** Where it stands; `null` where the layer's own name says the zone. */
  field: string | null;
  kind: ZoneKind;
  /** How many features bear it. */
  features: number;
}

export interface Intake {
  /** One for each polygon feature, as drawn. */
  zones: DrawnZone[];
  /** The words that said the zones, as they were read. */
  words: ReadWord[];
  /** What was assumed on the way, to be shown. */
  notes: ReadingNote[];
  /** Features that are not polygons, left out. */
  skipped: number;
}

/** A polygon feature with the word that says its zone, and where that word stood. */
interface Named {
  feature: MapFeature;
  layer: string;
  field: string;
  word: string;
}

/** The field's name where a layer's own name says the zone. */
const LAYER_NAME = '(layer)';

/**
 * @throws Problem `zones-none`, `zone-field-missing`, `zone-codes`; Problems `zone-kind-unknown`, one for each feature.
 */
export function intake(layers: MapLayer[], names: ZoneNames, { site, from, validFrom, map }: IntakeOptions): Intake {
  const named = layers.flatMap((layer) => namedPolygons(layer, names, map));
  if (named.length === 0) throw new Problem('zones-none', { file: layers.map((layer) => layer.name).join(', ') });
  const kindOf = (word: string): ZoneKind | null => map.get(plain(word)) ?? zoneOfWord(word, names)?.kind ?? null;
  askForUnknown(named, kindOf);
  const count: Record<string, number> = {};
  const zones = named.map(({ feature, word }) => {
    const kind = kindOf(word) as ZoneKind;
    count[kind] = (count[kind] ?? 0) + 1;
    const id = `${site}/${kind}${count[kind] === 1 ? '' : `-${count[kind]}`}`;
    return {
      id,
      site,
      kind,
      name: nameOf(feature, names),
      valid: { start: validFrom, end: null },
      geometry: multi(feature.geometry),
      from,
    };
  });
  const polygons = layers.reduce((n, layer) => n + layer.features.length, 0);
  return { zones, words: wordsRead(named, kindOf), notes: slipsNoted(named, names, map), skipped: polygons - named.length };
}

function wordsRead(named: Named[], kindOf: (word: string) => ZoneKind | null): ReadWord[] {
  const groups = Map.groupBy(named, ({ field, word }) => JSON.stringify([field, word]));
  return [...groups.values()].flatMap((group): ReadWord[] => {
    const [first] = group;
    const kind = first === undefined ? null : kindOf(first.word);
    if (first === undefined || kind === null) return [];
    return [{ word: first.word, field: first.field === LAYER_NAME ? null : first.field, kind, features: group.length }];
  });
}

/** What `--map "A=core,B=buffer"` says. @throws Problem `choice-wrong`. */
export function zoneWords(text: string): ZoneWords {
  const pairs = text.split(',').map((pair) => pair.split('=').map((side) => side.trim()));
  const wrong = pairs.find(
    ([word, kind, more]) => !word || more !== undefined || !['core', 'buffer', 'transition'].includes(kind ?? ''),
  );
  if (wrong !== undefined) {
    throw new Problem('choice-wrong', { field: '--map', found: wrong.join('='), expected: 'A=core,B=buffer,C=transition' });
  }
  return new Map(pairs.map(([word = '', kind]) => [plain(word), kind as ZoneKind]));
}

function namedPolygons(layer: MapLayer, names: ZoneNames, map: ZoneWords): Named[] {
  const polygons = layer.features.filter(({ geometry }) => geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon');
  if (polygons.length === 0) return [];
  const means = (word: string): boolean => map.has(plain(word)) || zoneOfWord(word, names) !== null;
  const field = zoneField(polygons, names, means);
  const own =
    layer.name
      .replace(/\.[a-z]+$/i, '')
      .split('/')
      .at(-1) ?? layer.name;
  if (field.known === 0 && means(own))
    return polygons.map((feature) => ({ feature, layer: layer.name, field: LAYER_NAME, word: own }));
  if (field.name === null)
    throw new Problem('zone-field-missing', { file: layer.name, found: fieldsOf(polygons).join(', ') || '–' });
  return polygons.map((feature) => ({
    feature,
    layer: layer.name,
    field: field.name ?? '',
    word: String(feature.properties[field.name ?? ''] ?? ''),
  }));
}

/** The field in which most features say a zone, among equals the one that usually does; else one that looks like codes of zones. */
function zoneField(
  features: MapFeature[],
  names: ZoneNames,
  means: (word: string) => boolean,
): { name: string | null; known: number } {
  const rank = (field: string): number => {
    const place = names.fields.indexOf(plain(field));
    return place === -1 ? names.fields.length : place;
  };
  const fields = fieldsOf(features).map((name) => {
    const words = features.map((feature) => String(feature.properties[name] ?? ''));
    return {
      name,
      known: words.filter(means).length,
      kinds: new Set(words.filter((word) => word !== '')).size,
      rank: rank(name),
    };
  });
  const best = fields.toSorted((a, b) => b.known - a.known || a.rank - b.rank)[0];
  if (best !== undefined && best.known > 0) return best;
  const code = fields
    .filter(({ kinds, rank: place }) => kinds >= 2 && kinds <= 3 && place < names.fields.length)
    .toSorted((a, b) => a.rank - b.rank)[0];
  return { name: code?.name ?? null, known: 0 };
}

function fieldsOf(features: MapFeature[]): string[] {
  return [...new Set(features.flatMap((feature) => Object.keys(feature.properties)))];
}

/** What is not recognised is named, all of it at once; where all of it is codes, with the order in which the zones lie. */
function askForUnknown(named: Named[], kindOf: (word: string) => ZoneKind | null): void {
  const unknown = named.filter(({ word }) => kindOf(word) === null);
  if (unknown.length === 0) return;
  const [first] = unknown;
  const words = [...new Set(unknown.map(({ word }) => word))];
  if (first !== undefined && unknown.length === named.length && words.length >= 2 && words.length <= 3 && !words.includes('')) {
    const groups = new Map(words.map((word) => [word, gathered(unknown.filter((of) => of.word === word))]));
    const order = nestingOrder(groups);
    const kinds = words.length === 3 ? ['core', 'buffer', 'transition'] : ['core', 'buffer'];
    const suggestion = (order ?? words).map((word, i) => `${word}=${order === null ? '…' : kinds[i]}`).join(',');
    throw new Problem('zone-codes', { file: first.layer, field: first.field, found: words.join(', '), suggestion });
  }
  throw new Problems(
    unknown.map(
      ({ layer, feature, field, word }) =>
        new Problem('zone-kind-unknown', { file: layer, feature: String(feature.index), field, found: word }),
    ),
  );
}

function slipsNoted(named: Named[], names: ZoneNames, map: ZoneWords): ReadingNote[] {
  const slips = named.flatMap(({ layer, field, word }) => {
    const read = map.has(plain(word)) ? null : zoneOfWord(word, names);
    return read === null || read.sure
      ? []
      : [{ code: 'zone-word-read', details: { file: layer, field, found: word, as: read.as } }];
  });
  return [...new Map(slips.map((note) => [note.details.found, note])).values()];
}

/** A name of the feature that is not just the word for its zone. */
function nameOf(feature: MapFeature, names: ZoneNames): Zone['name'] {
  const fields: [string, 'en' | 'ru' | 'kk' | 'tr'][] = [
    ['name', 'en'],
    ['name_en', 'en'],
    ['name_ru', 'ru'],
    ['name_kk', 'kk'],
    ['name_kz', 'kk'],
    ['name_tr', 'tr'],
  ];
  const found = fields.flatMap(([field, lang]) => {
    const key = Object.keys(feature.properties).find((own) => own.toLowerCase() === field);
    const value = key === undefined ? null : feature.properties[key];
    return typeof value === 'string' && value.trim() !== '' && zoneOfWord(value, names) === null
      ? [[lang, value.trim()] as const]
      : [];
  });
  return Object.fromEntries(found);
}

function gathered(named: Named[]): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: named.flatMap(({ feature }) => multi(feature.geometry).coordinates) };
}

function multi(geometry: MapFeature['geometry']): MultiPolygon {
  if (geometry?.type === 'Polygon') return { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
  return geometry as MultiPolygon;
}
