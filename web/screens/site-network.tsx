/** The ecological network of a reserve in words and figures: what the map shows as lines, each to be shown there. */
import type { ComponentChildren } from 'preact';
import type { Corridors } from '../../src/api/corridors.ts';
import type { SiteDetail } from '../../src/api/sites.ts';
import type { Geometry } from '../../src/types.ts';
import type { Focus } from '../parts/map-layers.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { day, figure, named, say } from '../words.ts';

interface Props {
  detail: SiteDetail;
  onFocus(focus: Focus | null): void;
}

type Way = Pick<Corridors['links'][number], 'ends' | 'label' | 'from' | 'to'>;

export function Network({ detail, onFocus }: Props) {
  const path = `/api/sites/${encodeURIComponent(detail.site.id)}/corridors`;
  const shown = useResource<Corridors>(detail.corridors === 0 ? null : path);
  if (detail.corridors === 0) return null;
  return (
    <>
      <h2>{say('map.corridor.heading')}</h2>
      {shown.value === null ? <Waiting resource={shown} /> : <Told plan={shown.value} onFocus={onFocus} />}
    </>
  );
}

function Told({ plan, onFocus }: { plan: Corridors; onFocus: Props['onFocus'] }) {
  const { changed, state, best, method, links, stones, corridors, run, computed } = plan;
  const show = (geometry: Geometry, of: string) => (
    <button type="button" aria-label={say('map.corridor.show', { of })} onClick={() => onFocus({ geometry, move: true })}>
      {say('site.show')}
    </button>
  );
  const line = ({ ends, label, from, to }: Way) =>
    show({ type: 'LineString', coordinates: [...ends] }, `${label}: ${from} – ${to}`);
  return (
    <>
      {changed.length === 0 ? null : (
        <p class="finding question">{say('map.corridor.changed', { reserves: [...new Set(changed.map(named))].join(', ') })}</p>
      )}
      <p>{state.join(' ')}</p>
      <p>{best.join(' ')}</p>
      <p class="hint">
        {method.join(' ')} {say('map.corridor.computed', { day: day(computed), run })}
      </p>
      {links.length === 0 ? null : (
        <Table title={say('review.network.links')} head={['way', 'length', 'lost']}>
          {links.map((link) => (
            <tr key={link.label}>
              <WayCell way={link} across={link.across} />
              <Cell name="length">{figure(link.distance / 1000, 1)}</Cell>
              <Cell name="lost">{figure(link.share, 1)} %</Cell>
              <td data-label={say('site.on-map')}>{line(link)}</td>
            </tr>
          ))}
        </Table>
      )}
      {stones.length === 0 ? null : (
        <Table title={say('review.network.stones')} head={['core', 'through', 'without']}>
          {stones.map(({ name, reserve, place, connector, share }) => (
            <tr key={name}>
              <th scope="row">
                {name} {name.startsWith(reserve) ? null : <small>{reserve}</small>}
              </th>
              <Cell name="through">{figure(connector, 1)} %</Cell>
              <Cell name="without">{figure(share, 1)} %</Cell>
              <td data-label={say('site.on-map')}>{show({ type: 'Point', coordinates: place }, name)}</td>
            </tr>
          ))}
        </Table>
      )}
      {corridors.length === 0 ? null : (
        <Table title={say('review.network.corridors')} head={['way', 'length', 'gain', 'each']}>
          {corridors.map((one) => (
            <tr key={one.label}>
              <WayCell way={one} across={one.across} />
              <Cell name="length">{figure(one.distance / 1000, 1)}</Cell>
              <Cell name="gain">
                {figure(one.gain, 0)}
                {one.proven ? null : <small> {say('map.corridor.unproven')}</small>}
              </Cell>
              <Cell name="each">{figure(one.gainByArea, 2)}</Cell>
              <td data-label={say('site.on-map')}>{line(one)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

function Table({ title, head, children }: { title: string; head: string[]; children: ComponentChildren }) {
  return (
    <details>
      <summary>{title}</summary>
      <section class="scroll" aria-label={title}>
        <table class="cards">
          <thead>
            <tr>
              {head.map((key, i) => (
                <th key={key} scope="col" class={i === 0 ? undefined : 'n'}>
                  {say(`review.network.${key}`)}
                </th>
              ))}
              <th scope="col">{say('site.on-map')}</th>
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </section>
    </details>
  );
}

function WayCell({ way: { label, from, to }, across }: { way: Way; across: boolean }) {
  return (
    <th scope="row">
      {label} · {from} – {to} {across ? <small>{say('review.network.across')}</small> : null}
    </th>
  );
}

function Cell({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <td class="n" data-label={say(`review.network.${name}`)}>
      {children}
    </td>
  );
}
