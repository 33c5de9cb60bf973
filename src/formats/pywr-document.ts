/**
 * A model of river allocation as it is written, whichever version of Pywr wrote it: parts by type with what they were given.
 *
 * Types are told without regard to case and without the ending "Parameter" or "Recorder".
 */
import { Problem } from '../problems.ts';

/** A node, parameter or recorder as written. */
export interface PywrPart {
  name: string;
  /** In lower case, without "parameter" or "recorder" at its end. */
  type: string;
  /** The type as written. */
  written: string;
  data: Record<string, unknown>;
}

export interface PywrEdge {
  from: string;
  to: string;
  fromSlot: string | number | null;
  toSlot: string | number | null;
}

export interface PywrScenario {
  name: string;
  size: number;
  /** Names of its members. */
  members: string[];
  /** Which members are run when all combinations are. */
  chosen: number[];
}

export interface PywrDocument {
  file: string;
  version: 1 | 2;
  title: string;
  description: string;
  /** Start and end as ISO 8601 days, both included; steps in days, or a frequency such as "M" or "7D". */
  time: { start: string; end: string; step: number | string };
  scenarios: PywrScenario[];
  /** Combinations of members to run, where they are listed; else all. */
  combinations: number[][] | null;
  nodes: PywrPart[];
  edges: PywrEdge[];
  parameters: PywrPart[];
  recorders: PywrPart[];
  tables: Record<string, Record<string, unknown>>;
}

export type Json = Record<string, unknown>;

/** A part from its object: `ending` is left off its type. */
export function partOf(value: unknown, ending: string, file: string, place: string, name?: string): PywrPart {
  if (!isJson(value)) throw new Problem('river-field', { file, place, found: shown(value), expected: '{ name, type }' });
  const { type, name: own, ...data } = value;
  const called = name ?? (typeof own === 'string' || typeof own === 'number' ? String(own) : '');
  if (called === '') throw new Problem('river-field', { file, place: `${place}.name`, found: shown(own), expected: '"…"' });
  if (typeof type !== 'string')
    throw new Problem('river-field', { file, place: `${place}.type`, found: shown(type), expected: '"…"' });
  return { name: called, type: plainType(type, ending), written: type, data };
}

/** A type in lower case without `ending`. */
export function plainType(type: string, ending: string): string {
  const plain = type.toLowerCase();
  return ending !== '' && plain.endsWith(ending) && plain !== ending ? plain.slice(0, -ending.length) : plain;
}

/** A list, or a problem. */
export function listOf(value: unknown, file: string, place: string): unknown[] {
  if (!Array.isArray(value)) throw new Problem('river-field', { file, place, found: shown(value), expected: '[…]' });
  return value;
}

/** A value as it is shown in a message. */
export function shown(value: unknown): string {
  return value === undefined ? '—' : JSON.stringify(value).slice(0, 80);
}

/** Whether `value` is an object of JSON. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
