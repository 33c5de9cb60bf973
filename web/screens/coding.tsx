/** What coding tells: two coders compared, or the tables of codes. */
import { useEffect } from 'preact/hooks';
import type { CodeShown } from '../../src/api/evidence.ts';
import { useResource } from '../resource.ts';
import { say } from '../words.ts';
import { CodingComparison } from './coding-compare.tsx';
import { CodingTables } from './coding-tables.tsx';
import { EvidenceMenu } from './documents-menu.tsx';
import './documents.css';

export function Coding({ view: given }: Record<string, string>) {
  const view = given === 'tables' ? 'tables' : 'compare';
  const codes = useResource<CodeShown[]>('/api/codes');
  useEffect(() => {
    document.title = `${say(`web.coding.${view}-title`)} · Saryarka`;
  });
  return (
    <>
      <h1>{say(`web.coding.${view}-title`)}</h1>
      <p class="lead">{say(`web.coding.${view}-lead`)}</p>
      <EvidenceMenu here={view} />
      {view === 'tables' ? <CodingTables codes={codes.value ?? []} /> : <CodingComparison codes={codes.value ?? []} />}
    </>
  );
}
