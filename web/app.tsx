/** The frame of every screen: a way back, the language, the menu of the reserve, and the screen that the address names. */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { online } from './api.ts';
import { LanguageChoice } from './parts/language-choice.tsx';
import { SiteMenu } from './parts/site-menu.tsx';
import { address, follow, match } from './router.ts';
import { type Screen, screens } from './screens.ts';
import { say } from './words.ts';

type Shown = ComponentType<Record<string, string>>;

const loaded = signal<ReadonlyMap<Screen, Shown>>(new Map());

async function load(screen: Screen): Promise<void> {
  const component = await screen.load();
  loaded.value = new Map([...loaded.value, [screen, component]]);
}

export function App() {
  const path = address.value.pathname;
  const found = screens
    .map((screen) => ({ screen, params: match(screen.path, path) }))
    .find((one): one is { screen: Screen; params: Record<string, string> } => one.params !== null);
  const screen = found?.screen;
  useEffect(() => {
    if (screen !== undefined && !loaded.value.has(screen)) void load(screen);
  }, [screen]);
  useEffect(() => {
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, []);
  const Content = screen === undefined ? undefined : loaded.value.get(screen);
  const site = found?.params.site;
  return (
    <>
      <a class="skip" href="#main">
        {say('web.skip')}
      </a>
      <header class="top">
        <a class="brand" href="/">
          Saryarka
        </a>
        <LanguageChoice />
      </header>
      {site === undefined ? null : <SiteMenu site={site} path={path} />}
      {online.value ? null : (
        <p class="offline" role="status">
          {say('web.offline')}
        </p>
      )}
      <main id="main" tabIndex={-1}>
        {found === undefined ? (
          <p>
            {say('web.nothing-here')} <a href="/">{say('web.to-list')}</a>
          </p>
        ) : Content === undefined ? (
          <p role="status">{say('web.loading')}</p>
        ) : (
          <Content {...found.params} />
        )}
      </main>
    </>
  );
}
