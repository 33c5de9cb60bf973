/** What `saryarka life trend` and `life index` are asked for beside the method; loads nothing heavy. */
import { Problem } from '../problems.ts';
import type { Id, Lang } from '../types.ts';

export interface KeepOptions {
  lang: Lang;
  dossier?: string;
  site?: string;
  keep?: boolean;
  json?: boolean;
}

/** Where figures are to be kept; `null` where they are only to be told. @throws Problem `choice-wrong` where one of the three is missing */
export function keepsIn({ dossier, site, keep }: KeepOptions): { dossier: string; site: Id } | null {
  if (dossier === undefined && site === undefined && keep !== true) return null;
  if (dossier !== undefined && site !== undefined && keep === true) return { dossier, site };
  const given = [keep && '--keep', dossier !== undefined && '--dossier', site !== undefined && '--site']
    .filter(Boolean)
    .join(' ');
  throw new Problem('choice-wrong', { field: '--keep', found: given, expected: '--keep --dossier FILE --site ID' });
}
