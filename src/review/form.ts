/**
 * A review form as data (`data/forms/*.json`): its sections, what each asks, and what can fill it. docs/forms.md
 */
import type { Id, LocalText, SiteFunction } from '../types.ts';

export interface FormSection {
  id: Id;
  number: string | null;
  title: LocalText;
  asks: LocalText | null;
  /** The numbering or wording has still to be checked against the official form. */
  unconfirmed: boolean;
  kinds: ('computed' | 'assembled' | 'written')[];
  /** Machine names of what fills the section (`fillers.ts`), in the order of the answer; none where only people can. */
  fills: string[];
  /** Which of the records or indicators the filler takes here; all where it is left out. */
  only?: Only;
  who: 'manager' | 'scientist' | 'gis' | 'accountant' | 'authority' | 'community';
  length: LocalText | null;
  confidential: boolean;
  sections: FormSection[];
}

/** Narrows what a filler takes for one section. */
export interface Only {
  functions?: SiteFunction[];
  /** Indicators by id, or registers, or categories of activities: each filler says which. */
  ids?: Id[];
}

export interface Form {
  id: Id;
  version: number;
  title: LocalText;
  issued: string;
  status: LocalText;
  source: string;
  parts: { id: Id; title: LocalText; sections: FormSection[] }[];
  /** The lists of Annex I in which what is measured is ticked. */
  tickLists: {
    id: Id;
    section: Id;
    title: LocalText;
    unconfirmed: boolean;
    complete: boolean;
    terms: { id: Id; label: LocalText }[];
  }[];
  tables: FormTable[];
  maps: { id: Id; title: LocalText; sections: Id[]; fills: string | null; required: boolean; unconfirmed: boolean }[];
  calendar: CalendarStep[];
}

/** A table that the form prints. */
export interface FormTable {
  id: Id;
  title: LocalText;
  sections: Id[];
  fills: string | null;
  unconfirmed: boolean;
  rows: { id: Id; label: LocalText }[] | null;
  columns: { id: Id; label: LocalText }[] | null;
}

/** What happens when, counted from the year in which the report is due. */
export interface CalendarStep {
  id: Id;
  title: LocalText;
  /** 0 is the year of the report. */
  year: number;
  /** Month and day, `09-30`. */
  from: string | null;
  to: string | null;
  precision: 'day' | 'month' | 'year' | null;
  note: LocalText | null;
  evidence: string[];
  unconfirmed: boolean;
}
