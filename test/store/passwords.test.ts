import { scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPassword, isPassword } from '../../src/store/passwords.ts';
import { problemOf } from '../formats/expect-problem.ts';

test('a password is kept as scrypt with its parameters and a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword('pelicans over the reeds'), hashPassword('pelicans over the reeds')]);
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  const [, , , , salt = '', hash] = one.split('$');
  const expected = scryptSync('pelicans over the reeds', Buffer.from(salt, 'base64url'), 32, {
    N: 2 ** 15,
    r: 8,
    p: 3,
    maxmem: 2 ** 26,
  });
  expect(hash).toBe(expected.toString('base64url'));
});

test('the right one opens, another does not, and of nobody none does', async () => {
  const kept = await hashPassword('pelicans over the reeds');
  expect(await isPassword('pelicans over the reeds', kept)).toBe(true);
  expect(await isPassword('Pelicans over the reeds', kept)).toBe(false);
  expect(await isPassword('', kept)).toBe(false);
  expect(await isPassword('pelicans over the reeds', null)).toBe(false);
});

test('the parameters of its day are used, so that those of ours can change', async () => {
  const salt = Buffer.alloc(16, 7);
  const hash = scryptSync('an old password', salt, 32, { N: 1024, r: 8, p: 1 });
  const kept = `scrypt$1024$8$1$${salt.toString('base64url')}$${hash.toString('base64url')}`;
  expect(await isPassword('an old password', kept)).toBe(true);
  expect(await isPassword('another password', kept)).toBe(false);
});

test('letters that look the same are the same password on another keyboard', async () => {
  const kept = await hashPassword('ко\u0438\u0306ка под снегом'); // и and a breve
  expect(await isPassword('койка под снегом', kept)).toBe(true);
});

test('a password is twelve characters at least, in any script, and no book', async () => {
  expect((await problemOf(() => hashPassword('11 символов'))).code).toBe('password-short');
  expect(await hashPassword('12 символов!')).toContain('scrypt$');
  expect((await problemOf(() => hashPassword('x'.repeat(257)))).code).toBe('password-long');
});
