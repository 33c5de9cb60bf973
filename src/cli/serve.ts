/** `saryarka serve`: a dossier as pages, on this machine or as a server. */
import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { serve as listen } from '@hono/node-server';
import { fileState } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { AccessOptions } from '../server/access.ts';
import { createApp } from '../server/app.ts';
import { inTurn } from '../server/in-turn.ts';
import { growSlowly } from '../server/memory.ts';
import { closeReviewDesk } from '../server/review-desk.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { hasAdministrator } from '../store/users.ts';
import type { Lang } from '../types.ts';
import { portOf, todayOf } from './options.ts';
import { builtPages } from './pages.ts';

interface Options {
  lang: Lang;
  port?: string;
  open?: boolean;
  today?: string;
  listen?: string;
  host?: string[];
  proxy?: string[];
  oidcIssuer?: string;
  oidcClient?: string;
  data?: string;
}

/** Tried first; when another program has it and none was asked for, the system chooses. */
const PORT = 8080;

/** This machine only. */
const LOOPBACK = '127.0.0.1';
const IS_LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Holds the secret that an OpenID provider gave us: an argument could be read by every user of the machine. */
const OIDC_SECRET = 'SARYARKA_OIDC_SECRET';

/** How long requests under way may take when the server is stopped [ms]: whoever stops it waits 10 s. */
const GRACE = 8_000;

/** How often connections that have nothing to say are looked for meanwhile [ms]. */
const LOOK = 50;

/** A connection without requests is kept longer than a proxy keeps it, so that none is closed under a request [ms]. */
const KEEP_ALIVE = 75_000;

/** Runs until it is stopped with Ctrl-C or SIGTERM. */
export async function serve(dossier: string, options: Options): Promise<number> {
  growSlowly();
  const { lang, port, open = false, today, listen: hostname = LOOPBACK } = options;
  const access = accessOptions(options);
  const db = openDossier(dossier);
  try {
    const outside = !access.local || (access.hosts ?? []).length > 0;
    if (outside && !hasAdministrator(db)) {
      const found = access.local ? (access.hosts ?? []).join(', ') : hostname;
      throw new Problem('listen-needs-administrator', { found, file: dossier });
    }
    const day = today === undefined ? undefined : todayOf(today);
    const report = (error: unknown): void => console.error(error);
    const app = createApp({
      db,
      file: dossier,
      lang,
      today: () => day ?? todayOf(undefined),
      pages: builtPages(),
      access,
      data: dataFolder(dossier, options.data),
      report,
    });
    const server = await bound(app.fetch, { asked: port, hostname });
    const name = access.local ? 'localhost' : hostname.includes(':') ? `[${hostname}]` : hostname;
    const address = `http://${name}:${server.port}/`;
    console.log(t(lang, 'cli.serving', { address }));
    if (!access.local) console.error(t(lang, 'cli.serving-plain'));
    if (open) openInBrowser(address);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await server.close();
  } finally {
    await closeReviewDesk(db);
    closeDossier(db);
  }
  return 0;
}

/** The folder named, else that of the dossier. @throws Problem `data-no-folder`. */
function dataFolder(dossier: string, named: string | undefined): string {
  if (named === undefined) return dirname(resolve(dossier));
  if (fileState(named) !== 'folder') throw new Problem('data-no-folder', { field: '--data', found: named });
  return resolve(named);
}

/** @throws Problem `oidc-options` where part of what a provider needs is missing. */
function accessOptions({ listen: hostname = LOOPBACK, host = [], proxy = [], oidcIssuer, oidcClient }: Options): AccessOptions {
  const access: AccessOptions = { local: IS_LOOPBACK.test(hostname), hosts: host, proxies: proxy };
  if (oidcIssuer === undefined && oidcClient === undefined) return access;
  const secret = process.env[OIDC_SECRET] ?? '';
  const complete = oidcIssuer !== undefined && oidcClient !== undefined && secret !== '' && host.length > 0;
  if (!complete) throw new Problem('oidc-options', { field: OIDC_SECRET });
  if (!URL.canParse(oidcIssuer) || !oidcIssuer.startsWith('https://'))
    throw new Problem('choice-wrong', { field: '--oidc-issuer', found: oidcIssuer, expected: 'https://…' });
  return { ...access, oidc: { issuer: oidcIssuer, client: oidcClient, secret } };
}

interface Bound {
  port: number;
  close(): Promise<void>;
}

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

async function bound(fetch: Fetch, { asked, hostname }: { asked: string | undefined; hostname: string }): Promise<Bound> {
  try {
    return await bind(fetch, asked === undefined ? PORT : portOf(asked), hostname);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new Problem('address-wrong', { field: '--listen', found: hostname }, { cause: error });
    if (code !== 'EADDRINUSE') throw error;
    if (asked !== undefined) throw new Problem('port-taken', { found: asked }, { cause: error });
    return bind(fetch, 0, hostname);
  }
}

function bind(fetch: Fetch, port: number, hostname: string): Promise<Bound> {
  return new Promise((resolve, reject) => {
    let isEnding = false;
    const serverOptions = { keepAliveTimeout: KEEP_ALIVE, headersTimeout: KEEP_ALIVE + 5000 };
    const own = inTurn(fetch, { isEnding: () => isEnding });
    const server = listen({ fetch: own, port, hostname, serverOptions }, (info) => {
      resolve({
        port: info.port,
        close: () =>
          new Promise((done) => {
            isEnding = true;
            const http = 'closeIdleConnections' in server ? server : null;
            const end = setTimeout(() => http?.closeAllConnections(), GRACE);
            const look = setInterval(() => http?.closeIdleConnections(), LOOK);
            server.close(() => {
              clearTimeout(end);
              clearInterval(look);
              done();
            });
            http?.closeIdleConnections();
          }),
      });
    });
    server.on('error', reject);
  });
}

function openInBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  // Without a browser the address stands in the terminal.
  spawn(command ?? 'xdg-open', [...args, address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
