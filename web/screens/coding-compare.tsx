/** How far coders agree, code by code, and the places where they differ, to be decided one by one. */
import { useId, useState } from 'preact/hooks';
import type { CodeShown, ComparisonReply } from '../../src/api/evidence.ts';
import { Refusal, write } from '../api.ts';
import { Choice } from '../parts/field.tsx';
import { useTask } from '../parts/task.ts';
import { Told } from '../parts/told.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import { figure, say } from '../words.ts';
import { codePath } from './codes-tree.ts';

type Difference = ComparisonReply['differences'][number];

const UNITS = ['paragraph', 'sentence', 'page', 'document'] as const;

/** Differences that are shown at once. */
const MOST = 100;

export function CodingComparison({ codes }: { codes: readonly CodeShown[] }) {
  const [unit, setUnit] = useState<string>('paragraph');
  const [left, setLeft] = useState<string[]>([]);
  const all = useResource<ComparisonReply>(`/api/coding/comparison?unit=${unit}`);
  const coders = all.value?.coders ?? [];
  const chosen = coders.map(({ id }) => id).filter((id) => !left.includes(id));
  const some = useResource<ComparisonReply>(
    chosen.length < coders.length && chosen.length > 1
      ? `/api/coding/comparison?unit=${unit}&coders=${encodeURIComponent(chosen.join(','))}`
      : null,
  );
  const compared = chosen.length < coders.length ? some : all;
  if (all.refusal?.code === 'coders-few') return <p role="status">{all.refusal.message}</p>;
  return (
    <>
      <form class="evidence-filters" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={say('web.coding.unit')}
          value={unit}
          choices={UNITS.map((value) => ({ value, text: say(`web.coding.units.${value}`) }))}
          onValue={setUnit}
        />
        {coders.length < 3 ? null : (
          <fieldset>
            <legend>{say('web.coding.coders')}</legend>
            {coders.map(({ id, name }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={!left.includes(id)}
                  onChange={() => setLeft(left.includes(id) ? left.filter((one) => one !== id) : [...left, id])}
                />{' '}
                {name}
              </label>
            ))}
          </fieldset>
        )}
      </form>
      {compared.value === null ? <Waiting resource={compared} /> : <Compared reply={compared.value} codes={codes} unit={unit} />}
    </>
  );
}

function Compared({ reply, codes, unit }: { reply: ComparisonReply; codes: readonly CodeShown[]; unit: string }) {
  const { coders, units, documents, skipped, overall, settles } = reply;
  const [settled, setSettled] = useState(0);
  const settle = useTask(async () => {
    const body = { unit, coders: coders.map(({ id }) => id) };
    setSettled((await write<{ settled: number }>('post', '/api/coding/settled', body)).reply.settled);
  });
  const rows = [
    { key: '', name: say('web.coding.all-codes'), given: coders.map((_, i) => sumOf(reply, i)), values: overall },
    ...reply.codes.map(({ code, given, ...values }) => ({ key: code, name: codePath(codes, code), given, values })),
  ];
  return (
    <>
      <p role="status">
        {say('web.coding.compared', { units, documents })}
        {skipped === 0 ? '' : ` · ${say('web.coding.compared-skipped', { count: skipped })}`}
      </p>
      <h2>{say('web.coding.agreement')}</h2>
      <p class="hint">{say('web.coding.agreement-about')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={say('web.coding.agreement')} tabIndex={0}>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{say('web.coding.code')}</th>
              {coders.map(({ id, name }) => (
                <th key={id} scope="col" class="n">
                  {name}
                </th>
              ))}
              {(['percentage', 'cohen', 'fleiss', 'alpha', 'interval'] as const).map((key) => (
                <th key={key} scope="col" class="n">
                  {say(`web.coding.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, given, values: { percentage, cohen, fleiss, alpha, low, high } }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {coders.map(({ id, name: coder }, i) => (
                  <td key={id} class="n" data-label={coder}>
                    {figure(given[i])}
                  </td>
                ))}
                {Object.entries({ percentage, cohen, fleiss, alpha }).map(([what, value]) => (
                  <td key={what} class="n" data-label={say(`web.coding.${what}`)}>
                    {figure(value)}
                  </td>
                ))}
                <td class="n" data-label={say('web.coding.interval')}>
                  {low === null || high === null ? '–' : `${figure(low)} … ${figure(high)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {may('editor', null) && settles > 0 ? (
        <p>
          <button type="button" disabled={settle.busy} onClick={() => void settle.run()}>
            {say('web.coding.settle', { count: settles })}
          </button>
        </p>
      ) : null}
      <Told task={settle} done={say('web.coding.settled', { count: settled })} />
      <Differences reply={reply} codes={codes} />
    </>
  );
}

/** Units that a coder gave any code to, code by code. */
function sumOf({ codes }: ComparisonReply, coder: number): number {
  return codes.reduce((sum, { given }) => sum + (given[coder] ?? 0), 0);
}

function Differences({ reply: { differences, coders }, codes }: { reply: ComparisonReply; codes: readonly CodeShown[] }) {
  const [only, setOnly] = useState(true);
  const check = useId();
  const open = differences.filter(({ decided }) => !decided);
  const shown = only ? open : differences;
  const names = (ids: readonly string[]): string => ids.map((id) => coders.find((one) => one.id === id)?.name ?? id).join(', ');
  return (
    <section aria-labelledby="differences-title">
      <h2 id="differences-title">{say('web.coding.differences')}</h2>
      <p role="status">{say('web.coding.differences-count', { count: differences.length, open: open.length })}</p>
      <p class="field">
        <input id={check} type="checkbox" checked={only} onChange={(event) => setOnly(event.currentTarget.checked)} />{' '}
        <label for={check}>{say('web.coding.differences-only')}</label>
      </p>
      <ol class="differences">
        {shown.slice(0, MOST).map((one) => (
          <Differing key={`${one.source} ${one.start} ${one.code}`} difference={one} codes={codes} names={names} />
        ))}
      </ol>
      {shown.length > MOST ? <p>{say('web.coding.more', { count: shown.length - MOST })}</p> : null}
    </section>
  );
}

interface DifferingProps {
  difference: Difference;
  codes: readonly CodeShown[];
  names(ids: readonly string[]): string;
}

function Differing({
  difference: { source, title, quote, start, code, gave, without, codings, decided },
  codes,
  names,
}: DifferingProps) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const decide = async (status: 'kept' | 'dropped'): Promise<void> => {
    setBusy(true);
    setRefused('');
    try {
      for (const id of codings) await write('patch', `/api/codings/${encodeURIComponent(id)}`, { status });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefused(error.message);
    }
    setBusy(false);
  };
  const name = codePath(codes, code);
  return (
    <li>
      <h3>
        {name} {decided ? <span class="badge info">{say('web.coding.decided')}</span> : null}
      </h3>
      {quote === '' ? null : <blockquote>{quote}</blockquote>}
      <p>
        <a href={`/documents/${encodeURIComponent(source)}?at=${start}`}>{title}</a>
        {': '}
        {say('web.coding.gave', { gave: names(gave), without: names(without) })}
      </p>
      {may('editor', null) ? (
        <p>
          <button type="button" disabled={busy} onClick={() => void decide('kept')}>
            {say('web.coding.keep')}
          </button>{' '}
          <button type="button" disabled={busy} onClick={() => void decide('dropped')}>
            {say('web.coding.drop')}
          </button>
        </p>
      ) : null}
      {refused === '' ? null : (
        <p class="finding error" role="alert">
          {refused}
        </p>
      )}
    </li>
  );
}
