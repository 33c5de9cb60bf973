/** Inviting somebody, and the invitations there are. */
import { useState } from 'preact/hooks';
import type { Invitation, Invited } from '../../src/api/accounts.ts';
import { write } from '../api.ts';
import { Choice, Field } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { session } from '../session.ts';
import { day, say } from '../words.ts';
import { LinkOnce } from './admin-link.tsx';
import { type Place, placeText, roleChoices } from './admin-places.ts';

export function Invitations({ places }: { places: readonly Place[] }) {
  const invitations = useResource<Invitation[]>('/api/invitations');
  if (session.value?.mode === 'local') return <p class="finding info">{say('admin.nobody-yet')}</p>;
  return (
    <>
      <Invite places={places} />
      {invitations.value === null ? <Waiting resource={invitations} /> : <List list={invitations.value} places={places} />}
    </>
  );
}

function Invite({ places }: { places: readonly Place[] }) {
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<string>('contributor');
  const [chosen, setPlace] = useState<string | null>(null);
  const [link, setLink] = useState<Invited | null>(null);
  const place = chosen ?? places[0]?.value ?? '*';
  const invite = useTask(async () => {
    const path = place === '*' ? '/api/invitations' : `/api/sites/${encodeURIComponent(place)}/invitations`;
    setLink((await write<Invited>('post', path, { login, role })).reply);
    setLogin('');
  });
  return (
    <form class="narrow" onSubmit={invite.submit}>
      <h2>{say('admin.invite')}</h2>
      <p>{say('admin.invite-lead')}</p>
      <Field
        label={say('account.login')}
        value={login}
        onValue={setLogin}
        autoComplete="off"
        spellcheck={false}
        required
        maxLength={64}
      />
      <Choice label={say('admin.place')} value={place} choices={places} onValue={setPlace} />
      <Choice
        label={say('admin.role')}
        value={role}
        choices={roleChoices()}
        onValue={setRole}
        hint={say(`account.role-may.${role}`)}
      />
      <Told task={invite} />
      <button type="submit" class="main" disabled={invite.busy || places.length === 0}>
        {say('admin.invite')}
      </button>
      {link === null ? null : <LinkOnce invited={link} />}
    </form>
  );
}

function List({ list, places }: { list: Invitation[]; places: readonly Place[] }) {
  const [asked, setAsked] = useState<string | null>(null);
  const withdraw = useTask(async () => void (await write('delete', `/api/invitations/${encodeURIComponent(asked ?? '')}`)));
  return (
    <>
      <h2>{say('admin.invitations')}</h2>
      <Told task={withdraw} done={say('account.saved')} />
      {list.length === 0 ? <p>{say('admin.invitations-none')}</p> : null}
      {list.length === 0 ? null : (
        <table class="cards">
          <caption class="unseen">{say('admin.invitations')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('admin.user')}</th>
              <th scope="col">{say('admin.role')}</th>
              <th scope="col">{say('admin.invited-by')}</th>
              <th scope="col">{say('admin.state')}</th>
              <th scope="col">
                <span class="unseen">{say('admin.withdraw')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.login}</th>
                <td data-label={say('admin.role')}>
                  {one.role === null
                    ? say('account.reset')
                    : `${say(`account.role.${one.role}`)} · ${placeText(one.site ?? '*', places)}`}
                </td>
                <td data-label={say('admin.invited-by')}>
                  {one.by}, {day(one.created)}
                </td>
                <td data-label={say('admin.state')}>{stateText(one)}</td>
                <td>
                  {one.used === null ? (
                    <button
                      type="button"
                      aria-label={say('admin.withdraw-of', { user: one.login })}
                      onClick={() => {
                        setAsked(one.id);
                        queueMicrotask(() => document.getElementById(`withdraw-${one.id}`)?.focus());
                      }}
                    >
                      {say('admin.withdraw')}
                    </button>
                  ) : null}
                  {asked === one.id ? (
                    <button type="button" id={`withdraw-${one.id}`} class="main" onClick={() => void withdraw.run()}>
                      {say('admin.withdraw-of', { user: one.login })}
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function stateText({ used, expires }: Invitation): string {
  if (used !== null) return say('admin.invitation-used', { day: day(used) });
  const open = new Date(expires).getTime() > Date.now();
  return say(open ? 'admin.invitation-open' : 'admin.invitation-over', { day: day(expires) });
}
