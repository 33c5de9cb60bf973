/** Where the pages begin: who is there and in which language, then the screen that the address names. */
import { render } from 'preact';
import { App } from './app.tsx';
import { openSession } from './session.ts';
import './style.css';

await openSession();
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
