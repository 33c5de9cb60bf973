/** Charts and maps of an indicator: the same drawings as in the review, to look at and to take along. */
import { useState } from 'preact/hooks';
import type { IndicatorDetail } from '../../src/api/indicators.ts';
import { Choice } from '../parts/field.tsx';
import { lang, say } from '../words.ts';

export function Drawings({ base, detail }: { base: string; detail: IndicatorDetail }) {
  const { series, pictures, indicator } = detail;
  const [key, setKey] = useState(series[0]?.key ?? '');
  const [picture, setPicture] = useState(pictures[0]?.id ?? '');
  const line = series.find((one) => one.key === key) ?? series[0];
  const map = pictures.find(({ id }) => id === picture) ?? pictures[0];
  return (
    <>
      {line === undefined ? null : (
        <>
          <h2>{say('indicators-page.series')}</h2>
          {series.length < 2 ? null : (
            <Choice
              label={say('indicators-page.series-of')}
              value={line.key}
              choices={series.map((one) => ({ value: one.key, text: one.title }))}
              onValue={setKey}
            />
          )}
          <Drawing
            path={`${base}/series`}
            query={`key=${encodeURIComponent(line.key)}`}
            alt={say('indicators-page.series-alt', { title: `${indicator.title}, ${line.title}` })}
          />
        </>
      )}
      {map === undefined ? null : (
        <>
          <h2>{say('indicators-page.map')}</h2>
          {pictures.length < 2 ? null : (
            <Choice
              label={say('indicators-page.map-of')}
              value={map.id}
              choices={pictures.map(({ id, title }) => ({ value: id, text: title }))}
              onValue={setPicture}
            />
          )}
          <Drawing
            path={`${base}/map`}
            query={`picture=${encodeURIComponent(map.id)}`}
            alt={say('indicators-page.map-alt', { title: map.title })}
          />
        </>
      )}
    </>
  );
}

function Drawing({ path, query, alt }: { path: string; query: string; alt: string }) {
  const asked = `?${query}&lang=${lang.value}`;
  return (
    <figure>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={alt}>
        <img src={`${path}.svg${asked}`} alt={alt} loading="lazy" />
      </section>
      <figcaption>
        {(['svg', 'png'] as const).map((format) => (
          <a key={format} href={`${path}.${format}${asked}`} download>
            {say(`indicators-page.${format}`)}
          </a>
        ))}
      </figcaption>
    </figure>
  );
}
