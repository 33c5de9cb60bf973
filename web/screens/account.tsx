/** One's own account: name, password, sessions, and what one may do. */
import { useState } from 'preact/hooks';
import { SHORTEST_PASSWORD } from '../../src/api/password.ts';
import type { Role } from '../../src/api/roles.ts';
import type { OwnSessions, Session } from '../../src/api/session.ts';
import { write } from '../api.ts';
import { Field, PasswordField } from '../parts/field.tsx';
import { moment } from '../parts/moment.ts';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { go } from '../router.ts';
import { openSession, session, settle } from '../session.ts';
import { lang, say } from '../words.ts';
import './admin.css';

export function Account() {
  document.title = `${say('account.title')} · Saryarka`;
  const known = session.value;
  if (known === null) return null;
  if (known.mode === 'local') {
    return (
      <>
        <h1>{say('account.title')}</h1>
        <p>{say('account.local')}</p>
      </>
    );
  }
  if (known.user === null) return <a href="/sign-in">{say('account.sign-in')}</a>;
  return (
    <div class="narrow">
      <h1>{known.user.name}</h1>
      <Roles roles={known.roles} />
      <Name name={known.user.name} />
      <Password />
      <Sessions />
    </div>
  );
}

function Roles({ roles }: { roles: Record<string, Role> }) {
  const held = Object.entries(roles);
  return (
    <section>
      <h2>{say('account.roles')}</h2>
      {held.length === 0 ? <p>{say('account.role-none')}</p> : null}
      <ul>
        {held.map(([place, role]) => (
          <li key={place}>
            <strong>{say(`account.role.${role}`)}</strong> · {place === '*' ? say('account.everywhere') : place}
            <br />
            <small>{say(`account.role-may.${role}`)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Name({ name: stored }: { name: string }) {
  const [name, setName] = useState(stored);
  const save = useTask(async () => settle((await write<Session>('put', '/api/account', { name, lang: lang.value })).reply));
  return (
    <form onSubmit={save.submit}>
      <Field label={say('account.name')} value={name} onValue={setName} autoComplete="name" required maxLength={200} />
      <Told task={save} done={say('account.saved')} />
      <button type="submit" disabled={save.busy}>
        {say('admin.save')}
      </button>
    </form>
  );
}

function Password() {
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const save = useTask(async () => {
    settle((await write<Session>('put', '/api/account/password', { old, new: next })).reply);
    setOld('');
    setNext('');
  });
  return (
    <form onSubmit={save.submit}>
      <h2>{say('account.password-change')}</h2>
      <PasswordField label={say('account.password-old')} value={old} onValue={setOld} autoComplete="current-password" />
      <PasswordField
        label={say('account.password-new')}
        hint={say('account.password-hint', { count: SHORTEST_PASSWORD })}
        value={next}
        onValue={setNext}
        autoComplete="new-password"
      />
      <Told task={save} done={say('account.password-changed')} />
      <button type="submit" disabled={save.busy}>
        {say('account.password-change')}
      </button>
    </form>
  );
}

function Sessions() {
  const sessions = useResource<OwnSessions>('/api/account/sessions');
  const leave = (path: string) => async () => {
    await write('delete', path);
    await openSession();
    go('/');
  };
  const out = useTask(leave('/api/session'));
  const everywhere = useTask(leave('/api/account/sessions'));
  return (
    <section>
      <h2>{say('account.sessions')}</h2>
      {sessions.value === null ? (
        <Waiting resource={sessions} />
      ) : (
        <ul>
          {sessions.value.map((one) => (
            <li key={one.id}>
              {say('account.session-since')}: {moment(one.created)} · {say('account.session-seen')}: {moment(one.seen)}
              {one.current ? <strong> · {say('account.session-this')}</strong> : null}
            </li>
          ))}
        </ul>
      )}
      <Told task={out} />
      <Told task={everywhere} />
      <p class="row">
        <button type="button" class="main" onClick={() => void out.run()} disabled={out.busy}>
          {say('account.sign-out')}
        </button>
        <button type="button" onClick={() => void everywhere.run()} disabled={everywhere.busy}>
          {say('account.sign-out-everywhere')}
        </button>
      </p>
    </section>
  );
}
