/** Signing in through an OpenID provider, with an issuer of our own that answers inside the test. */
import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import type { Invited } from '../../src/api/accounts.ts';
import { rolesOf } from '../../src/store/roles.ts';
import { getUser, setStatus } from '../../src/store/users.ts';
import { browserOf, cookieIn, NOW, served, sharedDossier } from './people.ts';

const ISSUER = 'https://id.example';
const SECRET = 'a secret between the two';

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let strangers: typeof keys;

beforeAll(async () => {
  [keys, strangers] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
});

interface Forged {
  nonce?: string;
  audience?: string;
  key?: (typeof keys)['privateKey'];
}

/** An issuer that vouches for `subject`; `forged` is what it, or somebody in its place, gets wrong. */
function issuer(subject: string, forged: Forged = {}) {
  const asked: { challenge: string; nonce: string } = { challenge: '', nonce: '' };
  const json = (value: unknown, status = 200): Response => Response.json(value, { status });
  const fetch = async (url: string, init: { body?: unknown }): Promise<Response> => {
    if (url.endsWith('/.well-known/openid-configuration')) {
      return json({
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/authorize`,
        token_endpoint: `${ISSUER}/token`,
        jwks_uri: `${ISSUER}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      });
    }
    if (url === `${ISSUER}/keys`)
      return json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: '1', alg: 'RS256', use: 'sig' }] });
    const form = new URLSearchParams(String(init.body));
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const right = form.get('code') === 'the-code' && form.get('client_secret') === SECRET && challenge === asked.challenge;
    if (url !== `${ISSUER}/token` || !right) return json({ error: 'invalid_grant' }, 400);
    const token = await new SignJWT({ name: 'Dana of the ministry', nonce: forged.nonce ?? asked.nonce })
      .setProtectedHeader({ alg: 'RS256', kid: '1' })
      .setIssuer(ISSUER)
      .setSubject(subject)
      .setAudience(forged.audience ?? 'saryarka')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(forged.key ?? keys.privateKey);
    return json({ access_token: 'x', token_type: 'Bearer', id_token: token });
  };
  return { asked, fetch: fetch as unknown as typeof globalThis.fetch };
}

const HOST = { host: 'reserve.example' };

function observatory(subject: string, forged: Forged = {}, db = sharedDossier()) {
  const { asked, fetch } = issuer(subject, forged);
  const oidc = { issuer: ISSUER, client: 'saryarka', secret: SECRET, fetch: fetch as never };
  const app = served(db, { access: { hosts: ['reserve.example'], oidc } });
  /** Goes to the provider and comes back, as a browser does. */
  const signIn = async ({ invitation = '', state = null as string | null, withCookie = true, code = 'the-code' } = {}) => {
    const started = await app.request(`/api/oidc/start${invitation && `?invitation=${invitation}`}`, { headers: HOST });
    const to = new URL(started.headers.get('location') ?? '');
    Object.assign(asked, { challenge: to.searchParams.get('code_challenge'), nonce: to.searchParams.get('nonce') });
    const cookie = withCookie ? (started.headers.get('set-cookie') ?? '').split(';')[0] : '';
    const query = new URLSearchParams({ code, state: state ?? to.searchParams.get('state') ?? '' });
    return { to, back: await app.request(`/api/oidc/callback?${query}`, { headers: { ...HOST, cookie: cookie ?? '' } }) };
  };
  return { db, app, signIn };
}

async function invitation(db: ReturnType<typeof sharedDossier>, login: string): Promise<string> {
  const reply = await browserOf(served(db), db, 'root')('POST', '/api/sites/almaty/invitations', { login, role: 'editor' });
  return ((await reply.json()) as Invited).path.split('/').at(-1) ?? '';
}

test('whom the provider vouches for comes in by an invitation, and from then on without one', async () => {
  const { db, signIn } = observatory('subject-1');
  const { to, back } = await signIn({ invitation: await invitation(db, 'dana') });
  expect(to.origin + to.pathname).toBe(`${ISSUER}/authorize`);
  expect(Object.fromEntries(to.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'saryarka',
    redirect_uri: 'http://reserve.example/api/oidc/callback',
    code_challenge_method: 'S256',
  });
  expect([back.status, back.headers.get('location')]).toEqual([302, '/']);
  expect(cookieIn(back)).toMatch(/^saryarka=[\w-]{43};/);
  expect(getUser(db, 'dana')).toMatchObject({ name: 'Dana of the ministry', linked: true, passwordSet: null });
  expect(rolesOf(db, 'dana')).toEqual({ almaty: 'editor' });
  const again = await signIn();
  expect(again.back.headers.get('location')).toBe('/');
  expect(cookieIn(again.back)).not.toBe('');
});

test('without an account or an invitation the provider alone lets nobody in', async () => {
  const { signIn } = observatory('stranger');
  const { back } = await signIn();
  expect(back.headers.get('location')).toBe('/sign-in?refused=oidc-no-account');
  expect(cookieIn(back)).toBe('');
});

test('a blocked user is not let in by the provider either', async () => {
  const { db, signIn } = observatory('subject-1');
  await signIn({ invitation: await invitation(db, 'dana') });
  setStatus(db, 'root', 'dana', 'blocked');
  const { back } = await signIn();
  expect(back.headers.get('location')).toBe('/sign-in?refused=sign-in-failed');
});

test.each<[string, Forged]>([
  ['signed by somebody else', {}],
  ['for another client', { audience: 'somebody-else' }],
  ['with the nonce of another sign-in', { nonce: 'of-another' }],
])('an ID token %s is refused', async (what, forged) => {
  const own = what.startsWith('signed') ? { key: strangers.privateKey } : forged;
  const { db, signIn } = observatory('subject-1', own);
  const { back } = await signIn({ invitation: await invitation(db, 'dana') });
  expect(back.headers.get('location')).toMatch(/^\/sign-in\?refused=oidc-failed&why=[\w.-]+$/);
  expect(getUser(db, 'dana')).toBeNull();
});

test('another state, another browser, or a code that is none: refused', async () => {
  const { db, signIn } = observatory('subject-1');
  const open = await invitation(db, 'dana');
  for (const wrong of [{ state: 'forged' }, { withCookie: false }, { code: 'guessed' }]) {
    const { back } = await signIn({ invitation: open, ...wrong });
    expect(back.headers.get('location')).toMatch(/^\/sign-in\?refused=oidc-failed&why=[\w.-]+$/);
  }
  expect(getUser(db, 'dana')).toBeNull();
});

test('a sign-in at the provider is used once', async () => {
  const { db, app, signIn } = observatory('subject-1');
  await signIn({ invitation: await invitation(db, 'dana') });
  const replayed = await app.request('/api/oidc/callback?code=the-code&state=x', {
    headers: { ...HOST, cookie: 'saryarka-provider=used-before' },
  });
  expect(replayed.headers.get('location')).toMatch(/^\/sign-in\?refused=oidc-failed&why=[\w.-]+$/);
  expect(NOW.toISOString()).toBe(getUser(db, 'dana')?.created);
});

test('without a provider there is no such door', async () => {
  const db = sharedDossier();
  expect((await browserOf(served(db), db, null)('GET', '/api/oidc/start')).status).toBe(404);
});
