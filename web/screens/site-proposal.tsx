/** A map that was read and mended: what was recognised, what was changed and where, what it would change; yes or no. */
import { useState } from 'preact/hooks';
import type { SiteDetail } from '../../src/api/sites.ts';
import type { ReadyZoneMap } from '../../src/api/zone-maps.ts';
import type { Geometry } from '../../src/types.ts';
import type { Focus } from '../parts/map-layers.ts';
import { figure, named, say } from '../words.ts';
import { DifferenceTable } from './site-compare.tsx';
import { FindingList } from './site-findings.tsx';

interface Props {
  detail: SiteDetail;
  proposal: ReadyZoneMap;
  when: 'before' | 'after' | 'present';
  busy: boolean;
  validFrom: string;
  onWhen(when: 'before' | 'after' | 'present'): void;
  onFocus(focus: Focus | null): void;
  onValidFrom(day: string): void;
  onAccept(): void;
  onDrop(): void;
}

export function Proposal(props: Props) {
  const { detail, proposal, when, busy, validFrom, onWhen, onFocus, onValidFrom, onAccept, onDrop } = props;
  const { result } = proposal;
  const choices = detail.site.mapped ? (['after', 'before', 'present'] as const) : (['after', 'before'] as const);
  return (
    <div class="proposal">
      <Recognised proposal={proposal} />
      <fieldset>
        <legend>{say('site.import.on-map')}</legend>
        {choices.map((one) => (
          <label key={one}>
            <input type="radio" name="when" checked={when === one} onChange={() => onWhen(one)} /> {say(`site.layer.${one}`)}
          </label>
        ))}
      </fieldset>
      <Repairs proposal={proposal} onFocus={onFocus} />
      {result.unresolved.length === 0 ? null : (
        <>
          <h3>{say('site.import.unresolved', { count: result.unresolved.length })}</h3>
          <FindingList findings={result.unresolved} onFocus={onFocus} />
        </>
      )}
      <h3>{say('site.import.result')}</h3>
      <ul>
        {result.zones.map(({ kind, name, parts, areaHa }, i) => (
          <li key={`${kind}-${i + 1}`}>
            {say(`zone.${kind}`)}
            {name === '' ? '' : ` «${name}»`}: {say('site.import.zone', { areaHa, parts })}
          </li>
        ))}
      </ul>
      {result.differences === null ? (
        <p>{say('site.import.first')}</p>
      ) : (
        <>
          <h3>{say('site.import.differences')}</h3>
          <DifferenceTable differences={result.differences} />
        </>
      )}
      <p>
        <label>
          {say('site.import.valid-from')}{' '}
          <input
            type="date"
            value={validFrom}
            disabled={busy}
            onChange={({ currentTarget }) => onValidFrom(currentTarget.value)}
          />
        </label>
        <small> {say('site.import.valid-from-why')}</small>
      </p>
      <p class="buttons">
        <button type="button" class="main" disabled={busy} onClick={onAccept}>
          {say('site.import.accept')}
        </button>{' '}
        <button type="button" disabled={busy} onClick={onDrop}>
          {say('site.import.drop')}
        </button>
      </p>
    </div>
  );
}

function Recognised({ proposal: { recognised } }: { proposal: ReadyZoneMap }) {
  const { formats, crs, words, notes } = recognised;
  return (
    <>
      <h3>{say('site.import.recognised')}</h3>
      <dl class="recognised">
        <dt>{say('site.import.format')}</dt>
        <dd>{formats.map((format) => say(`site.format.${format}`)).join(', ') || '–'}</dd>
        <dt>{say('site.import.crs')}</dt>
        <dd>{crs}</dd>
        <dt>{say('site.import.words')}</dt>
        <dd>
          <ul class="plain-list">
            {words.map(({ word, field, kind, features }) => (
              <li key={`${field} ${word}`}>
                <q>{word}</q> → {say(`zone.${kind}`)}{' '}
                <small>
                  {field === null ? say('site.import.layer-name') : say('site.import.field', { field })},{' '}
                  {say('site.features', { count: features })}
                </small>
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      {notes.length === 0 ? null : (
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Every change with its area; one that is chosen is shown on the map. */
function Repairs({ proposal: { result }, onFocus }: { proposal: ReadyZoneMap; onFocus(focus: Focus | null): void }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { repairs } = result;
  if (repairs.length === 0) return <p>{say('site.import.sound')}</p>;
  return (
    <>
      <h3>{say('site.import.repairs', { count: repairs.length })}</h3>
      <ol class="repairs">
        {repairs.map(({ kind, zone, areaHa, text, place }, i) => (
          <li key={`${kind} ${zone} ${i + 1}`}>
            {named(text)} <small>{say('site.import.repair-area', { areaHa: figure(areaHa, 4) })}</small>{' '}
            {place === null ? null : (
              <button
                type="button"
                aria-pressed={chosen === i}
                onClick={() => {
                  setChosen(chosen === i ? null : i);
                  onFocus(chosen === i ? null : { geometry: place as unknown as Geometry, move: true });
                }}
              >
                {say('site.show')}
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
