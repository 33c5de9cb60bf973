/** The nodes of the river as a table, and their months. */
import { useId, useState } from 'preact/hooks';
import type { RiverNodeReply, RiverReply } from '../../src/api/river.ts';
import { figure, named, say } from '../words.ts';

const total = ({ kind }: RiverNodeReply, months: readonly number[]): number =>
  months.reduce((sum, value) => sum + value, 0) / (kind === 'store' ? 12 : 1);

export function RiverNodes({ river: { nodes } }: { river: RiverReply }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll" aria-label={say('web.river.nodes')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('web.river.node')}</th>
            <th scope="col">{say('web.river.kind')}</th>
            <th scope="col" class="n">
              {say('web.river.before')}
            </th>
            <th scope="col" class="n">
              {say('web.river.now')}
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.id}>
              <th scope="row">{named(node.name)}</th>
              <td>{say(`web.river.kinds.${node.kind}`)}</td>
              <td class="n">{figure(total(node, node.before), 2)}</td>
              <td class="n">{figure(total(node, node.months), 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** October first: the hydrological year. */
const MONTHS = [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export function RiverMonths({ river: { nodes } }: { river: RiverReply }) {
  const id = useId();
  const [chosen, choose] = useState('aral');
  const node = nodes.find((one) => one.id === chosen) ?? nodes[0];
  if (node === undefined) return null;
  const most = Math.max(...node.months, ...node.before, 1e-9);
  return (
    <div>
      <h2 id="river-months">{say('web.river.months')}</h2>
      <p>
        <label for={id}>{say('web.river.node')}</label>{' '}
        <select id={id} value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {nodes.map((one) => (
            <option key={one.id} value={one.id}>
              {named(one.name)}
            </option>
          ))}
        </select>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={say('web.river.months')} tabIndex={0}>
        <table class="river-months">
          <caption>
            {say(node.kind === 'store' ? 'web.river.volumes-of' : 'web.river.flows-of', { node: named(node.name) })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{say('web.river.month')}</th>
              <th scope="col" class="n">
                {say('web.river.before')}
              </th>
              <th scope="col" class="n">
                {say('web.river.now')}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {MONTHS.map((month, t) => (
              <tr key={month}>
                <th scope="row">{say(`web.river.month-names.${month}`)}</th>
                <td class="n">{figure(node.before[t], 2)}</td>
                <td class="n">{figure(node.months[t], 2)}</td>
                <td>
                  <svg aria-hidden="true" viewBox="0 0 100 14" preserveAspectRatio="none" class="river-bars">
                    <rect class="was" x="0" y="0" height="6" width={(100 * (node.before[t] ?? 0)) / most} />
                    <rect class="is" x="0" y="8" height="6" width={(100 * (node.months[t] ?? 0)) / most} />
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">
        {say('web.river.bars')} {say('web.river.surplus')}
      </p>
    </div>
  );
}
