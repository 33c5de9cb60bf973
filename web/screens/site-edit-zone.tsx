/** The chosen zone: its kind, its name, and whose its ground is when it goes. */
import { useState } from 'preact/hooks';
import type { ZoneKind } from '../../src/types.ts';
import { besideZone, described, dropped } from '../../src/zonation/border-edits.ts';
import type { BorderZone } from '../../src/zonation/shared-borders.ts';
import { lang, say } from '../words.ts';
import { type Easel, KINDS, zoneTitle } from './site-edit-easel.ts';

export function EditZone({ easel, zone }: { easel: Easel; zone: BorderZone }) {
  void easel.turn.value;
  const [heir, setHeir] = useState('');
  const heirs = besideZone(easel.desk.borders, zone.id);
  const inherits = heirs.find(({ id }) => id === heir)?.id ?? null;
  return (
    <section aria-label={say('site-edit.chosen')}>
      <h3>
        {say('site-edit.chosen')}: {zoneTitle(easel, zone)}
      </h3>
      <p class="edit-choices">
        <label>
          {say('site-edit.kind')}{' '}
          <select
            value={zone.kind}
            onChange={({ currentTarget }) => {
              const kind = currentTarget.value as ZoneKind;
              easel.act((borders) => described(borders, zone.id, { kind }));
            }}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {say(`zone.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('site-edit.name')}{' '}
          <input
            value={zone.name[lang.value] ?? ''}
            maxLength={200}
            aria-describedby="zone-name-why"
            onChange={({ currentTarget }) => {
              const { [lang.value]: _, ...others } = zone.name;
              const text = currentTarget.value.trim();
              const name = text === '' ? others : { ...others, [lang.value]: text };
              easel.act((borders) => described(borders, zone.id, { name }));
            }}
          />
        </label>
      </p>
      <p class="hint" id="zone-name-why">
        {say('site-edit.name-why')}
      </p>
      <p class="edit-choices">
        <button type="button" onClick={() => easel.act((borders) => dropped(borders, zone.id, { heir: inherits }))}>
          {say('site-edit.delete')}
        </button>
        <label>
          {say('site-edit.heir')}{' '}
          <select value={inherits ?? ''} onChange={({ currentTarget }) => setHeir(currentTarget.value)}>
            <option value="">{say('site-edit.heir-none')}</option>
            {heirs.map((own) => (
              <option key={own.id} value={own.id}>
                {zoneTitle(easel, own)}
              </option>
            ))}
          </select>
        </label>
      </p>
    </section>
  );
}
