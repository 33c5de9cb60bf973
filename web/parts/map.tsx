/**
 * A map with the layers it is given. MapLibre comes when the map is first shown, so that tables and lists are there before it;
 * where a browser cannot draw it, a sentence says so and a drawing of the server stands in its place.
 *
 *     <MapPart label={…} layers={layers} extent={[68, 50, 70, 51]} focus={null} fallback="/api/sites/qiyal/map.svg" onPick={…} />
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import countries from '../../src/i18n/countries-kk.json';
import type { Extent } from '../../src/types.ts';
import { country, lang, say } from '../words.ts';
import type { MapCanvas } from './map-canvas.ts';
import type { Focus, MapLayer, Picked } from './map-layers.ts';
import './map.css';

export interface MapPartProps {
  label: string;
  /** From the lowest to the uppermost. */
  layers: readonly MapLayer[];
  /** What is shown first, and again when it changes. */
  extent: Extent | null;
  focus: Focus | null;
  /** Shown where the browser has no WebGL: the address of a drawing, or something else. */
  fallback: string | ComponentChildren;
  onPick(picked: Picked | null): void;
  /** For tools that draw on the map themselves. */
  onOpen?(canvas: MapCanvas): void;
}

/** Shown where nobody knows where to look: Kazakhstan and its neighbours. */
const FIRST_SIGHT: Extent = [46, 38, 90, 56];

export function MapPart({ label, layers, extent, focus, fallback, onPick, onOpen }: MapPartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<MapCanvas | null>(null);
  const picked = useRef(onPick);
  picked.current = onPick;
  const [state, setState] = useState<'waiting' | 'shown' | 'impossible'>(canDraw() ? 'waiting' : 'impossible');
  const [failure, setFailure] = useState<string | null>(null);
  const spoken = lang.value;
  const box = (extent ?? FIRST_SIGHT).join();

  // made anew for another language alone; what changes is set below
  useEffect(() => {
    if (state === 'impossible') return;
    let closed = false;
    setState('waiting');
    import('./map-canvas.ts').then(
      ({ openCanvas }) => {
        if (closed || frame.current === null) return;
        canvas.current = openCanvas(frame.current, {
          label: say('map-page.about', { map: label }),
          words: buttonWords(),
          names: Object.fromEntries(Object.keys(countries).map((code) => [code, country(code)])),
          attribution: say('map-page.attribution'),
          onPick: (what) => picked.current(what),
          onIdle: () => setState('shown'),
          onError: setFailure,
        });
        canvas.current.fit(extent ?? FIRST_SIGHT);
        canvas.current.show(layers);
        canvas.current.focus(focus);
        onOpen?.(canvas.current);
      },
      () => setFailure(say('web.no-connection')),
    );
    return () => {
      closed = true;
      canvas.current?.close();
      canvas.current = null;
    };
  }, [spoken]);
  useEffect(() => canvas.current?.show(layers), [layers]);
  useEffect(() => canvas.current?.focus(focus), [focus]);
  // by value, so that the map does not jump when the same is given again
  useEffect(() => canvas.current?.fit(extent ?? FIRST_SIGHT), [box]);

  if (state === 'impossible') {
    return (
      <figure class="map-drawing">
        <figcaption>{say('map-page.no-webgl')}</figcaption>
        {typeof fallback === 'string' ? <img src={`${fallback}?lang=${spoken}`} alt={label} /> : fallback}
      </figure>
    );
  }
  return (
    <div class="map">
      <div ref={frame} class="map-frame" data-state={state} />
      {state === 'waiting' && failure === null ? (
        <p class="map-waiting" role="status">
          {say('map-page.loading')}
        </p>
      ) : null}
      {failure === null ? null : (
        <p class="map-waiting" role="alert">
          {say('web.failed', { why: failure })}
        </p>
      )}
      <p class="hint map-keys">{say('map-page.keys')}</p>
    </div>
  );
}

/** Whether this browser has WebGL 2, which MapLibre needs. */
function canDraw(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}

function buttonWords(): Record<string, string> {
  return {
    'NavigationControl.ZoomIn': say('map-page.zoom-in'),
    'NavigationControl.ZoomOut': say('map-page.zoom-out'),
    'AttributionControl.ToggleAttribution': say('map-page.attribution-toggle'),
    'ScaleControl.Meters': say('map-page.metres'),
    'ScaleControl.Kilometers': say('map-page.kilometres'),
    'CooperativeGesturesHandler.WindowsHelpText': say('map-page.two-fingers'),
    'CooperativeGesturesHandler.MacHelpText': say('map-page.two-fingers'),
    'CooperativeGesturesHandler.MobileHelpText': say('map-page.two-fingers'),
  };
}
