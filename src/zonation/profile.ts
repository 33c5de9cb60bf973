/**
 * National profiles: figures that one country asks of its own biosphere reserves. UNESCO sets none.
 *
 *     const profile = parseProfile(JSON.parse(text), 'germany.json');
 */
import { isLang } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { LocalText, ZoneKind } from '../types.ts';
import { zoneKinds } from './figures.ts';

export interface Profile {
  id: string;
  /** Says whose figures these are, and that they are national. */
  label: LocalText;
  figures: ProfileFigure[];
}

/** A least or greatest area of some zones together. */
export interface ProfileFigure {
  id: string;
  title: LocalText;
  /** The zones whose areas are added. */
  zones: ZoneKind[];
  /** Share of the whole site, or area. */
  unit: '%' | 'har';
  min: number | null;
  max: number | null;
  /** Whether the figure was read in the official text. */
  confirmed: boolean;
  source: string;
}

/**
 * A profile from data that were read from outside.
 * @param file the name to give in problems
 * @throws Problem `profile-field`, naming the field, what was found and what would do.
 */
export function parseProfile(data: unknown, file: string): Profile {
  const { id, label, figures } = object(data, file, '-');
  return {
    id: text(id, file, 'id'),
    label: localText(label, file, 'label'),
    figures: list(figures, file, 'figures').map((item, i) => parseFigure(item, file, `figures[${i}]`)),
  };
}

function parseFigure(data: unknown, file: string, field: string): ProfileFigure {
  const { id, title, zones, unit, min, max, confirmed, source } = object(data, file, field);
  if (unit !== '%' && unit !== 'har') throw wrong(file, `${field}.unit`, unit, '% | har');
  if (typeof confirmed !== 'boolean') throw wrong(file, `${field}.confirmed`, confirmed, 'true | false');
  const least = bound(min, file, `${field}.min`);
  const most = bound(max, file, `${field}.max`);
  if (least === null && most === null) throw wrong(file, `${field}.min`, null, 'min | max');
  return {
    id: text(id, file, `${field}.id`),
    title: localText(title, file, `${field}.title`),
    zones: list(zones, file, `${field}.zones`).map((zone, i) => zoneKind(zone, file, `${field}.zones[${i}]`)),
    unit,
    min: least,
    max: most,
    confirmed,
    source: text(source, file, `${field}.source`),
  };
}

function object(data: unknown, file: string, field: string): Record<string, unknown> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw wrong(file, field, data, '{ … }');
  return data as Record<string, unknown>;
}

function list(data: unknown, file: string, field: string): unknown[] {
  if (!Array.isArray(data) || data.length === 0) throw wrong(file, field, data, '[ … ]');
  return data;
}

function text(data: unknown, file: string, field: string): string {
  if (typeof data !== 'string' || data.trim() === '') throw wrong(file, field, data, '"…"');
  return data;
}

function localText(data: unknown, file: string, field: string): LocalText {
  const texts = Object.entries(object(data, file, field));
  if (texts.length === 0) throw wrong(file, field, data, 'en | ru | kk | tr');
  for (const [lang, words] of texts) {
    if (!isLang(lang)) throw wrong(file, field, lang, 'en | ru | kk | tr');
    text(words, file, `${field}.${lang}`);
  }
  return data as LocalText;
}

function bound(data: unknown, file: string, field: string): number | null {
  if (data === null) return null;
  if (typeof data !== 'number' || !Number.isFinite(data) || data < 0) throw wrong(file, field, data, '>= 0 | null');
  return data;
}

function zoneKind(data: unknown, file: string, field: string): ZoneKind {
  const kind = zoneKinds.find((known) => known === data);
  if (kind === undefined) throw wrong(file, field, data, zoneKinds.join(' | '));
  return kind;
}

function wrong(file: string, field: string, found: unknown, expected: string): Problem {
  return new Problem('profile-field', { file, field, found: JSON.stringify(found) ?? '–', expected });
}
