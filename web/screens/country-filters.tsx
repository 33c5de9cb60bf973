/** What the list of reserves is narrowed by; kept in the address, so that it can be sent to somebody. */
import type { SiteOverview } from '../../src/api/sites.ts';
import { country, say } from '../words.ts';
import { type Asked, NOTHING_ASKED, searchOf } from './country-list.ts';

interface Props {
  asked: Asked;
  sites: SiteOverview[];
  ask(next: Partial<Asked>): void;
}

export function CountryFilters({ asked, sites, ask }: Props) {
  const countries = [...new Set(sites.flatMap((site) => site.countries))];
  const { sort, down } = asked;
  return (
    <search class="filters">
      <label>
        {say('country.text')}
        <input type="search" value={asked.text} onInput={(event) => ask({ text: event.currentTarget.value })} />
      </label>
      <Choice
        label={say('country.due')}
        value={asked.due}
        choices={(['overdue', 'soon', 'later', 'unknown'] as const).map((state) => [state, say(`country.due-${state}`)])}
        onChoose={(due) => ask({ due })}
      />
      <Choice
        label={say('country.findings')}
        value={asked.findings}
        choices={(['error', 'question', 'none'] as const).map((kind) => [kind, say(`country.findings-${kind}`)])}
        onChoose={(findings) => ask({ findings })}
      />
      {countries.length < 2 ? null : (
        <Choice
          label={say('country.country')}
          value={asked.country}
          choices={countries.map((code) => [code, country(code)])}
          onChoose={(code) => ask({ country: code })}
        />
      )}
      <Choice
        label={say('country.zone-map')}
        value={asked.map}
        choices={(['with', 'without'] as const).map((map) => [map, say(`country.map-${map}`)])}
        onChoose={(map) => ask({ map })}
      />
      {searchOf({ ...asked, sort: NOTHING_ASKED.sort, down: false }) === '' ? null : (
        <button type="button" onClick={() => ask({ ...NOTHING_ASKED, sort, down })}>
          {say('country.all')}
        </button>
      )}
    </search>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value | '';
  choices: [Value, string][];
  onChoose(value: Value | ''): void;
}

function Choice<Value extends string>({ label, value, choices, onChoose }: ChoiceProps<Value>) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChoose(choices.find(([own]) => own === event.currentTarget.value)?.[0] ?? '')}>
        <option value="">{say('country.any')}</option>
        {choices.map(([own, text]) => (
          <option key={own} value={own}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
