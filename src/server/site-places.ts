/**
 * What can be laid over the zones of a site, layer by layer: study places of its registers, places of findings, ground that
 * was repaired. The same list for the page and for other programs.
 */
import { languages, pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { recordKinds } from '../records/catalogue.ts';
import { countEntryPlaces, listEntryPlaces } from '../store/entry-places.ts';
import { currentMap } from '../store/zonations.ts';
import type { FieldValue, Geometry, Id, Lang, LocalText } from '../types.ts';
import type { ServerContext } from './context.ts';
import type { Visitor } from './visitor.ts';

export interface PlaceLayer {
  id: Id;
  title: LocalText;
  count: number;
}

interface Place {
  id: string;
  geometry: Geometry;
  properties: { name: string; what?: string; n?: number; severity?: string };
}

/** Layers that hold something that the visitor may see. */
export async function placeLayers({ db, status }: ServerContext, visitor: Visitor, site: Id): Promise<PlaceLayer[]> {
  const counts = countEntryPlaces(db, site);
  const registers = recordKinds().flatMap(({ id, title }): PlaceLayer[] => {
    const found = counts.get(id);
    const count = found === undefined ? 0 : found.open + (visitor.may('editor', site) ? found.confidential : 0);
    return count === 0 ? [] : [{ id, title, count }];
  });
  const { findings } = await status(site);
  const made: [Id, number][] = [
    ['repairs', currentMap(db, site)?.repairs.filter(({ place }) => place !== null).length ?? 0],
    ['findings', findings.filter(({ place }) => place !== null).length],
  ];
  return [
    ...registers,
    ...made.filter(([, count]) => count > 0).map(([id, count]) => ({ id, title: said(`map-page.layer.${id}`), count })),
  ];
}

/** @throws Problem `not-found` where there is no such layer. */
export async function placesOf(context: ServerContext, visitor: Visitor, site: Id, layer: Id, lang: Lang): Promise<Place[]> {
  if (layer === 'findings') {
    const { findings } = await context.status(site);
    return findings.flatMap(({ rule, severity, place, text }, i) =>
      place === null
        ? []
        : [{ id: String(i), geometry: place, properties: { n: i, name: rule, what: pick(text, lang), severity } }],
    );
  }
  if (layer === 'repairs') {
    const repairs = currentMap(context.db, site)?.repairs ?? [];
    return repairs.flatMap(({ place, text }, i) =>
      place === null ? [] : [{ id: String(i), geometry: place, properties: { n: i, name: '', what: pick(text, lang) } }],
    );
  }
  const kind = recordKinds().find(({ id }) => id === layer);
  if (kind === undefined) throw new Problem('not-found');
  const open = visitor.may('editor', site);
  return listEntryPlaces(context.db, site, layer)
    .filter(({ confidential }) => open || !confidential)
    .map(({ id, fields, point }) => ({
      id,
      geometry: { type: 'Point', coordinates: point },
      properties: { name: nameOf(fields) },
    }));
}

function nameOf(fields: { [field: string]: FieldValue }): string {
  const name = fields.place ?? fields.variable ?? fields.title ?? fields.name ?? '';
  return String(name);
}

function said(key: string): LocalText {
  return Object.fromEntries(languages.map((lang) => [lang, t(lang, key)]));
}
