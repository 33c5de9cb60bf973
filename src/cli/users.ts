/** `saryarka users`: who may sign in to a dossier; also while it is served. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type Role, roles } from '../api/roles.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { addKey, listKeys, revokeKey } from '../store/api-keys.ts';
import { type Db, transaction } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { hashPassword } from '../store/passwords.ts';
import { EVERYWHERE, putRole, removeRole, rolesOf } from '../store/roles.ts';
import { addUser, getUser, hasUsers, knownUser, listUsers, loginOf, setPassword, setStatus } from '../store/users.ts';
import type { Lang } from '../types.ts';

interface Options {
  lang: Lang;
}

interface RoleOptions extends Options {
  role?: string;
  site?: string;
}

/** Who writes when nobody is signed in. */
const BY = 'cli';

export async function addUserTo(dossier: string, login: string, options: RoleOptions & { name?: string }): Promise<number> {
  const { lang, role = 'reader', site = null, name } = options;
  const held = roleOf(role);
  return withDossier(dossier, async (db) => {
    const id = loginOf(login);
    if (getUser(db, id) !== null) throw new Problem('login-taken', { user: id });
    if (!hasUsers(db) && (held !== 'administrator' || site !== null)) throw new Problem('administrator-first');
    const password = await hashPassword(await askPassword(t(lang, 'cli.users.password', { user: id })));
    transaction(db, () => {
      addUser(db, BY, { id, name: name ?? login.trim(), lang, password, now: new Date().toISOString() });
      putRole(db, BY, { user: id, site, role: held });
    });
    console.log(t(lang, 'cli.users.added', { user: id, role: held, place: site ?? t(lang, 'cli.users.everywhere') }));
  });
}

export async function listUsersOf(dossier: string, { lang }: Options): Promise<number> {
  return withDossier(dossier, async (db) => {
    const users = listUsers(db);
    if (users.length === 0) console.log(t(lang, 'cli.users.none'));
    for (const { id, name, status, passwordSet, linked } of users) {
      const held = Object.entries(rolesOf(db, id)).map(
        ([place, role]) => `${role} ${place === EVERYWHERE ? t(lang, 'cli.users.everywhere') : place}`,
      );
      const how = [...(passwordSet === null ? [] : ['scrypt']), ...(linked ? ['OpenID'] : [])].join('+');
      console.log([id, name, t(lang, `cli.users.${status}`), how, held.join(', ') || '–'].join('\t'));
    }
  });
}

export async function blockUser(
  dossier: string,
  login: string,
  { lang, undo = false }: Options & { undo?: boolean },
): Promise<number> {
  return withDossier(dossier, async (db) => {
    const { id } = knownUser(db, login.toLowerCase());
    setStatus(db, BY, id, undo ? 'active' : 'blocked');
    console.log(t(lang, undo ? 'cli.users.unblocked' : 'cli.users.was-blocked', { user: id }));
  });
}

export async function newPassword(dossier: string, login: string, { lang }: Options): Promise<number> {
  return withDossier(dossier, async (db) => {
    const { id } = knownUser(db, login.toLowerCase());
    const password = await hashPassword(await askPassword(t(lang, 'cli.users.password', { user: id })));
    setPassword(db, BY, id, { password, now: new Date().toISOString() });
    console.log(t(lang, 'cli.users.password-set', { user: id }));
  });
}

export async function giveRole(
  dossier: string,
  login: string,
  role: string,
  { lang, site }: Options & { site?: string },
): Promise<number> {
  return withDossier(dossier, async (db) => {
    const { id } = knownUser(db, login.toLowerCase());
    const place = site ?? t(lang, 'cli.users.everywhere');
    if (role === 'none') {
      removeRole(db, BY, id, site ?? null);
      console.log(t(lang, 'cli.users.role-taken', { user: id, place }));
    } else {
      putRole(db, BY, { user: id, site: site ?? null, role: roleOf(role) });
      console.log(t(lang, 'cli.users.role-given', { user: id, role, place }));
    }
  });
}

/** Lists the keys of a user, gives one out, or takes one back. The key itself goes to standard output, so that it can be piped into a file. */
export async function userKeys(
  dossier: string,
  login: string,
  { lang, new: title, days, revoke }: Options & { new?: string; days?: string; revoke?: string },
): Promise<number> {
  if (days !== undefined && !/^[1-9]\d{0,4}$/.test(days))
    throw new Problem('choice-wrong', { field: '--days', found: days, expected: '365' });
  return withDossier(dossier, async (db) => {
    const { id: user } = knownUser(db, login.toLowerCase());
    if (revoke !== undefined) {
      if (!listKeys(db, user).some(({ id }) => id === revoke)) throw new Problem('key-unknown', { found: revoke });
      revokeKey(db, BY, revoke);
      console.log(t(lang, 'cli.users.key-revoked', { user, id: revoke }));
    } else if (title !== undefined) {
      const { id, key } = addKey(db, BY, { user, title, now: new Date(), days: days === undefined ? null : Number(days) });
      console.error(t(lang, 'cli.users.key-added', { user, id }));
      console.log(key);
    } else {
      const keys = listKeys(db, user);
      if (keys.length === 0) console.log(t(lang, 'cli.users.key-none', { user }));
      for (const one of keys)
        console.log(
          [one.id, one.title, one.created.slice(0, 10), one.expires?.slice(0, 10) ?? t(lang, 'cli.users.key-forever')].join('\t'),
        );
    }
  });
}

function roleOf(given: string): Role {
  const role = roles.find((known) => known === given);
  if (role === undefined) throw new Problem('choice-wrong', { field: 'role', found: given, expected: roles.join(', ') });
  return role;
}

async function withDossier(dossier: string, work: (db: Db) => Promise<void>): Promise<number> {
  const db = openDossier(dossier);
  try {
    await work(db);
  } finally {
    closeDossier(db);
  }
  return 0;
}

/** A password from the terminal, where it is not shown, or the first line of what is piped in. @throws Problem `password-unread`. */
async function askPassword(question: string): Promise<string> {
  const terminal = process.stdin.isTTY === true;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  if (terminal) process.stderr.write(question);
  try {
    for await (const line of lines) {
      if (line !== '') return line;
      break;
    }
    throw new Problem('password-unread');
  } finally {
    if (terminal) process.stderr.write('\n');
    lines.close();
  }
}
