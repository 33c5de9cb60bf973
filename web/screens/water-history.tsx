/** Figures of the Aral by year: a drawing, the table beside it with who says what, and where sources contradict each other. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AralFigure, AralHistoryReply } from '../../src/api/water.ts';
import { lakeState } from '../../src/science/lake-state.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { figure, lang, named, say } from '../words.ts';

/** First year of the table and the drawing. */
const FIRST_YEAR = 1960;
const ALL = 'all';
const MOST_WIDE = 1100;
/** Decimals by quantity. */
const DIGITS: Record<string, number> = { 'lake-level': 2, 'lake-area': 0, 'lake-volume': 1, salinity: 1, 'fish-catch': 0 };

export function History() {
  const [water, setWater] = useState(ALL);
  const query = water === ALL ? '' : `?water=${water}`;
  const history = useResource<AralHistoryReply>(`/api/water/aral${query}`);
  return (
    <section aria-labelledby="history">
      <h2 id="history">{say('web.water.history')}</h2>
      {history.value === null ? (
        <Waiting resource={history} />
      ) : (
        <Shown history={history.value} water={water} query={query} onWater={setWater} />
      )}
    </section>
  );
}

interface ShownProps {
  history: AralHistoryReply;
  water: string;
  query: string;
  onWater(water: string): void;
}

function Shown({ history, water, query, onWater }: ShownProps) {
  if (history.waters.length === 0) return <p class="hint">{say('web.water.no-figures')}</p>;
  return (
    <>
      <p class="water-choice">
        <label>
          {say('web.water.water')}{' '}
          <select value={water} onChange={(event) => onWater(event.currentTarget.value)}>
            <option value={ALL}>{say('web.water.all')}</option>
            {history.waters.map(({ id, name }) => (
              <option key={id} value={id}>
                {named(name)}
              </option>
            ))}
          </select>
        </label>{' '}
        <a href={`/api/water/aral.csv${query}`} download>
          {say('web.water.csv')}
        </a>
      </p>
      <p role="status">
        {say('web.water.figures', {
          figures: history.figures.length,
          sources: history.sources.length,
          conflicts: history.conflicts.length,
        })}
      </p>
      <Drawing query={query} />
      <YearTable history={history} />
      <Contradictions history={history} />
    </>
  );
}

/** As wide as its place, so that its letters stay readable on a phone. */
function Drawing({ query }: { query: string }) {
  const frame = useRef<HTMLParagraphElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const wide = frame.current?.clientWidth ?? MOST_WIDE;
    setWidth(Math.max(300, Math.min(MOST_WIDE, Math.floor(wide))));
  }, []);
  const address = `/api/water/aral.svg${query === '' ? '?' : `${query}&`}width=${width}&lang=${lang.value}`;
  return (
    <p ref={frame} class="water-drawing">
      {width === null ? null : <img src={address} alt={say('web.water.drawing')} />}
    </p>
  );
}

function YearTable({ history: { indicators, figures, waters, fish } }: { history: AralHistoryReply }) {
  const dated = figures.filter(({ at }) => at !== null && at >= FIRST_YEAR);
  const undated = figures.filter(({ at }) => at === null);
  const earlier = figures.length - dated.length - undated.length;
  const years = [...Map.groupBy(dated, ({ at }) => Math.floor(at ?? 0))].sort(([a], [b]) => b - a);
  const several = new Set(figures.map(({ water }) => water)).size > 1;
  const name = (id: string): string => named(waters.find((one) => one.id === id)?.name ?? { en: id });
  const cell = (some: readonly AralFigure[]) => (
    <ul class="water-said">
      {some.map((one) => (
        <li key={one.id} title={one.note === '' ? undefined : one.note}>
          {saidValue(one)}
          {one.role === 'target' ? ` (${say('web.water.planned')})` : ''}{' '}
          <small>{[...(several ? [name(one.water)] : []), one.source].join(', ')}</small>
          {one.conflicts.map((id) => (
            <a key={id} href={`#conflict-${id}`} class="water-conflict">
              {id}
            </a>
          ))}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <h3>{say('web.water.table')}</h3>
      <p class="hint">{say('web.water.table-hint', { earlier, undated: undated.length })}</p>
      <p class="hint">{say('web.water.state-rules')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll water-years" aria-label={say('web.water.table')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('web.water.year')}</th>
              {indicators.map(({ id }) => (
                <th key={id} scope="col">
                  {say(`web.water.panel.${id}`)}
                </th>
              ))}
              <th scope="col">{say('web.water.state')}</th>
            </tr>
          </thead>
          <tbody>
            {years.map(([year, own]) => (
              <tr key={year}>
                <th scope="row">{String(year)}</th>
                {indicators.map(({ id }) => (
                  <td key={id}>{cell(own.filter(({ indicator }) => indicator === id))}</td>
                ))}
                <td>{statesOf(own, fish)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** A number, or its range where the source gives one. */
function saidValue({ value, low, high, indicator }: AralFigure): string {
  const digits = DIGITS[indicator] ?? 2;
  if (value !== null) return figure(value, digits);
  return low === null || high === null ? '–' : `${figure(low, digits)}–${figure(high, digits)}`;
}

/** What the salinities that were seen in a year mean for its life, each once: class, and how many groups of fish bear it. */
function statesOf(figures: readonly AralFigure[], fish: AralHistoryReply['fish']): string {
  const seen = figures.flatMap(({ indicator, value }) =>
    indicator === 'salinity' && value !== null ? [lakeState(value, fish)] : [],
  );
  const told = seen.map((state) =>
    say('web.water.state-of', {
      state: say(`water.state.${state.class}`),
      fit: state.fit.length,
      known: state.fit.length + state.unfit.length,
    }),
  );
  return [...new Set(told)].join('; ');
}

function Contradictions({ history: { conflicts, sources } }: { history: AralHistoryReply }) {
  return (
    <>
      <h3>{say('web.water.conflicts')}</h3>
      <dl class="water-notes">
        {conflicts.map(({ id, text }) => (
          <div key={id} id={`conflict-${id}`}>
            <dt>{id}</dt>
            <dd>{named(text)}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{say('web.water.sources', { count: sources.length })}</summary>
        <dl class="water-notes">
          {sources.map(({ id, title, href }) => (
            <div key={id}>
              <dt>{id}</dt>
              <dd>{href === null || !/^https?:/.test(href) ? title : <a href={href}>{title}</a>}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
