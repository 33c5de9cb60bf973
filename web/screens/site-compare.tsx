/** The present zonation beside an earlier one: faded into one another on the map, won and lost ground in a table. */
import type { SiteDetail, ZoneDifference } from '../../src/api/sites.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { day, figure, say } from '../words.ts';

interface Props {
  detail: SiteDetail;
  /** The last day of the zonation that is compared; `null` for none. */
  until: string | null;
  fade: number;
  onUntil(until: string | null): void;
  onFade(fade: number): void;
}

export function Compare({ detail: { earlier, site }, until, fade, onUntil, onFade }: Props) {
  if (earlier.length === 0) return null;
  return (
    <>
      <h2>{say('site.compare')}</h2>
      <label>
        {say('site.compare-with')}{' '}
        <select
          value={until ?? ''}
          onChange={({ currentTarget }) => onUntil(currentTarget.value === '' ? null : currentTarget.value)}
        >
          <option value="">{say('site.compare-none')}</option>
          {earlier.map(({ start, end }) => (
            <option key={end} value={end}>
              {start === null
                ? say('site.valid-until', { end: day(end) })
                : say('site.valid', { start: day(start), end: day(end) })}
            </option>
          ))}
        </select>
      </label>
      {until === null ? null : (
        <>
          <p class="fade">
            <label>
              {say('site.fade')}{' '}
              <input
                type="range"
                min="0"
                max="100"
                step="5"
                value={Math.round(fade * 100)}
                aria-valuetext={say('site.fade-at', { share: Math.round(fade * 100) })}
                onInput={({ currentTarget }) => onFade(Number(currentTarget.value) / 100)}
              />
            </label>
            <span aria-hidden="true">
              {say('site.layer.earlier')} ↔ {say('site.layer.zones')}
            </span>
          </p>
          <Changes site={site.id} until={until} />
        </>
      )}
    </>
  );
}

function Changes({ site, until }: { site: string; until: string }) {
  const changes = useResource<ZoneDifference[]>(
    `/api/sites/${encodeURIComponent(site)}/changes?until=${encodeURIComponent(until)}`,
  );
  return changes.value === null ? <Waiting resource={changes} /> : <DifferenceTable differences={changes.value} />;
}

/** Ground won and lost by each kind of zone. */
export function DifferenceTable({ differences }: { differences: readonly ZoneDifference[] }) {
  return (
    <section class="scroll" aria-label={say('site.differences')}>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{say('site.zone')}</th>
            <th scope="col" class="n">
              {say('site.gained-ha')}
            </th>
            <th scope="col" class="n">
              {say('site.lost-ha')}
            </th>
            <th scope="col" class="n">
              {say('site.balance-ha')}
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ kind, gainedHa, lostHa }) => (
            <tr key={kind}>
              <th scope="row">{say(`zone.${kind}`)}</th>
              <td class="n" data-label={say('site.gained-ha')}>
                {figure(gainedHa)}
              </td>
              <td class="n" data-label={say('site.lost-ha')}>
                {figure(lostHa)}
              </td>
              <td class="n" data-label={say('site.balance-ha')}>
                {gainedHa > lostHa ? '+' : ''}
                {figure(gainedHa - lostHa)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
