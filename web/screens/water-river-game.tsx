/** What acting together brings the countries, and two ways to divide it. */
import type { RiverReply } from '../../src/api/river.ts';
import { figure, say } from '../words.ts';

export function RiverGame({ river: { game } }: { river: RiverReply }) {
  const above = (value: number | null, alone: number): string =>
    value === null ? '–' : `+${figure(Math.max(0, Number((value - alone).toFixed(2))), 2)}`;
  return (
    <div>
      <h2>{say('web.river.game')}</h2>
      <p class="hint">
        {say('web.river.game-hint', {
          gain: figure(game.gain, 1),
          inside: say(game.stable ? 'web.river.game-yes' : 'web.river.game-no'),
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={say('web.river.game')} tabIndex={0}>
        <table class="river-game">
          <thead>
            <tr>
              <th scope="col">{say('web.river.party')}</th>
              <th scope="col" class="n">
                {say('web.river.game-alone')}
              </th>
              <th scope="col" class="n">
                {say('web.river.game-shapley')}
              </th>
              <th scope="col" class="n">
                {say('web.river.game-nucleolus')}
              </th>
            </tr>
          </thead>
          <tbody>
            {game.parties.map(({ party, alone, shapley, nucleolus }) => (
              <tr key={party}>
                <th scope="row">{say(`water.peace.party.${party}`)}</th>
                <td class="n">{figure(alone, 0)}</td>
                <td class="n">{above(shapley, alone)}</td>
                <td class="n">{above(nucleolus, alone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
