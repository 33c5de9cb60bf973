/**
 * What programs keep beside the dossier: entities with numbers for ids, as they wrote them. They may lead to entities of the dossier and are
 * found from there.
 *
 *     besideLinked(world, { set: 'Things', id: '#1' }, 'Datastreams')
 */

import { programSpan } from '../store/programs.ts';
import type { Id } from '../types.ts';
import { backKey, backOf } from './sensorthings-beside-kept.ts';
import type { Entity, Linked } from './sensorthings-entity.ts';
import { MODEL, type SetName } from './sensorthings-model.ts';
import type { World } from './sensorthings-world.ts';

export function hasBeside({ beside }: World): boolean {
  return beside.entities.size > 0;
}

export function besideIds({ beside }: World, set: SetName): Id[] {
  return [...beside.entities.values()].flatMap(({ id, kind }) => (kind === set ? [id] : []));
}

/** Series beside the dossier that lead to an entity by a link. */
export function besideStreams({ beside }: World, link: string, to: Id): readonly Id[] {
  return beside.back.get(backKey('Datastreams', link, to)) ?? [];
}

export function besideLinked({ beside }: World, { set, id, value }: Entity, link: string): Linked {
  const target = MODEL[set].links[link]?.set ?? set;
  const of = (ids: readonly Id[]): Linked => ({ set: target, entities: ids.map((one) => ({ set: target, id: one })) });
  if (set === 'Observations') return of(value === undefined ? [] : [link === 'Datastream' ? value.datastream : value.place]);
  if (link === 'Observations')
    return { set: 'Observations', wells: [{ programs: set === 'Datastreams' ? { datastream: id } : { place: id } }] };
  const back = backOf(set, link);
  if (back !== null) return of(beside.back.get(backKey(back.set, back.link, id)) ?? []);
  const ids = beside.entities.get(id)?.links[link] ?? [];
  return of(typeof ids === 'string' ? [ids] : ids);
}

/** Each property of the set; what was not written is `null`. */
export function besideProperties(world: World, { set, id, value }: Entity): Record<string, unknown> {
  const body = value?.body ?? world.beside.entities.get(id)?.body ?? {};
  const span = set === 'Datastreams' ? programSpan(world.db, id) : null;
  const worked = span === null ? {} : { phenomenonTime: periodOf(span) };
  const known: Record<string, unknown> = { ...body, ...worked };
  return Object.fromEntries(MODEL[set].properties.map((name) => [name, known[name] ?? (name === 'properties' ? {} : null)]));
}

function periodOf({ starts, ends }: { starts: string; ends: string }): string {
  return `${starts.replace('.000Z', 'Z')}/${ends.replace('.000Z', 'Z')}`;
}
