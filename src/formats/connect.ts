/**
 * Values from online sources: asked page by page, read, and told with licence, attribution and the digest of what came.
 *
 *     const asked = await fetchSource('world-bank', settingsOf(connector('world-bank'), ['series=ER.H2O.FWST.ZS']), { environment: process.env });
 *     asked.series[0].values
 */
import { Problem } from '../problems.ts';
import { readAltimetryJson } from './altimetry.ts';
import { addressOf, type Connector, connector, type Settings, stateOf } from './connect-catalogue.ts';
import { type AskOptions, askPolitely } from './connect-fetch.ts';
import { readNasaPower } from './connect-nasa-power.ts';
import { readOpenMeteo } from './connect-open-meteo.ts';
import { nextSensorThings, readSensorThingsPages } from './connect-sensorthings.ts';
import { type ConnectedSeries, shapeProblem } from './connect-shape.ts';
import { surfaceWaterTile } from './connect-surface-water.ts';
import { readUnSdg, unSdgHasMore } from './connect-un-sdg.ts';
import { readWorldBank, worldBankHasMore } from './connect-world-bank.ts';
import { digestOf, newDigest } from './digest.ts';

export interface FetchOptions extends Omit<AskOptions, 'pause' | 'headers'> {
  /** Where keys stand. */
  environment: Record<string, string | undefined>;
  onProgress?: ((page: number) => void) | undefined;
}

export interface Fetched {
  connector: Connector;
  settings: Settings;
  /** The first that was asked, without a key. */
  address: string;
  pages: number;
  /** Of all replies, one after the other. */
  digest: string;
  mediaType: string;
  series: ConnectedSeries[];
  /** A file as it came; `null` where the reply holds values. */
  file: Uint8Array | null;
}

/** More than any source here has reason to answer with. */
const MOST_PAGES = 1000;

/**
 * @throws Problem `connect-key` where none is configured, `connect-shape` naming the field that has changed, `connect-empty`,
 *   `connect-broken-off`, and those of `askPolitely`
 */
export async function fetchSource(id: string, settings: Settings, options: FetchOptions): Promise<Fetched> {
  const own = connector(id);
  if (stateOf(own, options.environment) === 'no-key')
    throw new Problem('connect-key', { source: id, variable: own.key?.variable ?? '', documentation: own.documentation });
  const digest = newDigest();
  const replies: unknown[] = [];
  let [address, file, mediaType, page]: [string | null, Uint8Array | null, string, number] = [
    firstAddress(own, settings, options),
    null,
    'application/json',
    0,
  ];
  const shown = firstAddress(own, settings, { environment: {} });
  for (; address !== null; ) {
    page += 1;
    if (page > MOST_PAGES) throw new Problem('connect-large', { source: id, expected: 512, pages: MOST_PAGES });
    const asked = await asking(own, address, page, options);
    digest.update(asked.bytes);
    options.onProgress?.(page);
    if (id === 'surface-water') [file, mediaType, address] = [tiffOf(asked.bytes), 'image/tiff', null];
    else {
      const reply = parsed(id, asked.bytes);
      replies.push(reply);
      address = nextAddress(own, settings, reply, { address, page });
    }
  }
  const series = file === null ? readReplies(id, replies, settings) : [];
  if (file === null && !series.some(({ values }) => values.length > 0))
    throw new Problem('connect-empty', {
      source: id,
      found: Object.entries(settings)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    });
  return {
    connector: own,
    settings,
    address: shown,
    pages: page,
    digest: `sha256:${digest.digest('hex')}`,
    mediaType,
    series,
    file,
  };
}

/** The address that would be asked first, without a key. */
export function plainAddressOf(id: string, settings: Settings): string {
  return firstAddress(connector(id), settings, { environment: {} });
}

async function asking(own: Connector, address: string, page: number, options: FetchOptions): Promise<{ bytes: Uint8Array }> {
  const secret = own.key === null ? '' : (options.environment[own.key.variable] ?? '');
  const headers = own.key?.header == null || secret === '' ? {} : { [own.key.header]: `${own.key.prefix}${secret}` };
  const { signal, transport, wait } = options;
  try {
    return await askPolitely(own.id, address, { pause: page === 1 ? 0 : own.pause, headers, signal, transport, wait });
  } catch (error) {
    if (signal?.aborted === true) throw new Problem('connect-broken-off', { source: own.id, pages: page - 1 }, { cause: error });
    throw error;
  }
}

function firstAddress(own: Connector, settings: Settings, { environment }: Pick<FetchOptions, 'environment'>): string {
  const [login = '', ...password] = own.key?.header === null ? (environment[own.key.variable] ?? '').split(':') : [];
  const key = login === '' ? 'key' : `username=${encodeURIComponent(login)}&password=${encodeURIComponent(password.join(':'))}`;
  const tile = own.id === 'surface-water' ? surfaceWaterTile(Number(settings.lon), Number(settings.lat)) : '';
  return addressOf(own, settings, { page: 1, size: own.pageSize ?? '', key, tile });
}

function nextAddress(
  own: Connector,
  settings: Settings,
  reply: unknown,
  { address, page }: { address: string; page: number },
): string | null {
  if (own.id === 'sensorthings') return nextSensorThings(reply, address);
  const hasMore = own.id === 'un-sdg' ? unSdgHasMore(reply, page) : own.id === 'world-bank' && worldBankHasMore(reply, page);
  return hasMore ? addressOf(own, settings, { page: page + 1, size: own.pageSize ?? '' }) : null;
}

function readReplies(id: string, replies: readonly unknown[], settings: Settings): ConnectedSeries[] {
  if (id === 'un-sdg') return readUnSdg(replies);
  if (id === 'world-bank') return readWorldBank(replies);
  if (id === 'nasa-power') return readNasaPower(replies);
  if (id === 'sensorthings') return readSensorThingsPages(replies);
  if (id === 'dahiti') return levels(replies[0], settings);
  return readOpenMeteo(id, replies);
}

function levels(reply: unknown, { target = '' }: Settings): ConnectedSeries[] {
  if (!Array.isArray(reply)) throw shapeProblem('dahiti', 'reply', reply, '[{ date, height, error }]');
  return readAltimetryJson(`dahiti-${target}`, reply).map(({ title, points }) => ({
    code: 'level',
    title: title || `DAHITI ${target}`,
    unit: 'm',
    place: null,
    values: points.map(({ period, value, low, high, row, text }) => ({ period, value, low, high, note: null, row, text })),
    skipped: 0,
  }));
}

function parsed(source: string, bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('connect-shape', { source, field: 'reply', found: text.slice(0, 60), expected: 'JSON' }, { cause });
  }
}

/** Little- or big-endian TIFF, classic or large. */
function tiffOf(bytes: Uint8Array): Uint8Array {
  const [a, b, c, d] = bytes;
  const isTiff = (a === 0x49 && b === 0x49 && (c === 42 || c === 43)) || (a === 0x4d && b === 0x4d && (d === 42 || d === 43));
  if (!isTiff) throw shapeProblem('surface-water', 'reply', new TextDecoder().decode(bytes.subarray(0, 40)), 'TIFF');
  return bytes;
}

/** The data set of a request: the same however often it is asked for. */
export function connectedId({ connector: { id }, address }: Pick<Fetched, 'connector' | 'address'>): string {
  return `connect/${id}/${digestOf(address).slice('sha256:'.length, 'sha256:'.length + 12)}`;
}
