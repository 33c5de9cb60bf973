/** The dossier itself: what visitors may, its backup, what is put back, and its check. */
import { useState } from 'preact/hooks';
import type { Settings } from '../../src/api/accounts.ts';
import type { DossierCheck } from '../../src/api/audit.ts';
import { read, write } from '../api.ts';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { openSession, session } from '../session.ts';
import { say } from '../words.ts';

export function DossierPart() {
  return (
    <div class="narrow">
      {session.value?.mode === 'local' ? null : <Visitors />}
      <section>
        <h2>{say('admin.backup')}</h2>
        <p>{say('admin.backup-lead')}</p>
        <p>
          <a class="button" href="/api/backup.gpkg" download>
            {say('admin.backup-take')}
          </a>
        </p>
        <p>{say('admin.copy-lead')}</p>
        <p>
          <a class="button plain" href="/api/dossier.gpkg" download>
            {say('admin.copy-take')}
          </a>
        </p>
      </section>
      <Check />
      <Restore />
    </div>
  );
}

function Visitors() {
  const settings = useResource<Settings>('/api/settings');
  const [chosen, setChosen] = useState<Settings['visitors'] | null>(null);
  const save = useTask(async () => {
    await write('put', '/api/settings', { visitors: chosen });
    setChosen(null);
  });
  if (settings.value === null) return <Waiting resource={settings} />;
  const shown = chosen ?? settings.value.visitors;
  return (
    <form onSubmit={save.submit}>
      <fieldset>
        <legend>
          <h2>{say('admin.visitors')}</h2>
        </legend>
        {(['none', 'read'] as const).map((one) => (
          <p class="field beside" key={one}>
            <input type="radio" name="visitors" id={`visitors-${one}`} checked={shown === one} onChange={() => setChosen(one)} />
            <label for={`visitors-${one}`}>{say(`admin.visitors-${one}`)}</label>
          </p>
        ))}
        <Told task={save} done={say('account.saved')} />
        <button type="submit" disabled={save.busy || chosen === null}>
          {say('admin.save')}
        </button>
      </fieldset>
    </form>
  );
}

function Check() {
  const [found, setFound] = useState<string[] | null>(null);
  const check = useTask(async () => {
    setFound(null);
    setFound((await read<DossierCheck>('/api/check')).found);
  });
  return (
    <section>
      <h2>{say('admin.check')}</h2>
      <p>{say('admin.check-lead')}</p>
      <button type="button" onClick={() => void check.run()} disabled={check.busy}>
        {say('admin.check-do')}
      </button>
      {check.busy ? <p role="status">{say('admin.checking')}</p> : <Told task={check} />}
      {found === null ? null : (
        <div class={`finding ${found.length === 0 ? 'info' : 'error'}`} role="status">
          <p>{found.length === 0 ? say('admin.check-sound') : say('admin.check-found', { count: found.length })}</p>
          {found.length === 0 ? null : (
            <ul>
              {found.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </section>
  );
}

/** Only where the browser runs on the machine that serves: the server refuses it from elsewhere. */
const HERE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

function Restore() {
  const [file, setFile] = useState<File | null>(null);
  const [kept, setKept] = useState('');
  const restore = useTask(async () => {
    if (file === null) return;
    const { reply } = await write<{ kept: string }>('post', '/api/restore', file);
    setKept(reply.kept);
    await openSession();
  });
  return (
    <form onSubmit={restore.submit}>
      <h2>{say('admin.restore')}</h2>
      <p>{say('admin.restore-lead')}</p>
      {HERE.test(location.hostname) ? (
        <>
          <p class="field">
            <label for="restore-file">{say('admin.restore-file')}</label>
            <input
              id="restore-file"
              type="file"
              accept=".gpkg"
              required
              onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
            />
          </p>
          {file === null ? null : <p class="finding question">{say('admin.restore-sure')}</p>}
          <Told task={restore} done={say('admin.restored', { file: kept })} />
          <button type="submit" disabled={restore.busy || file === null}>
            {say('admin.restore-do')}
          </button>
        </>
      ) : (
        <p class="hint">{say('problems.restore-only-here')}</p>
      )}
    </form>
  );
}
