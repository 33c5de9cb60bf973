/** A server whose reserve has as many layers as are promised: those that it has, again and again under other names. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { builtPages } from '../../src/cli/pages.ts';
import { createApp } from '../../src/server/app.ts';
import type { Db } from '../../src/store/db.ts';
import { TODAY } from '../../test/browser/visit.ts';
import { SITE } from './dossier.ts';

export interface Server {
  address: string;
  stop(): Promise<void>;
}

export async function servedWithLayers(db: Db, count: number): Promise<Server> {
  const pages = builtPages(process.env.PAGES === undefined ? undefined : [process.env.PAGES]);
  const app = createApp({ db, file: 'large.gpkg', lang: 'en', today: () => TODAY, pages });
  const fetch = async (request: Request, env: object): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const reply = await app.fetch(new Request(request.url.replace(/(~|%7E)\d+/, ''), request), env);
    return pathname === `/api/sites/${SITE}` && reply.status === 200 ? withLayers(reply, count) : reply;
  };
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

async function withLayers(reply: Response, count: number): Promise<Response> {
  const detail = (await reply.json()) as { layers: { id: string }[] };
  const layers = Array.from({ length: count }, (_, i) => {
    const one = detail.layers[i % detail.layers.length] ?? { id: 'monitoring' };
    return i < detail.layers.length ? one : { ...one, id: `${one.id}~${i}` };
  });
  return Response.json({ ...detail, layers });
}
