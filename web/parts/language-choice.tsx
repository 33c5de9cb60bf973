/** Changes the language of the pages at once. */
import { lang, languages, say, speak } from '../words.ts';

export function LanguageChoice() {
  return (
    <nav class="languages" aria-label={say('web.language')}>
      {languages.map((one) => (
        <button type="button" key={one} lang={one} aria-pressed={one === lang.value} onClick={() => void speak(one)}>
          {NAMES[one]}
        </button>
      ))}
    </nav>
  );
}

/** Each language by its own name: whoever looks for theirs must not read another. */
const NAMES = { en: 'English', ru: 'Русский', kk: 'Қазақша', tr: 'Türkçe' };
