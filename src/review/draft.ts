/** A review of a reserve as one HTML file, by the form that ships with Saryarka. */
import { readShipped } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import type { Form } from './form.ts';
import { renderHtml } from './html.ts';
import { type Completeness, periodicReview } from './periodic-review.ts';

const FORM = 'periodic-review-2013';

export function draftReview(facts: SiteFacts, lang: Lang): { html: string; completeness: Completeness } {
  const form = JSON.parse(readShipped('data', 'forms', `${FORM}.json`)) as Form;
  const { blocks, completeness } = periodicReview(form, facts, lang);
  return { html: renderHtml(blocks, lang, `${pick(facts.site.name, lang)} · ${t(lang, 'review.title')}`), completeness };
}
