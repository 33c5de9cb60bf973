/** Who gets what by option, and what one more cubic kilometre would be worth. */
import type { RiverOption, RiverReply } from '../../src/api/river.ts';
import { figure, say } from '../words.ts';

type Spread = RiverOption['aral'];
type Worth = RiverOption['worth'][number];

/** Two places where they count, none above a hundred. */
function plain(value: number): string {
  const places = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return figure(Number(value.toFixed(places)) + 0, places); // no "-0"
}
const range = ({ low, high }: Spread): string => `${plain(low)} … ${plain(high)}`;
const signed = (value: number): string => `${value > 0 ? '+' : ''}${plain(value)}`;

export function RiverOptions({ river: { own, shipped, years } }: { river: RiverReply }) {
  const options = [...shipped, own];
  const parties = own.parties.map(({ party }) => party);
  return (
    <div>
      <h2 id="river-options">{say('web.river.options')}</h2>
      <p class="hint">{say('web.river.options-hint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={say('web.river.options')} tabIndex={0}>
        <table class="cards river-options">
          <thead>
            <tr>
              <th scope="col">{say('web.river.option')}</th>
              {parties.map((party) => (
                <th key={party} scope="col">
                  {say(`water.peace.party.${party}`)}
                </th>
              ))}
              <th scope="col">{say('web.river.all')}</th>
              <th scope="col">{say('web.river.to-aral')}</th>
              <th scope="col">{say('web.river.kept', { count: years.count })}</th>
            </tr>
          </thead>
          <tbody>
            {options.map((one, i) => (
              <tr key={one.id} class={one === own ? 'river-own' : undefined}>
                <th scope="row">{say(`water.peace.option.${one.id}`)}</th>
                {one.parties.map(({ party, given, asked, shortage, change }) => (
                  <td key={party} data-label={say(`water.peace.party.${party}`)}>
                    <span>{say('web.river.given', { given: plain(given.mean), asked: plain(asked) })}</span>
                    <small>
                      {say('web.river.short', {
                        mean: figure(shortage.mean * 100, 0),
                        low: figure(shortage.low * 100, 0),
                        high: figure(shortage.high * 100, 0),
                      })}
                    </small>
                    {i === 0 ? null : (
                      <small>{say('web.river.change', { mean: signed(change.mean), range: range(change) })}</small>
                    )}
                  </td>
                ))}
                <td data-label={say('web.river.all')}>
                  {i === 0
                    ? say('web.river.money', { money: plain(one.all.mean) })
                    : say('web.river.change', { mean: signed(one.allChange.mean), range: range(one.allChange) })}
                </td>
                <td data-label={say('web.river.to-aral')}>
                  {plain(one.aral.mean)} <small>({range(one.aral)})</small>
                </td>
                <td data-label={say('web.river.kept', { count: years.count })}>{figure(one.kept, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

export function RiverWorth({ river: { own } }: { river: RiverReply }) {
  if (own.worth.length === 0) return <p class="hint">{say('web.river.worth-none')}</p>;
  const text = ({ median, low, high }: Worth): string =>
    `${plain(median)} (${plain(low)} … ${high === null ? say('water.peace.worth.unpriced') : plain(high)})`;
  const lines = [...Map.groupBy(own.worth, ({ place }) => place)].flatMap(([place, seasons]) => {
    const told = new Set(seasons.map(text)).size === 1 ? seasons.slice(0, 1) : seasons;
    return told.map((one) => ({
      key: `${place} ${one.season}`,
      words: say(place === 'aral' ? 'water.peace.worth.aral' : 'water.peace.worth.line', {
        place: say(`water.peace.place.${place}`),
        season: say(`water.peace.season.${told.length === 1 ? 'year' : one.season}`),
        worth: text(one),
      }),
    }));
  });
  return (
    <div>
      <h2 id="river-worth">{say('water.peace.worth.heading')}</h2>
      <ul>
        {lines.map(({ key, words }) => (
          <li key={key}>{words}</li>
        ))}
      </ul>
    </div>
  );
}
