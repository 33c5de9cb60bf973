/** The cooperation: activities, people and money by what is asked for, the network of organisations, contributions beside series. */
import { cellTable, networkQuery, portfolioQuery } from '../api/cooperation.ts';
import { writeCsv } from '../formats/csv.ts';
import { networkDrawing, networkTable, overTimeDrawing, portfolioTable, sdgTable, seenPortfolio } from './cooperation-desk.ts';
import { route } from './route.ts';

export const cooperationRoutes = [
  route({
    method: 'get',
    path: '/api/cooperation/table',
    rule: 'reader somewhere',
    summary: 'Activities, people and money by theme, target, marker, site, year or kind; small groups of people hidden',
    query: portfolioQuery,
    reply: cellTable,
    handle: ({ context: { db }, visitor, query, lang }) =>
      portfolioTable(seenPortfolio(db, visitor, query), {
        by: query.by ?? 'theme',
        small: query.small === 'yes' && visitor.may('editor', null),
        rollUp: query.rollUp === 'yes',
        from: query.from,
        to: query.to,
        lang,
      }),
  }),
  route({
    method: 'get',
    path: '/api/cooperation/table.csv',
    rule: 'reader somewhere',
    summary: 'The same as a table, small groups of people hidden',
    query: portfolioQuery,
    reply: { media: 'text/csv' },
    handle: ({ context: { db }, visitor, query, lang }) => {
      const { header, rows } = portfolioTable(seenPortfolio(db, visitor, query), {
        by: query.by ?? 'theme',
        small: false,
        rollUp: query.rollUp === 'yes',
        from: query.from,
        to: query.to,
        lang,
      });
      return file(writeCsv(header, rows), 'text/csv; charset=utf-8', `cooperation-${query.by ?? 'theme'}.csv`);
    },
  }),
  route({
    method: 'get',
    path: '/api/cooperation/years.svg',
    rule: 'reader somewhere',
    summary: 'Partnership or policy markers by year as a drawing',
    query: portfolioQuery,
    reply: { media: 'image/svg+xml' },
    handle: async ({ context: { db }, visitor, query, lang }) => {
      const { by = 'partnership', from, to } = query;
      const svg = await overTimeDrawing(seenPortfolio(db, visitor, query), {
        by,
        rollUp: query.rollUp === 'yes',
        from,
        to,
        lang,
      });
      return file(svg, 'image/svg+xml; charset=utf-8', 'years.svg', 'inline');
    },
  }),
  route({
    method: 'get',
    path: '/api/cooperation/network',
    rule: 'reader somewhere',
    summary: 'The network of organisations: a row for each, with its measures and their ranges, and what they mean',
    query: networkQuery,
    reply: cellTable,
    handle: ({ context: { db }, visitor, query, lang }) => networkTable(seenPortfolio(db, visitor, query), query, lang),
  }),
  route({
    method: 'get',
    path: '/api/cooperation/network.svg',
    rule: 'reader somewhere',
    summary: 'The network as a drawing, numbered like the rows of its table',
    query: networkQuery,
    reply: { media: 'image/svg+xml' },
    handle: ({ context: { db }, visitor, query, lang }) =>
      file(
        networkDrawing(seenPortfolio(db, visitor, query), query, lang),
        'image/svg+xml; charset=utf-8',
        'network.svg',
        'inline',
      ),
  }),
  route({
    method: 'get',
    path: '/api/cooperation/sdg',
    rule: 'reader somewhere',
    summary: 'Contributions to targets of the SDGs beside official, national, computed and proxy series',
    query: portfolioQuery,
    reply: cellTable,
    handle: ({ context: { db }, visitor, query, lang }) => sdgTable(db, visitor, seenPortfolio(db, visitor, query), lang),
  }),
];

function file(content: string, type: string, name: string, how: 'attachment' | 'inline' = 'attachment'): Response {
  return new Response(content, { headers: { 'content-type': type, 'content-disposition': `${how}; filename="${name}"` } });
}
