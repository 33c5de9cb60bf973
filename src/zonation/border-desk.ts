/**
 * Zones being edited: every edit is shown, kept, undone and done again, and what is amiss is known at once.
 *
 *     const desk = openDesk(zones);
 *     desk.show((borders) => moved(borders, vertex, at));    // while it is dragged; the next one takes its place
 *     desk.keep();
 *     desk.faults()                                           // only what changed was looked at
 *     desk.undo();
 */
import { orientation } from '../science/orientation.ts';
import type { Extent, Id, Position } from '../types.ts';
import { borderGrid, endsOf, keyOf } from './border-grid.ts';
import { crossing } from './border-nodes.ts';
import { type Borders, type BorderZone, bordersOf, type Corners, type Edit, giveBack, positionOf, type Refused, take } from './shared-borders.ts'; // biome-ignore format: one line

/** `self`: a zone's border crosses or touches itself; `between`: the borders of two zones cross. */
export interface Fault {
  kind: 'self' | 'between';
  zones: Id[];
  at: Position;
}

/** Works out an edit of what is there. */
export type Plan = (borders: Borders) => Edit | Refused;

export interface Desk {
  readonly borders: Borders;
  /** Makes an edit of what is kept, without keeping it, in place of the one shown before; returns why not, where it cannot be made. */
  show(plan: Plan): Refused['refused'] | null;
  /** What is shown stays, and can be undone. */
  keep(): void;
  /** What is shown is taken back. */
  cancel(): void;
  /** `show` and `keep`. */
  make(plan: Plan): Refused['refused'] | null;
  undo(): boolean;
  redo(): boolean;
  readonly undoable: number;
  readonly redoable: number;
  /** Edges in or near a box, each once. */
  edgesNear(box: Extent): [number, number][];
  faults(): Fault[];
}

/** An edge of a ring, with the zone that the ring belongs to. */
type OwnedWay = readonly [from: number, to: number, zone: Id];

/** No more faults than this are told apart: a map that has more is not to be mended vertex by vertex. */
const MOST_FAULTS = 50;

export function openDesk(zones: Parameters<typeof bordersOf>[0]): Desk {
  const borders = bordersOf(zones);
  const grid = borderGrid(borders);
  const [done, undone]: [Edit[], Edit[]] = [[], []];
  /** By edge the edges that it meets, both ways. */
  const met = new Map<number, Set<number>>();
  let shown: Edit | null = null;

  /** By edge the zones that have it. */
  const owners = new Map<number, Id[]>();
  const put = ([a, b, id]: OwnedWay): void => {
    const key = keyOf(a, b);
    const known = owners.get(key);
    if (known === undefined) owners.set(key, [id]);
    else known.push(id);
    if (grid.add(a, b)) for (const other of meeting(borders, grid.near(boxOf(borders, a, b)), a, b)) note(met, key, other);
  };
  const drop = ([a, b, id]: OwnedWay): void => {
    const key = keyOf(a, b);
    const known = owners.get(key) ?? [];
    known.splice(known.indexOf(id), 1);
    if (!grid.remove(a, b)) return;
    owners.delete(key);
    for (const other of met.get(key) ?? []) met.get(other)?.delete(key);
    met.delete(key);
  };
  /** Brings the grid and what crosses in step with an edit, made or taken back. */
  const change = (edit: Edit, work: (borders: Borders, edit: Edit) => void): void => {
    const vertices = edit.moves.map(({ vertex }) => vertex);
    const forth = work === take;
    const [old, fresh] = forth ? [edit.before, edit.after] : [edit.after, edit.before];
    const { gone, come } = changedWays(old, fresh, vertices);
    for (const way of gone) drop(way);
    work(borders, edit);
    for (const way of come) put(way);
  };
  for (const way of borders.zones.flatMap(waysOfZone)) put(way);

  const desk: Desk = {
    borders,
    show(plan) {
      desk.cancel();
      const edit = plan(borders);
      if ('refused' in edit) return edit.refused;
      change(edit, take);
      shown = edit;
      return null;
    },
    keep() {
      if (shown === null) return;
      done.push(shown);
      undone.length = 0;
      shown = null;
    },
    cancel() {
      if (shown !== null) change(shown, giveBack);
      shown = null;
    },
    make(plan) {
      const refused = desk.show(plan);
      desk.keep();
      return refused;
    },
    undo() {
      desk.cancel();
      const edit = done.pop();
      if (edit === undefined) return false;
      change(edit, giveBack);
      undone.push(edit);
      return true;
    },
    redo() {
      desk.cancel();
      const edit = undone.pop();
      if (edit === undefined) return false;
      change(edit, take);
      done.push(edit);
      return true;
    },
    get undoable() {
      return done.length;
    },
    get redoable() {
      return undone.length;
    },
    edgesNear: (box) => Array.from(grid.near(box), endsOf),
    faults: () => faultsOf(borders, met, owners),
  };
  return desk;
}

