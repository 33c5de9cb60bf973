/**
 * The class of a figure in words: a class of a land cover legend, what went from one to another, or a word of our own.
 *
 *     classText('en', 'unccd:3>7')   // 'Cropland → Water bodies'
 */
import { listFiles, readShipped, shippedPath } from '../formats/source-node.ts';
import { catalogues, pick, t } from '../i18n/index.ts';
import type { Legend } from '../science/land-cover.ts';
import type { Lang, LocalText } from '../types.ts';
import { classWords } from './class-words.ts';

let legends: Map<string, Map<string, LocalText>> | null = null;

/** Names of a legend's classes and words of our own; any other class is a word of its source and stays as it is. */
export function classText(lang: Lang, name: string): string {
  const [, legend = '', codes = ''] = /^([\w-]+):(-?\d+(?:>-?\d+)?)$/.exec(name) ?? [];
  const classes = legendClasses().get(legend);
  if (classes !== undefined)
    return codes
      .split('>')
      .map((code) => pick(classes.get(code) ?? {}, lang) || code)
      .join(' → ');
  const words = classWords(lang, name);
  if (words !== null) return words;
  return isOurs(name) ? t(lang, `review.class.${name}`) : name;
}

function isOurs(name: string): boolean {
  const { review } = catalogues.en as { review: { class: Record<string, string> } };
  return Object.hasOwn(review.class, name);
}

function legendClasses(): Map<string, Map<string, LocalText>> {
  legends ??= new Map(
    listFiles(shippedPath('data', 'land'), '.json')
      .filter((file) => file.startsWith('legend-'))
      .map((file) => {
        const { id, classes } = JSON.parse(readShipped('data', 'land', file)) as Legend;
        return [id, new Map(classes.map(({ code, name }): [string, LocalText] => [String(code), name]))];
      }),
  );
  return legends;
}
