/** The users, what they may do where, and how they are let in, changed or kept out. */
import { useState } from 'preact/hooks';
import type { Invited, User } from '../../src/api/accounts.ts';
import type { Role } from '../../src/api/roles.ts';
import { write } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Choice } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { session } from '../session.ts';
import { day, say } from '../words.ts';
import { LinkOnce } from './admin-link.tsx';
import { NewUserForm } from './admin-new-user.tsx';
import { type Place, placeText, roleAddress, roleChoices } from './admin-places.ts';

interface UsersProps {
  places: readonly Place[];
  everywhere: boolean;
}

export function Users({ places, everywhere }: UsersProps) {
  const users = useResource<User[]>('/api/users');
  const [open, setOpen] = useState<string | null>(null);
  if (users.value === null) return <Waiting resource={users} />;
  const local = session.value?.mode === 'local';
  const chosen = users.value.find(({ id }) => id === open);
  return (
    <>
      {local ? <p class="finding info">{say('admin.nobody-yet')}</p> : null}
      {users.value.length === 0 ? null : (
        <table class="cards">
          <caption class="unseen">{say('admin.users')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('admin.user')}</th>
              <th scope="col">{say('admin.roles')}</th>
              <th scope="col">{say('admin.state')}</th>
              <th scope="col">
                <span class="unseen">{say('web.menu')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {users.value.map((user) => (
              <tr key={user.id}>
                <th scope="row">
                  {user.name} <small>{user.id}</small>
                </th>
                <td data-label={say('admin.roles')}>
                  <RoleList roles={user.roles} places={places} />
                </td>
                <td data-label={say('admin.state')}>
                  <span class={`badge ${user.status === 'blocked' ? 'error' : 'info'}`}>{say(`admin.${user.status}`)}</span>{' '}
                  {say('admin.since', { day: day(user.created) })}
                  {user.linked ? <small> · {say('admin.linked')}</small> : null}
                </td>
                <td>
                  <button type="button" onClick={() => setOpen(user.id)}>
                    {say('admin.change', { name: user.id })}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {everywhere ? <NewUserForm places={places} first={local} /> : null}
      {chosen === undefined ? null : (
        <Dialog title={chosen.name} onClose={() => setOpen(null)}>
          <UserDialog user={chosen} places={places} everywhere={everywhere} />
        </Dialog>
      )}
    </>
  );
}

function RoleList({ roles, places }: { roles: Record<string, Role>; places: readonly Place[] }) {
  const held = Object.entries(roles);
  if (held.length === 0) return <>{say('admin.role-none')}</>;
  return (
    <>
      {held.map(([place, role]) => (
        <div key={place}>
          {say(`account.role.${role}`)} · {placeText(place, places)}
        </div>
      ))}
    </>
  );
}

function UserDialog({ user, places, everywhere }: UsersProps & { user: User }) {
  const [first] = Object.entries(user.roles);
  const [role, setRole] = useState<string>(first?.[1] ?? 'reader');
  const [place, setPlace] = useState(first?.[0] ?? places.at(-1)?.value ?? '*');
  const [link, setLink] = useState<Invited | null>(null);
  const address = `/api/users/${encodeURIComponent(user.id)}`;
  const give = useTask(async () => void (await write('put', roleAddress(place, user.id), { role })));
  const state = useTask(
    async () => void (await write('put', address, { status: user.status === 'active' ? 'blocked' : 'active' })),
  );
  const password = useTask(async () => setLink((await write<Invited>('post', `${address}/password`)).reply));
  const held = Object.entries(user.roles).map(([value, own]) => ({
    value,
    text: `${say(`account.role.${own}`)} · ${placeText(value, places)}`,
  }));
  const [taken, setTaken] = useState('');
  const chosen = held.find(({ value }) => value === taken) ?? held[0];
  const take = useTask(async () => void (await write('delete', roleAddress(chosen?.value ?? '', user.id))));
  return (
    <>
      <form onSubmit={give.submit}>
        <Choice label={say('admin.place')} value={place} choices={places} onValue={setPlace} />
        <Choice
          label={say('admin.role')}
          value={role}
          choices={roleChoices()}
          onValue={setRole}
          hint={say(`account.role-may.${role}`)}
        />
        <button type="submit" class="main" disabled={give.busy}>
          {say('admin.give-role')}
        </button>
        <Told task={give} done={say('account.saved')} />
      </form>
      {chosen === undefined ? null : (
        <form onSubmit={take.submit}>
          <Choice label={say('admin.roles')} value={chosen.value} choices={held} onValue={setTaken} />
          <button type="submit" disabled={take.busy}>
            {say('admin.take')}
          </button>
        </form>
      )}
      <Told task={take} done={say('account.saved')} />
      {everywhere ? (
        <>
          <p class="row">
            <button type="button" onClick={() => void password.run()} disabled={password.busy}>
              {say('admin.password-link')}
            </button>
            <button type="button" onClick={() => void state.run()} disabled={state.busy}>
              {say(user.status === 'active' ? 'admin.block' : 'admin.unblock')}
            </button>
          </p>
          <p class="hint">{say('admin.block-note')}</p>
          <Told task={state} done={say('account.saved')} />
          <Told task={password} />
          {link === null ? null : <LinkOnce invited={link} />}
        </>
      ) : null}
    </>
  );
}
