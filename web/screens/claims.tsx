/** Claims: sentences of sources and reviews with their verdicts, or the table of contradictions between sources. */
import { useEffect, useState } from 'preact/hooks';
import type { ListedClaim } from '../../src/api/claims.ts';
import { Choice, Field } from '../parts/field.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { address, go } from '../router.ts';
import { lang, say } from '../words.ts';
import { Contradictions } from './claims-contradictions.tsx';
import { Claim } from './claims-item.tsx';
import { EvidenceMenu } from './documents-menu.tsx';
import './documents.css';

/** Every claim against which something speaks, whatever it is. */
const AGAINST = 'against';

/** Claims that are drawn at once. */
const MOST = 60;

export function Claims({ view }: Record<string, string>) {
  const contradictions = view === 'contradictions';
  const title = say(`web.claims.${contradictions ? 'contradictions' : 'title'}`);
  useEffect(() => {
    document.title = `${title} · Saryarka`;
  });
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{say(`web.claims.${contradictions ? 'contradictions-lead' : 'lead'}`)}</p>
      <EvidenceMenu here={contradictions ? 'contradictions' : 'claims'} />
      {contradictions ? <Contradictions /> : <Listed />}
    </>
  );
}

function Listed() {
  const claims = useResource<ListedClaim[]>('/api/claims');
  if (claims.value === null) return <Waiting resource={claims} />;
  if (claims.value.length === 0) return <p role="status">{say('web.claims.none')}</p>;
  return <Found claims={claims.value} />;
}

function Found({ claims }: { claims: readonly ListedClaim[] }) {
  const { searchParams } = address.value;
  const [verdict, of, words] = ['verdict', 'of', 'words'].map((key) => searchParams.get(key) ?? '') as [string, string, string];
  const [most, setMost] = useState(MOST);
  const ask = (key: string, value: string): void => {
    const next = new URLSearchParams(searchParams);
    if (value === '') next.delete(key);
    else next.set(key, value);
    setMost(MOST);
    go(`/claims${next.size === 0 ? '' : `?${next}`}`, { replace: true });
  };
  const wanted = words.toLowerCase().split(/\s+/);
  const shown = claims.filter(
    (claim) =>
      (verdict === '' || claim.verdict === verdict || (verdict === AGAINST && claim.tone === 'bad')) &&
      (of === '' || placeOf(claim) === of) &&
      wanted.every((word) => claim.sentence.toLowerCase().includes(word)),
  );
  return (
    <>
      <form class="evidence-filters" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={say('web.claims.verdict')}
          value={verdict}
          choices={verdictChoices(claims)}
          onValue={(value) => ask('verdict', value)}
        />
        <Choice label={say('web.claims.of')} value={of} choices={placeChoices(claims)} onValue={(value) => ask('of', value)} />
        <Field label={say('web.claims.search')} value={words} onValue={(value) => ask('words', value)} />
      </form>
      <p role="status">{say('web.claims.shown', { shown: shown.length, count: claims.length })}</p>
      <p>
        <a href={`/api/claims.csv?lang=${lang.value}`} download>
          {say('web.claims.csv')}
        </a>
      </p>
      <ol class="claims">
        {shown.slice(0, most).map((claim) => (
          <Claim key={claim.id} claim={claim} />
        ))}
      </ol>
      {shown.length > most ? (
        <button type="button" onClick={() => setMost(most + MOST)}>
          {say('web.coding.more', { count: shown.length - most })}
        </button>
      ) : null}
    </>
  );
}

/** The source, or the review: without page or section. */
const placeOf = ({ source, site }: ListedClaim): string => source ?? `review:${site}`;

function placeChoices(claims: readonly ListedClaim[]): { value: string; text: string }[] {
  const places = Map.groupBy(claims, placeOf);
  return [
    { value: '', text: say('web.claims.all') },
    ...[...places].map(([value, some]) => ({
      value,
      text: say('web.claims.verdict-count', { verdict: some[0]?.title ?? value, count: some.length }),
    })),
  ];
}

function verdictChoices(claims: readonly ListedClaim[]): { value: string; text: string }[] {
  const count = (value: string, text: string, number: number) => ({
    value,
    text: say('web.claims.verdict-count', { verdict: text, count: number }),
  });
  const against = claims.filter(({ tone }) => tone === 'bad').length;
  return [
    { value: '', text: say('web.claims.all') },
    ...(against === 0 ? [] : [count(AGAINST, say('web.claims.against-any'), against)]),
    ...[...Map.groupBy(claims, (claim) => claim.verdict)].map(([value, some]) =>
      count(value, some[0]?.verdictText ?? value, some.length),
    ),
  ];
}
