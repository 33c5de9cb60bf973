/** A line or ring being drawn: its points by pointer on the map or by numbers here, and what becomes of it. */
import { useState } from 'preact/hooks';
import type { ZoneKind } from '../../src/types.ts';
import { cutOut, drawnZone, type Overlap, split } from '../../src/zonation/border-overlay.ts';
import { figure, say } from '../words.ts';
import { chosenZone, type Easel, KINDS, newId } from './site-edit-easel.ts';
import { Degrees } from './site-edit-vertices.tsx';

const OVERLAPS: readonly Overlap[] = ['strict', 'take', 'leave'];

export function EditPath({ easel }: { easel: Easel }) {
  const { mode, path, kind, overlap } = easel;
  const [lon, setLon] = useState<number | null>(null);
  const [lat, setLat] = useState<number | null>(null);
  const closed = mode.value !== 'split';
  const leave = (): void => {
    path.value = [];
    mode.value = 'move';
  };
  return (
    <section aria-label={say(`site-edit.mode.${mode.value}`)}>
      {mode.value === 'draw' ? (
        <p class="edit-choices">
          <label>
            {say('site-edit.kind')}{' '}
            <select value={kind.value} onChange={({ currentTarget }) => (kind.value = currentTarget.value as ZoneKind)}>
              {KINDS.map((own) => (
                <option key={own} value={own}>
                  {say(`zone.${own}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {say('site-edit.overlap.label')}{' '}
            <select value={overlap.value} onChange={({ currentTarget }) => (overlap.value = currentTarget.value as Overlap)}>
              {OVERLAPS.map((own) => (
                <option key={own} value={own}>
                  {say(`site-edit.overlap.${own}`)}
                </option>
              ))}
            </select>
          </label>
        </p>
      ) : null}
      <p role="status">{say('site-edit.path.points', { count: path.value.length })}</p>
      {path.value.length === 0 ? null : (
        <ol class="path">
          {path.value.map(([x, y], i) => (
            <li key={`${i + 1} ${x} ${y}`}>
              {figure(x, 5)}, {figure(y, 5)}
            </li>
          ))}
        </ol>
      )}
      <form
        class="edit-choices"
        onSubmit={(event) => {
          event.preventDefault();
          if (lon === null || lat === null || Math.abs(lon) > 180 || Math.abs(lat) > 90) return;
          path.value = [...path.value, [lon, lat]];
        }}
      >
        <Degrees label={say('site-edit.vertices.lon')} value={lon} onValue={setLon} />
        <Degrees label={say('site-edit.vertices.lat')} value={lat} onValue={setLat} />
        <button type="submit">{say('site-edit.path.add')}</button>
      </form>
      <p class="edit-choices">
        <button
          type="button"
          class="main"
          disabled={path.value.length < (closed ? 3 : 2)}
          onClick={() => {
            if (finish(easel)) leave();
          }}
        >
          {say('site-edit.path.finish')}
        </button>
        <button
          type="button"
          disabled={path.value.length === 0}
          onClick={() => {
            path.value = path.value.slice(0, -1);
          }}
        >
          {say('site-edit.path.back')}
        </button>
        <button type="button" onClick={leave}>
          {say('site-edit.path.cancel')}
        </button>
      </p>
    </section>
  );
}

/** Makes of the path what was chosen; returns whether it could be. */
export function finish(easel: Easel): boolean {
  const { mode, path, kind, overlap, desk } = easel;
  const points = path.peek();
  const zone = chosenZone(easel);
  if (mode.peek() === 'draw') {
    const id = newId(desk.borders);
    const made = easel.act((borders) => drawnZone(borders, points, { id, kind: kind.peek(), name: {}, overlap: overlap.peek() }));
    if (made) easel.chosen.value = id;
    return made;
  }
  if (zone === null) {
    easel.told.value = say('site-edit.none');
    return false;
  }
  if (mode.peek() === 'cut') return easel.act((borders) => cutOut(borders, zone.id, points));
  return easel.act((borders) => {
    const fresh = Number(newId(borders).slice('new-'.length));
    return split(borders, zone.id, points, (n) => newId(borders, fresh + n));
  });
}
