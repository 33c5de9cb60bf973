/** What a reviewer may ask about the zonation, each with its place. */
import { useState } from 'preact/hooks';
import type { FindingShown, SiteDetail } from '../../src/api/sites.ts';
import type { Geometry } from '../../src/types.ts';
import type { Focus } from '../parts/map-layers.ts';
import { named, say } from '../words.ts';

interface Props {
  detail: SiteDetail;
  onFocus(focus: Focus | null): void;
}

export function Findings({ detail: { findings }, onFocus }: Props) {
  return (
    <>
      <h2>{say('page.findings')}</h2>
      <p class="hint">{say('page.findings-note')}</p>
      {findings.length === 0 ? <p>{say('site.no-findings')}</p> : <FindingList findings={findings} onFocus={onFocus} />}
    </>
  );
}

export function FindingList({ findings, onFocus }: { findings: readonly FindingShown[]; onFocus(focus: Focus | null): void }) {
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <ul class="findings">
      {findings.map(({ rule, severity, text, sources, place }, i) => (
        <li key={`${rule} ${named(text)}`} class={`finding ${severity}`}>
          <p>
            <strong>
              {rule} · {say(`severity.${severity}`)}
            </strong>{' '}
            {named(text)}{' '}
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
          </p>
          {sources.length === 0 ? null : (
            <ul>
              {sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
