/** Signing in with name and password, or through the organisation. */
import { useState } from 'preact/hooks';
import type { Session } from '../../src/api/session.ts';
import { write } from '../api.ts';
import { Field, PasswordField } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { address, go } from '../router.ts';
import { session, settle } from '../session.ts';
import { say } from '../words.ts';
import './admin.css';

export function SignIn() {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const enter = useTask(async () => {
    const { reply } = await write<Session>('post', '/api/session', { login, password });
    settle(reply);
    if (address.value.pathname === '/sign-in') go('/', { replace: true });
  });
  document.title = `${say('account.sign-in')} · Saryarka`;
  const known = session.value;
  if (known?.mode === 'local') {
    return (
      <>
        <h1>{say('account.sign-in')}</h1>
        <p>{say('account.local')}</p>
      </>
    );
  }
  return (
    <form class="narrow" onSubmit={enter.submit}>
      <h1>{say('account.sign-in')}</h1>
      <p class="lead">{say('account.closed')}</p>
      <RefusedByProvider />
      <Field
        label={say('account.login')}
        value={login}
        onValue={setLogin}
        autoComplete="username"
        spellcheck={false}
        required
        maxLength={64}
      />
      <PasswordField label={say('account.password')} value={password} onValue={setPassword} autoComplete="current-password" />
      <Told task={enter} />
      <p>
        <button type="submit" class="main" disabled={enter.busy}>
          {say('account.sign-in')}
        </button>
      </p>
      {known?.provider ? (
        <p>
          <a class="button" href="/api/oidc/start">
            {say('account.provider')}
          </a>
        </p>
      ) : null}
      <p class="hint">{say('account.forgotten')}</p>
    </form>
  );
}

/** What the provider's way ended with; the server sends the browser here with the reason. */
const REASONS = ['oidc-failed', 'oidc-no-account', 'sign-in-failed', 'invitation-gone', 'too-many-requests'];

function RefusedByProvider() {
  const asked = address.value.searchParams;
  const refused = asked.get('refused');
  if (refused === null) return null;
  const found = asked.get('why') ?? '–';
  return (
    <p class="finding error" role="alert">
      {REASONS.includes(refused) ? say(`problems.${refused}`, { found, expected: 60 }) : say('account.refused')}
    </p>
  );
}
