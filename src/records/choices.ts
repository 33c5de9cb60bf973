/** A typed word as one of the codes that a field can hold: by code, label or words, then by a slip of the finger; never silently where two fit. */
import { languages } from '../i18n/index.ts';
import type { LocalText } from '../types.ts';
import type { Choice, RecordField } from './catalogue.ts';
import { likeness, type Phrase, phrase } from './words.ts';

/** Likeness from which a word is taken: the same, or but for slips of the finger. */
const TAKEN = 0.8;
/** Likeness from which a part of a longer text is taken, where nothing else comes near. */
const PART = 0.4;
/** Choices that are named where a text is none of them. */
const MOST_LABELS = 12;

/** What a text names, alone or in a tie; `loosely`: by a part of the text, or but for slips of the finger. */
type Chosen = { choice: Choice; loosely: boolean } | { tie: Choice[] } | null;

/** What a choice is called, made ready once. */
const compiled = new WeakMap<Choice, Phrase[]>();

function phrasesOf(choice: Choice): Phrase[] {
  let known = compiled.get(choice);
  if (known === undefined) {
    known = [choice.id, ...Object.values(choice.label), ...choice.words].map(phrase);
    compiled.set(choice, known);
  }
  return known;
}

/**
 * The choice that `text` names; the tied ones where two fit alike; `null` where none does.
 * @param exact take only the very words, as for the text of a heading
 */
export function chosen(text: string, choices: readonly Choice[], { exact = false } = {}): Chosen {
  const own = phrase(text);
  const code = text.trim().toLowerCase();
  const byCode = choices.find(({ id }) => id.toLowerCase() === code);
  if (byCode !== undefined) return { choice: byCode, loosely: false };
  const scored = choices.map((choice) => ({
    choice,
    score: Math.max(0, ...phrasesOf(choice).map((known) => likeness(own, known))),
  }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best < (exact ? 0.9 : PART)) return null;
  const near = scored.filter(({ score }) => score > best - (best >= TAKEN ? 0.05 : 0.15) && score > 0);
  return near.length === 1 && near[0] !== undefined
    ? { choice: near[0].choice, loosely: best < 0.9 }
    : { tie: near.map(({ choice }) => choice) };
}

/** The one choice that `text` names; `null` where none does, or where several fit alike. */
export function choiceIn(text: string, choices: readonly Choice[], options: { exact?: boolean } = {}): Choice | null {
  const found = chosen(text, choices, options);
  return found !== null && 'choice' in found ? found.choice : null;
}

/** Labels in a row, in each language; a long list is cut. */
export function labels(choices: readonly Choice[]): LocalText {
  const shown = choices.slice(0, MOST_LABELS);
  const rest = choices.length > MOST_LABELS ? ', …' : '';
  return Object.fromEntries(
    languages.map((lang) => [lang, shown.map(({ id, label }) => label[lang] ?? label.en ?? id).join(', ') + rest]),
  );
}

const choice = (id: string, en: string, ru: string, kk: string, tr: string, words: string): Choice => ({
  id,
  label: { en, ru, kk, tr },
  words: words.split('|'),
});

/** What a field of type `zone` can hold. */
const ZONES: readonly Choice[] = [
  choice(
    'core',
    'core area',
    'ядро',
    'негізгі аймақ (ядро)',
    'çekirdek bölge',
    'core|core zone|core areas|основная зона|зона ядра|основная зона (ядро)|заповедное ядро|негізгі аймақ|өзек|өзек аймағы|çekirdek|çekirdek alan|mutlak koruma',
  ),
  choice(
    'buffer',
    'buffer zone',
    'буферная зона',
    'буферлік аймақ',
    'tampon bölge',
    'buffer|buffer zones|буфер|буферная|буферлік|буфер аймағы|tampon',
  ),
  choice(
    'transition',
    'transition area',
    'переходная зона',
    'өтпелі аймақ',
    'geçiş bölgesi',
    'transition|transition zone|transition areas|переходная|зона сотрудничества|переходная зона (сотрудничества)|зона развития|өтпелі|ынтымақтастық аймағы|geçiş|gelişme bölgesi|geçiş alanı',
  ),
  choice(
    'whole',
    'whole reserve',
    'весь резерват',
    'бүкіл резерват',
    'rezervin tamamı',
    'whole|all|all zones|whole site|entire reserve|вся территория|весь|все зоны|в целом|резерват в целом|итого по резервату|бүкіл аумақ|барлығы|тұтас|tamamı|tüm alan|bütün',
  ),
];

/** What a field of type `yes-no` can hold. */
export const YES_NO: readonly Choice[] = [
  choice('yes', 'yes', 'да', 'иә', 'evet', 'y|true|есть|имеется|имеются|+|1|бар|ия|var|doğru|v|✓|✔|x|х'),
  choice('no', 'no', 'нет', 'жоқ', 'hayır', 'n|false|0|не имеется|отсутствует|отсутствуют|yok|yanlış|жок'),
];

/** The choices of a field, those of its type included. */
export function choicesOf(field: RecordField): readonly Choice[] {
  return field.type === 'zone' ? ZONES : field.type === 'yes-no' ? YES_NO : (field.choices ?? []);
}
