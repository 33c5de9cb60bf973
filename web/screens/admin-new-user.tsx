/** An account that an administrator makes with a password; the first of a dossier is the administrator's own. */
import { useState } from 'preact/hooks';
import type { NewUser, User } from '../../src/api/accounts.ts';
import { SHORTEST_PASSWORD } from '../../src/api/password.ts';
import type { Role } from '../../src/api/roles.ts';
import { write } from '../api.ts';
import { Choice, Field, PasswordField } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { openSession } from '../session.ts';
import { lang, say } from '../words.ts';
import { type Place, roleChoices } from './admin-places.ts';

export function NewUserForm({ places, first }: { places: readonly Place[]; first: boolean }) {
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<string>(first ? 'administrator' : 'reader');
  const [place, setPlace] = useState('*');
  const add = useTask(async () => {
    const body: NewUser = {
      login,
      name,
      password,
      lang: lang.value,
      role: first ? 'administrator' : (role as Role),
      site: first || place === '*' ? null : place,
    };
    await write<User>('post', '/api/users', body);
    if (first) return openSession();
    setLogin('');
    setName('');
    setPassword('');
  });
  return (
    <form class="narrow" onSubmit={add.submit}>
      <h2>{say(first ? 'admin.first-user' : 'admin.add-user')}</h2>
      <Field
        label={say('account.login')}
        value={login}
        onValue={setLogin}
        autoComplete="off"
        spellcheck={false}
        required
        maxLength={64}
      />
      <Field label={say('account.name')} value={name} onValue={setName} autoComplete="off" required maxLength={200} />
      <PasswordField
        label={say('account.password')}
        hint={say('account.password-hint', { count: SHORTEST_PASSWORD })}
        value={password}
        onValue={setPassword}
        autoComplete="new-password"
      />
      {first ? null : (
        <>
          <Choice label={say('admin.place')} value={place} choices={places} onValue={setPlace} />
          <Choice
            label={say('admin.role')}
            value={role}
            choices={roleChoices()}
            onValue={setRole}
            hint={say(`account.role-may.${role}`)}
          />
        </>
      )}
      <Told task={add} done={say('account.saved')} />
      <button type="submit" class="main" disabled={add.busy}>
        {say(first ? 'admin.first-user' : 'admin.add-user')}
      </button>
    </form>
  );
}
