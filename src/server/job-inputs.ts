/**
 * From what somebody names as inputs to what a thread can open: files of the data folder, addresses, datasets of the dossier.
 *
 *     const order = jobOrder(context, visitor, landCover, { site: 'almaty', 'land-cover': ['lc_2000.tif', 'lc_2020.tif'] });
 */
import { z } from 'zod';
import { type DataReference, dataReference } from '../api/jobs.ts';
import { isAddress, publicOnly } from '../formats/address.ts';
import type { DataKind } from '../formats/data-folder.ts';
import { Problem } from '../problems.ts';
import { isOfRasters } from '../run/computing.ts';
import { listDatasets } from '../store/catalogue.ts';
import { zonesToCompute } from '../store/keep-computed.ts';
import type { Id } from '../types.ts';
import { modeOf } from './access.ts';
import type { ServerContext } from './context.ts';
import { placeOfFile } from './data-files.ts';
import type { FileWork } from './job-thread.ts';
import type { JobAsked } from './jobs.ts';
import { lifeOrder } from './life-jobs.ts';
import { isOfLife, type Process } from './process-list.ts';
import type { Visitor } from './visitor.ts';

/** Files of one input. */
const MOST_FILES = 2000;

const references = z.union([dataReference, z.array(dataReference).max(MOST_FILES)]);
const setting = z.union([z.string().max(200_000), z.number(), z.boolean()]);

/** What each input of an indicator can be read from. */
export function kindsOf(indicator: Process, input: string): readonly DataKind[] {
  if (isOfLife(indicator)) return ['table'];
  const known = isOfRasters(indicator) ? undefined : indicator.inputs.find(({ name }) => name === input)?.kind;
  if (known === 'lines') return ['map'];
  if (known === 'places') return ['map', 'table'];
  return ['raster', 'cube'];
}

/** Inputs beside those that an indicator names itself. */
export function extrasOf(indicator: Process): readonly { name: 'dates' | 'region'; kinds: readonly DataKind[] }[] {
  if (isOfLife(indicator)) return [];
  const dates = { name: 'dates', kinds: ['table'] } as const;
  return isOfRasters(indicator) ? [dates, { name: 'region', kinds: ['map'] }] : [dates];
}

/**
 * @throws Problem `not-allowed` for whoever may not add to the site; `request-unlike`, `data-file-unknown`, `input-not-readable`,
 * `address-insecure`, `dataset-unknown`; those of the site and its zones, and of `lifeOrder`.
 */
export function jobOrder(
  context: ServerContext,
  visitor: Visitor,
  indicator: Process,
  inputs: Readonly<Record<string, unknown>>,
): JobAsked {
  const site = taken(z.string().min(1), inputs.site, 'site');
  if (!visitor.may('contributor', site)) throw new Problem('not-allowed');
  const extras = extrasOf(indicator);
  const known = [
    'site',
    ...(isOfLife(indicator) ? [] : ['crs']),
    ...indicator.inputs.map(({ name }) => name),
    ...Object.keys(indicator.params),
    ...extras.map(({ name }) => name),
  ];
  const unknown = Object.keys(inputs).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Problem('input-unknown', { found: unknown, expected: known.join(', ') });
  const given = (name: string): boolean => inputs[name] !== undefined && inputs[name] !== '';
  const datasets: FileWork['datasets'] = [];
  const placesOf = (name: string, kinds: readonly DataKind[]): string[] => {
    if (!given(name)) return [];
    const list = taken(references, inputs[name], name);
    return (Array.isArray(list) ? list : [list]).map((reference) => {
      const { place, dataset } = placeOf(context, reference, { field: name, kinds });
      if (dataset !== null) datasets.push({ input: name, place, dataset: dataset.id, digest: dataset.digest });
      return place;
    });
  };
  const named = indicator.inputs.map(({ name }): [string, string[]] => [name, placesOf(name, kindsOf(indicator, name))]);
  const params = Object.keys(indicator.params).filter((name) => inputs[name] !== undefined);
  const settings = params.map((name): [string, string] => [name, String(taken(setting, inputs[name], name))]);
  // what is the default anyhow is not said, so that the figures are those of the same work elsewhere
  const changed = Object.fromEntries(settings.filter(([name, value]) => value !== indicator.params[name]));
  if (isOfLife(indicator)) {
    const [table = null, second] = named.flatMap(([, places]) => places);
    if (second !== undefined)
      throw new Problem('request-unlike', { where: 'body', field: `inputs.${named[0]?.[0] ?? ''}`, found: '2' });
    const life = lifeOrder(context, visitor, indicator, { site, params: changed, table });
    return { indicator: indicator.id, site, by: visitor.id, life, datasets };
  }
  const [dates = null, region = null] = (['dates', 'region'] as const).map((name) => {
    const extra = extras.find((one) => one.name === name);
    return extra === undefined ? null : (placesOf(name, extra.kinds)[0] ?? null);
  });
  return {
    indicator: indicator.id,
    site,
    by: visitor.id,
    work: {
      zones: zonesToCompute(context.db, site),
      files: Object.fromEntries(named.filter(([, places]) => places.length > 0)),
      params: changed,
      ...(given('crs') ? { crs: taken(z.string().max(4000), inputs.crs, 'crs') } : {}),
    },
    dates,
    region,
    datasets,
  };
}

interface Placed {
  place: string;
  dataset: { id: Id; digest: string | null } | null;
}

function placeOf(context: ServerContext, reference: DataReference, asked: { field: string; kinds: readonly DataKind[] }): Placed {
  if (typeof reference === 'string') return { place: placeNamed(context, reference, asked), dataset: null };
  if ('href' in reference) return { place: placeNamed(context, reference.href, asked), dataset: null };
  const found = listDatasets(context.db).find(({ id }) => id === reference.dataset);
  if (found === undefined) throw new Problem('dataset-unknown', { found: reference.dataset });
  return { place: placeNamed(context, found.href, asked), dataset: { id: found.id, digest: found.digest } };
}

function placeNamed(
  context: ServerContext,
  name: string,
  { field, kinds }: { field: string; kinds: readonly DataKind[] },
): string {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(name)) {
    if (!isAddress(name) || !kinds.includes('raster')) {
      throw new Problem('input-not-readable', { field, file: name, found: 'URL', expected: kinds.join(', ') });
    }
    return addressFor(context, name);
  }
  const { path, file } = placeOfFile(context, name);
  if (!kinds.includes(file.kind)) {
    throw new Problem('input-not-readable', { field, file: name, found: file.format, expected: kinds.join(', ') });
  }
  return path;
}

/** The address as this server may read it: with accounts, one of a public machine. @throws Problem `address-insecure`. */
export function addressFor(context: ServerContext, address: string): string {
  if (modeOf(context) === 'local') return address;
  if (!/^https:\/\//i.test(address)) throw new Problem('address-insecure', { file: address });
  return publicOnly(address);
}

function taken<Value>(shape: z.ZodType<Value>, value: unknown, name: string): Value {
  const { success, data, error } = shape.safeParse(value);
  if (success) return data;
  throw new Problem('request-unlike', { where: 'body', field: `inputs.${name}`, found: error.issues[0]?.message ?? '' });
}
