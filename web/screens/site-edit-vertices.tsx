/** The vertices of the chosen zone as numbers: everything that the pointer does to borders, by keyboard. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { meridianRadius, transverseRadius } from '../../src/science/ellipsoid.ts';
import type { Position } from '../../src/types.ts';
import { inserted, moved, removed } from '../../src/zonation/border-edits.ts';
import { type Borders, type BorderZone, positionOf, zoneArea } from '../../src/zonation/shared-borders.ts';
import { figure, say } from '../words.ts';
import { signed } from './site-edit-areas.tsx';
import { hasVertex } from './site-edit-canvas.ts';
import { type Easel, zoneTitle } from './site-edit-easel.ts';
import { rounded } from './site-edit-snap.ts';

/** Rows shown at once. */
const ROWS = 20;

/** [m] */
const STEPS = [1, 10, 100, 1000] as const;

const RADIANS = Math.PI / 180;

export function EditVertices({ easel, zone }: { easel: Easel; zone: BorderZone }) {
  void easel.turn.value;
  const { borders } = easel.desk;
  const [step, setStep] = useState<number>(100);
  const [ring, setRing] = useState(0);
  const [first, setFirst] = useState(0);
  const list = useRef<HTMLOListElement>(null);
  const goal = useRef<number | null>(null);
  const rings = zone.parts.flatMap(({ rings: own }, part) => own.map((corners, hole) => ({ corners, part, hole })));
  const count = rings.reduce((sum, own) => sum + own.corners.length, 0);
  const { corners = [] } = rings[ring] ?? rings[0] ?? {};
  const start = first < corners.length ? first : 0;
  useEffect(() => {
    setRing(0);
    setFirst(0);
  }, [zone.id]);
  // a vertex chosen on the map comes into the list
  const active = easel.vertex.value;
  useEffect(() => {
    if (active === null || corners.slice(start, start + ROWS).includes(active)) return;
    const home = rings.findIndex((own) => own.corners.includes(active));
    if (home === -1) return;
    setRing(home);
    setFirst(Math.floor((rings[home]?.corners.indexOf(active) ?? 0) / ROWS) * ROWS);
  }, [active]);
  // the row that is worked on keeps the focus when rows come and go
  useEffect(() => {
    if (goal.current === null) return;
    list.current?.querySelector<HTMLButtonElement>(`[data-vertex="${goal.current}"]`)?.focus();
    goal.current = null;
  });

  const tellMoved = (vertex: number, number: number): void => {
    const [lon, lat] = positionOf(borders, vertex);
    easel.told.value = say('site-edit.vertices.moved', {
      number,
      lon: figure(lon, 5),
      lat: figure(lat, 5),
      areas: sharing(easel, vertex).map((own) => areaOf(easel, own)).join('; '),
    }); // biome-ignore format: one thought
  };
  const place = (vertex: number, number: number, to: Position): void => {
    if (!(Math.abs(to[0]) <= 180 && Math.abs(to[1]) <= 90)) return;
    if (easel.act((own) => moved(own, vertex, to))) tellMoved(vertex, number);
  };
  const addAfter = (vertex: number): void => {
    const next = corners[(corners.indexOf(vertex) + 1) % corners.length] as number;
    const [a, b] = [positionOf(borders, vertex), positionOf(borders, next)];
    const middle: Position = [rounded((a[0] + b[0]) / 2), rounded((a[1] + b[1]) / 2)];
    easel.act((own) => {
      const edit = inserted(own, [vertex, next], middle);
      goal.current = edit.vertex;
      return edit;
    });
  };
  const takeAway = (vertex: number): void => {
    const next = corners[(corners.indexOf(vertex) + 1) % corners.length] as number;
    if (easel.act((own) => removed(own, vertex))) goal.current = next;
  };
  const onKey = (event: KeyboardEvent, vertex: number, number: number): void => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way !== undefined) place(vertex, number, stepped(borders, vertex, [(way[0] ?? 0) * step, (way[1] ?? 0) * step]));
    else if (event.key === 'Delete') takeAway(vertex);
    else if (event.key === 'Insert') addAfter(vertex);
    else return;
    event.preventDefault();
  };
  return (
    <section aria-label={say('site-edit.vertices.title', { count })}>
      <h3>{say('site-edit.vertices.title', { count })}</h3>
      <p class="hint" id="vertex-keys">
        {say('site-edit.vertices.keys')}
      </p>
      <p class="edit-choices">
        <label>
          {say('site-edit.vertices.step')}{' '}
          <select value={step} onChange={({ currentTarget }) => setStep(Number(currentTarget.value))}>
            {STEPS.map((metres) => (
              <option key={metres} value={metres}>
                {say('site-edit.vertices.metres', { count: metres })}
              </option>
            ))}
          </select>
        </label>
        {rings.length < 2 ? null : (
          <label>
            {say('site-edit.vertices.ring')}{' '}
            <select
              value={ring}
              onChange={({ currentTarget }) => {
                setRing(Number(currentTarget.value));
                setFirst(0);
              }}
            >
              {rings.map(({ part, hole }, i) => (
                <option key={`${part} ${hole}`} value={i}>
                  {hole === 0
                    ? say('site-edit.vertices.outer', { part: part + 1 })
                    : say('site-edit.vertices.hole', { part: part + 1, hole })}
                </option>
              ))}
            </select>
          </label>
        )}
      </p>
      {corners.length <= ROWS ? null : (
        <p class="edit-choices">
          <button type="button" disabled={start === 0} onClick={() => setFirst(start - ROWS)}>
            {say('site-edit.vertices.earlier')}
          </button>
          <span>{say('site-edit.vertices.page', { from: start + 1, to: Math.min(start + ROWS, corners.length) })}</span>
          <button type="button" disabled={start + ROWS >= corners.length} onClick={() => setFirst(start + ROWS)}>
            {say('site-edit.vertices.later')}
          </button>
        </p>
      )}
      <ol class="vertices" ref={list}>
        {corners.slice(start, start + ROWS).map((vertex, i) => {
          const number = start + i + 1;
          const [lon, lat] = positionOf(borders, vertex);
          const others = sharing(easel, vertex).filter(({ id }) => id !== zone.id);
          return (
            <li key={vertex} class={active === vertex ? 'active' : ''}>
              <button
                type="button"
                data-vertex={vertex}
                aria-describedby="vertex-keys"
                aria-label={say('site-edit.vertices.vertex', { number, lon: figure(lon, 5), lat: figure(lat, 5) })}
                onFocus={() => {
                  easel.vertex.value = vertex;
                }}
                onKeyDown={(event) => onKey(event, vertex, number)}
              >
                {number}
              </button>
              <Degrees
                label={say('site-edit.vertices.lon')}
                value={lon}
                onValue={(value) => place(vertex, number, [value, lat])}
              />
              <Degrees
                label={say('site-edit.vertices.lat')}
                value={lat}
                onValue={(value) => place(vertex, number, [lon, value])}
              />
              <span class="edit-choices">
                <button type="button" aria-label={say('site-edit.vertices.add')} onClick={() => addAfter(vertex)}>
                  +
                </button>
                <button type="button" aria-label={say('site-edit.vertices.remove')} onClick={() => takeAway(vertex)}>
                  −
                </button>
              </span>
              {others.length === 0 ? null : (
                <small>
                  {say('site-edit.vertices.shared', { zones: others.map((own) => zoneTitle(easel, own)).join(', ') })}
                </small>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** A coordinate; taken over when the field is left or Enter is pressed. */
export function Degrees({ label, value, onValue }: { label: string; value: number | null; onValue(value: number): void }) {
  return (
    <label class="degrees">
      <span>{label}</span>
      <input
        type="number"
        step="any"
        value={value ?? ''}
        onChange={({ currentTarget }) => {
          const next = Number(currentTarget.value);
          if (currentTarget.value !== '' && Number.isFinite(next) && next !== value) onValue(next);
        }}
      />
    </label>
  );
}

/** Zones that have a vertex. */
function sharing({ desk: { borders } }: Easel, vertex: number): BorderZone[] {
  return borders.zones.filter((zone) => hasVertex(zone, vertex));
}

function areaOf(easel: Easel, zone: BorderZone): string {
  const area = zoneArea(easel.desk.borders, zone);
  return `${zoneTitle(easel, zone)}: ${figure(area / 1e4)} (${signed((area - (easel.stored.get(zone.id) ?? 0)) / 1e4)})`;
}

/** A vertex so many metres to the east and to the north, by the curvature of the ellipsoid there. */
function stepped(borders: Borders, vertex: number, [east, north]: [number, number]): Position {
  const [lon, lat] = positionOf(borders, vertex);
  const sine = Math.sin(lat * RADIANS);
  const acrossParallel = transverseRadius(sine) * Math.cos(lat * RADIANS);
  return [rounded(lon + east / acrossParallel / RADIANS), rounded(lat + north / meridianRadius(sine) / RADIANS)];
}
