/**
 * The data sets behind the figures as a catalogue that other programs can search: STAC 1.0.0, each data set a collection with
 * its licence, its time and the digest of its file. https://github.com/radiantearth/stac-spec/tree/v1.0.0
 */
import { z } from 'zod';
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { listDatasets } from '../store/catalogue.ts';
import type { Dataset, Lang } from '../types.ts';
import { route } from './route.ts';

const link = z.object({ rel: z.string(), href: z.string(), type: z.string(), title: z.string().optional() });
const catalog = z.object({
  type: z.literal('Catalog'),
  stac_version: z.literal('1.0.0'),
  id: z.string(),
  title: z.string(),
  description: z.string(),
  links: z.array(link),
});
const collection = z.looseObject({ type: z.literal('Collection'), id: z.string(), license: z.string(), links: z.array(link) });

export const stacRoutes = [
  route({
    method: 'get',
    path: '/stac',
    rule: 'reader everywhere',
    summary: 'The data sets of the dossier (STAC catalogue)',
    reply: catalog,
    handle: ({ context, request, lang }) => ({
      type: 'Catalog',
      stac_version: '1.0.0',
      id: 'saryarka',
      title: 'Saryarka',
      description: 'Data sets that the figures of this dossier come from',
      links: [
        to(request, '/stac', 'self'),
        to(request, '/stac', 'root'),
        ...listDatasets(context.db).map((one) => ({
          ...to(request, addressOf(one), 'child'),
          title: pick(one.title, lang) || one.id,
        })),
      ],
    }),
  }),
  route({
    method: 'get',
    path: '/stac/datasets/:dataset',
    rule: 'reader everywhere',
    summary: 'One data set (STAC collection)',
    reply: collection,
    handle: ({ context, params, request, lang }) => {
      const found = listDatasets(context.db).find(({ id }) => id === params.dataset);
      if (found === undefined) throw new Problem('not-found');
      return collectionOf(found, request, lang);
    },
  }),
];

function collectionOf(dataset: Dataset, request: Request, lang: Lang): object {
  const title = pick(dataset.title, lang) || dataset.id;
  const time = (iso: string | undefined): string | null => (iso === undefined ? null : `${iso.slice(0, 10)}T00:00:00Z`);
  return {
    type: 'Collection',
    stac_version: '1.0.0',
    id: dataset.id,
    title,
    description: dataset.attribution || title,
    license: spdx(dataset.licence),
    extent: {
      // A data set does not say where it is of: the figures made of it do.
      spatial: { bbox: [[-180, -90, 180, 90]] },
      temporal: { interval: [[time(dataset.period?.start), time(dataset.period?.end)]] },
    },
    summaries: { kind: [dataset.kind], licence: [dataset.licence] },
    assets: {
      data: {
        href: dataset.href,
        type: dataset.mediaType,
        roles: ['data'],
        // STAC file extension: a multihash, of which 12 20 says "32 bytes of SHA-256"
        ...(dataset.digest === null ? {} : { 'file:checksum': `1220${dataset.digest.replace('sha256:', '')}` }),
      },
    },
    stac_extensions: dataset.digest === null ? [] : ['https://stac-extensions.github.io/file/v2.1.0/schema.json'],
    links: [to(request, addressOf(dataset), 'self'), to(request, '/stac', 'root'), to(request, '/stac', 'parent')],
  };
}

/** STAC wants an SPDX identifier, or `proprietary` for any other licence. */
function spdx(licence: string): string {
  return /^[\w.+-]+$/.test(licence) ? licence : 'proprietary';
}

function addressOf({ id }: Dataset): string {
  return `/stac/datasets/${encodeURIComponent(id)}`;
}

function to(request: Request, path: string, rel: string): z.infer<typeof link> {
  return { rel, href: new URL(path, request.url).href, type: 'application/json' };
}
