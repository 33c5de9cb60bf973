/** A table of records comes in, from a file or from the clipboard: what is understood and what is not, row by row, then yes or no. */
import { useState } from 'preact/hooks';
import type { ImportReply } from '../../src/api/records.ts';
import { Refusal, write } from '../api.ts';
import { figure, named, say } from '../words.ts';

interface Source {
  digest: string;
  name: string;
}

export function RecordImport({ site, kind, onDone }: { site: string; kind: string | null; onDone?(): void }) {
  const base = `/api/sites/${encodeURIComponent(site)}`;
  const [source, setSource] = useState<Source | null>(null);
  const [preview, setPreview] = useState<ImportReply | null>(null);
  const [kept, setKept] = useState<ImportReply | null>(null);
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);

  const attempt = async <Value,>(work: () => Promise<Value>): Promise<Value | null> => {
    setBusy(true);
    setFailed('');
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setFailed(error.message);
      return null;
    } finally {
      setBusy(false);
    }
  };

  const look = async (blob: Blob, name: string): Promise<void> => {
    setKept(null);
    setPreview(null);
    const sent = await attempt(() => write<Source>('post', `${base}/record-files?name=${encodeURIComponent(name)}`, blob));
    if (sent === null) return;
    setSource(sent.reply);
    const seen = await attempt(() => write<ImportReply>('post', `${base}/record-previews`, { ...sent.reply, ...asKind(kind) }));
    setPreview(seen?.reply ?? null);
  };

  const keep = async (): Promise<void> => {
    const stored = await attempt(() => write<ImportReply>('post', `${base}/record-imports`, { ...source, ...asKind(kind) }));
    if (stored === null) return;
    setKept(stored.reply);
    setPreview(null);
  };

  return (
    <section
      class="import"
      aria-label={say('records-page.import')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const [file] = event.dataTransfer?.files ?? [];
        if (file !== undefined) void look(file, file.name);
      }}
    >
      {kind === null ? <h2>{say('records-page.import')}</h2> : <h3>{say('records-page.import')}</h3>}
      <p class="hint">{say('records-page.import-about')}</p>
      <p>
        <label>
          {say('records-page.file')}{' '}
          <input
            type="file"
            accept=".xlsx,.xls,.ods,.csv,.tsv,.txt"
            disabled={busy}
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file !== undefined) void look(file, file.name);
            }}
          />
        </label>
      </p>
      <p>
        <label>
          {say('records-page.paste')}
          <textarea
            rows={3}
            disabled={busy}
            onPaste={(event) => {
              const text = event.clipboardData?.getData('text/plain') ?? '';
              if (text.trim() === '') return;
              event.preventDefault();
              void look(new Blob([text], { type: 'text/plain' }), 'pasted.tsv');
            }}
            onChange={({ currentTarget }) => {
              if (currentTarget.value.trim() !== '')
                void look(new Blob([currentTarget.value], { type: 'text/plain' }), 'pasted.tsv');
            }}
          />
        </label>
      </p>
      <p role="status">{busy ? say('records-page.reading') : ''}</p>
      {failed === '' ? null : (
        <p class="finding error" role="alert">
          {failed}
        </p>
      )}
      {preview === null ? null : <Preview reply={preview} />}
      {kept === null ? null : <p role="status">{kept.tables.map((table) => told(table, 'records-page.imported')).join(' ')}</p>}
      <p class="actions">
        {preview === null ? null : (
          <button
            type="button"
            class="main"
            disabled={busy || preview.tables.every(({ changes }) => changes.added + changes.changed === 0)}
            onClick={() => void keep()}
          >
            {say('records-page.accept')}
          </button>
        )}
        {onDone === undefined ? null : (
          <button type="button" onClick={onDone}>
            {say('web.close')}
          </button>
        )}
      </p>
    </section>
  );
}

function asKind(kind: string | null): { as?: string } {
  return kind === null ? {} : { as: kind };
}

type Table = ImportReply['tables'][number];

function told({ title, changes, refused }: Table, key: string): string {
  return say(key, { kind: title, added: changes.added, changed: changes.changed, same: changes.same, refused: refused.length });
}

function Preview({ reply }: { reply: ImportReply }) {
  return (
    <>
      {reply.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {reply.tables.map((table) => (
        <div key={table.kind}>
          <h4>{named(table.title)}</h4>
          <p role="status">{told(table, 'records-page.would')}</p>
          {table.changes.organisations.length === 0 ? null : (
            <p>{say('records-page.organisations', { names: table.changes.organisations.join(', ') })}</p>
          )}
          <details open={table.columns.some(({ field }) => field === null)}>
            <summary>{say('records-page.columns', { count: table.columns.length })}</summary>
            <ul>
              {table.columns.map(({ sheet, letter, title, field, how }) => (
                <li key={`${sheet}!${letter}!${field}`}>
                  {letter} «{title || '–'}» → {field === null ? how : `${field}${how === '' ? '' : ` (${how})`}`}
                </li>
              ))}
            </ul>
          </details>
          {table.notes.length === 0 ? null : (
            <ul class="hint">
              {table.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          {table.refused.length === 0 ? null : (
            <div class="finding error">
              <p>{say('records-page.refused', { count: new Set(table.refused.map(({ row }) => row)).size })}</p>
              <ul>
                {table.refused.map(({ row, text }) => (
                  <li key={`${row} ${text}`}>{text}</li>
                ))}
              </ul>
            </div>
          )}
          <section class="scroll" aria-label={say('records-page.would-keep')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('records-page.row')}</th>
                  <th scope="col">{say('records-page.state')}</th>
                  {table.fields.map(({ id, label }) => (
                    <th key={id} scope="col">
                      {label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.records.map(({ row, state, shown }, i) => (
                  <tr key={`${row} ${i}`}>
                    <th scope="row">{row}</th>
                    <td>{say(`records-page.state-${state}`)}</td>
                    {table.fields.map(({ id }) => (
                      <td key={id}>{shown[id] ?? '–'}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p class="hint">{say('records-page.first-shown', { count: figure(table.records.length) })}</p>
        </div>
      ))}
    </>
  );
}
