/** The North Aral to 2060 by what is decided: controls, the drawing with intervals, the table of outcomes, and what it costs others. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AralScenarioReply } from '../../src/api/water.ts';
import { address, go } from '../router.ts';
import { figure, lang, named, say } from '../words.ts';
import { BedPart, type LakeBed } from './water-bed.tsx';
import { Controls } from './water-controls.tsx';
import { scenarioDrawing } from './water-drawing.ts';
import { type Chosen, chosenOf, queryOf } from './water-option.ts';
import { OutcomeTable } from './water-outcome.tsx';
import { RUNS, runScenario, type ScenarioResult } from './water-runs.ts';

/** So long after the last move of a slider the spoken line follows [ms]. */
const SPOKEN_AFTER = 600;
const MOST_WIDE = 760;

export function Scenario({ reply }: { reply: AralScenarioReply }) {
  const [bed, setBed] = useState<LakeBed | null>(null);
  const chosen = chosenOf(address.value.searchParams);
  const key = JSON.stringify(chosen);
  const tables = useMemo(() => (bed === null ? reply.tables : withBed(reply.tables, bed)), [reply, bed]);
  // by value
  const result = useMemo(() => attempt(tables, chosen), [tables, key]);
  const choose = (next: Partial<Chosen>): void =>
    go(`${address.value.pathname}${queryOf({ ...chosen, ...next })}`, { replace: true });
  return (
    <>
      <p>{say('web.water.future-lead')}</p>
      <div class="water-scenario">
        <Controls chosen={chosen} choose={choose} />
        {typeof result === 'string' ? (
          <p class="finding error" role="alert">
            {say('web.water.beyond', { why: result })}
          </p>
        ) : (
          <Future result={result} tables={tables} />
        )}
      </div>
      {typeof result === 'string' ? null : <OutcomeTable result={result} tables={tables} bed={bed} />}
      <BedPart bed={bed} onBed={setBed} result={typeof result === 'string' ? null : result} />
      <Assumed reply={reply} />
    </>
  );
}

/** The curve of a bed that the user gave, instead of the table's. */
function withBed(tables: AralScenarioReply['tables'], { curve }: LakeBed): AralScenarioReply['tables'] {
  const rows = curve.map((row) => ({ ...row, kind: 'bathymetry', source: '', note: '' }));
  return { ...tables, north: { ...tables.north, curve: rows } };
}

/** The runs, or why there are none: a bed that was given may end below what is asked of it. */
function attempt(tables: AralScenarioReply['tables'], chosen: Chosen): ScenarioResult | string {
  try {
    return runScenario(tables, chosen);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function Future({ result, tables }: { result: ScenarioResult; tables: AralScenarioReply['tables'] }) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(MOST_WIDE);
  useEffect(() => {
    setWidth(Math.max(300, Math.min(MOST_WIDE, Math.floor(frame.current?.clientWidth ?? MOST_WIDE))));
  }, []);
  const svg = useMemo(() => scenarioDrawing(result, tables, width), [result, tables, width, lang.value]);
  return (
    <div class="water-future" ref={frame} data-took={result.took.toFixed(0)}>
      <div dangerouslySetInnerHTML={{ __html: svg }} />
      <Spoken result={result} />
      <p class="hint">{say('web.water.reduced', { runs: RUNS, milliseconds: figure(result.took, 0) })}</p>
    </div>
  );
}

/** One line for those who do not see the drawing, once the slider rests. */
function Spoken({ result }: { result: ScenarioResult }) {
  const [said, setSaid] = useState('');
  const [, { level, salinity, year, cost }] = result.outcomes;
  const next = say('web.water.spoken', {
    year: String(year),
    level: figure(level.mid, 2),
    salinity: figure(salinity.mid, 1),
    less: figure(cost.greatAral.mid + 0, 2),
  });
  useEffect(() => {
    const timer = setTimeout(() => setSaid(next), SPOKEN_AFTER);
    return () => clearTimeout(timer);
  }, [next]);
  return (
    <p role="status" class="water-spoken">
      {said}
    </p>
  );
}

/** What the runs are drawn from, row by row with what it rests on, and the contradictions that bear on it. */
function Assumed({ reply: { tables, conflicts } }: { reply: AralScenarioReply }) {
  return (
    <>
      <h3>{say('web.water.conflicts')}</h3>
      <dl class="water-notes">
        {conflicts.map(({ id, text }) => (
          <div key={id}>
            <dt>{id}</dt>
            <dd>{named(text)}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{say('web.water.bounds')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section class="scroll" aria-label={say('web.water.bounds')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {['name', 'low', 'high', 'unit', 'kind', 'source'].map((head) => (
                  <th key={head} scope="col">
                    {say(`web.water.bound.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Object.entries(tables.north.parameters).map(([id, { low, high, unit, kind, source }]) => (
                <tr key={id}>
                  <th scope="row">{say(`web.water.parameter.${id}`)}</th>
                  <td class="n">{figure(low)}</td>
                  <td class="n">{figure(high)}</td>
                  <td>{say(`web.water.unit.${unit.replace('/', '-')}`)}</td>
                  <td>{say(`web.water.kind.${kind}`)}</td>
                  <td lang="en">{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
      <ul class="hint">
        <li>{say('water.capacity-unknown')}</li>
        <li>{say('water.river-record')}</li>
      </ul>
    </>
  );
}
