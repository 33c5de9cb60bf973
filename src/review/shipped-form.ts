/** The form that ships with Saryarka. */
import { readShipped } from '../formats/source-node.ts';
import type { Form } from './form.ts';

const FORM = 'periodic-review-2013';

/** The form that a review is written by. */
export function shippedForm(): Form {
  return JSON.parse(readShipped('data', 'forms', `${FORM}.json`)) as Form;
}
