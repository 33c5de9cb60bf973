/**
 * In which of the four languages a text is written, told by its letters and its commonest words.
 *
 *     guessLanguage('Қорғалжын биосфералық резерваты')   // 'kk'
 *     guessLanguage('12 345')                             // null
 *
 * Letters that only one of them has weigh more than words: Kazakh ә ғ қ ң ө ұ ү һ і against Russian ы э щ ъ, Turkish ğ ş ı İ.
 */
import type { Lang } from '../types.ts';

/** Letters by which a language is told at once. */
const LETTERS: Readonly<Record<Lang, RegExp>> = {
  kk: /[әғқңөұүһі]/giu,
  ru: /[щъёэ]/giu,
  tr: /[ğşıİ]/gu,
  en: /\b[a-z]*th[a-z]*\b/giu,
};

const WORDS: Readonly<Record<Lang, RegExp>> = {
  kk: /(?<!\p{L})(және|мен|бен|үшін|бойынша|туралы|болып|осы|бір|үшін|да|де)(?!\p{L})/giu,
  ru: /(?<!\p{L})(и|в|на|с|по|для|из|что|как|не|от|при|это|или|к|о)(?!\p{L})/giu,
  tr: /(?<!\p{L})(ve|bir|bu|için|ile|olarak|olan|da|de|daha|çok|gibi)(?!\p{L})/giu,
  en: /(?<!\p{L})(the|of|and|in|to|for|is|on|with|by|as|from|are|was)(?!\p{L})/giu,
};

/** Characters that are looked at: enough for any text. */
const SAMPLE = 20_000;

/** The language that fits best, or `null` where there are no letters. */
export function guessLanguage(text: string): Lang | null {
  const sample = text.slice(0, SAMPLE);
  const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic + latin === 0) return null;
  const [one, other]: [Lang, Lang] = cyrillic >= latin ? ['ru', 'kk'] : ['en', 'tr'];
  return weight(sample, other) > weight(sample, one) ? other : one;
}

function weight(text: string, lang: Lang): number {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return 2 * count(LETTERS[lang]) + 3 * count(WORDS[lang]);
}

/** The language of ours that a tag or a name means: `ru-RU`, `kaz`, `English`; else `null`. */
export function langOfTag(tag: string | null | undefined): Lang | null {
  const text = (tag ?? '').trim().toLowerCase();
  const known: [Lang, RegExp][] = [
    ['kk', /^(kk|kaz|kazakh|қазақ)/],
    ['ru', /^(ru|rus|russian|рус)/],
    ['en', /^(en|eng|english)/],
    ['tr', /^(tr|tur|turkish|türk)/],
  ];
  return known.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
