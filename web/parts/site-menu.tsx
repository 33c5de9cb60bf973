/** The reserve that a screen is of, and its other screens. */
import { match } from '../router.ts';
import { screens } from '../screens.ts';
import { siteName } from '../site-names.ts';
import { named, say } from '../words.ts';

export function SiteMenu({ site, path }: { site: string; path: string }) {
  return (
    <nav class="screens" aria-label={say('web.menu')}>
      <strong>{named(siteName(site))}</strong>
      {screens
        .filter((screen) => screen.path.includes(':site'))
        .flatMap(({ path: pattern, title }) => {
          if (title === undefined) return [];
          const href = pattern
            .split('/')
            .filter((part) => !part.endsWith('?'))
            .join('/')
            .replace(':site', encodeURIComponent(site));
          const current = match(pattern, path) !== null;
          return [
            <a key={pattern} href={href} aria-current={current ? 'page' : undefined}>
              {say(title)}
            </a>,
          ];
        })}
    </nav>
  );
}
