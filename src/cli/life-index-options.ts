/** What `saryarka life index` is asked and what each kind of index hands back. */
import type { Lang } from '../types.ts';

export type IndexKind = 'lpi' | 'msi' | 'rli' | 'occupancy';

export interface IndexOptions {
  lang: Lang;
  kind: string;
  base?: string;
  to?: string;
  zones?: string;
  groups?: string;
  draws?: string;
  seed: string;
  mode?: string;
  method?: string;
  species?: string;
  periods?: string;
  dossier?: string;
  site?: string;
  keep?: boolean;
  json?: boolean;
  output?: string;
}

/** What an index of any kind hands back to be shown. */
export interface IndexFound {
  json: unknown;
  told: string[];
  header: string[];
  rows: (string | number | null)[][];
}
