/** The Syr Darya: what ways of sharing it cost and bring each country, as JSON and as a drawing. */
import { riverQuery, riverReply } from '../api/river.ts';
import { riverReplyOf, riverSvg } from './river-desk.ts';
import { route } from './route.ts';

export const riverRoutes = [
  route({
    method: 'get',
    path: '/api/water/river',
    rule: 'reader somewhere',
    summary: 'Who gets what of the Syr Darya by option, what each option costs and brings each country, and flows by month',
    query: riverQuery,
    reply: riverReply,
    handle: ({ query }) => riverReplyOf(query),
  }),
  route({
    method: 'get',
    path: '/api/water/river.svg',
    rule: 'reader somewhere',
    summary: 'The river as a drawing of its nodes with the flows of a year',
    query: riverQuery,
    reply: { media: 'image/svg+xml' },
    handle: ({ query, lang }) =>
      new Response(riverSvg(query, lang), {
        headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'content-disposition': 'inline; filename="river.svg"' },
      }),
  }),
];
