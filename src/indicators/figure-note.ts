/**
 * What a reader of a computed figure has to know beside the number: codes, so that one dossier reads in any language.
 *
 *     noteOf(note('outside', 12.5), note('few-pixels', 9), null)    // 'outside=12.5; few-pixels=9'
 *     noteText('outside=12.5', 'en')                                // '12.5 % of the zone lies beside the rasters.'
 */
import type en from '../i18n/en.json';
import { number, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

export type NoteCode = keyof (typeof en)['figure-notes'];

/** One remark, with the number or name that its sentence has a place for. */
export function note(code: NoteCode, value?: number | string): string {
  if (value === undefined) return code;
  return `${code}=${typeof value === 'number' ? Number(value.toPrecision(SHOWN)) : value.replaceAll(';', ',')}`;
}

const SENTENCE_END = /[.!?]$/;

/** Digits of a number in a note. */
const SHOWN = 4;

/** Several remarks as they are kept; `null` where there is none. */
export function noteOf(...parts: (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join('; ') || null;
}

/** Sentences of a note; what is no code stands as it is, as people write notes, too. */
export function noteText(kept: string, lang: Lang): string {
  return kept
    .split('; ')
    .map((part) => {
      const [, code = '', value] = /^([a-z-]+)(?:=(.*))?$/.exec(part) ?? [];
      if (!isCode(code)) return part;
      const isText = value === undefined || Number.isNaN(Number(value)) || code.endsWith('-year'); // years have no thousands
      const shown = isText ? (value ?? '') : number(lang, Number(value), SHOWN);
      return t(lang, `figure-notes.${code}`, { value: shown });
    })
    .reduce((text, part, i) => (i === 0 ? part : `${text}${SENTENCE_END.test(text) ? '' : ';'} ${part}`), '');
}

const CODES: readonly string[] = [
  'outside',
  'few-pixels',
  'map-errors-elsewhere',
  'unseen',
  'bounds',
  'bounds-unknown-land',
  'discovery',
  'no-trend',
  'zone-mean',
  'pixel-median',
  'threshold',
  'threshold-doubtful',
  'unlisted',
  'years-missing',
  'as-mapped',
  'layers-missing',
  'nothing-burned',
  'days-covered',
  'no-performance',
  'no-soil',
  'land-cover-years',
  'performance-region',
  'people-modelled',
  'people-unknown',
  'drought-short',
  'drought-months-known',
  'basins-undecided',
  'species-deficient',
  'species-extinct-before',
  'species-carried',
  'species-reclassified',
  'species-seen',
  'species-units',
  'species-individuals',
  'species-no-effort',
  'species-few',
  'species-undecided',
  'species-coverage',
  'species-at-coverage',
  'species-unlisted',
  'species-of',
  'species-invasive-unknown',
  'trend-lines',
  'trend-lines-of',
  'trend-no-correlation',
  'trend-no-correlation-of',
  'trend-no-dispersion',
  'trend-no-dispersion-of',
  'trend-nothing-found',
  'trend-one-year',
  'trend-unfit',
  'trend-year-of-none',
  'trend-no-base',
  'trend-without',
  'occupancy-few-visits',
  'occupancy-short-lists',
  'occupancy-few-sites',
  'occupancy-few-species',
  'effect-since',
  'effect-control',
  'effect-alone',
  'effect-few-years',
  'effect-years-left',
  'effect-unmarked',
  'effect-species',
  'questions-open',
  'parity-raw',
  'money-not-screened',
  'money-not-converted',
  'of-water',
  'bed-level',
  'bed-reference',
  'bed-unknown',
  'pressure-off-scale',
  'pressure-year',
  'zones-outside',
] satisfies NoteCode[];

function isCode(code: string): code is NoteCode {
  return CODES.includes(code);
}
