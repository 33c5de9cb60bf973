/**
 * Zone maps that were read and mended and wait for a yes: what the page is told of them, and the asking where something is
 * not clear. Nothing is written before the yes.
 */
import type { ReadyZoneMap, ZoneMapQuestion, ZoneMapReply, ZoneMapRequest } from '../api/zone-maps.ts';
import { digestOf } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem, Problems, problemText } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import { extent } from '../science/extent.ts';
import type { Db } from '../store/db.ts';
import type { PreparedZoneMap } from '../store/import-zone-map.ts';
import { listZones } from '../store/zones.ts';
import type { Id, Lang, ZoneKind } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import { changesSince } from '../zonation/examine.ts';
import { plain } from '../zonation/zone-words.ts';
import type { ServerContext } from './context.ts';
import { findingShown, repairShown } from './site-detail.ts';
import { readUpload } from './uploads.ts';
import { preparedAside } from './zone-map-thread.ts';

/** Maps that may wait at once; the oldest gives way. */
const MOST = 6;

interface Waiting {
  site: Id;
  prepared: PreparedZoneMap;
}

const waiting = new WeakMap<Db, Map<string, Waiting>>();

/** @throws Problem or Problems where the files cannot be read at all. */
export async function proposeZoneMap(context: ServerContext, site: Id, asked: ZoneMapRequest, lang: Lang): Promise<ZoneMapReply> {
  const { db } = context;
  await context.status(site); // an unknown site is told with those there are
  const { crs, words = {}, validFrom } = asked;
  let prepared: PreparedZoneMap;
  try {
    const answers = {
      words: new Map(Object.entries(words).map(([word, kind]) => [plain(word), kind])),
      validFrom: validFrom ?? null,
      ...(crs === undefined ? {} : { crs }),
    };
    prepared = await preparedAside(db, { how: 'read', site, files: withFolders(asked), answers });
  } catch (error) {
    const question = questionOf(error, lang);
    if (question === null) throw error;
    return { state: 'question', question };
  }
  return keepProposal(context, site, prepared, digestOf(JSON.stringify([site, asked])).slice(7, 23), lang);
}

/** A map that was mended waits for a yes: what the page is shown of it. */
export async function keepProposal(
  context: ServerContext,
  site: Id,
  prepared: PreparedZoneMap,
  id: string,
  lang: Lang,
): Promise<ReadyZoneMap> {
  const { db } = context;
  const { facts } = await context.status(site);
  const all = waiting.get(db) ?? new Map<string, Waiting>();
  waiting.set(db, all);
  all.delete(id);
  all.set(id, { site, prepared });
  for (const old of [...all.keys()].slice(0, -MOST)) all.delete(old);
  const present = ownDrawnZones(facts);
  const { read, zones, repairs, unresolved } = prepared;
  const result: ReadyZoneMap['result'] = {
    zones: zones.map(({ kind, name, geometry }) => ({
      kind,
      name: pick(name, lang),
      parts: geometry.coordinates.length,
      areaHa: geodesicArea(geometry) / 1e4,
    })),
    repairs: repairs.map(repairShown),
    unresolved: unresolved.map(findingShown),
    differences: present.length === 0 ? null : (await changesSince(present, zones)).map(inHectares),
    extent: extent({ type: 'MultiPolygon', coordinates: zones.flatMap(({ geometry }) => geometry.coordinates) }),
    version: zonationVersion(db, site),
  };
  const notes = read.notes.map(({ code, details }) => t(lang, `notes.${code}`, details));
  return { state: 'ready', id, recognised: { formats: read.formats, crs: read.crs, notes, words: read.words }, result };
}

/** @throws Problem `zone-map-gone` */
export function proposedZoneMap(db: Db, site: Id, id: string): PreparedZoneMap {
  const found = waiting.get(db)?.get(id);
  if (found === undefined || found.site !== site) throw new Problem('zone-map-gone');
  return found.prepared;
}

export function dropProposal(db: Db, site: Id, id: string): void {
  const all = waiting.get(db);
  if (all?.get(id)?.site === site) all.delete(id);
}

/** What the zones of a site are now: a map is accepted for the zones that were seen beside it, and no others. */
export function zonationVersion(db: Db, site: Id): string {
  return digestOf(JSON.stringify(listZones(db, site))).slice(7, 23);
}

export function inHectares({ kind, gained, lost }: { kind: ZoneKind; gained: number; lost: number }) {
  return { kind, gainedHa: gained / 1e4, lostHa: lost / 1e4 };
}

/** Files of one name come from several folders: each keeps one of its own. */
function withFolders({ files }: ZoneMapRequest): ReturnType<typeof readUpload>[] {
  const read = files.map(({ digest, name }) => readUpload(digest, name));
  const twice = new Set(read.map(({ name }) => name)).size < read.length;
  return twice ? read.map((file, i) => ({ ...file, name: `${i + 1}/${file.name}` })) : read;
}

/** What a person can answer of what stood in the way; `null` where no answer would help. */
function questionOf(error: unknown, lang: Lang): ZoneMapQuestion | null {
  const list = error instanceof Problems ? error.list : error instanceof Problem ? [error] : [];
  const [first] = list;
  if (first === undefined) return null;
  const { field = '', found = '', suggestion = '', choices = '' } = first.details as Record<string, string>;
  if (first.code === 'zone-codes') {
    const suggested = new Map(suggestion.split(',').map((pair) => pair.split('=') as [string, ZoneKind | '…']));
    const words = found.split(', ').map((word) => ({ word, features: null, suggested: known(suggested.get(word)) }));
    return { about: 'words', field, words };
  }
  if (first.code === 'zone-kind-unknown') {
    const groups = Map.groupBy(list, ({ details }) => String(details.found));
    const words = [...groups].map(([word, of]) => ({ word, features: of.length, suggested: null }));
    // features without any word cannot be told apart: no answer would name them
    return words.some(({ word }) => plain(word) === '') ? null : { about: 'words', field, words };
  }
  if (!/^crs-(missing|unknown|unreadable|datum-unknown|contradicted)$/.test(first.code)) return null;
  return { about: 'crs', message: problemText(first, lang), choices: [...new Set(choices.match(/EPSG:\d+/g) ?? [])] };
}

function known(kind: ZoneKind | '…' | undefined): ZoneKind | null {
  return kind === 'core' || kind === 'buffer' || kind === 'transition' ? kind : null;
}
