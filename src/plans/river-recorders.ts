/** Every recorder type that is computed here, by its name in Pywr without "recorder"; and those that only write files. */
import { COUNT_RECORDERS } from './river-recorder-counts.ts';
import { type MakeRecorder, SERIES_RECORDERS } from './river-recorder-series.ts';

export const RECORDERS: Readonly<Record<string, MakeRecorder>> = { ...SERIES_RECORDERS, ...COUNT_RECORDERS };

/** Recorders whose work is a file or a progress bar: left out, and told. */
export const WRITING_RECORDERS: ReadonlySet<string> = new Set(['csv', 'tables', 'progress', 'jupyterprogress']);
