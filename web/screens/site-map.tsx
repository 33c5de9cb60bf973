/** The map of a reserve with the list of its layers. */
import type { ComponentType } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SiteDetail } from '../../src/api/sites.ts';
import type { Geometry } from '../../src/types.ts';
import { writes } from '../api.ts';
import { MapPart } from '../parts/map.tsx';
import type { MapCanvas } from '../parts/map-canvas.ts';
import { LayerList } from '../parts/map-layer-list.tsx';
import type { Focus, MapLayer, Picked } from '../parts/map-layers.ts';
import { may } from '../session.ts';
import { lang, named, say } from '../words.ts';
import { type Shown, siteLayers } from './site-layers.ts';
import { firstExtent, leftOff } from './site-layers-first.ts';
import { type SiteTool, type SiteToolProps, siteTools } from './site-tools.ts';

interface Props {
  detail: SiteDetail;
  shown: Shown;
  focus: Focus | null;
  onFocus(focus: Focus | null): void;
}

export function SiteMap({ detail, shown, focus, onFocus }: Props) {
  const [switched, setSwitched] = useState<Record<string, boolean>>({});
  const [order, setOrder] = useState<string[]>([]);
  const [said, setSaid] = useState('');
  const [canvas, setCanvas] = useState<MapCanvas | null>(null);
  const key = JSON.stringify([shown, lang.value, writes.value, detail.layers, detail.site.mapped, switched, order]);
  // what the map draws is the same as long as all of this is
  const layers = useMemo(() => arranged(siteLayers(detail, shown), switched, order), [key]);
  // a layer that is shown in another way begins anew
  useEffect(() => {
    setSwitched({});
    setSaid('');
  }, [shown.mode, shown.mode === 'proposal' ? shown.when : '']);
  const pick = (picked: Picked | null): void => {
    setSaid(picked === null ? '' : sayPicked(picked, layers.find(({ id }) => id === picked.layer)?.title ?? ''));
    onFocus(picked === null ? null : focusOf(detail, picked));
  };
  const nothing = !detail.site.mapped && detail.extent === null && shown.mode !== 'proposal';
  return (
    <section id="site-map" aria-label={say('site.map')}>
      {nothing ? <p class="hint">{say('site.no-place')}</p> : null}
      <div>
        <MapPart
          label={named(detail.site.name)}
          layers={layers}
          extent={shown.mode === 'proposal' ? shown.proposal.result.extent : firstExtent(detail.extent)}
          focus={focus}
          fallback={nothing ? null : `/api/sites/${encodeURIComponent(detail.site.id)}/map.svg`}
          onPick={pick}
          onOpen={setCanvas}
        />
        <div>
          <Legend />
          <h2 class="small">{say('site.layers')}</h2>
          {shown.mode === 'now' && leftOff(detail) > 0 ? (
            <p class="hint">{say('site.layers-off', { count: leftOff(detail) })}</p>
          ) : null}
          <LayerList
            layers={layers}
            onSwitch={(ids, visible) =>
              setSwitched((known) => ({ ...known, ...Object.fromEntries(ids.map((id) => [id, visible])) }))
            }
            onOrder={setOrder}
          />
        </div>
      </div>
      <p role="status" class="picked">
        {said}
      </p>
      <Tools detail={detail} canvas={canvas} />
    </section>
  );
}

/** `layers` as the user switched and ordered them; new ones lie over those that have a place. */
function arranged(layers: MapLayer[], switched: Record<string, boolean>, order: string[]): MapLayer[] {
  const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return layers
    .map((layer) => ({ ...layer, visible: switched[layer.id] ?? layer.visible }))
    .toSorted((a, b) => rank(a.id) - rank(b.id));
}

function Legend() {
  return (
    <ul class="zone-legend" aria-label={say('site.legend')}>
      {(['core', 'buffer', 'transition'] as const).map((kind) => (
        <li key={kind} class={`zone-sign ${kind}`}>
          {say(`zone.${kind}`)}
        </li>
      ))}
    </ul>
  );
}

function sayPicked({ properties }: Picked, title: string): string {
  const { kind, name, what, change } = properties;
  const zone = kind === 'core' || kind === 'buffer' || kind === 'transition' ? say(`zone.${kind}`) : '';
  const parts = [zone, change === undefined ? '' : say(`site.${String(change)}`), String(name ?? ''), String(what ?? title)];
  return parts.filter((part) => part !== '').join(' · ');
}

/** The place of a finding or repair that was chosen on the map. */
function focusOf(detail: SiteDetail, { layer, properties }: Picked): Focus | null {
  const n = Number(properties.n);
  const found = layer === 'findings' ? detail.findings[n]?.place : layer === 'repairs' ? detail.map?.repairs[n]?.place : null;
  return found ? { geometry: found as unknown as Geometry, move: false } : null;
}

/** What else can be done with this map, each fetched when it is first wanted. */
function Tools({ detail, canvas }: { detail: SiteDetail; canvas: MapCanvas | null }) {
  const [open, setOpen] = useState<{ tool: SiteTool; Part: ComponentType<SiteToolProps> } | null>(null);
  const opener = useRef<HTMLButtonElement | null>(null);
  if (canvas === null) return null;
  if (open !== null) {
    const close = (): void => {
      setOpen(null);
      requestAnimationFrame(() => opener.current?.focus());
    };
    return <open.Part detail={detail} canvas={canvas} onClose={close} />;
  }
  return (
    <p class="tools">
      {siteTools
        .filter(({ role }) => may(role, detail.site.id))
        .map((tool) => (
          <button
            type="button"
            key={tool.title}
            onClick={async (event) => {
              opener.current = event.currentTarget;
              const Part = await tool.load();
              setOpen({ tool, Part });
            }}
          >
            {say(tool.title)}
          </button>
        ))}
    </p>
  );
}
