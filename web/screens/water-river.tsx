/** The Syr Darya: its nodes, who gets what by option, flows by month, and a way of one's own, computed by the server. */
import { useEffect, useState } from 'preact/hooks';
import type { RiverReply } from '../../src/api/river.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { figure, lang, say } from '../words.ts';
import { type RiverChoice, riverAddress } from './water-river-choice.ts';
import { RiverControls } from './water-river-controls.tsx';
import { RiverMonths, RiverNodes } from './water-river-flows.tsx';
import { RiverGame } from './water-river-game.tsx';
import { RiverOptions, RiverWorth } from './water-river-options.tsx';
import './water-river.css';

/** How long the slider may still move before the river is computed [ms]. */
const REST = 150;

export function River() {
  const [choice, setChoice] = useState<RiverChoice>({ goal: 'together', aral: null, rules: [], inflow: 1 });
  const [asked, setAsked] = useState(choice);
  useEffect(() => {
    const soon = setTimeout(() => setAsked(choice), REST);
    return () => clearTimeout(soon);
  }, [choice]);
  const river = useResource<RiverReply>(riverAddress('/api/water/river', asked));
  const [last, setLast] = useState<RiverReply | null>(null);
  useEffect(() => {
    if (river.value !== null) setLast(river.value);
  }, [river.value]);
  const shown = river.value ?? last;
  if (shown === null) return <Waiting resource={river} />;
  const { own, years, figures } = shown;
  return (
    <>
      <p class="lead">{say('web.river.lead', { count: years.count, first: String(years.first), last: String(years.last) })}</p>
      <p class="hint">{say('web.river.assumed', { assumed: figures.assumed, count: figures.all })}</p>
      {river.refusal === null ? null : <Waiting resource={river} />}
      <div>
        <h2 id="river-choose">{say('web.river.choose')}</h2>
        <RiverControls choice={choice} river={shown} choose={(next) => setChoice({ ...choice, ...next })} />
        <p role="status" class="river-told">
          {say('web.river.told', {
            aral: figure(own.aral.mean, 2),
            kept: own.kept,
            count: years.count,
            change: `${own.allChange.mean > 0 ? '+' : ''}${figure(own.allChange.mean, 1)}`,
          })}{' '}
          {say(own.proved ? 'web.river.proved' : 'web.river.unproved')}
        </p>
      </div>
      <RiverOptions river={shown} />
      <RiverWorth river={shown} />
      <RiverGame river={shown} />
      <div class="water-drawing">
        <h2 id="river-nodes">{say('web.river.nodes')}</h2>
        <p class="hint">{say('web.river.nodes-hint')}</p>
        <img
          src={`${riverAddress('/api/water/river.svg', asked)}&lang=${lang.value}`}
          width="640"
          alt={say('web.river.drawing-described', { nodes: shown.nodes.length })}
        />
        <RiverNodes river={shown} />
      </div>
      <RiverMonths river={shown} />
      <div>
        <h2 id="river-sources">{say('web.river.sources')}</h2>
        <ul>
          {shown.sources.map(({ id, title, href }) => (
            <li key={id}>{href.startsWith('http') ? <a href={href}>{title}</a> : title}</li>
          ))}
        </ul>
      </div>
    </>
  );
}
