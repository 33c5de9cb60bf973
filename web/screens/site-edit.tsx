/**
 * Zones drawn and changed on the map of a reserve: borders that zones share stay shared, areas follow at once, and nothing
 * is lost when the window is closed. Opened by a button of the map (`site-tools.ts`).
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Refusal, readVersioned } from '../api.ts';
import type { Focus } from '../parts/map-layers.ts';
import { session } from '../session.ts';
import { day, say } from '../words.ts';
import './site-edit.css';
import { EditAreas } from './site-edit-areas.tsx';
import { openEditCanvas } from './site-edit-canvas.ts';
import { findDrawing, forgetDrawing, type KeptDrawing, keepDrawing } from './site-edit-drafts.ts';
import { chosenZone, drawingText, type Easel, type Mode, newEasel, zoneTitle } from './site-edit-easel.ts';
import { EditPath, finish } from './site-edit-path.tsx';
import { EditSave } from './site-edit-save.tsx';
import { EditVertices } from './site-edit-vertices.tsx';
import { EditZone } from './site-edit-zone.tsx';
import type { SiteToolProps } from './site-tools.ts';

/** The stored zones as text, with their version. */
interface Stored {
  text: string;
  version: string;
}

export function EditZones({ detail, canvas, onClose }: SiteToolProps) {
  const { id } = detail.site;
  const user = session.value?.user?.id ?? '';
  const [stored, setStored] = useState<Stored | null>(null);
  const [kept, setKept] = useState<KeptDrawing | null>(null);
  const [work, setWork] = useState<{ easel: Easel; version: string } | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [told, setTold] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const readStored = async (): Promise<Stored> => {
    const { reply, version } = await readVersioned<unknown>(`/api/sites/${encodeURIComponent(id)}/zones/to-edit.geojson`);
    return { text: JSON.stringify(reply), version: version ?? '' };
  };
  const open = async (): Promise<void> => {
    try {
      const [fresh, found] = await Promise.all([readStored(), findDrawing(user, id)]);
      setStored(fresh);
      setKept(found);
      setWork(found === null ? { easel: newEasel(fresh.text, fresh.text), version: fresh.version } : null);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefusal(error);
    }
  };
  useEffect(() => {
    void open();
    heading.current?.focus();
  }, [id]);
  const begin = async (): Promise<void> => {
    if (work !== null) work.easel.settled = true;
    await forgetDrawing(user, id);
    setWork(null);
    await open();
  };
  return (
    <section class="edit" aria-label={say('site-edit.title')}>
      <h2 class="small" tabIndex={-1} ref={heading}>
        {say('site-edit.title')}
      </h2>
      {refusal === null ? null : (
        <p class="finding error" role="alert">
          {refusal.message}
        </p>
      )}
      <p role="status">{told}</p>
      {stored !== null && kept !== null && work === null ? (
        <div class="finding question">
          <p>{say('site-edit.draft.title', { when: day(kept.at) })}</p>
          {kept.version === stored.version ? null : <p>{say('site-edit.draft.older')}</p>}
          <p class="edit-choices">
            <button
              type="button"
              class="main"
              onClick={() => setWork({ easel: newEasel(stored.text, kept.text), version: kept.version })}
            >
              {say('site-edit.draft.continue')}
            </button>
            <button type="button" onClick={() => void begin()}>
              {say('site-edit.draft.drop')}
            </button>
          </p>
        </div>
      ) : null}
      {stored === null && refusal === null ? <p role="status">{say('site-edit.loading')}</p> : null}
      {work === null ? null : (
        <Editor
          key={work.version}
          {...{ detail, canvas, user }}
          easel={work.easel}
          version={work.version}
          continued={kept !== null}
          newest={async () => (await readStored()).version}
          onSaved={() => {
            setTold(say('site-edit.saved'));
            setKept(null);
            void begin().then(() => heading.current?.focus());
          }}
          onDrop={() => {
            setTold('');
            setKept(null);
            void begin();
          }}
        />
      )}
      <p>
        <button type="button" onClick={onClose}>
          {say('site-edit.close')}
        </button>
      </p>
    </section>
  );
}

interface EditorProps extends Pick<SiteToolProps, 'detail' | 'canvas'> {
  user: string;
  easel: Easel;
  version: string;
  /** Begun from a drawing that was kept. */
  continued: boolean;
  newest(): Promise<string>;
  onSaved(): void;
  onDrop(): void;
}

const MODES: readonly Mode[] = ['move', 'draw', 'cut', 'split'];

