/** A drawing on its way into the dossier: saved at once, looked at first where something was mended, or held beside another's. */
import { useState } from 'preact/hooks';
import type { DrawnReply } from '../../src/api/drawn-zones.ts';
import type { SiteDetail } from '../../src/api/sites.ts';
import type { ReadyZoneMap } from '../../src/api/zone-maps.ts';
import { Refusal, write } from '../api.ts';
import type { Focus } from '../parts/map-layers.ts';
import { day, figure, named, say } from '../words.ts';
import { DifferenceTable } from './site-compare.tsx';
import { drawingText, type Easel } from './site-edit-easel.ts';
import { FindingList } from './site-findings.tsx';

interface Props {
  detail: SiteDetail;
  easel: Easel;
  /** Of the zones that the drawing was begun from. */
  version: string;
  onFocus(focus: Focus | null): void;
  onSaved(): void;
  /** Throws the drawing away and begins anew. */
  onDrop(): void;
  /** The version of what is stored now, read anew. */
  newest(): Promise<string>;
}

export function EditSave({ detail, easel, version, onFocus, onSaved, onDrop, newest }: Props) {
  void easel.turn.value;
  const site = encodeURIComponent(detail.site.id);
  const [busy, setBusy] = useState(false);
  const [validFrom, setValidFrom] = useState('');
  const [waiting, setWaiting] = useState<ReadyZoneMap | null>(null);
  const [conflict, setConflict] = useState(false);
  const [refused, setRefused] = useState('');
  const broken = easel.desk.faults().some(({ kind }) => kind === 'self');

  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefused('');
    easel.told.value = say('site-edit.saving');
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      easel.told.value = '';
      setConflict(error.code === 'changed-meanwhile');
      setRefused(error.code === 'changed-meanwhile' ? '' : error.message);
    }
    setBusy(false);
  };
  const send = (seen: string, { look = false } = {}): Promise<void> =>
    during(async () => {
      const query = new URLSearchParams({ ...(validFrom === '' ? {} : { validFrom }), ...(look ? { ask: 'always' } : {}) });
      const body = new Blob([drawingText(easel.desk.borders)], { type: 'application/geo+json' });
      const { reply } = await write<DrawnReply>('put', `/api/sites/${site}/zones?${query}`, body, { version: seen });
      easel.told.value = '';
      setConflict(false);
      if (reply.state === 'saved') onSaved();
      else if (reply.state === 'ready') setWaiting(reply);
    });
  const accept = (ready: ReadyZoneMap): Promise<void> =>
    during(async () => {
      setWaiting(null);
      await write('post', `/api/sites/${site}/zone-map/${ready.id}/accept`, undefined, { version: `"${ready.result.version}"` });
      onSaved();
    });
  return (
    <section aria-label={say('site-edit.save')}>
      {refused === '' ? null : (
        <p class="finding error" role="alert">
          {refused}
        </p>
      )}
      {conflict ? (
        <div class="finding question" role="alert">
          <p>
            <strong>{say('site-edit.conflict.title')}</strong>
          </p>
          <p>{say('site-edit.conflict.about')}</p>
          <p class="edit-choices">
            <Download detail={detail} easel={easel} />
            <button type="button" disabled={busy} onClick={() => void newest().then((seen) => send(seen, { look: true }))}>
              {say('site-edit.conflict.look')}
            </button>
            <button type="button" disabled={busy} onClick={onDrop}>
              {say('site-edit.draft.drop')}
            </button>
          </p>
        </div>
      ) : null}
      {waiting === null ? (
        <>
          <p>
            <label>
              {say('site.import.valid-from')}{' '}
              <input type="date" value={validFrom} onChange={({ currentTarget }) => setValidFrom(currentTarget.value)} />
            </label>
            <small> {validFrom === '' ? say('site.import.valid-from-why') : day(validFrom)}</small>
          </p>
          <p class="edit-choices">
            <button type="button" class="main" disabled={busy || broken} onClick={() => void send(version)}>
              {say('site-edit.save')}
            </button>
            <Download detail={detail} easel={easel} />
            <button type="button" disabled={busy} onClick={onDrop}>
              {say('site-edit.drop')}
            </button>
          </p>
        </>
      ) : (
        <Repairs
          ready={waiting}
          busy={busy}
          onFocus={onFocus}
          onAccept={() => void accept(waiting)}
          onBack={() => setWaiting(null)}
        />
      )}
    </section>
  );
}

interface RepairsProps {
  ready: ReadyZoneMap;
  busy: boolean;
  onFocus(focus: Focus | null): void;
  onAccept(): void;
  onBack(): void;
}

/** What was mended, what is left to decide, and what would change. */
function Repairs({ ready: { result }, busy, onFocus, onAccept, onBack }: RepairsProps) {
  return (
    <div class="proposal">
      <h3>{say('site-edit.repairs.title')}</h3>
      {result.repairs.length === 0 ? null : (
        <>
          <p>{say('site-edit.repairs.mended', { count: result.repairs.length })}</p>
          <ol class="repairs">
            {result.repairs.map(({ kind, zone, areaHa, text, place }, i) => (
              <li key={`${kind} ${zone} ${i + 1}`}>
                {named(text)} <small>{say('site.import.repair-area', { areaHa: figure(areaHa, 4) })}</small>{' '}
                {place === null ? null : (
                  <button type="button" onClick={() => onFocus({ geometry: place as unknown as Focus['geometry'], move: true })}>
                    {say('site.show')}
                  </button>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {result.unresolved.length === 0 ? null : (
        <>
          <p>{say('site.import.unresolved', { count: result.unresolved.length })}</p>
          <FindingList findings={result.unresolved} onFocus={onFocus} />
        </>
      )}
      {result.differences === null ? null : <DifferenceTable differences={result.differences} />}
      <p class="edit-choices">
        <button type="button" class="main" disabled={busy} onClick={onAccept}>
          {say('site-edit.repairs.accept')}
        </button>
        <button type="button" disabled={busy} onClick={onBack}>
          {say('site-edit.repairs.back')}
        </button>
      </p>
    </div>
  );
}

function Download({ detail, easel }: { detail: SiteDetail; easel: Easel }) {
  return (
    <button
      type="button"
      onClick={() => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([drawingText(easel.desk.borders)], { type: 'application/geo+json' }));
        link.download = `${detail.site.id}-zones.geojson`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      }}
    >
      {say('site-edit.download')}
    </button>
  );
}
