/** The zones of a drawing with their areas, kept in step with every movement. */
import type { SiteDetail } from '../../src/api/sites.ts';
import type { ZoneKind } from '../../src/types.ts';
import { zoneArea } from '../../src/zonation/shared-borders.ts';
import { figure, say } from '../words.ts';
import { byKind, type Easel, KINDS, zoneTitle } from './site-edit-easel.ts';

export function EditAreas({ easel, detail }: { easel: Easel; detail: SiteDetail }) {
  void easel.turn.value;
  const { borders } = easel.desk;
  const sums = byKind(borders);
  const declared = new Map(detail.zones.map(({ id, declaredHa }) => [id, declaredHa]));
  // what is declared of a kind stands with the first of its zones
  const isOnlyOne = (kind: ZoneKind): boolean => borders.zones.filter((zone) => zone.kind === kind).length === 1;
  const ofKind = (kind: ZoneKind): number | null => detail.areas.find((own) => own.kind === kind)?.declaredHa ?? null;
  return (
    <section class="scroll" aria-label={say('site-edit.areas')}>
      <h3>{say('site-edit.areas')}</h3>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{say('site.zone')}</th>
            {(['now-ha', 'stored-ha', 'declared-ha'] as const).map((column) => (
              <th scope="col" class="n" key={column}>
                {say(`site-edit.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {borders.zones.map((zone) => {
            const area = zoneArea(borders, zone);
            const title = easel.stored.has(zone.id)
              ? zoneTitle(easel, zone)
              : `${zoneTitle(easel, zone)}, ${say('site-edit.new-zone')}`;
            return (
              <tr key={zone.id}>
                <th scope="row">
                  <label>
                    <input
                      type="radio"
                      name="edit-zone"
                      checked={easel.chosen.value === zone.id}
                      onChange={() => {
                        easel.vertex.value = null;
                        easel.chosen.value = zone.id;
                      }}
                    />{' '}
                    {title}
                  </label>
                </th>
                <Figures
                  area={area}
                  stored={easel.stored.get(zone.id) ?? 0}
                  declaredHa={isOnlyOne(zone.kind) ? (declared.get(zone.id) ?? null) : null}
                />
              </tr>
            );
          })}
        </tbody>
        <tbody>
          {KINDS.filter((kind) => sums[kind] > 0 || easel.storedKinds[kind] > 0).map((kind) => (
            <tr key={kind} class="sum">
              <th scope="row">
                {say('site.sum')}: {say(`zone.${kind}`)}
              </th>
              <Figures area={sums[kind]} stored={easel.storedKinds[kind]} declaredHa={ofKind(kind)} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figures({ area, stored, declaredHa }: { area: number; stored: number; declaredHa: number | null }) {
  return (
    <>
      <td class="n" data-label={say('site-edit.now-ha')}>
        {figure(area / 1e4)}
      </td>
      <td class="n" data-label={say('site-edit.stored-ha')}>
        {signed((area - stored) / 1e4)}
      </td>
      <td class="n" data-label={say('site-edit.declared-ha')}>
        {declaredHa === null ? '–' : signed(area / 1e4 - declaredHa)}
      </td>
    </>
  );
}

/** A difference with its sign. */
export function signed(value: number): string {
  const near = Number(value.toFixed(2)) + 0; // no -0
  return `${near > 0 ? '+' : ''}${figure(near)}`;
}