/** Edges that are no longer there or are about to move, and those that come in their place. A ring stays with its zone. */
function changedWays(old: readonly BorderZone[], fresh: readonly BorderZone[], vertices: readonly number[]) {
  const rings = (zones: readonly BorderZone[]): Map<Corners, Id> =>
    new Map(zones.flatMap(({ id, parts }) => parts.flatMap(({ rings: own }) => own.map((corners) => [corners, id] as const))));
  const [before, after] = [rings(old), rings(fresh)];
  const only = (all: Map<Corners, Id>, others: Map<Corners, Id>): [Corners, Id][] => [...all].filter(([own]) => !others.has(own));
  const [lost, won] = [only(before, after), only(after, before)];
  const moving = [...before].filter(([corners]) => after.has(corners)).flatMap(([corners, id]) => waysAt(corners, id, vertices));
  const paired = lost.length === won.length && lost.every(([, id], i) => won[i]?.[1] === id);
  if (!paired) return { gone: [...lost.flatMap(allWays), ...moving], come: [...won.flatMap(allWays), ...moving] };
  const pairs = lost.map(([corners, id], i) => differing(corners, won[i]?.[0] ?? [], id));
  // a vertex of an edge that stays may move as well
  const shifted = lost.flatMap(([corners, id], i) => waysAt(corners, id, vertices).filter((way) => !pairs[i]?.gone.some((own) => own[0] === way[0] && own[1] === way[1]))); // biome-ignore format: one thought
  return {
    gone: [...pairs.flatMap(({ gone }) => gone), ...shifted, ...moving],
    come: [...pairs.flatMap(({ come }) => come), ...shifted, ...moving],
  };
}

/** The edges of two rings without those that both have before and after what differs. */
function differing(old: Corners, fresh: Corners, id: Id): { gone: OwnedWay[]; come: OwnedWay[] } {
  const least = Math.min(old.length, fresh.length);
  let [head, tail] = [0, 0];
  while (head < least && old[head] === fresh[head]) head++;
  while (tail < least - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const between = (corners: Corners): OwnedWay[] =>
    head === 0 || tail === 0 ? waysOf(corners, id) : waysOf(corners, id).slice(head - 1, corners.length - tail);
  return { gone: between(old), come: between(fresh) };
}

function allWays([corners, id]: [Corners, Id]): OwnedWay[] {
  return waysOf(corners, id);
}

/** Edges of a ring that begin or end at one of `vertices`, each once. */
function waysAt(corners: Corners, id: Id, vertices: readonly number[]): OwnedWay[] {
  const starts = new Set<number>();
  for (const vertex of vertices) {
    const at = corners.indexOf(vertex);
    if (at !== -1) starts.add(at).add((at + corners.length - 1) % corners.length);
  }
  return [...starts].map((i) => [corners[i] as number, corners[(i + 1) % corners.length] as number, id]);
}

function waysOfZone({ id, parts }: BorderZone): OwnedWay[] {
  return parts.flatMap(({ rings }) => rings.flatMap((corners) => waysOf(corners, id)));
}

function waysOf(corners: Corners, id: Id): OwnedWay[] {
  return corners.map((from, i) => [from, corners[(i + 1) % corners.length] as number, id]);
}

function note(met: Map<number, Set<number>>, one: number, other: number): void {
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const) {
    const known = met.get(a);
    if (known === undefined) met.set(a, new Set([b]));
    else known.add(b);
  }
}

