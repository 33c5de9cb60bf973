/** Where an invitation link leads: an account of one's own, a further role, or a new password. */
import { useState } from 'preact/hooks';
import type { OpenInvitation } from '../../src/api/accounts.ts';
import { SHORTEST_PASSWORD } from '../../src/api/password.ts';
import type { Session } from '../../src/api/session.ts';
import { write } from '../api.ts';
import { Field, PasswordField } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { go } from '../router.ts';
import { session, settle } from '../session.ts';
import { day, lang, named, say } from '../words.ts';
import './admin.css';

export function Invitation({ token = '' }: Record<string, string>) {
  const path = `/api/invitation/${encodeURIComponent(token)}`;
  const invitation = useResource<OpenInvitation>(path);
  document.title = `${say('account.invitation')} · Saryarka`;
  if (invitation.value === null) {
    if (invitation.refusal === null) return <Waiting resource={invitation} />;
    return (
      <>
        <h1>{say('account.invitation')}</h1>
        <p class="finding error" role="alert">
          {invitation.refusal.message}
        </p>
      </>
    );
  }
  return <Accept invitation={invitation.value} path={path} token={token} />;
}

function Accept({ invitation, path, token }: { invitation: OpenInvitation; path: string; token: string }) {
  const { login, kind, role, known, expires, site, siteName } = invitation;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const own = session.value?.user?.id === login;
  const accept = useTask(async () => {
    const body = own && kind === 'invitation' ? {} : { password, lang: lang.value, ...(kind === 'invitation' && { name }) };
    settle((await write<Session>('post', path, body)).reply);
    go('/', { replace: true });
  });
  const place = site === null ? say('account.everywhere') : siteName === null ? site : named(siteName);
  return (
    <form class="narrow" onSubmit={accept.submit}>
      <h1>{say(kind === 'password' ? 'account.reset' : 'account.invitation')}</h1>
      <p class="lead">
        {kind === 'password'
          ? say('account.reset-lead', { login })
          : say('account.invited', { role: say(`account.role.${role}`), place, login })}
      </p>
      {kind === 'invitation' && known && !own ? (
        <p class="finding question">
          {say('account.invited-known', { login })} <a href="/sign-in">{say('account.sign-in')}</a>
        </p>
      ) : (
        <>
          {kind === 'invitation' && !known ? (
            <Field label={say('account.name')} value={name} onValue={setName} autoComplete="name" required maxLength={200} />
          ) : null}
          {kind === 'invitation' && known ? null : (
            <PasswordField
              label={say('account.password-new')}
              hint={say('account.password-hint', { count: SHORTEST_PASSWORD })}
              value={password}
              onValue={setPassword}
              autoComplete="new-password"
            />
          )}
          <Told task={accept} />
          <p>
            <button type="submit" class="main" disabled={accept.busy}>
              {say(kind === 'password' ? 'admin.save' : 'account.accept')}
            </button>
          </p>
          {kind === 'invitation' && !known && session.value?.provider ? (
            <p>
              <a class="button" href={`/api/oidc/start?invitation=${encodeURIComponent(token)}`}>
                {say('account.provider-accept')}
              </a>
            </p>
          ) : null}
        </>
      )}
      <p class="hint">{say('account.invited-until', { day: day(expires) })}</p>
    </form>
  );
}
