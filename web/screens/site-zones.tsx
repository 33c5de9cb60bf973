/** The zones in figures: what is declared, what the map gives, and how far they lie apart. */
import type { SiteDetail } from '../../src/api/sites.ts';
import type { Focus } from '../parts/map-layers.ts';
import { figure, named, say } from '../words.ts';

export function Zones({ detail, onFocus }: { detail: SiteDetail; onFocus(focus: Focus | null): void }) {
  const { areas, zones, site } = detail;
  const known = areas.some(({ declaredHa, computedHa }) => declaredHa !== null || computedHa !== null);
  if (!known && zones.length === 0) {
    return (
      <>
        <h2>{say('page.zones')}</h2>
        <p>{say('page.no-zones')}</p>
      </>
    );
  }
  const sums = {
    declaredHa: sumOf(areas.map(({ declaredHa }) => declaredHa)),
    computedHa: sumOf(areas.map(({ computedHa }) => computedHa)),
  };
  return (
    <>
      <h2>{say('page.zones')}</h2>
      <section class="scroll" aria-label={say('page.zones')}>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{say('site.zone')}</th>
              <th scope="col" class="n">
                {say('site.declared')}
              </th>
              <th scope="col" class="n">
                {say('site.computed')}
              </th>
              <th scope="col" class="n">
                {say('site.difference')}
              </th>
            </tr>
          </thead>
          <tbody>
            {areas.map(({ kind, declaredHa, computedHa }) => (
              <Row key={kind} name={say(`zone.${kind}`)} declaredHa={declaredHa} computedHa={computedHa} />
            ))}
            <Row name={say('site.sum')} {...sums} />
            <Row name={say('site.total')} declaredHa={site.totalHa} computedHa={sums.computedHa} />
          </tbody>
        </table>
      </section>
      {zones.length <= 3 && zones.every(({ name }) => named(name) === '') ? null : <Single detail={detail} onFocus={onFocus} />}
    </>
  );
}

function Row({ name, declaredHa, computedHa }: { name: string; declaredHa: number | null; computedHa: number | null }) {
  const difference = declaredHa === null || computedHa === null ? null : computedHa - declaredHa;
  const signed = (value: number, digits: number): string => {
    const near = Number(value.toFixed(digits)) + 0; // no -0
    return `${near > 0 ? '+' : ''}${figure(near, digits)}`;
  };
  const share = difference === null || declaredHa === null || declaredHa === 0 ? null : (100 * difference) / declaredHa;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="n" data-label={say('site.declared')}>
        {figure(declaredHa)}
      </td>
      <td class="n" data-label={say('site.computed')}>
        {figure(computedHa)}
      </td>
      <td class="n" data-label={say('site.difference')}>
        {difference === null ? '–' : signed(difference, 2)}
        {share === null ? null : <small> ({signed(share, 1)} %)</small>}
      </td>
    </tr>
  );
}

/** Zone by zone, each to be shown on the map. */
function Single({ detail: { zones }, onFocus }: { detail: SiteDetail; onFocus(focus: Focus | null): void }) {
  return (
    <details>
      <summary>{say('site.single', { count: zones.length })}</summary>
      <section class="scroll" aria-label={say('site.single', { count: zones.length })}>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{say('site.zone')}</th>
              <th scope="col" class="n">
                {say('site.parts')}
              </th>
              <th scope="col" class="n">
                {say('site.computed')}
              </th>
              <th scope="col">{say('site.on-map')}</th>
            </tr>
          </thead>
          <tbody>
            {zones.map(({ id, kind, name, parts, areaHa, point }) => (
              <tr key={id}>
                <th scope="row">
                  {named(name) || id} <small>{say(`zone.${kind}`)}</small>
                </th>
                <td class="n" data-label={say('site.parts')}>
                  {figure(parts, 0)}
                </td>
                <td class="n" data-label={say('site.computed')}>
                  {figure(areaHa)}
                </td>
                <td data-label={say('site.on-map')}>
                  {point === null ? (
                    '–'
                  ) : (
                    <button
                      type="button"
                      onClick={() => onFocus({ geometry: { type: 'Point', coordinates: point }, move: true })}
                    >
                      {say('site.show')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

/** Nothing where one of them is not known: a sum of some is no sum. */
function sumOf(list: (number | null)[]): number | null {
  return list.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}
