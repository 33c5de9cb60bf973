/** One claim: the sentence, its verdict, how it was checked, figures for and against, and what documents say. */
import { useState } from 'preact/hooks';
import type { ListedClaim } from '../../src/api/claims.ts';
import { Refusal, write } from '../api.ts';
import { may } from '../session.ts';
import { say } from '../words.ts';
import { AddPassage } from './claims-passage.tsx';

const SIDES = ['for', 'against', 'neither'] as const;

export function Claim({ claim }: { claim: ListedClaim }) {
  const { sentence, place, tone, verdictText, reasonText, final, check, arithmetic, evidence, passages } = claim;
  return (
    <li>
      <h2>{sentence}</h2>
      <p class="hint">{place}</p>
      <p class={`claim-badge ${tone}`}>
        <strong>{verdictText}</strong>
        {reasonText === '' ? null : `: ${reasonText}`}
        {final ? null : ` · ${say('web.claims.not-final')}`}
      </p>
      <Passages claim={claim} />
      <details>
        <summary>{say('web.claims.how')}</summary>
        {check === null ? null : (
          <p class="check">{say('web.claims.check', { kind: check.kind, expression: check.expression })}</p>
        )}
        {arithmetic.length === 0 ? null : (
          <>
            <h3>{say('web.claims.arithmetic')}</h3>
            <ul>
              {arithmetic.map((line, i) => (
                <li key={i}>{line}</li>
              ))}
            </ul>
          </>
        )}
        {evidence.length === 0 ? <p>{say('web.claims.evidence-none')}</p> : null}
        {SIDES.map((side) => {
          const own = evidence.filter((one) => one.side === side);
          return own.length === 0 ? null : (
            <div key={side}>
              <h3>{say(`web.claims.${side}`)}</h3>
              <ul>
                {own.map(({ text }, i) => (
                  <li key={i}>{text}</li>
                ))}
              </ul>
            </div>
          );
        })}
      </details>
      {may('contributor', null) ? <AddPassage claim={claim.id} taken={passages.map(({ passage }) => passage)} /> : null}
    </li>
  );
}

/** What documents say stands beside the sentence, as it is often all that there is. */
function Passages({ claim: { id, passages } }: { claim: ListedClaim }) {
  const [refused, setRefused] = useState('');
  const remove = async (passage: string): Promise<void> => {
    setRefused('');
    try {
      await write('delete', `/api/claims/${encodeURIComponent(id)}/passages/${encodeURIComponent(passage)}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefused(error.message);
    }
  };
  return (
    <>
      {passages.map(({ passage, side, quote, title, page, source, placed }) => (
        <figure key={passage} class={`quoted ${side}`}>
          <blockquote>{quote ?? <em>{say('web.claims.passage-closed')}</em>}</blockquote>
          <figcaption>
            {say(`web.claims.passage-${side}`)} –{' '}
            <a href={`/documents/${encodeURIComponent(source)}`}>
              {page === null ? title : say('web.claims.passage-page', { title, page })}
            </a>
            {placed ? null : ` (${say('web.claims.passage-lost')})`}{' '}
            {may('contributor', null) ? (
              <button type="button" class="plain" onClick={() => void remove(passage)}>
                {say('web.claims.passage-remove')}
              </button>
            ) : null}
          </figcaption>
        </figure>
      ))}
      {refused === '' ? null : (
        <p class="finding error" role="alert">
          {refused}
        </p>
      )}
    </>
  );
}
