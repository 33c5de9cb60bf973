/** Who can reach the server, and under which name: one user on this machine, or people who sign in. */
import { randomBytes } from 'node:crypto';
import type { Db } from '../store/db.ts';
import { hasUsers } from '../store/users.ts';
import { attemptLimits, type Limits } from './limits.ts';
import { type OidcOptions, openProvider, type Provider } from './oidc.ts';
import { isHost, isLocalHost, type Peer } from './peer.ts';

export interface AccessOptions {
  /** Whether the server listens on this machine only. */
  local?: boolean;
  /** Names by which it is called; with any, accounts are needed. */
  hosts?: readonly string[];
  /** Addresses of proxies whose `x-forwarded-…` is believed. */
  proxies?: readonly string[];
  /** Who vouches for users besides their passwords. */
  oidc?: OidcOptions;
  now?(): Date;
}

export interface Access {
  local: boolean;
  hosts: readonly string[];
  proxies: readonly string[];
  now(): Date;
  limits: Limits;
  provider: Provider | null;
  /** What pages send back with a write where there are no sessions. */
  csrf: string;
}

export function accessOf({ local = true, hosts = [], proxies = [], oidc, now = () => new Date() }: AccessOptions): Access {
  const provider = oidc === undefined ? null : openProvider(oidc);
  return { local, hosts, proxies, now, limits: attemptLimits(), provider, csrf: randomBytes(32).toString('base64url') };
}

/** `local`: one user on this machine; `accounts`: people who sign in. */
export function modeOf({ db, access }: { db: Db; access: Access }): 'local' | 'accounts' {
  return access.local && access.hosts.length === 0 && !hasUsers(db) ? 'local' : 'accounts';
}

/**
 * Whether the name in the address bar is one of ours: a page elsewhere must not reach us through a name of its own. Without
 * accounts nothing may stand between the browser and us, or its user would be ours.
 */
export function isExpected(context: { db: Db; access: Access }, peer: Peer): boolean {
  const { access } = context;
  if (modeOf(context) === 'local') return peer.here;
  if (isLocalHost(peer.host) || isHost(peer.host, access.hosts)) return true;
  return !access.local && access.hosts.length === 0;
}
