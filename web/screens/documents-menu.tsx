/** The screens of documents and claims, one beside the other. */
import { say } from '../words.ts';

const PLACES = {
  documents: '/documents',
  codes: '/codes',
  compare: '/coding/compare',
  tables: '/coding/tables',
  claims: '/claims',
  contradictions: '/claims/contradictions',
} as const;

export function EvidenceMenu({ here }: { here: keyof typeof PLACES }) {
  return (
    <nav class="screens" aria-label={say('web.documents.menu')}>
      {(Object.keys(PLACES) as (keyof typeof PLACES)[]).map((one) => (
        <a key={one} href={PLACES[one]} aria-current={one === here ? 'page' : undefined}>
          {say(`web.documents.menu-${one}`)}
        </a>
      ))}
    </nav>
  );
}
