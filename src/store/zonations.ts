/**
 * A zone map into the dossier: its zones, the file byte for byte, the list of repairs, and the way back.
 */
import type { ReadingNote } from '../formats/layer.ts';
import { digestOf, type SourceFile } from '../formats/source-node.ts';
import type { Dataset, Document, Id, Repair, Zone, ZoneKind } from '../types.ts';
import type { ZoneWords } from '../zonation/intake.ts';
import { putDataset } from './catalogue.ts';
import { refreshAreas } from './computed.ts';
import { all, type Db, get, run, transaction } from './db.ts';
import { getDocument, listMapFiles, putDocument } from './documents.ts';
import type { Changes } from './import-table.ts';
import { remove } from './write.ts';
import { listZones, putZone } from './zones.ts';

/** A zone map as it was read and mended. */
export interface ZoneMap {
  /** Its files, byte for byte. */
  files: SourceFile[];
  crs: string;
  zones: Zone[];
  repairs: Repair[];
  notes: ReadingNote[];
}

/** The dataset that a zone map is described as; the same bytes are the same dataset. */
export function mapDataset(files: SourceFile[]): Id {
  return `map/${digestOf(files.map((file) => file.digest).join()).slice(7, 19)}`;
}

/**
 * Replaces the zones of `site` by those of `map`. Zones that were valid before `validFrom` are kept and end there. The same
 * map again changes nothing.
 */
export function importZoneMap(db: Db, by: string, site: Id, map: ZoneMap, now: string): Changes {
  return transaction(db, () => {
    const before = listZones(db, site);
    const id = mapDataset(map.files);
    keepFiles(db, by, site, id, map);
    const changes = writeZones(db, by, before, map.zones);
    if (changes.added + changes.changed > 0) {
      const step = (get<{ last: number | null }>(db, 'select max(fid) as last from documents')?.last ?? 0) + 1;
      keep(db, by, site, 'zonation-before', `${site}/before/${step}`, before);
      keep(db, by, site, 'repairs', `${id}/repairs/${site}`, { notes: map.notes, repairs: map.repairs });
    }
    refreshAreas(db, by, now);
    return changes;
  });
}

/** Puts the zones back as they stood before the last map of `site`; returns whether there was one. */
export function undoZoneMap(db: Db, by: string, site: Id, now: string): boolean {
  return transaction(db, () => {
    const last = get<{ id: Id }>(db, "select id from documents where site = ? and kind = 'zonation-before' order by fid desc", [
      site,
    ]);
    const kept = last === undefined ? null : getDocument(db, last.id);
    if (kept === null || kept.bytes === null) return false;
    const zones = JSON.parse(new TextDecoder().decode(kept.bytes)) as Zone[];
    for (const zone of listZones(db, site)) if (!zones.some(({ id }) => id === zone.id)) removeZone(db, by, zone.id);
    for (const zone of zones) putZone(db, by, zone);
    remove(db, 'documents', by, kept.id);
    refreshAreas(db, by, now);
    return true;
  });
}

/** The map that the zones of a site are drawn from now, with what was assumed and changed; `null` where none was imported. */
export function currentMap(
  db: Db,
  site: Id,
): { name: string; digest: string; crs: string; notes: ReadingNote[]; repairs: Repair[] } | null {
  const dataset = currentDataset(db, site);
  const log = dataset === null ? null : getDocument(db, `${dataset.id}/repairs/${site}`);
  if (dataset === null || log === null || log.bytes === null) return null;
  const { notes, repairs } = JSON.parse(new TextDecoder().decode(log.bytes)) as { notes: ReadingNote[]; repairs: Repair[] };
  return { name: dataset.href, digest: dataset.digest, crs: dataset.crs ?? '', notes, repairs };
}

/** The files of the map that the zones of a site are drawn from now, as they were handed in. */
export function currentMapFiles(db: Db, site: Id): Document[] {
  const dataset = currentDataset(db, site);
  return dataset === null ? [] : listMapFiles(db, dataset.id);
}

