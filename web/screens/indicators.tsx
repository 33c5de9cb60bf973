/** Indicators of one reserve, by function or by SDG target, and one of them: figures, drawings, method, runs, computing. */
import { useState } from 'preact/hooks';
import type { IndicatorList, ShownIndicator } from '../../src/api/indicators.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useResource } from '../resource.ts';
import { figure, say } from '../words.ts';
import { IndicatorPage } from './indicators-page.tsx';
import './indicators.css';

type Order = 'function' | 'sdg';

export function Indicators({ site = '', indicator = '' }: Record<string, string>) {
  const base = `/api/sites/${encodeURIComponent(site)}/indicators`;
  const list = useResource<IndicatorList>(base);
  const [order, setOrder] = useState<Order>('function');
  const [isOpen, setOpen] = useState(() => indicator === '' || matchMedia('(min-width: 52rem)').matches);
  if (list.value === null) return <Waiting resource={list} />;
  const { indicators, mapped } = list.value;
  const chosen = indicators.find(({ id }) => id === indicator);
  document.title = `${chosen?.title ?? say('web.indicators')} · Saryarka`;
  return (
    <div class="indicators">
      <nav aria-label={say('indicators-page.list')}>
        <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{say('indicators-page.list')}</summary>
          <fieldset class="order">
            <legend class="hidden">{say('indicators-page.by')}</legend>
            {(['function', 'sdg'] as const).map((one) => (
              <button key={one} type="button" class="plain" aria-pressed={order === one} onClick={() => setOrder(one)}>
                {say(`indicators-page.by-${one}`)}
              </button>
            ))}
          </fieldset>
          {groupsOf(indicators, order).map(({ title, own }) => (
            <section key={title}>
              <h2>{title}</h2>
              <ul>
                {own.map((one) => (
                  <li key={one.id}>
                    <a
                      href={`/sites/${encodeURIComponent(site)}/indicators/${encodeURIComponent(one.id)}`}
                      aria-current={one.id === indicator ? 'page' : undefined}
                      onClick={() => matchMedia('(min-width: 52rem)').matches || setOpen(false)}
                    >
                      <span>
                        {one.title}
                        {one.outdated > 0 ? <small class="outdated"> {say('indicators-page.outdated-short')}</small> : null}
                      </span>
                      <span class="count">{one.figures === 0 ? '–' : figure(one.figures)}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </details>
      </nav>
      <section class="indicator">
        {chosen === undefined ? (
          <>
            <h1>{say('web.indicators')}</h1>
            <p class="lead">{say('indicators-page.lead')}</p>
            {mapped ? null : <p class="finding">{say('indicators-page.no-zones')}</p>}
          </>
        ) : (
          <IndicatorPage key={chosen.id} site={site} base={`${base}/${encodeURIComponent(chosen.id)}`} mapped={mapped} />
        )}
      </section>
    </div>
  );
}

function groupsOf(indicators: readonly ShownIndicator[], order: Order): { title: string; own: ShownIndicator[] }[] {
  if (order === 'function') {
    return (['conservation', 'development', 'logistic', 'zonation'] as const)
      .map((name) => ({ title: say(`indicators-page.function.${name}`), own: indicators.filter((one) => one.function === name) }))
      .filter(({ own }) => own.length > 0);
  }
  const targets = [...new Set(indicators.flatMap(({ sdg }) => sdg))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const without = indicators.filter(({ sdg }) => sdg.length === 0);
  return [
    ...targets.map((target) => ({
      title: say('indicators-page.sdg', { target }),
      own: indicators.filter(({ sdg }) => sdg.includes(target)),
    })),
    ...(without.length === 0 ? [] : [{ title: say('indicators-page.no-sdg'), own: without }]),
  ];
}
