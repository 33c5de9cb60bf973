/** Which layers the map shows, and which lies over which: usable with one layer and with fifty. */
import { useState } from 'preact/hooks';
import { networkStyle } from '../../src/drawing/network-style.ts';
import { figure, say } from '../words.ts';
import { type MapLayer, markOf, movedLayer } from './map-layers.ts';

export interface LayerListProps {
  /** From the lowest to the uppermost, as the map draws them; the list shows the uppermost first. */
  layers: readonly MapLayer[];
  onSwitch(ids: readonly string[], visible: boolean): void;
  onOrder(ids: string[]): void;
}

/** With more layers than this there is a field to find one, and all that are listed can be switched at once. */
const MANY = 8;

export function LayerList({ layers, onSwitch, onOrder }: LayerListProps) {
  const [sought, setSought] = useState('');
  const order = layers.map(({ id }) => id);
  const top = layers.toReversed().filter(({ title }) => title.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase()));
  return (
    <>
      {layers.length > MANY ? (
        <>
          <label class="layer-search">
            {say('map-page.find-layer')}{' '}
            <input type="search" value={sought} onInput={(event) => setSought(event.currentTarget.value)} />
          </label>
          <p class="layer-all">
            {[true, false].map((visible) => (
              <button
                type="button"
                key={String(visible)}
                class="plain"
                disabled={top.every((layer) => layer.visible === visible)}
                onClick={() =>
                  onSwitch(
                    top.map(({ id }) => id),
                    visible,
                  )
                }
              >
                {say(visible ? 'map-page.all-on' : 'map-page.all-off')}
              </button>
            ))}
          </p>
        </>
      ) : null}
      <ul class="layers">
        {top.map((layer) => (
          <li key={layer.id}>
            <label>
              <input
                type="checkbox"
                checked={layer.visible}
                onChange={(event) => onSwitch([layer.id], event.currentTarget.checked)}
              />
              {layer.draw === 'places' ? <Sign layer={layer} /> : null}
              {layer.draw === 'network' ? <NetworkSign /> : null}
              <span>
                {layer.title}
                {layer.count === undefined ? null : <small> {figure(layer.count)}</small>}
              </span>
            </label>
            <Mover layer={layer} by={1} sign="↑" order={order} onOrder={onOrder} />
            <Mover layer={layer} by={-1} sign="↓" order={order} onOrder={onOrder} />
          </li>
        ))}
      </ul>
      <p role="status" class="hint">
        {say('map-page.layers-shown', { shown: layers.filter(({ visible }) => visible).length, count: layers.length })}
      </p>
    </>
  );
}

interface MoverProps {
  layer: MapLayer;
  by: 1 | -1;
  sign: string;
  order: string[];
  onOrder(ids: string[]): void;
}

function Mover({ layer, by, sign, order, onOrder }: MoverProps) {
  const at = order.indexOf(layer.id);
  const end = by === 1 ? order.length - 1 : 0;
  return (
    <button
      type="button"
      class="plain"
      disabled={at === end}
      aria-label={say(by === 1 ? 'map-page.layer-up' : 'map-page.layer-down', { layer: layer.title })}
      onClick={() => onOrder(movedLayer(order, layer.id, by))}
    >
      {sign}
    </button>
  );
}

/** The mark of the layer, as the map has it. */
function Sign({ layer }: { layer: MapLayer }) {
  const { shape, color } = markOf(layer.id);
  return (
    <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
      {shape === 'circle' ? <circle r="6" fill={color} /> : null}
      {shape === 'square' ? <rect x="-6" y="-6" width="12" height="12" fill={color} /> : null}
      {shape === 'triangle' ? <path d="M0-7L6.5 5h-13z" fill={color} /> : null}
      {shape === 'diamond' ? <path d="M0-7.5L7.5 0 0 7.5-7.5 0z" fill={color} /> : null}
    </svg>
  );
}

/** A corridor with a weak link on it. */
function NetworkSign() {
  return (
    <svg width="28" height="16" viewBox="-14 -8 28 16" aria-hidden="true">
      <path d="M-9 0h18" stroke={networkStyle.band} stroke-width="8" stroke-linecap="round" />
      <path d="M-12 0h24" stroke={networkStyle.link} stroke-width="2.4" stroke-dasharray="6 4" />
    </svg>
  );
}
