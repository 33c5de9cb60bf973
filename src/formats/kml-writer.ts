/**
 * KML 2.2 of zones, a folder per zone, to be looked at in Google Earth and on phones.
 *
 *     const text = writeKml(partsOfZones(zones, areaOf), 'Korgalzhyn');
 */
import type { Ring } from '../types.ts';
import { type AreaFeature, turn } from './zone-parts.ts';

/** Line and fill by zone, as KML writes colours: alpha, blue, green, red. */
const STYLES: Record<string, { line: string; fill: string }> = {
  core: { line: 'ff1b5e20', fill: '661b5e20' },
  buffer: { line: 'ff2e9e5b', fill: '4d2e9e5b' },
  transition: { line: 'ff2aa7d6', fill: '332aa7d6' },
};

/** The text of a .kml file; features stand in folders by their `zone`, their attributes as extended data. */
export function writeKml(features: AreaFeature[], title: string): string {
  const zones = [...new Set(features.map(({ properties }) => String(properties.zone ?? '')))];
  const styles = Object.entries(STYLES).map(
    ([zone, { line, fill }]) =>
      `<Style id="${zone}"><LineStyle><color>${line}</color><width>2</width></LineStyle><PolyStyle><color>${fill}</color></PolyStyle></Style>`,
  );
  const folders = zones.map((zone) => {
    const members = features.filter(({ properties }) => String(properties.zone ?? '') === zone);
    return `<Folder><name>${xml(zone)}</name>\n${members.map((feature) => placemark(feature, zone)).join('\n')}\n</Folder>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${xml(title)}</name>\n${styles.join('\n')}\n${folders.join('\n')}\n</Document></kml>\n`;
}

function placemark({ rings, properties }: AreaFeature, zone: string): string {
  const data = Object.entries(properties)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `<Data name="${xml(key)}"><value>${xml(String(value))}</value></Data>`);
  const polygons = rings.map((polygon) => `<Polygon>${polygon.map((ring, i) => boundary(ring, i === 0)).join('')}</Polygon>`);
  const style = zone in STYLES ? `<styleUrl>#${zone}</styleUrl>` : '';
  const name = properties.name_en ?? properties.zone_id ?? zone;
  return `<Placemark><name>${xml(String(name))}</name>${style}<ExtendedData>${data.join('')}</ExtendedData>${polygons.length === 1 ? polygons[0] : `<MultiGeometry>${polygons.join('')}</MultiGeometry>`}</Placemark>`;
}

/** Outer boundaries counter-clockwise, as OGC 12-007r2 wants them; longitudes within -180 to 180 (xsd of angle180). */
function boundary(ring: Ring, outer: boolean): string {
  const directed = turn(ring) > 0 === outer ? ring : [...ring].reverse();
  const text = directed.map(([lon, lat]) => `${lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon},${lat}`).join(' ');
  const side = outer ? 'outerBoundaryIs' : 'innerBoundaryIs';
  return `<${side}><LinearRing><coordinates>${text}</coordinates></LinearRing></${side}>`;
}

/** Text that XML may hold: its special characters written out, forbidden control characters left away. */
function xml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
  return text.replace(/[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '').replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
