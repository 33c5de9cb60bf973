/** What sources say against one another, as a table that can be published. */
import type { ListedContradiction } from '../../src/api/claims.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { figure, lang, say } from '../words.ts';

export function Contradictions() {
  const rows = useResource<ListedContradiction[]>('/api/contradictions');
  if (rows.value === null) return <Waiting resource={rows} />;
  if (rows.value.length === 0) return <p role="status">{say('web.claims.contradictions-none')}</p>;
  return (
    <>
      <p>
        <a href={`/api/contradictions.csv?lang=${lang.value}`} download>
          {say('web.claims.contradictions-csv')}
        </a>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={say('web.claims.contradictions')} tabIndex={0}>
        <table class="cards">
          <thead>
            <tr>
              {['about', 'stated', 'found'].map((key) => (
                <th key={key} scope="col">
                  {say(`web.claims.${key}`)}
                </th>
              ))}
              <th scope="col" class="n">
                {say('web.claims.difference')}
              </th>
              <th scope="col">{say('web.claims.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.value.map((row, i) => (
              <Row key={i} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Row({ row }: { row: ListedContradiction }) {
  const { about, place, part, period, stated, statedBy, found, foundBy, percent, cases, verdict } = row;
  const where = [place, part, period, ...(cases > 1 ? [say('web.claims.cases', { count: cases })] : [])];
  return (
    <tr>
      <th scope="row">
        {about} <small>{where.filter((word) => word !== '').join(', ')}</small>
      </th>
      <td data-label={say('web.claims.stated')}>{by(stated, statedBy)}</td>
      <td data-label={say('web.claims.found')}>{by(found, foundBy)}</td>
      <td class="n" data-label={say('web.claims.difference')}>
        {percent === null ? '–' : say('web.claims.percent', { value: figure(percent, 1) })}
      </td>
      <td data-label={say('web.claims.verdict')}>{verdict}</td>
    </tr>
  );
}

function by(value: string, source: string): string {
  if (value === '' || source === '') return value || source || '–';
  return say('web.claims.by', { value, source });
}
