/** `saryarka serve`: a dossier as pages on this machine. */
import { spawn } from 'node:child_process';
import { serve as listen } from '@hono/node-server';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { createApp } from '../server/app.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import type { Lang } from '../types.ts';
import { portOf, todayOf } from './options.ts';
import { builtPages } from './pages.ts';

interface Options {
  lang: Lang;
  port?: string;
  open?: boolean;
  today?: string;
}

/** Tried first; when another program has it and none was asked for, the system chooses. */
const PORT = 8080;

/** Runs until it is stopped with Ctrl-C or SIGTERM. */
export async function serve(dossier: string, { lang, port, open = false, today }: Options): Promise<number> {
  const db = openDossier(dossier);
  const day = today === undefined ? undefined : todayOf(today);
  const app = createApp({ db, file: dossier, lang, today: () => day ?? todayOf(undefined), pages: builtPages() });
  try {
    const server = await bound(app.fetch, port);
    const address = `http://localhost:${server.port}/`;
    console.log(t(lang, 'cli.serving', { address }));
    if (open) openInBrowser(address);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await server.close();
  } finally {
    closeDossier(db);
  }
  return 0;
}

interface Bound {
  port: number;
  close(): Promise<void>;
}

async function bound(fetch: (request: Request) => Response | Promise<Response>, asked: string | undefined): Promise<Bound> {
  try {
    return await bind(fetch, asked === undefined ? PORT : portOf(asked));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (asked !== undefined) throw new Problem('port-taken', { found: asked }, { cause: error });
    return bind(fetch, 0);
  }
}

function bind(fetch: (request: Request) => Response | Promise<Response>, port: number): Promise<Bound> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, port, hostname: '127.0.0.1' }, (info) => {
      resolve({
        port: info.port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
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
