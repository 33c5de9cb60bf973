/** What can be decided: a slider and a number for each, moved by mouse, finger or keyboard. */
import { useId } from 'preact/hooks';
import { figure, say } from '../words.ts';
import { type Chosen, CONTROLS, type Control, STAGES } from './water-option.ts';

export interface ControlsProps {
  chosen: Chosen;
  choose(next: Partial<Chosen>): void;
}

export function Controls({ chosen, choose }: ControlsProps) {
  return (
    <form class="water-controls" aria-label={say('web.water.controls')} onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>{say('web.water.stage')}</legend>
        {STAGES.map(({ id, full, since }) => (
          <label key={id}>
            <input type="radio" name="stage" checked={chosen.full === full} onChange={() => choose({ full, since })} />{' '}
            {say(`web.water.stage-${id}`)}
          </label>
        ))}
        <p class="hint">{say('web.water.stage-unknown')}</p>
      </fieldset>
      {(Object.keys(CONTROLS) as Control[]).map((name) => (
        <Slider
          key={name}
          name={name}
          value={chosen[name]}
          off={name === 'since' && chosen.full === CONTROLS.full.least}
          onValue={(value) => choose({ [name]: value })}
        />
      ))}
      <fieldset>
        <legend>{say('web.water.rule')}</legend>
        {(['overflow', 'gates'] as const).map((rule) => (
          <label key={rule}>
            <input type="radio" name="rule" checked={chosen.rule === rule} onChange={() => choose({ rule })} />{' '}
            {say(`web.water.rule-${rule}`)}
          </label>
        ))}
      </fieldset>
    </form>
  );
}

interface SliderProps {
  name: Control;
  value: number;
  off: boolean;
  onValue(value: number): void;
}

function Slider({ name, value, off, onValue }: SliderProps) {
  const id = useId();
  const { least, most, step } = CONTROLS[name];
  const unit = say(`web.water.control.${name}-unit`);
  const take = (text: string): void => {
    const next = Number(text);
    if (text.trim() !== '' && next >= least && next <= most) onValue(next);
  };
  const shared = { min: least, max: most, step, value, disabled: off };
  return (
    <div class="water-slider">
      <label for={id}>{say(`web.water.control.${name}`)}</label>
      <input
        {...shared}
        id={id}
        type="range"
        aria-valuetext={`${name === 'since' ? String(value) : figure(value)} ${unit}`}
        onInput={(event) => take(event.currentTarget.value)}
      />
      <span>
        <input
          {...shared}
          type="number"
          aria-label={`${say(`web.water.control.${name}`)}, ${unit}`}
          onChange={(event) => {
            take(event.currentTarget.value);
            event.currentTarget.value = String(value);
          }}
        />{' '}
        {unit}
      </span>
    </div>
  );
}
