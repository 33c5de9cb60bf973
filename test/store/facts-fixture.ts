/** A small dossier in memory for the tests: one reserve with what the named source declares. */

import { putIndicator, putSource } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { createDossier } from '../../src/store/dossier.ts';
import { putSite } from '../../src/store/sites.ts';
import type { Indicator, Observation, Site, Source } from '../../src/types.ts';

export const almaty: Site = {
  id: 'almaty',
  kind: 'biosphere-reserve',
  name: { en: 'Almaty', kk: 'Алматы' },
  countries: ['KZ'],
  parent: null,
  ecosystems: null,
  note: null,
};

export const unesco: Source = {
  id: 'unesco-almaty',
  title: 'UNESCO page on Almaty',
  href: 'https://en.unesco.org/biosphere/aspac/almaty',
  lang: 'en',
  kind: 'primary',
  licence: null,
  note: null,
};

export const area: Indicator = {
  id: 'area',
  title: { en: 'Area' },
  definition: { en: 'Geodesic area' },
  unit: 'm2',
  method: 'karney-2013',
  version: 1,
  function: 'zonation',
  better: 'neither',
  standing: 'official',
  codes: {},
  references: [],
};

/** 176,960 ha in total, as the UNESCO page on Almaty declares. */
export const total: Observation = {
  id: 'almaty-area',
  indicator: 'area',
  feature: 'almaty',
  period: { start: '2020-01-01', end: '2021-01-01' },
  value: 176960,
  unit: 'har',
  low: null,
  high: null,
  level: null,
  n: null,
  by: {},
  role: 'declared',
  quality: 'ok',
  approximate: false,
  note: null,
  from: { source: 'unesco-almaty' },
};

export function smallDossier(path = ':memory:'): Db {
  const db = createDossier(path);
  putSource(db, 'test', unesco);
  putIndicator(db, 'test', area);
  putSite(db, 'test', almaty);
  return db;
}
