/** What an export is asked for, and what comes of it. */
import type { Id, Lang } from '../types.ts';

export interface Request {
  lang: Lang;
  format: string;
  output: string;
  site?: Id;
  shore?: string;
  shoreDate?: string;
  /** Of IATI: who publishes. */
  publisher?: Id;
  /** Of CERIF: whose records they are. */
  host?: string;
  today?: string;
}

export interface Written {
  content: string | Uint8Array;
  rows: number;
  /** What the reader of the file must know, in lines. */
  notes?: string[];
}
