/** Where the pages begin: who is there and in which language, then the screen that the address names. */
import { render } from 'preact';
import { App } from './app.tsx';
import { watchOutbox } from './outbox.ts';
import { match } from './router.ts';
import { screens } from './screens.ts';
import { openSession } from './session.ts';
import { beginWorker } from './sw-page.ts';
import './style.css';

// asked for at once, while it is found out who is there
void screens
  .find(({ path }) => match(path, location.pathname) !== null)
  ?.load()
  .catch(() => {});
await openSession();
const root = document.getElementById('app');
root?.replaceChildren();
if (root !== null) render(<App />, root);
watchOutbox();
// what is shown first has no competition
if (document.readyState === 'complete') void beginWorker();
else addEventListener('load', () => void beginWorker());
