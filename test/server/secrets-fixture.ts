/** A dossier with things that must not become known below editor, each told apart by words that stand nowhere else. */

import type { Occurrence } from '../../src/life-types.ts';
import { sectionsOf } from '../../src/review/sections.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import { saveAnswer } from '../../src/store/answers.ts';
import { attach } from '../../src/store/attachments.ts';
import { putDataset } from '../../src/store/catalogue.ts';
import { putClaim } from '../../src/store/claims.ts';
import { addComment } from '../../src/store/comments.ts';
import type { Db } from '../../src/store/db.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { putEntry } from '../../src/store/records.ts';
import { putZone } from '../../src/store/zones.ts';
import type { FieldValue, Position } from '../../src/types.ts';
import { nestedZones } from '../drawing/map-shapes.ts';
import { total } from '../store/facts-fixture.ts';
import { person, sharedDossier } from './people.ts';

/** Where a saker falcon breeds, and where something is watched of which nobody is told. */
export const NEST: Position = [76.95273, 43.23891];
export const HIDE: Position = [76.61347, 43.17893];
/** The middle of the cell that a reader is shown. */
export const CELL: Position = [76.95, 43.25];

/** Words that stand in one secret each, by what they would give away. */
export const WORDS = {
  locality: 'Gorge-of-the-Falcon-7701',
  verbatim: 'below-the-third-rock-7702',
  observer: 'Ranger-Observer-7703',
  row: 'nest-row-7704',
  conflict: 'grazing-quarrel-7705',
  contact: 'home-telephone-7706',
  lastSeen: '2024-05-17',
  sighting: 'sighting-source-7708',
  marked: 'marked-answer-7709',
  section: 'closed-section-7710',
  draft: 'once-confidential-7711',
  comment: 'comment-on-closed-7712',
  markedComment: 'comment-on-marked-7713',
  paper: 'secret-paper-7714',
  inside: 'inside-the-paper-7715',
  claim: 'claim-of-closed-7716',
  station: 'hidden-hide-7717',
} as const;

/** The same in a closed section in two languages: one of them is marked, and the other is not. */
const closed =
  sectionsOf(shippedForm()).find(({ section }) => section.confidential && section.kinds.includes('written'))?.section.id ?? '';
const open = sectionsOf(shippedForm()).filter(({ section }) => !section.confidential && section.kinds.includes('written'));
export const SECTIONS = { closed, marked: open[0]?.section.id ?? '', opened: open[1]?.section.id ?? '' };

/** @param path a copy of the dossier and a backup can only be made of a file */
export function dossierOfSecrets(path: string): Db {
  const db = sharedDossier(path);
  person(db, 'rita', { almaty: 'reader' });
  person(db, 'rena', { almaty: 'reviewer' });
  person(db, 'kim', { almaty: 'contributor' });
  person(db, 'everyreader', { '*': 'reader' });
  person(db, 'everywriter', { '*': 'contributor' });
  person(db, 'stranger', { korgalzhyn: 'administrator' });
  person(db, 'eda', { '*': 'editor' });
  putObservation(db, 'test', total);
  for (const { kind, geometry } of nestedZones([76.9, 43.2], 20, 40)) {
    const valid = { start: '2014-01-01', end: null };
    putZone(db, 'test', { id: `almaty/${kind}`, site: 'almaty', kind, name: {}, valid, geometry, from: total.from });
  }
  nest(db);
  records(db);
  texts(db);
  return db;
}

function nest(db: Db): void {
  const taxon = { rank: null, parent: null, vernacular: {}, categories: {} };
  putTaxon(db, 'test', { ...taxon, id: 'saker', name: 'Falco cherrug', sensitivity: 2, sensitivityReason: 'robbed' });
  putTaxon(db, 'test', { ...taxon, id: 'orchid', name: 'Steveniella', sensitivity: 1, sensitivityReason: 'collected' });
  putDataset(db, 'test', {
    id: 'sightings',
    title: { en: 'Sightings' },
    kind: 'occurrences',
    href: 'sightings.csv',
    mediaType: 'text/csv',
    digest: null,
    crs: null,
    period: null,
    licence: 'not stated',
    attribution: 'not stated',
  });
  const seen: Omit<Occurrence, 'id' | 'taxon'> = {
    site: 'almaty',
    place: NEST,
    period: { start: '2024-05-01', end: '2024-05-02' },
    uncertaintyM: 5,
    count: 2,
    basis: 'HumanObservation',
    recordedBy: WORDS.observer,
    fields: { locality: WORDS.locality, verbatimLocality: WORDS.verbatim, decimalLatitude: String(NEST[1]) },
    from: { dataset: 'sightings', row: WORDS.row },
  };
  putOccurrence(db, 'test', { ...seen, id: 'nest', taxon: 'saker' });
  putOccurrence(db, 'test', { ...seen, id: 'stand', taxon: 'orchid' });
}

function records(db: Db): void {
  const entry = (register: string, id: string, fields: Record<string, FieldValue>, confidential: boolean): void => {
    putEntry(db, 'test', { id: `almaty/${register}/${id}`, site: 'almaty', register, fields, confidential, from: total.from });
  };
  entry('conflicts', 'one', { what: WORDS.conflict, type: 'grazing', status: 'open' }, true);
  entry('contacts', 'one', { purpose: 'manager', name: 'A. B.', phone: WORDS.contact }, true);
  entry(
    'species',
    'saker',
    { scientific_name: 'Falco cherrug', group: 'birds', last_record: WORDS.lastSeen, source: WORDS.sighting, sensitive: true },
    false,
  );
  entry('monitoring', 'hide', { variable: WORDS.station, place: WORDS.station, longitude: HIDE[0], latitude: HIDE[1] }, true);
  const paper = { name: `${WORDS.paper}.txt`, mediaType: 'text/plain', bytes: new TextEncoder().encode(WORDS.inside) };
  attach(db, 'test', { site: 'almaty', kind: 'conflicts', record: 'almaty/conflicts/one' }, paper);
}

function texts(db: Db): void {
  const form = shippedForm().id;
  const at = (section: string) => ({ site: 'almaty', form, section, lang: 'en' as const });
  const by = { author: 'A', written: '2026-11-23' };
  saveAnswer(db, 'root', at(SECTIONS.marked), { ...by, text: WORDS.marked, confidential: true });
  saveAnswer(db, 'root', at(SECTIONS.closed), { ...by, text: WORDS.section, confidential: false });
  saveAnswer(db, 'root', at(SECTIONS.opened), { ...by, text: WORDS.draft, confidential: true });
  saveAnswer(db, 'root', at(SECTIONS.opened), { ...by, text: 'What everybody may read.', confidential: false });
  const said = { site: 'almaty', form, written: '2026-11-23' };
  addComment(db, 'root', { ...said, section: SECTIONS.closed, text: WORDS.comment });
  addComment(db, 'root', { ...said, section: SECTIONS.marked, text: WORDS.markedComment });
  for (const [i, section] of [SECTIONS.closed, SECTIONS.marked].entries()) {
    putClaim(db, 'root', {
      id: `almaty/claims/${i + 1}`,
      in: { site: 'almaty', form, section },
      sentence: { en: WORDS.claim },
      kind: 'interpretive',
      check: null,
      note: WORDS.claim,
      verdict: null,
    });
  }
}
