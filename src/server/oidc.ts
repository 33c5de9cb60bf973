/**
 * Signing in through an OpenID provider: authorization code flow with PKCE (RFC 7636), state and nonce; the ID token is checked
 * with the keys that the issuer publishes. OpenID Connect Core 1.0, 3.1.
 *
 *     const { address, cookie } = await provider.start({ back, invitation: null, now });
 *     const { identity, name } = await provider.finish(new URL(request.url), cookie, now);
 */
import type * as openid from 'openid-client';
import { Problem } from '../problems.ts';
import { newToken, tokenDigest } from '../store/tokens.ts';

export interface OidcOptions {
  issuer: string;
  client: string;
  secret: string;
  /** In place of the network, for tests. */
  fetch?: openid.CustomFetch;
}

export interface Vouched {
  /** Issuer and subject: what stays the same when a name changes. */
  identity: string;
  name: string;
  /** Token of the invitation that the user came with. */
  invitation: string | null;
}

export interface Provider {
  /** Where to send the browser, and what it has to bring back as a cookie. @param options.back our address to return to */
  start(options: { back: string; invitation: string | null; now: Date }): Promise<{ address: string; cookie: string }>;
  /** @throws Problem `oidc-failed`. */
  finish(returned: URL, cookie: string | null, now: Date): Promise<Vouched>;
}

/** How long a user may take at the provider [ms]. */
const PATIENCE = 10 * 60_000;

/** Users under way at once; the oldest give way. */
const MOST = 1000;

interface UnderWay {
  verifier: string;
  state: string;
  nonce: string;
  back: string;
  invitation: string | null;
  until: number;
}

/** Asks the issuer for its addresses when somebody first signs in. */
export function openProvider({ issuer, client, secret, fetch }: OidcOptions): Provider {
  const underWay = new Map<string, UnderWay>();
  let known: Promise<Known> | null = null;
  const issuerKnown = (): Promise<Known> => {
    known ??= discover({ issuer, client, secret, ...(fetch && { fetch }) }).catch((error: unknown) => {
      known = null; // the next one may find it
      throw error;
    });
    return known;
  };
  return {
    async start({ back, invitation, now }) {
      const { oidc, configuration } = await vouching(issuerKnown);
      const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
      const address = await vouching(async () =>
        oidc.buildAuthorizationUrl(configuration, {
          redirect_uri: back,
          scope: 'openid profile email',
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
        }),
      );
      const { token, digest } = newToken();
      underWay.set(digest, { verifier, state, nonce, back, invitation, until: now.getTime() + PATIENCE });
      for (const oldest of underWay.keys()) {
        if (underWay.size <= MOST) break;
        underWay.delete(oldest);
      }
      return { address: address.href, cookie: token };
    },
    async finish(returned, cookie, now) {
      const key = cookie === null ? '' : tokenDigest(cookie);
      const way = underWay.get(key);
      underWay.delete(key); // once
      if (way === undefined || way.until < now.getTime()) throw new Problem('oidc-failed', { found: 'state' });
      const claims = await vouching(async () => {
        const { oidc, configuration } = await issuerKnown();
        const url = new URL(way.back);
        url.search = returned.search;
        const tokens = await oidc.authorizationCodeGrant(configuration, url, {
          pkceCodeVerifier: way.verifier,
          expectedState: way.state,
          expectedNonce: way.nonce,
          idTokenExpected: true,
        });
        return tokens.claims();
      });
      if (claims === undefined) throw new Problem('oidc-failed', { found: 'id_token' });
      const names = [claims.name, claims.preferred_username, claims.email, claims.sub];
      const name = names.find((one) => typeof one === 'string' && one !== '') as string;
      return { identity: `${claims.iss} ${claims.sub}`, name, invitation: way.invitation };
    },
  };
}

interface Known {
  oidc: typeof openid;
  configuration: openid.Configuration;
}

/** The library is only loaded where somebody signs in this way. */
async function discover({ issuer, client, secret, fetch }: OidcOptions): Promise<Known> {
  const oidc = await import('openid-client');
  const options: openid.DiscoveryRequestOptions = { execute: [oidc.enableNonRepudiationChecks], timeout: 15 };
  if (fetch !== undefined) options[oidc.customFetch] = fetch;
  const configuration = await oidc.discovery(new URL(issuer), client, undefined, oidc.ClientSecretPost(secret), options);
  return { oidc, configuration };
}

async function vouching<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, error: told, message } = error as { code?: string; error?: string; message?: string };
    throw new Problem('oidc-failed', { found: told ?? code ?? message ?? '' }, { cause: error });
  }
}
