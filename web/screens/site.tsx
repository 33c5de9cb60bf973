/** One reserve: its zones as declared and computed, and what a reviewer may ask. */
import type { LocalText } from '../../src/types.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { named, say } from '../words.ts';

interface Found {
  rule: string;
  severity: 'error' | 'question' | 'info';
  text: LocalText;
  sources: string[];
}

export function Site({ site = '' }: Record<string, string>) {
  const findings = useResource<Found[]>(`/api/sites/${encodeURIComponent(site)}/findings`);
  if (findings.value === null) return <Waiting resource={findings} />;
  return (
    <>
      <h1>{site}</h1>
      <h2>{say('page.findings')}</h2>
      {findings.value.map((finding, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity but their place
        <section key={i} class={`finding ${finding.severity}`}>
          <p>
            <strong>
              {finding.rule} · {say(`severity.${finding.severity}`)}
            </strong>{' '}
            {named(finding.text)}
          </p>
        </section>
      ))}
    </>
  );
}
