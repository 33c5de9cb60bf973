/**
 * Passwords as they are kept: hashed by scrypt (RFC 7914), each with its own salt and the parameters of its day.
 *
 *     const kept = await hashPassword('a sentence nobody guesses');   // scrypt$32768$8$3$salt$hash
 *     await isPassword('a sentence nobody guesses', kept);            // true
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { SHORTEST_PASSWORD } from '../api/password.ts';
import { Problem } from '../problems.ts';

/** What is longer is no password but a load. */
const LONGEST_PASSWORD = 256;

/** Cost N, block size r, parallelisation p: 32 MiB and about 0.2 s. OWASP Password Storage Cheat Sheet. */
const COST = { N: 2 ** 15, r: 8, p: 3 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Hashes at once: each takes 32 MiB and a thread, and others wait their turn. */
const AT_ONCE = 2;

/** @throws Problem `password-short` or `password-long`. */
export async function hashPassword(password: string): Promise<string> {
  const text = normal(password);
  if ([...text].length < SHORTEST_PASSWORD) throw new Problem('password-short', { expected: SHORTEST_PASSWORD });
  if (text.length > LONGEST_PASSWORD) throw new Problem('password-long', { expected: LONGEST_PASSWORD });
  const salt = randomBytes(SALT_BYTES);
  const hash = await derived(text, salt, COST, HASH_BYTES);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether `password` is the one kept. Where none is kept (`null`) it takes as long and is `false`, so that nobody learns from the
 * time which users there are.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [kind, N, r, p, salt, hash] = (kept ?? NOBODYS).split('$');
  if (kind !== 'scrypt' || salt === undefined || hash === undefined)
    throw new Error('a password is kept in a form that is not ours');
  const expected = Buffer.from(hash, 'base64url');
  const given = normal(password).slice(0, LONGEST_PASSWORD + 1);
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derived(given, Buffer.from(salt, 'base64url'), cost, expected.length);
  return timingSafeEqual(found, expected) && kept !== null;
}

const NOBODYS = ['scrypt', COST.N, COST.r, COST.p, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES)]
  .map((part) => (Buffer.isBuffer(part) ? part.toString('base64url') : part))
  .join('$');

/** The same letters typed on another keyboard are the same password. NIST SP 800-63B-4, 3.1.1.2: NFKC or NFC. */
function normal(password: string): string {
  return password.normalize('NFKC');
}

let running = 0;
const waiting: (() => void)[] = [];

async function derived(password: string, salt: Buffer, cost: typeof COST, length: number): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await new Promise((resolve, reject) => {
      const maxmem = 256 * cost.N * cost.r; // twice what it takes
      scrypt(password, salt, length, { ...cost, maxmem }, (error, hash) => (error === null ? resolve(hash) : reject(error)));
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
