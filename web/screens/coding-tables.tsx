/** What codes tell: how often, in which years, kinds of source and languages, which go together, and beside which figures. */
import { useState } from 'preact/hooks';
import type { CodeShown, CodingReportReply } from '../../src/api/evidence.ts';
import { Choice } from '../parts/field.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { figure, say } from '../words.ts';
import { codeLines, codePath } from './codes-tree.ts';
import { CodingJoint } from './coding-joint.tsx';
import { CodingProject } from './coding-project.tsx';
import { languageName } from './documents-words.ts';

const DIMENSIONS = ['year', 'kind', 'language'] as const;
type Dimension = (typeof DIMENSIONS)[number];

export function CodingTables({ codes }: { codes: readonly CodeShown[] }) {
  const [below, setBelow] = useState('');
  const [by, setBy] = useState<Dimension>('year');
  const query = below === '' ? '' : `?code=${encodeURIComponent(below)}`;
  const report = useResource<CodingReportReply>(`/api/coding/report${query}`);
  return (
    <>
      <form class="evidence-filters" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={say('web.coding.below')}
          value={below}
          choices={[
            { value: '', text: say('web.coding.below-all') },
            ...codeLines(codes).map(({ id }) => ({ value: id, text: codePath(codes, id) })),
          ]}
          onValue={setBelow}
        />
      </form>
      {report.value === null ? (
        <Waiting resource={report} />
      ) : (
        <>
          <Counts report={report.value} />
          {report.value.codings === 0 ? null : (
            <>
              <ByCode report={report.value} codes={codes} />
              <section aria-labelledby="by-title">
                <h2 id="by-title">{say('web.coding.by-title')}</h2>
                <Choice
                  label={say('web.coding.by')}
                  value={by}
                  choices={DIMENSIONS.map((value) => ({ value, text: say(`web.coding.by-${value}`) }))}
                  onValue={(value) => setBy(value as Dimension)}
                />
                <Crossed report={report.value} codes={codes} by={by} />
              </section>
              <Pairs report={report.value} codes={codes} />
              <CodingJoint codes={codes} below={below} />
            </>
          )}
        </>
      )}
      <CodingProject />
    </>
  );
}

function Counts({ report: { passages, codings, documents, lost, dropped } }: { report: CodingReportReply }) {
  return (
    <p role="status">
      {codings === 0 ? say('web.coding.none') : say('web.coding.counts', { passages, codings, documents })}
      {lost === 0 ? '' : ` · ${say('web.coding.counts-lost', { count: lost })}`}
      {dropped === 0 ? '' : ` · ${say('web.coding.counts-dropped', { count: dropped })}`}
    </p>
  );
}

interface TableProps {
  report: CodingReportReply;
  codes: readonly CodeShown[];
}

function ByCode({ report, codes }: TableProps) {
  const rows = report.codes.filter(({ withBelow }) => withBelow > 0);
  const columns = ['passages', 'withBelow', 'documents', 'coders', 'codings'] as const;
  const title = {
    passages: say('web.documents.passages'),
    withBelow: say('web.coding.with-below'),
    documents: say('web.coding.documents'),
    coders: say('web.coding.coders'),
    codings: say('web.documents.codings'),
  };
  return (
    <section>
      <h2>{say('web.coding.by-code')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={say('web.coding.by-code')} tabIndex={0}>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{say('web.coding.code')}</th>
              {columns.map((key) => (
                <th key={key} scope="col" class="n">
                  {title[key]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row">{codePath(codes, row.code)}</th>
                {columns.map((key) => (
                  <td key={key} class="n" data-label={title[key]}>
                    {figure(row[key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Crossed({ report, codes, by }: TableProps & { by: Dimension }) {
  const { codes: own, rows } = report.by[by];
  const name = (key: string | null): string =>
    key === null
      ? say('web.documents.unknown')
      : by === 'kind'
        ? say(`web.documents.kind.${key}`)
        : by === 'language'
          ? languageName(key)
          : key;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll" aria-label={say(`web.coding.by-${by}`)} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('web.coding.code')}</th>
            {rows.map(({ key }) => (
              <th key={key ?? ''} scope="col" class="n">
                {name(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {own.map((code, i) => (
            <tr key={code}>
              <th scope="row">{codePath(codes, code)}</th>
              {rows.map(({ key, values }) => (
                <td key={key ?? ''} class="n">
                  {figure(values[i])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Pairs that are shown. */
const MOST = 100;

function Pairs({ report: { pairs }, codes }: TableProps) {
  return (
    <section>
      <h2>{say('web.coding.pairs')}</h2>
      {pairs.length === 0 ? <p>{say('web.coding.pairs-none')}</p> : <p class="hint">{say('web.coding.pairs-about')}</p>}
      {pairs.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section class="scroll" aria-label={say('web.coding.pairs')} tabIndex={0}>
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{say('web.coding.code-a')}</th>
                <th scope="col">{say('web.coding.code-b')}</th>
                <th scope="col" class="n">
                  {say('web.documents.passages')}
                </th>
                <th scope="col" class="n">
                  {say('web.coding.documents')}
                </th>
                <th scope="col" class="n">
                  {say('web.coding.jaccard')}
                </th>
              </tr>
            </thead>
            <tbody>
              {pairs.slice(0, MOST).map(({ a, b, passages, documents, jaccard }) => (
                <tr key={`${a} ${b}`}>
                  <th scope="row">{codePath(codes, a)}</th>
                  <td data-label={say('web.coding.code-b')}>{codePath(codes, b)}</td>
                  <td class="n" data-label={say('web.documents.passages')}>
                    {figure(passages)}
                  </td>
                  <td class="n" data-label={say('web.coding.documents')}>
                    {figure(documents)}
                  </td>
                  <td class="n" data-label={say('web.coding.jaccard')}>
                    {figure(jaccard)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {pairs.length > MOST ? <p>{say('web.coding.more', { count: pairs.length - MOST })}</p> : null}
    </section>
  );
}
