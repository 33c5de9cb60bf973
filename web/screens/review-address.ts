/** Addresses of the review's screens. */
import type { Lang } from '../../src/types.ts';

/** The address of a section, or of the overview, in a language of the review. */
export function sectionHref(site: string, section: string | undefined, written: Lang): string {
  const path = section === undefined ? '' : `/${encodeURIComponent(section.replaceAll('.', '_'))}`;
  return `/sites/${encodeURIComponent(site)}/review${path}?in=${written}`;
}

/** The section that an address names: without dots, by which the server tells files from pages. */
export function sectionAt(name: string | undefined): string | undefined {
  return name?.replaceAll('_', '.');
}

/** Where the interface keeps what is written for a section, in one language. */
export function answerPath(site: string, section: string, written: Lang, rest = ''): string {
  return `/api/sites/${encodeURIComponent(site)}/answers/${encodeURIComponent(section)}${rest}?in=${written}`;
}
