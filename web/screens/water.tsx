/** Water: one page for each subject, by the address `/water/:view`. A page is added by one line of `VIEWS`. */
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { say } from '../words.ts';
import { Aral } from './water-aral.tsx';
import { River } from './water-river.tsx';
import './water.css';

const VIEWS: readonly { id: string; title: string; view: ComponentType }[] = [
  { id: 'aral', title: 'web.water.aral', view: Aral },
  { id: 'river', title: 'web.river.title', view: River },
];

export function Water({ view: given = '' }: Record<string, string>) {
  const shown = VIEWS.find(({ id }) => id === given) ?? VIEWS[0];
  const title = say(shown?.title ?? 'web.water.title');
  useEffect(() => {
    document.title = `${title} · Saryarka`;
  });
  if (shown === undefined) return null;
  const View = shown.view;
  return (
    <>
      {VIEWS.length === 1 ? null : (
        <nav class="screens" aria-label={say('web.water.title')}>
          {VIEWS.map(({ id, title: name }) => (
            <a key={id} href={`/water/${id}`} aria-current={id === shown.id ? 'page' : undefined}>
              {say(name)}
            </a>
          ))}
        </nav>
      )}
      <h1>{title}</h1>
      <View />
    </>
  );
}
