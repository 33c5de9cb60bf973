/** One record to be typed or changed: Enter saves, and the next one can be typed at once. */
import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FieldValue, RecordList, RecordShown } from '../../src/api/records.ts';
import { type FieldFault, Refusal, readVersioned, write } from '../api.ts';
import { named, say } from '../words.ts';
import { RecordField } from './records-field.tsx';
import { RecordPapers } from './records-papers.tsx';

interface Props {
  site: string;
  base: string;
  list: RecordList;
  /** `null` for a new one. */
  record: RecordShown | null;
  /** Told what was done, when nothing more is to be typed. */
  onDone(text: string): void;
  /** Told what was done, when another record follows. */
  onKept(text: string): void;
}

type Typed = Record<string, FieldValue | null>;

export function RecordForm({ site, base, list: { kind, organisations }, record, onDone, onKept }: Props) {
  const [typed, setTyped] = useState<Typed>(record?.values ?? {});
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [failed, setFailed] = useState('');
  const [version, setVersion] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Typed | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const item = record === null ? null : `${base}/items/${encodeURIComponent(record.id)}`;

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    if (item === null) return;
    readVersioned<{ values: Typed }>(item).then(
      ({ reply, version: seen }) => {
        setTyped(reply.values);
        setVersion(seen);
      },
      (error: unknown) => setFailed(String(error)),
    );
  }, [item]);

  /** What waits without a connection bears these names. */
  const offline = (what: 'add' | 'change' | 'remove') => ({
    title: say(`outbox.record-${what}`, { kind: named(kind.title) }),
    labels: Object.fromEntries(kind.fields.map(({ id, label }) => [id, named(label)])),
    anew: base,
  });

  /** Carries a write out; what the server refuses is shown beside the fields, and nothing that was typed is lost. */
  const attempt = async (work: () => Promise<{ waiting: boolean }>): Promise<'done' | 'waiting' | 'refused'> => {
    setBusy(true);
    setFaults([]);
    setFailed('');
    try {
      return (await work()).waiting ? 'waiting' : 'done';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setFaults(error.fields);
      setFailed(error.message);
      if (error.code === 'changed-meanwhile' && item !== null) {
        const now = await readVersioned<{ values: Typed }>(item).catch(() => null);
        setTheirs(now?.reply.values ?? {});
        setVersion(now?.version ?? null);
      }
      return 'refused';
    } finally {
      setBusy(false);
    }
  };

  const save = async (more: boolean): Promise<void> => {
    const body = { values: typed };
    const ended = await attempt(() =>
      item === null
        ? write('post', base, body, { offline: offline('add') })
        : write('put', item, body, { version, offline: offline('change') }),
    );
    if (ended === 'refused') {
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      return;
    }
    const told = say(ended === 'waiting' ? 'outbox.kept' : 'records-page.kept');
    if (!more) return onDone(told);
    setTyped(
      Object.fromEntries(kind.fields.filter(({ key, type }) => key && type === 'year').map(({ id }) => [id, typed[id] ?? null])),
    );
    onKept(told);
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  };

  const drop = async (): Promise<void> => {
    if (item === null || !confirm(say('records-page.really-remove'))) return;
    const ended = await attempt(() => write('delete', item, undefined, { version, offline: offline('remove') }));
    if (ended !== 'refused') onDone(say(ended === 'waiting' ? 'outbox.kept' : 'records-page.removed'));
  };

  return (
    <form
      ref={form}
      class="record"
      aria-label={record === null ? say('records-page.add') : say('records-page.change')}
      onSubmit={(event: TargetedSubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        void save(false);
      }}
    >
      <datalist id="organisations">
        {organisations.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div class="fields">
        {kind.fields.map((field) => (
          <RecordField
            key={field.id}
            field={field}
            value={typed[field.id] ?? null}
            fault={faults.find((one) => one.field === field.id)?.message ?? null}
            theirs={theirs === null ? null : textOf(theirs[field.id])}
            onChange={(value) => setTyped((known) => ({ ...known, [field.id]: value }))}
          />
        ))}
      </div>
      {failed === '' ? null : (
        <p class="finding error" role="alert">
          {failed}
        </p>
      )}
      <p class="actions">
        <button type="submit" class="main" disabled={busy}>
          {say('web.save')}
        </button>
        {record === null ? (
          <button type="button" disabled={busy} onClick={() => void save(true)}>
            {say('records-page.save-next')}
          </button>
        ) : (
          <button type="button" disabled={busy} onClick={() => void drop()}>
            {say('records-page.remove')}
          </button>
        )}
        <button type="button" onClick={() => onDone('')}>
          {say('web.cancel')}
        </button>
      </p>
      {item === null ? <p class="hint">{say('records-page.papers-later')}</p> : <RecordPapers site={site} item={item} />}
      <p class="hint">{named(kind.about)}</p>
    </form>
  );
}

function textOf(value: FieldValue | null | undefined): string {
  return value === null || value === undefined ? '' : Array.isArray(value) ? value.join('; ') : String(value);
}
