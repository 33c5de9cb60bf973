/** What a program writes into an empty dossier, and how it asks: for the tests of conformance. */
import { expect } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { createDossier } from '../../src/store/dossier.ts';
import { browserOf, person, served } from './people.ts';

export type Json = Record<string, unknown>;

export const ROOT = 'http://localhost:8080/sta/v1.1';

/** Below it each requirement has its name. OGC 18-088, 2. */
export const REQ = 'http://www.opengis.net/spec/iot_sensing/1.1/req/';

export interface Program {
  db: Db;
  ask: ReturnType<typeof browserOf>;
  get(address: string): Promise<Json>;
  list(address: string): Promise<Json[]>;
  status(method: string, address: string, body?: unknown): Promise<number>;
  post(address: string, body: unknown): Promise<Json>;
}

export const local = (address: string): string => address.replace(ROOT, '/sta/v1.1');
export const path = (address: string): string => (address.startsWith('http') ? local(address) : `/sta/v1.1/${address}`);
const query = (text: string): string => text.replaceAll(' ', '%20');

/** With an empty dossier of its own. */
export function program(): Program {
  const db = createDossier(':memory:');
  person(db, 'root', { '*': 'administrator' });
  const ask = browserOf(served(db), db, 'root');
  const get = async (address: string): Promise<Json> => {
    const reply = await ask('GET', path(query(address)));
    const body = (await reply.json()) as Json;
    expect(reply.status, `${address}: ${JSON.stringify(body)}`).toBe(200);
    return body;
  };
  const post = async (address: string, body: unknown): Promise<Json> => {
    const reply = await ask('POST', path(address), body);
    const made = (await reply.json()) as Json;
    expect(reply.status, JSON.stringify(made)).toBe(201);
    expect(reply.headers.get('location')).toBe(made['@iot.selfLink']);
    return made;
  };
  return {
    db,
    ask,
    get,
    post,
    list: async (address) => (await get(address)).value as Json[],
    status: async (method, address, body) => (await ask(method, path(query(address)), body)).status,
  };
}

export const self = (entity: Json): string => String(entity['@iot.selfLink']);
export const link = (entity: Json): Json => ({ '@iot.id': entity['@iot.id'] });

/** The requirements that the root lists of some classes. */
export async function listed({ get }: Program, classes: readonly string[]): Promise<string[]> {
  const { serverSettings } = await get(ROOT);
  const names = (serverSettings as { conformance: string[] }).conformance.map((one) => one.replace(REQ, ''));
  return names.filter((one) => classes.some((start) => one.startsWith(`${start}/`))).toSorted();
}

export const MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement';
export const point = (lon: number, lat: number): Json => ({ type: 'Point', coordinates: [lon, lat] });
export const place = (name: string, lon: number, lat: number): Json => ({
  name,
  description: `${name} on the shore`,
  encodingType: 'application/geo+json',
  location: point(lon, lat),
});
export const SENSOR = { name: 'Float', description: 'A float', encodingType: 'text/html', metadata: 'https://example.org/float' };
export const STAGE = { name: 'Stage', definition: 'https://example.org/stage', description: 'Height of the water' };
export const series = (name: string, values: number[] = [], more: Json = {}): Json => ({
  name,
  description: `${name} of the gauge`,
  observationType: MEASUREMENT,
  unitOfMeasurement: { name: 'metre', symbol: 'm', definition: 'http://unitsofmeasure.org/ucum.html#m' },
  ObservedProperty: STAGE,
  Sensor: SENSOR,
  ...(values.length === 0
    ? {}
    : {
        Observations: values.map((result, i) => ({
          result,
          phenomenonTime: `2026-01-0${i + 1}T00:00:00Z`,
          resultTime: `2026-01-0${i + 1}T00:05:00Z`,
        })),
      }),
  ...more,
});
export const GAUGE = {
  name: 'Karateren',
  description: 'A gauge',
  properties: { river: 'Syr Darya', owner: { name: 'Kazhydromet' } },
  Locations: [place('Pier', 61.5, 46)],
  Datastreams: [series('Level', [1, 2, 3]), series('Depth', [10])],
};
export const FEATURE = { name: 'Bay', description: 'A bay', encodingType: 'application/geo+json', feature: point(61, 46) };
