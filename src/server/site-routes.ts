/** The sites of the dossier, their zones, and what the rules find. */
import { z } from 'zod';
import { overview } from '../api/sites.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { zoneSummaries } from '../zonation/zone-summary.ts';
import { route } from './route.ts';
import { siteOverviews } from './site-overview.ts';

export const siteRoutes = [
  route({
    method: 'get',
    path: '/api/sites',
    rule: 'reader somewhere',
    summary: 'The reserves with their deadlines and findings',
    reply: overview,
    handle: ({ context, visitor }) => siteOverviews(context, visitor),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/findings',
    rule: 'reader here',
    summary: 'What the rules of zonation find',
    reply: z.array(z.looseObject({ rule: z.string(), severity: z.string() })),
    handle: async ({ context, params }) => (await context.status(params.site ?? '')).findings,
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/zones',
    rule: 'reader here',
    summary: 'The zones with declared and computed areas',
    reply: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
    handle: ({ context, params }) => zoneSummaries(loadSiteFacts(context.db, params.site ?? '')),
  }),
];
