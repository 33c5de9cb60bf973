/** Indicators of a site: their figures in words, as drawings and as tables, and the pages of their methods. */
import {
  methodCard as cardShape,
  indicatorDetail as detailShape,
  indicatorList,
  pictureQuery,
  seriesQuery,
} from '../api/indicators.ts';
import { Problem } from '../problems.ts';
import { indicatorDetail, indicatorsOf } from './indicator-detail.ts';
import { indicatorFacts } from './indicator-facts.ts';
import { asPng, figuresCsv, figuresGeojson, mapDrawing, seriesDrawing } from './indicator-files.ts';
import { methodCard } from './method-cards.ts';
import { type Call, route } from './route.ts';

const BASE = '/api/sites/:site/indicators';

export const indicatorRoutes = [
  route({
    method: 'get',
    path: BASE,
    rule: 'reader here',
    summary: 'The indicators that the site has figures of, and those that can be computed',
    reply: indicatorList,
    handle: ({ context, params, lang }) => indicatorsOf(indicatorFacts(context.db, params.site ?? ''), lang),
  }),
  route({
    method: 'get',
    path: `${BASE}/:indicator`,
    rule: 'reader here',
    summary: 'One indicator: its latest figures with intervals, quality and origin, the runs behind them, what can be drawn',
    reply: detailShape,
    handle: ({ context, params, lang }) =>
      indicatorDetail(indicatorFacts(context.db, params.site ?? ''), params.indicator ?? '', { lang, today: context.today() }),
  }),
  route({
    method: 'get',
    path: `${BASE}/:indicator/series.svg`,
    rule: 'reader here',
    summary: 'The figures over time, a line for each zone',
    query: seriesQuery,
    reply: { media: 'image/svg+xml' },
    handle: async (call) => drawing(call, await series(call), 'svg'),
  }),
  route({
    method: 'get',
    path: `${BASE}/:indicator/series.png`,
    rule: 'reader here',
    summary: 'The same as a picture of dots',
    query: seriesQuery,
    reply: { media: 'image/png' },
    handle: async (call) => drawing(call, await asPng(await series(call)), 'png'),
  }),
  route({
    method: 'get',
    path: `${BASE}/:indicator/map.svg`,
    rule: 'reader here',
    summary: 'A map of the indicator within the zones',
    query: pictureQuery,
    reply: { media: 'image/svg+xml' },
    handle: (call) => drawing(call, map(call), 'svg'),
  }),
  route({
    method: 'get',
    path: `${BASE}/:indicator/map.png`,
    rule: 'reader here',
    summary: 'The same as a picture of dots',
    query: pictureQuery,
    reply: { media: 'image/png' },
    handle: async (call) => drawing(call, await asPng(map(call)), 'png'),
  }),
  route({
    method: 'get',
    path: `${BASE}/:indicator/figures.csv`,
    rule: 'reader here',
    summary: 'Every figure of the indicator as a table',
    reply: { media: 'text/csv' },
    handle: ({ context, params, lang }) =>
      file(
        figuresCsv(indicatorFacts(context.db, params.site ?? ''), params.indicator ?? '', lang),
        'text/csv; charset=utf-8',
        nameOf(params, 'csv'),
      ),
  }),
  route({
    method: 'get',
    path: `${BASE}/:indicator/figures.geojson`,
    rule: 'reader here',
    summary: 'The zones with the latest figures of the indicator',
    reply: { media: 'application/geo+json' },
    handle: ({ context, params, lang }) =>
      file(
        figuresGeojson(indicatorFacts(context.db, params.site ?? ''), params.indicator ?? '', { lang, today: context.today() }),
        'application/geo+json; charset=utf-8',
        nameOf(params, 'geojson'),
      ),
  }),
  route({
    method: 'get',
    path: '/api/methods/:method',
    rule: 'anyone',
    summary: 'The page of a method, as HTML, in the language that it is written in',
    reply: cardShape,
    handle: ({ params, lang }) => {
      const card = methodCard(params.method ?? '', lang);
      if (card === null) throw new Problem('not-found');
      return card;
    },
  }),
];

function series({
  context,
  params,
  query,
  lang,
}: Call<{ key?: string | undefined; zone?: 'core' | 'buffer' | 'transition' | undefined }, unknown>): Promise<string> {
  const facts = indicatorFacts(context.db, params.site ?? '');
  return seriesDrawing(facts, params.indicator ?? '', { key: query.key, zone: query.zone, lang });
}

function map({ context, params, query, lang }: Call<{ picture?: string | undefined }, unknown>): string {
  const facts = indicatorFacts(context.db, params.site ?? '');
  return mapDrawing(facts, params.indicator ?? '', { picture: query.picture, lang, today: context.today() });
}

/** Shown in the page, and saved under a name of its own where somebody asks for that. */
function drawing(
  { params }: Pick<Call<unknown, unknown>, 'params'>,
  content: string | Uint8Array<ArrayBuffer>,
  format: 'svg' | 'png',
): Response {
  const type = format === 'svg' ? 'image/svg+xml; charset=utf-8' : 'image/png';
  return new Response(content, {
    headers: {
      'content-type': type,
      'cache-control': 'no-cache',
      'content-disposition': `inline; filename="${nameOf(params, format)}"`,
    },
  });
}

function file(text: string, type: string, name: string): Response {
  return new Response(text, { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` } });
}

function nameOf({ site = '', indicator = '' }: Record<string, string>, format: string): string {
  return `${site}-${indicator}.${format}`.replace(/[^\w.-]/g, '_');
}
