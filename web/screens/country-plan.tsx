/** Where the reserves lie, drawn without WebGL: the land around them and a numbered dot for each. */
import type { SiteOverview } from '../../src/api/sites.ts';
import type { MultiPolygon } from '../../src/types.ts';
import { useResource } from '../resource.ts';
import { named, say } from '../words.ts';

interface Land {
  features: { properties: { layer: string }; geometry: MultiPolygon }[];
}

const WIDTH = 900;
/** Room around the outermost reserves [deg]. */
const ROOM = 4;

export function CountryPlan({ sites }: { sites: SiteOverview[] }) {
  const base = useResource<Land>('/api/basemap');
  const points = sites.flatMap(({ point }) => (point === null ? [] : [point]));
  const [west, east] = [Math.min(...points.map(([lon]) => lon)) - ROOM, Math.max(...points.map(([lon]) => lon)) + ROOM];
  const [south, north] = [Math.min(...points.map(([, lat]) => lat)) - ROOM, Math.max(...points.map(([, lat]) => lat)) + ROOM];
  const scale = WIDTH / (east - west);
  const stretch = 1 / Math.cos((((south + north) / 2) * Math.PI) / 180); // as wide as it is high where the map is in the middle
  const at = ([lon, lat]: readonly [number, number]): string =>
    `${((lon - west) * scale).toFixed(1)} ${((north - lat) * scale * stretch).toFixed(1)}`;
  const height = (north - south) * scale * stretch;
  const land = (base.value?.features ?? []).filter(({ properties }) => properties.layer === 'land');
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${height.toFixed(0)}`} role="img" aria-label={say('country.map')} class="plan">
        <rect width={WIDTH} height={height} fill="#d9e6ec" />
        {land.map(({ geometry }, i) => (
          <path
            key={i}
            d={geometry.coordinates.map((rings) => rings.map((ring) => `M${ring.map(at).join('L')}Z`).join('')).join('')}
            fill="#f6f5ef"
            stroke="#8d8a99"
            fill-rule="evenodd"
          />
        ))}
        {points.map((point, i) => {
          const [x = '0', y = '0'] = at(point).split(' ');
          return (
            <g key={sites[i]?.id}>
              <circle cx={x} cy={y} r="12" fill="#0b5d4b" stroke="#fff" stroke-width="2" />
              <text x={x} y={Number(y) + 4.5} text-anchor="middle" font-size="13" fill="#fff">
                {i + 1}
              </text>
            </g>
          );
        })}
      </svg>
      <ol>
        {sites.map(({ id, name }) => (
          <li key={id}>
            <a href={`/sites/${encodeURIComponent(id)}`}>{named(name)}</a>
          </li>
        ))}
      </ol>
    </>
  );
}
