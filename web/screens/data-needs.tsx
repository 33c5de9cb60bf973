/** What goes into each computation, what of it is open, and where it is to be had. */
import type { Need } from '../../src/api/data.ts';
import { say } from '../words.ts';

export function Needs({ site, needs }: { site: string; needs: readonly Need[] }) {
  return (
    <>
      {needs.map((need) => {
        const figures = need.indicators.reduce((sum, own) => sum + own.figures, 0);
        const outdated = need.indicators.reduce((sum, own) => sum + own.outdated, 0);
        const [leading] = need.indicators;
        return (
          <details key={need.process} class="need">
            <summary>
              <strong>{need.title}</strong>{' '}
              <span class={figures === 0 ? 'badge question' : 'badge info'}>
                {figures === 0 ? say('data-page.need-none') : say('data-page.need-some', { count: figures })}
              </span>{' '}
              {outdated === 0 ? null : <span class="badge question">{say('data-page.need-outdated', { count: outdated })}</span>}
            </summary>
            <p>
              {need.indicators.map(({ title }) => title).join(', ')}.{' '}
              {leading === undefined ? null : (
                <a href={`/sites/${encodeURIComponent(site)}/indicators/${encodeURIComponent(leading.id)}`}>
                  {say('data-page.compute')}
                </a>
              )}
            </p>
            <ul class="inputs">
              {need.inputs.map((input) => (
                <li key={input.name}>
                  <strong>{input.title}</strong> {input.optional ? <small>({say('data-page.optional')})</small> : null}
                  {input.suggestions.length === 0 ? (
                    <p class="hint">{say('data-page.own')}</p>
                  ) : (
                    <ul>
                      {input.suggestions.map(({ id, title, holder, licence, address, note }) => (
                        <li key={id}>
                          <strong>{title}</strong>. {holder}. {say('data-page.licence')}: {licence}.{' '}
                          <a href={address} rel="noreferrer" target="_blank">
                            {address}
                          </a>
                          <br />
                          <small>{note}</small>
                        </li>
                      ))}
                    </ul>
                  )}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}
