/** The frame of every screen: a way back, the language, the menu of the reserve, and the screen that the address names. */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { online } from './api.ts';
import { AccountMenu } from './parts/account-menu.tsx';
import { LanguageChoice } from './parts/language-choice.tsx';
import { SiteMenu } from './parts/site-menu.tsx';
import { UnsentCount } from './parts/unsent.tsx';
import { address, follow, match } from './router.ts';
import { type Screen, screens } from './screens.ts';
import { isClosed } from './session.ts';
import { isOutdated, takeNewVersion } from './sw-page.ts';
import { say } from './words.ts';

type Shown = ComponentType<Record<string, string>>;

const loaded = signal<ReadonlyMap<Screen, Shown>>(new Map());

/** Shown in place of a screen whose files cannot be had. */
function Missing() {
  return (
    <p class="finding error" role="alert">
      {say(online.value ? 'offline.newer' : 'offline.not-kept')}{' '}
      <button type="button" onClick={() => location.reload()}>
        {say('offline.reload')}
      </button>
    </p>
  );
}

async function load(screen: Screen): Promise<void> {
  const component = await screen.load().catch(() => Missing);
  loaded.value = new Map([...loaded.value, [screen, component]]);
}

export function App() {
  const path = address.value.pathname;
  // who has to sign in first does so where they wanted to go
  const asked = screens.some((screen) => screen.open === true && match(screen.path, path) !== null);
  const shown = isClosed() && !asked ? '/sign-in' : path;
  const found = screens
    .map((screen) => ({ screen, params: match(screen.path, shown) }))
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
        <UnsentCount path={path} />
        <AccountMenu path={path} />
        <LanguageChoice />
      </header>
      {site === undefined ? null : <SiteMenu site={site} path={path} />}
      {isOutdated.value ? (
        <p class="offline" role="status">
          {say('offline.newer')}{' '}
          <button type="button" onClick={() => void takeNewVersion()}>
            {say('offline.reload')}
          </button>
        </p>
      ) : null}
      {online.value ? null : (
        <p class="offline" role="status">
          {say('web.offline')}
        </p>
      )}
      <main id="main" tabIndex={-1}>
        {found === undefined ? (
          <>
            <h1>{say('web.nothing-here')}</h1>
            <a href="/">{say('web.to-list')}</a>
          </>
        ) : Content === undefined ? (
          <p role="status">{say('web.loading')}</p>
        ) : (
          <Content {...found.params} />
        )}
      </main>
    </>
  );
}
