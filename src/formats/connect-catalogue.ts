/**
 * The online sources that are known: what they are called by, on which terms, how politely. data/connectors.json
 *
 *     addressOf(connector('un-sdg'), { series: 'ER_H2O_STRESS', area: '398' }, { page: 1 })
 */
import { Problem } from '../problems.ts';
import type { Id, LocalText } from '../types.ts';
import { readShipped } from './source-node.ts';

/** What one of a source's series is here; series without an entry have no indicator. */
export interface Meaning {
  indicator: Id;
  /** UCUM; where the reply does not tell it. */
  unit?: string;
  class?: string;
}

export interface Connector {
  id: Id;
  title: LocalText;
  /** With the names of settings in braces; `page`, `size`, `tile` and `key` are put in by the program. */
  address: string;
  /** What can be asked for, each with an example, which is what is asked where nothing is said. */
  settings: Record<string, string>;
  licence: string;
  attribution: string;
  /** Where the secret stands, and in which header it goes; without a header it is part of the address. */
  key: { variable: string; needed: boolean; header: string | null; prefix: string } | null;
  /** Between two requests [ms]. */
  pause: number;
  pageSize: number | null;
  documentation: string;
  series: Record<string, Meaning>;
}

export type Settings = Record<string, string>;

let read: Connector[] | undefined;

export function connectors(): readonly Connector[] {
  read ??= JSON.parse(readShipped('data', 'connectors.json')) as Connector[];
  return read;
}

/** @throws Problem `choice-wrong` */
export function connector(id: string): Connector {
  const found = connectors().find((one) => one.id === id);
  if (found === undefined)
    throw new Problem('choice-wrong', {
      field: 'source',
      found: id,
      expected: connectors()
        .map((one) => one.id)
        .join(', '),
    });
  return found;
}

/** The settings of a source with what was said put in. @throws Problem `choice-wrong` for a name it does not have, or an empty value */
export function settingsOf({ settings }: Connector, said: readonly string[]): Settings {
  const own = { ...settings };
  for (const text of said) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (!Object.hasOwn(settings, name) || value.trim() === '' || value.length > 500)
      throw new Problem('choice-wrong', {
        field: '--with',
        found: text,
        expected: Object.entries(settings)
          .map(([key, example]) => `${key}=${example}`)
          .join(' '),
      });
    own[name] = value.trim();
  }
  return own;
}

/** Settings that are an address, or part of one as they are, and so are not encoded. */
const PLAIN = ['service', 'key', 'tile'];

export function addressOf({ address }: Connector, settings: Settings, more: Record<string, string | number> = {}): string {
  const all: Record<string, string | number> = { ...settings, ...more };
  return address.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(all[name] ?? '');
    return PLAIN.includes(name) ? value : encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%27', "'");
  });
}

/** `no-key`: it cannot be asked; a state, not an error. */
export type ConnectorState = 'ready' | 'key' | 'no-key';

export function stateOf({ key }: Connector, environment: Record<string, string | undefined>): ConnectorState {
  if (key === null) return 'ready';
  return (environment[key.variable] ?? '') !== '' ? 'key' : key.needed ? 'no-key' : 'ready';
}