function Editor({ detail, canvas, user, easel, version, continued, newest, onSaved, onDrop }: EditorProps) {
  const { mode, turn, told, path, desk } = easel;
  void turn.value;
  const [crowded, setCrowded] = useState(false);
  const room = useKept(easel, { user, site: detail.site.id, version, continued });
  useEffect(() => {
    const opened = openEditCanvas(canvas, easel, setCrowded);
    return () => opened.close();
  }, [canvas, easel]);
  useKeys(easel);
  const zone = chosenZone(easel);
  const back = (work: () => boolean): void => {
    work();
    easel.vertex.value = null;
    told.value = '';
    turn.value += 1;
  };
  return (
    <>
      <fieldset class="edit-tools">
        <legend>{say('site-edit.tools')}</legend>
        {MODES.map((own) => (
          <button
            type="button"
            key={own}
            aria-pressed={mode.value === own}
            onClick={() => {
              path.value = [];
              mode.value = own;
            }}
          >
            {say(`site-edit.mode.${own}`)}
          </button>
        ))}
        <button type="button" disabled={desk.undoable === 0} onClick={() => back(desk.undo)}>
          {say('site-edit.undo')}
        </button>
        <button type="button" disabled={desk.redoable === 0} onClick={() => back(desk.redo)}>
          {say('site-edit.redo')}
        </button>
      </fieldset>
      <p class="hint">{say(`site-edit.about.${mode.value}`)}</p>
      {crowded && mode.value === 'move' ? <p class="hint">{say('site-edit.zoom-in')}</p> : null}
      <p role="status" class="edit-told">
        {told.value}
      </p>
      {room ? null : (
        <p class="finding question" role="alert">
          {say('site-edit.draft.no-room')}
        </p>
      )}
      <Faults easel={easel} onFocus={canvas.focus} />
      {mode.value === 'move' ? null : <EditPath easel={easel} />}
      <EditAreas easel={easel} detail={detail} />
      <EditSave {...{ detail, easel, version, newest, onSaved, onDrop }} onFocus={canvas.focus} />
      <p class="hint">{say('site-edit.kept')}</p>
      {zone === null ? (
        <p>{say('site-edit.none')}</p>
      ) : (
        <>
          <EditZone key={zone.id} easel={easel} zone={zone} />
          <EditVertices easel={easel} zone={zone} />
        </>
      )}
    </>
  );
}

/** Borders that cross, told as soon as they do. */
function Faults({ easel, onFocus }: { easel: Easel; onFocus(focus: Focus | null): void }) {
  void easel.turn.value;
  const groups = Map.groupBy(easel.desk.faults(), ({ kind, zones }) => `${kind} ${zones.join(' ')}`);
  return (
    <div role="alert">
      {[...groups].map(([key, faults]) => {
        const [{ kind, zones, at }] = faults as [(typeof faults)[number]];
        const titles = easel.desk.borders.zones.filter(({ id }) => zones.includes(id)).map((zone) => zoneTitle(easel, zone));
        return (
          <p key={key} class={`finding ${kind === 'self' ? 'error' : 'question'}`}>
            {say(`site-edit.faults.${kind}`, { zones: titles.join(', ') })}{' '}
            <button type="button" onClick={() => onFocus({ geometry: { type: 'Point', coordinates: at }, move: true })}>
              {say('site-edit.faults.show')}
            </button>
          </p>
        );
      })}
    </div>
  );
}

/** How long nothing has to change before a drawing is kept [ms]. */
const PAUSE = 250;

/** Keeps the drawing on this machine as it changes, and when the editor is closed; returns whether there is room. */
function useKept(
  easel: Easel,
  { user, site, version, continued }: { user: string; site: string; version: string; continued: boolean },
): boolean {
  const [room, setRoom] = useState(true);
  const waiting = useRef<(() => Promise<void>) | null>(null);
  const changed = easel.turn.value;
  useEffect(() => {
    if (changed === 0) return;
    const keep = async (): Promise<void> => {
      waiting.current = null;
      if (easel.settled) return;
      if (easel.desk.undoable === 0 && !continued) return forgetDrawing(user, site);
      const text = drawingText(easel.desk.borders);
      setRoom(await keepDrawing(user, site, { text, version, at: new Date().toISOString() }));
    };
    waiting.current = keep;
    const timer = setTimeout(() => void keep(), PAUSE);
    return () => clearTimeout(timer);
  }, [changed, easel, user, site, version, continued]);
  useEffect(() => {
    const flush = (): void => void waiting.current?.();
    document.addEventListener('visibilitychange', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, []);
  return room;
}

/** Ctrl+Z and Ctrl+Y; Enter and Escape while something is drawn on the map. */
function useKeys(easel: Easel): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { desk, mode, path, turn } = easel;
      const within = event.target instanceof HTMLElement ? event.target : null;
      if (within?.closest('input, select, textarea, dialog') != null) return;
      // by the letter, and where the keyboard writes others by the place of the key
      const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace('Key', '').toLowerCase();
      if ((event.ctrlKey || event.metaKey) && (letter === 'z' || letter === 'y')) {
        if (event.shiftKey || letter === 'y' ? desk.redo() : desk.undo()) turn.value += 1;
      } else if (mode.peek() !== 'move' && within?.closest('button, a') == null && event.key === 'Enter') {
        if (!finish(easel)) return;
        path.value = [];
        mode.value = 'move';
      } else if (mode.peek() !== 'move' && event.key === 'Escape') path.value = [];
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [easel]);
}
