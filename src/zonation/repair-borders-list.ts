/**
 * Faces that changed hands, put into words: one repair for each stretch of border, part or zone.
 */
import type { PolygonRings, ZoneKind } from '../types.ts';
import type { Face } from './arrangement.ts';
import { type Change, placeOf, type RepairKind } from './repair-change.ts';
import { straightArea } from './straight-measures.ts';

/** A face that goes from some zones to others; `rounding` is not told. */
export interface Handover {
  face: number;
  from: number[];
  to: number[];
  kind: 'overlap' | 'gap' | 'narrow-hole' | 'sliver' | 'sliver-dropped' | 'nested-zones' | 'rounding';
}

interface Zone {
  id: string;
  kind: ZoneKind;
  polygons: PolygonRings[];
}

/** Faces of the same two zones that touch are one change: overlaps and gaps in turn are one border that was drawn twice. */
export function changesOf(zones: Zone[], faces: Face[], handovers: Handover[]): Change[] {
  const groups = new Map<string, { handover: Handover; zone: number; other: number | null }[]>();
  for (const handover of handovers) {
    const { zone, other } = sidesOf(faces, handover);
    const border = handover.kind === 'overlap' || handover.kind === 'gap';
    const key = [border ? 'border' : handover.kind, zone, other].join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ handover, zone, other }]);
    else group.push({ handover, zone, other });
  }
  return [...groups.values()].flatMap((group) => {
    const [{ zone, other }] = group as [(typeof group)[number]];
    const chains = (group[0] as (typeof group)[number]).handover.kind === 'nested-zones' ? [group] : chained(faces, group);
    return chains.map((chain): Change => {
      const rings = chain.map(({ handover }) => (faces[handover.face] as Face).rings);
      const kinds = new Set(chain.map(({ handover }) => handover.kind));
      return {
        kind: kinds.size > 1 ? 'border' : ([...kinds][0] as RepairKind),
        zone: (zones[zone] as Zone).id,
        ...(other === null ? {} : { other: (zones[other] as Zone).id }),
        place: placeOf(rings),
        area: rings.reduce((sum, polygon) => sum + straightArea(polygon), 0),
        count: chain.length,
      };
    });
  });
}

/** The zone that is fitted and the one whose line stands. */
function sidesOf(faces: Face[], { face, from, to, kind }: Handover): { zone: number; other: number | null } {
  const [taker = null] = to;
  const giver = from[from.length - 1] ?? null;
  if (kind === 'gap') {
    const around = [...(faces[face] as Face).borders].flatMap(([next, length]) =>
      (faces[next]?.labels ?? []).filter((z) => z !== taker).map((z) => ({ z, length })),
    );
    return { zone: taker ?? 0, other: around.sort((a, b) => b.length - a.length || a.z - b.z)[0]?.z ?? null };
  }
  if (kind === 'narrow-hole') return { zone: taker ?? 0, other: null };
  if (kind === 'nested-zones') return { zone: from.find((z) => !to.includes(z)) ?? 0, other: taker };
  return { zone: giver ?? 0, other: taker };
}

/** Splits a group into those whose faces touch, directly or by way of others. */
function chained<T extends { handover: Handover }>(faces: Face[], group: T[]): T[][] {
  const byCorner = new Map<number, number>();
  const leader = group.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (leader[at] !== at) at = leader[at] as number;
    leader[i] = at;
    return at;
  };
  for (const [i, { handover }] of group.entries()) {
    for (const corner of (faces[handover.face] as Face).corners) {
      const before = byCorner.get(corner);
      if (before === undefined) byCorner.set(corner, i);
      else leader[Math.max(find(before), find(i))] = Math.min(find(before), find(i));
    }
  }
  const chains = new Map<number, T[]>();
  for (const [i, item] of group.entries()) {
    const root = find(i);
    const chain = chains.get(root);
    if (chain === undefined) chains.set(root, [item]);
    else chain.push(item);
  }
  return [...chains.values()];
}