/** What the zones that are valid now say they come from. */
function currentDataset(db: Db, site: Id): { id: Id; href: string; digest: string; crs: string | null } | null {
  const found = get<{ id: Id; href: string; digest: string; crs: string | null }>(
    db,
    `select id, href, digest, crs from datasets where id in
       (select from_dataset from zones where site = ? and geom is not null and valid_end is null)`,
    [site],
  );
  return found ?? null;
}

/** What the user of this dossier said that words of zone maps mean. */
export function rememberedWords(db: Db): ZoneWords {
  const value = get<{ value: string }>(db, "select value from dossier where key = 'zone-words'")?.value ?? '[]';
  return new Map(JSON.parse(value) as [string, ZoneKind][]);
}

export function rememberWords(db: Db, words: ZoneWords): void {
  const value = JSON.stringify([...rememberedWords(db), ...words]);
  run(db, "insert into dossier (key, value) values ('zone-words', ?) on conflict (key) do update set value = excluded.value", [
    value,
  ]);
}

function writeZones(db: Db, by: string, before: Zone[], zones: Zone[]): Changes {
  const changes: Changes = { added: 0, changed: 0, same: 0 };
  const open = before.filter((zone) => zone.valid.end === null);
  const mapped = open.filter((zone) => zone.geometry !== null);
  // without a date it is a new map of the zonation that is valid now, drawn or only declared
  const from = zones[0]?.valid.start ?? (mapped[0] ?? open[0])?.valid.start ?? null;
  const ends = mapped.filter((zone) => from !== null && zone.valid.start !== from && (zone.valid.start ?? '') < from);
  for (const zone of ends) changes[putZone(db, by, { ...zone, valid: { ...zone.valid, end: from } })] += 1;
  const ended = new Set([...ends, ...before.filter((zone) => zone.valid.end !== null)].map(({ id }) => id));
  const written = zones.map((zone) => (ended.has(zone.id) ? { ...zone, id: `${zone.id}@${from}` } : zone));
  for (const zone of written) {
    const known = before.find(({ id }) => id === zone.id);
    changes[putZone(db, by, { ...zone, valid: { ...zone.valid, start: zone.valid.start ?? known?.valid.start ?? from } })] += 1;
  }
  for (const zone of mapped) {
    if (ended.has(zone.id) || written.some(({ id }) => id === zone.id)) continue;
    const declaredOnly = get(db, "select 1 from observations where feature = ? and role <> 'computed'", [zone.id]) !== undefined;
    if (declaredOnly) putZone(db, by, { ...zone, geometry: null });
    else removeZone(db, by, zone.id);
    changes.changed += 1;
  }
  return changes;
}

function removeZone(db: Db, by: string, id: Id): void {
  for (const row of all<{ id: Id }>(db, "select id from observations where feature = ? and role = 'computed'", [id])) {
    remove(db, 'observations', by, row.id);
  }
  remove(db, 'zones', by, id);
}

function keepFiles(db: Db, by: string, site: Id, id: Id, map: ZoneMap): void {
  const [first] = map.files;
  const described: Dataset = {
    id,
    title: { en: first?.name ?? id },
    kind: 'vector',
    href: map.files.map((file) => file.name).join(' '),
    mediaType: 'application/octet-stream',
    digest: first === undefined || map.files.length > 1 ? digestOf(map.files.map((file) => file.digest).join()) : first.digest,
    crs: map.crs,
    period: null,
    licence: 'not stated',
    attribution: 'not stated',
  };
  putDataset(db, by, described);
  for (const file of map.files) {
    const kept: Document = {
      id: `${id}/${file.name}`,
      site,
      kind: 'zone-map',
      title: file.name,
      lang: null,
      mediaType: 'application/octet-stream',
      digest: file.digest,
      bytes: file.bytes,
    };
    putDocument(db, by, kept);
  }
}

function keep(db: Db, by: string, site: Id, kind: Document['kind'], id: Id, content: unknown): void {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  putDocument(db, by, { id, site, kind, title: kind, lang: null, mediaType: 'application/json', digest: digestOf(bytes), bytes });
}
