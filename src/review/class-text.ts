/**
 * The class of a figure in words: a class of a land cover legend, what went from one to another, or a word of our own.
 *
 *     classText('en', 'unccd:3>7')       // 'Cropland → Water bodies'
 *     classText('en', 'unccd:order-1')   // 'common classes of UNCCD, seven classes'
 */
import { listFiles, readShipped, shippedPath } from '../formats/source-node.ts';
import { catalogues, pick, t } from '../i18n/index.ts';
import type { Legend } from '../science/land-cover.ts';
import type { Lang, LocalText } from '../types.ts';
import { classWords } from './class-words.ts';

interface NamedClasses {
  title: LocalText;
  classes: Map<string, LocalText>;
}

let legends: Map<string, NamedClasses> | null = null;

/** Figures of a whole legend: of its mosaic by order, of what it calls natural. */
const OF_LEGEND = /^([\w-]+):(order-[012]|natural|intact)$/;

/** Names of a legend's classes and words of our own; any other class is a word of its source and stays as it is. */
export function classText(lang: Lang, name: string): string {
  const [, legend = '', codes = ''] = /^([\w-]+):(-?\d+(?:>-?\d+)?)$/.exec(name) ?? [];
  const classes = legendClasses().get(legend)?.classes;
  if (classes !== undefined)
    return codes
      .split('>')
      .map((code) => pick(classes.get(code) ?? {}, lang) || code)
      .join(' → ');
  const [, whole, kind = ''] = OF_LEGEND.exec(name) ?? [];
  if (whole !== undefined) {
    return t(lang, `review.class.${kind.startsWith('order') ? kind : `${kind}-of`}`, { legend: legendText(lang, whole) });
  }
  const words = classWords(lang, name);
  if (words !== null) return words;
  return isOurs(name) ? t(lang, `review.class.${name}`) : name;
}

/** What a legend is called; one of the user's own by its id. */
export function legendText(lang: Lang, id: string): string {
  return pick(legendClasses().get(id)?.title ?? {}, lang) || id;
}

function isOurs(name: string): boolean {
  const { review } = catalogues.en as { review: { class: Record<string, string> } };
  return Object.hasOwn(review.class, name);
}

function legendClasses(): Map<string, NamedClasses> {
  legends ??= new Map(
    listFiles(shippedPath('data', 'land'), '.json')
      .filter((file) => file.startsWith('legend-'))
      .map((file): [string, NamedClasses] => {
        const { id, title, classes } = JSON.parse(readShipped('data', 'land', file)) as Legend;
        return [id, { title, classes: new Map(classes.map(({ code, name }): [string, LocalText] => [String(code), name])) }];
      }),
  );
  return legends;
}
