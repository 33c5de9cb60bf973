/** A table that comes into the dossier: what it would change is told first. */
import { useId, useState } from 'preact/hooks';
import type { ImportTableReply } from '../../src/api/data.ts';
import { write } from '../api.ts';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { say } from '../words.ts';

export function TableImport() {
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [reply, setReply] = useState<ImportTableReply | null>(null);
  const send = async (chosen: File | null, keep: 'yes' | 'no'): Promise<void> => {
    if (chosen === null) return;
    const path = `/api/tables?name=${encodeURIComponent(chosen.name)}&keep=${keep}`;
    setReply((await write<ImportTableReply>('post', path, new Blob([chosen], { type: 'text/csv' }))).reply);
  };
  const work = useTask(() => send(file, reply === null ? 'no' : 'yes'));
  return (
    <form onSubmit={work.submit}>
      <p class="actions">
        <label for={id}>{say('data-page.table-choose')}</label>{' '}
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0] ?? null);
            setReply(null);
          }}
        />
        <button type="submit" class="main" disabled={file === null || work.busy || reply?.kept === true}>
          {say(reply === null ? 'data-page.table-look' : 'data-page.table-keep')}
        </button>
      </p>
      {reply === null || file === null ? null : (
        <p role="status">
          {say('data-page.table-told', {
            file: file.name,
            noun: reply.noun,
            added: reply.added,
            changed: reply.changed,
            same: reply.same,
          })}{' '}
          {reply.kept ? say('data-page.table-kept') : null}
        </p>
      )}
      {work.refusal === null ? null : <Told task={work} />}
    </form>
  );
}
