/** Codes by year beside the values of an indicator. Guetterman et al. 2015, doi 10.1370/afm.1865 */
import { useState } from 'preact/hooks';
import type { CodeShown, CodingReportReply, SeriesLine } from '../../src/api/evidence.ts';
import { Choice } from '../parts/field.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { figure, named, say } from '../words.ts';
import { codePath } from './codes-tree.ts';

export function CodingJoint({ codes, below }: { codes: readonly CodeShown[]; below: string }) {
  const series = useResource<SeriesLine[]>('/api/coding/series');
  const [chosen, setChosen] = useState('');
  const line = (series.value ?? []).find((one) => keyOf(one) === chosen);
  const query = new URLSearchParams(line === undefined ? {} : { indicator: line.indicator, feature: line.feature });
  if (below !== '') query.set('code', below);
  const report = useResource<CodingReportReply>(line === undefined ? null : `/api/coding/report?${query}`);
  if (series.value === null) return <Waiting resource={series} />;
  if (series.value.length === 0) return null;
  return (
    <section>
      <h2>{say('web.coding.joint')}</h2>
      <p class="hint">{say('web.coding.joint-about')}</p>
      <Choice
        label={say('web.coding.series')}
        value={chosen}
        choices={[
          { value: '', text: say('web.coding.series-choose') },
          ...series.value.map((one) => ({
            value: keyOf(one),
            text: say('web.coding.series-years', { title: named(one.title), name: named(one.name), years: one.years }),
          })),
        ]}
        onValue={setChosen}
      />
      {line === undefined ? null : report.value?.joint == null ? (
        <Waiting resource={report} />
      ) : (
        <Joint joint={report.value.joint} line={line} codes={codes} />
      )}
    </section>
  );
}

const keyOf = ({ indicator, feature }: SeriesLine): string => `${indicator} ${feature}`;

interface JointProps {
  joint: NonNullable<CodingReportReply['joint']>;
  line: SeriesLine;
  codes: readonly CodeShown[];
}

function Joint({ joint: { unit, codes: own, rows, undated }, line, codes }: JointProps) {
  const most = Math.max(...rows.map(({ value }) => Math.abs(value ?? 0)), 0);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={say('web.coding.joint')} tabIndex={0}>
        <table class="joint">
          <thead>
            <tr>
              <th scope="col">{say('web.documents.year')}</th>
              <th scope="col" class="n">
                {named(line.title)}, {named(line.name)} [{unit}]
              </th>
              <th scope="col" class="n">
                {say('web.coding.documents')}
              </th>
              {own.map((code) => (
                <th key={code} scope="col" class="n">
                  {codePath(codes, code)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ year, value, documents, passages }) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                <td class="n">
                  {figure(value)}
                  {value === null || most === 0 ? null : (
                    <span class="bar" aria-hidden="true" style={{ width: `${(100 * Math.abs(value)) / most}%` }} />
                  )}
                </td>
                <td class="n">{figure(documents)}</td>
                {passages.map((count, i) => (
                  <td key={own[i]} class="n">
                    {count === 0 ? '0' : <strong>{figure(count)}</strong>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {undated === 0 ? null : <p class="hint">{say('web.coding.undated', { count: undated })}</p>}
    </>
  );
}