/** Those of `candidates` that edge a-b meets elsewhere than at a common vertex. */
function meeting(borders: Borders, candidates: Iterable<number>, a: number, b: number): number[] {
  const [own, [w, s, e, n]] = [keyOf(a, b), boxOf(borders, a, b)];
  const found: number[] = [];
  for (const key of candidates) {
    if (key === own) continue;
    const [c, d] = endsOf(key);
    const [w2, s2, e2, n2] = boxOf(borders, c, d);
    if (e2 < w || w2 > e || n2 < s || s2 > n) continue;
    if (doMeet(borders, a, b, c, d)) found.push(key);
  }
  return found;
}

/** Exact: whether two edges have more in common than a vertex. */
function doMeet(borders: Borders, a: number, b: number, c: number, d: number): boolean {
  const [p, q, r, t] = [a, b, c, d].map((vertex) => positionOf(borders, vertex)) as [Position, Position, Position, Position];
  const turn = (o: Position, x: Position, y: Position): number => orientation(o, x, 0, y, 0);
  const common = a === c || a === d ? a : b === c || b === d ? b : null;
  if (common !== null) {
    const [far, other] = [common === a ? q : p, common === c ? t : r];
    const o = positionOf(borders, common);
    const ahead = (far[0] - o[0]) * (other[0] - o[0]) + (far[1] - o[1]) * (other[1] - o[1]) > 0;
    return ahead && turn(o, far, other) === 0;
  }
  const [one, two, three, four] = [turn(p, q, r), turn(p, q, t), turn(r, t, p), turn(r, t, q)];
  // the boxes meet: on one line they overlap
  return one * two <= 0 && three * four <= 0;
}

function boxOf({ lon, lat }: Borders, a: number, b: number): Extent {
  const [x1, y1, x2, y2] = [lon[a] as number, lat[a] as number, lon[b] as number, lat[b] as number];
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

const pinches = new WeakMap<Corners, number[]>();

/** Vertices that a ring meets twice. */
function pinchesOf(corners: Corners): number[] {
  const known = pinches.get(corners);
  if (known !== undefined) return known;
  const seen = new Set<number>();
  const found = corners.filter((vertex) => seen.size === seen.add(vertex).size);
  pinches.set(corners, found);
  return found;
}

function faultsOf(
  borders: Borders,
  met: ReadonlyMap<number, ReadonlySet<number>>,
  owners: ReadonlyMap<number, readonly Id[]>,
): Fault[] {
  const faults: Fault[] = [];
  for (const { id, parts } of borders.zones) {
    for (const vertex of parts.flatMap(({ rings }) => rings.flatMap(pinchesOf))) {
      faults.push({ kind: 'self', zones: [id], at: positionOf(borders, vertex) });
    }
  }
  for (const [one, others] of met) {
    for (const other of others) {
      if (one > other) continue;
      if (faults.length >= MOST_FAULTS) return faults;
      const [first, second] = [owners.get(one) ?? [], owners.get(other) ?? []];
      const own = first.filter((id) => second.includes(id));
      const kind = own.length > 0 ? 'self' : 'between';
      faults.push({
        kind,
        zones: [...new Set(own.length > 0 ? own : [...first, ...second])],
        at: meetingPlace(borders, one, other),
      });
    }
  }
  return faults;
}

function meetingPlace(borders: Borders, one: number, other: number): Position {
  const [p, q, r, t] = [...endsOf(one), ...endsOf(other)].map((vertex) => positionOf(borders, vertex));
  return crossing(p as Position, q as Position, r as Position, t as Position)?.at ?? (p as Position);
}
