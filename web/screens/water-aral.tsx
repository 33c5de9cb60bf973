/** The Aral: what was seen of it since 1960, and what becomes of its north by what is decided. */
import type { AralScenarioReply } from '../../src/api/water.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { say } from '../words.ts';
import { History } from './water-history.tsx';
import { Scenario } from './water-scenario.tsx';

export function Aral() {
  const scenario = useResource<AralScenarioReply>('/api/water/aral/scenario-tables');
  return (
    <>
      <p class="lead">{say('web.water.aral-lead')}</p>
      <nav class="water-jump" aria-label={say('web.water.on-this-page')}>
        <a href="#history">{say('web.water.history')}</a> · <a href="#scenario">{say('web.water.future')}</a>
      </nav>
      <History />
      <h2 id="scenario">{say('web.water.future')}</h2>
      {scenario.value === null ? <Waiting resource={scenario} /> : <Scenario reply={scenario.value} />}
    </>
  );
}
