/** What a reserve keeps: counts of people, money, the lines of its registers, the answers of its review. */
import type { SiteRecords } from '../review/content.ts';
import type { Answer, Entry, Headcount, Id, Money } from '../types.ts';
import { listActivitiesOfSite, listOrganisations, listParticipationsOfSite, NAMES_SITE, namesSite } from './cooperation.ts';
import { all, type Db } from './db.ts';
import { type OriginColumns, originColumns, originOf } from './origins.ts';
import { type Change, put } from './write.ts';

const ORIGIN = 'from_run, from_dataset, from_row, from_source, from_page, from_quote';
const HEADCOUNT = `id, feature, measure, groups, age, period_start, period_end, total, female, male, other, unknown, "unique", note, ${ORIGIN}`;
const MONEY = `id, feature, kind, value, currency, period_start, period_end, classes, provider, receiver, note, ${ORIGIN}`;

interface PeriodColumns {
  period_start: string | null;
  period_end: string | null;
}
type HeadcountRow = Omit<Headcount, 'groups' | 'period' | 'from'> & OriginColumns & PeriodColumns & { groups: string };
type MoneyRow = Omit<Money, 'classes' | 'period' | 'from'> & OriginColumns & PeriodColumns & { classes: string };
type EntryRow = Omit<Entry, 'fields' | 'confidential' | 'from'> & OriginColumns & { fields: string; confidential: 0 | 1 };
type AnswerRow = Omit<Answer, 'confidential'> & { confidential: 0 | 1 };

export function putHeadcount(db: Db, by: string, { groups, period, from, ...rest }: Headcount): Change {
  return put(db, 'headcounts', by, {
    ...rest,
    groups: JSON.stringify(groups),
    ...periodColumns(period),
    ...originColumns(from),
  });
}

export function putMoney(db: Db, by: string, { classes, period, from, ...rest }: Money): Change {
  return put(db, 'money', by, { ...rest, classes: JSON.stringify(classes), ...periodColumns(period), ...originColumns(from) });
}

export function putEntry(db: Db, by: string, { fields, confidential, from, ...rest }: Entry): Change {
  return put(db, 'entries', by, {
    ...rest,
    fields: JSON.stringify(fields),
    confidential: confidential ? 1 : 0,
    ...originColumns(from),
  });
}

export function putAnswer(db: Db, by: string, { confidential, ...rest }: Answer): Change {
  return put(db, 'answers', by, { ...rest, confidential: confidential ? 1 : 0 });
}

/** All records of a site, each list in the order it was kept. */
export function loadSiteRecords(db: Db, site: Id): SiteRecords {
  const ofSite = `feature = ? or feature in (select id from activities where ${NAMES_SITE})`;
  const own = [site, ...namesSite(site)];
  return {
    activities: listActivitiesOfSite(db, site),
    participations: listParticipationsOfSite(db, site),
    organisations: new Map(listOrganisations(db).map((organisation) => [organisation.id, organisation])),
    headcounts: all<HeadcountRow>(db, `select ${HEADCOUNT} from headcounts where ${ofSite} order by fid`, own).map(headcountOf),
    money: all<MoneyRow>(db, `select ${MONEY} from money where ${ofSite} order by fid`, own).map(moneyOf),
    entries: listEntries(db, site),
    answers: all<AnswerRow>(
      db,
      'select id, site, form, section, lang, text, author, written, confidential from answers where site = ? order by fid',
      [site],
    ).map((row) => ({ ...row, confidential: row.confidential === 1 })),
  };
}

/** Every headcount of the dossier, in the order they were kept. */
export function listHeadcounts(db: Db): Headcount[] {
  return all<HeadcountRow>(db, `select ${HEADCOUNT} from headcounts order by fid`).map(headcountOf);
}

/** Every sum of money of the dossier, in the order they were kept. */
export function listMoney(db: Db): Money[] {
  return all<MoneyRow>(db, `select ${MONEY} from money order by fid`).map(moneyOf);
}

/** The lines of a site's registers, or of some of them, in the order they were kept. */
export function listEntries(db: Db, site: Id, registers: readonly Id[] = []): Entry[] {
  const columns = `id, site, register, fields, confidential, ${ORIGIN}`;
  const those = registers.length === 0 ? '' : ` and register in (${registers.map(() => '?').join(', ')})`;
  return all<EntryRow>(db, `select ${columns} from entries where site = ?${those} order by fid`, [site, ...registers]).map(
    entryOf,
  );
}

function headcountOf(row: HeadcountRow): Headcount {
  const { id, feature, measure, age, total, female, male, other, unknown, unique, note } = row;
  const counts = { total, female, male, other, unknown, unique };
  return {
    id,
    feature,
    measure,
    groups: JSON.parse(row.groups),
    age,
    period: periodOf(row),
    ...counts,
    note,
    from: originOf(row),
  };
}

function moneyOf(row: MoneyRow): Money {
  const { id, feature, kind, value, currency, provider, receiver, note } = row;
  const sum = { id, feature, kind, value, currency, provider, receiver, note };
  return { ...sum, period: periodOf(row), classes: JSON.parse(row.classes), from: originOf(row) };
}

function entryOf(row: EntryRow): Entry {
  const { id, site, register } = row;
  return { id, site, register, fields: JSON.parse(row.fields), confidential: row.confidential === 1, from: originOf(row) };
}

function periodColumns(period: Headcount['period']): PeriodColumns {
  return { period_start: period?.start ?? null, period_end: period?.end ?? null };
}

function periodOf({ period_start, period_end }: PeriodColumns): Headcount['period'] {
  return period_start === null || period_end === null ? null : { start: period_start, end: period_end };
}
