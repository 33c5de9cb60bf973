/** What can be agreed on: who decides, the Aral's minimum, arrangements on or off, how much the rivers bring. */
import { useId } from 'preact/hooks';
import type { RiverReply } from '../../src/api/river.ts';
import { figure, say } from '../words.ts';
import type { RiverChoice } from './water-river-choice.ts';

interface Props {
  choice: RiverChoice;
  river: RiverReply;
  choose(next: Partial<RiverChoice>): void;
}

export function RiverControls({ choice, river, choose }: Props) {
  const { goal, rules } = choice;
  return (
    <form class="water-controls" aria-label={say('web.river.choose')} onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>{say('web.river.goal')}</legend>
        {(['alone', 'together'] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="river-goal" checked={goal === one} onChange={() => choose({ goal: one })} />{' '}
            {say(`water.peace.option.${one}`)}
          </label>
        ))}
      </fieldset>
      <Slider
        label={say('web.river.aral')}
        unit={say('web.river.aral-unit')}
        value={choice.aral ?? river.planned}
        range={{ min: 0, max: 10, step: 0.1 }}
        take={(aral) => choose({ aral })}
      />
      <Slider
        label={say('web.river.inflow')}
        unit="%"
        value={Math.round(choice.inflow * 100)}
        range={{ min: 60, max: 130, step: 1 }}
        take={(percent) => choose({ inflow: percent / 100 })}
      />
      <fieldset>
        <legend>{say('web.river.rules')}</legend>
        {river.arrangements.map(({ id, value, unit, assumed }) => {
          const off = id === 'equal-shortage' && goal === 'alone';
          const own = rules.filter((one) => one !== id);
          return (
            <label key={id}>
              <input
                type="checkbox"
                checked={rules.includes(id) && !off}
                disabled={off}
                onChange={({ currentTarget }) => choose({ rules: currentTarget.checked ? [...own, id] : own })}
              />{' '}
              {say(`web.river.rule.${id}`, { amount: unit === 'km3' ? figure(value, 1) : '' })}
              {assumed ? ` ${say('web.river.rule-assumed')}` : ''}
            </label>
          );
        })}
      </fieldset>
    </form>
  );
}

interface SliderProps {
  label: string;
  unit: string;
  value: number;
  range: { min: number; max: number; step: number };
  take(value: number): void;
}

function Slider({ label, unit, value, range, take }: SliderProps) {
  const id = useId();
  return (
    <div class="water-slider">
      <label for={id}>
        {label}: <strong>{figure(value, 2)}</strong> {unit}
      </label>
      <input
        {...range}
        id={id}
        type="range"
        value={value}
        aria-valuetext={`${figure(value, 2)} ${unit}`}
        onInput={({ currentTarget }) => take(Number(currentTarget.value))}
      />
    </div>
  );
}
