/** Water: the Aral's figures with their sources, as JSON, a table and a drawing, and the tables that a browser runs scenarios from. */
import { aralChartQuery, aralHistoryReply, aralQuery, aralScenarioReply } from '../api/water.ts';
import { route } from './route.ts';
import { historyCsv, historyDrawing, historyReply, scenarioTables } from './water-desk.ts';

export const waterRoutes = [
  route({
    method: 'get',
    path: '/api/water/aral',
    rule: 'reader somewhere',
    summary:
      'Level, area, volume, salinity and catch of the Aral by year and source, with the contradictions that bear on each figure',
    query: aralQuery,
    reply: aralHistoryReply,
    handle: ({ context: { db }, visitor, query: { water } }) => historyReply(db, visitor, water),
  }),
  route({
    method: 'get',
    path: '/api/water/aral.csv',
    rule: 'reader somewhere',
    summary: 'The same as a table, a row for every figure',
    query: aralQuery,
    reply: { media: 'text/csv' },
    handle: ({ context: { db }, visitor, query: { water } }) =>
      file(historyCsv(db, visitor, water), 'text/csv; charset=utf-8', `${water ?? 'aral'}.csv`, 'attachment'),
  }),
  route({
    method: 'get',
    path: '/api/water/aral.svg',
    rule: 'reader somewhere',
    summary: 'The same as a drawing on one axis of time',
    query: aralChartQuery,
    reply: { media: 'image/svg+xml' },
    handle: ({ context: { db, today }, visitor, query, lang }) =>
      file(
        historyDrawing(db, visitor, { ...query, lang, today: today() }),
        'image/svg+xml; charset=utf-8',
        `${query.water ?? 'aral'}.svg`,
        'inline',
      ),
  }),
  route({
    method: 'get',
    path: '/api/water/aral/scenario-tables',
    rule: 'reader somewhere',
    summary: 'Curve, months, rivers and bounded parameters of the North Aral: what scenarios are run from, in a browser, too',
    reply: aralScenarioReply,
    handle: () => scenarioTables(),
  }),
];

function file(content: string, type: string, name: string, how: 'attachment' | 'inline'): Response {
  return new Response(content, { headers: { 'content-type': type, 'content-disposition': `${how}; filename="${name}"` } });
}
