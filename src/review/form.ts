/**
 * A review form as data (`data/forms/*.json`): its sections, what each asks, and what can fill it. docs/forms.md
 */
import type { Id, LocalText } from '../types.ts';

export interface FormSection {
  id: Id;
  number: string | null;
  title: LocalText;
  asks: LocalText | null;
  /** The numbering or wording has still to be checked against the official form. */
  unconfirmed: boolean;
  kinds: ('computed' | 'assembled' | 'written')[];
  /** Machine name of what fills the section; `null` where only people can. */
  fills: string | null;
  who: 'manager' | 'scientist' | 'gis' | 'accountant' | 'authority' | 'community';
  length: LocalText | null;
  confidential: boolean;
  sections: FormSection[];
}

export interface Form {
  id: Id;
  version: number;
  title: LocalText;
  issued: string;
  status: LocalText;
  source: string;
  parts: { id: Id; title: LocalText; sections: FormSection[] }[];
}
