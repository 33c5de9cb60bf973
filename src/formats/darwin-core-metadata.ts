/**
 * Who made a dataset and what may be done with it: EML with GBIF's profile, or plain Dublin Core, whatever their encoding.
 *
 *     readMetadata({ name: 'eml.xml', bytes })   // { title: 'Birds of …', licence: 'CC-BY-4.0', doi: '10.15468/…', citation: '…', … }
 */
import { localName, readXml } from './xml.ts';
import type { Bytes } from './zip.ts';

export interface DatasetMetadata {
  /** GBIF's key or the package's identifier. */
  key: string | null;
  title: string | null;
  /** `CC0-1.0`, `CC-BY-4.0`, `CC-BY-NC-4.0`, or the words of the rights. */
  licence: string | null;
  doi: string | null;
  /** How its makers want it cited. */
  citation: string | null;
  /** Those who made it, in their order. */
  creators: string[];
  publisher: string | null;
  published: string | null;
}

/** What rights say at most [characters]. */
const LONGEST_RIGHTS = 500;

/** @throws Problem `xml-broken`, `xml-entities`, `xml-too-deep` */
export function readMetadata(file: Bytes): DatasetMetadata {
  const found: Record<string, string[]> = {};
  const path: string[] = [];
  const texts: string[] = [];
  const keep = (at: string, value: string): void => {
    const clean = value.replace(/\s+/g, ' ').trim();
    if (clean === '') return;
    found[at] ??= [];
    found[at].push(clean);
  };
  readXml(file, {
    open: (name, attributes) => {
      path.push(localName(name));
      texts.push('');
      for (const [attribute, value] of Object.entries(attributes))
        if (/^(packageId|url|identifier)$/i.test(localName(attribute))) keep(`${placeOf(path)}@${localName(attribute)}`, value);
    },
    text: (text) => {
      texts[texts.length - 1] += text;
    },
    close: () => {
      const text = texts.pop() ?? '';
      const at = placeOf(path);
      const name = path.pop() ?? '';
      keep(at, text);
      if (texts.length > 0 && /^(para|ulink|citetitle|emphasis|value)$/.test(name)) texts[texts.length - 1] += ` ${text}`;
    },
    slip: () => {},
  });
  return metadataOf(found);
}

/** Path below the root. */
function placeOf(path: readonly string[]): string {
  return path.slice(1).join('/');
}

function metadataOf(found: Record<string, string[]>): DatasetMetadata {
  const first = (...places: string[]): string | null => places.flatMap((place) => found[place] ?? [])[0] ?? null;
  const all = Object.entries(found);
  const identifiers = [
    ...(found['dataset/alternateIdentifier'] ?? []),
    ...(found.identifier ?? []),
    ...(found['@packageId'] ?? []),
    ...(found['dataset/title'] ?? []),
    ...all.flatMap(([place, values]) => (/citation@identifier$|gbif\/citation$/.test(place) ? values : [])),
  ];
  const rights = all.filter(([place]) =>
    /(^|\/)(intellectualRights|licensed|licenseName|rights|license|licence)(\/|@|$)/i.test(place),
  );
  const words = rights.flatMap(([, values]) => values);
  const names = (found['dataset/creator/individualName/surName'] ?? []).map((surname, i) => {
    const given = found['dataset/creator/individualName/givenName']?.[i];
    return given === undefined ? surname : `${given} ${surname}`;
  });
  const organisations = found['dataset/creator/organizationName'] ?? [];
  const key = first('@packageId')?.replace(/\/v[\d.]+$/, '') ?? null;
  return {
    key,
    title: first('dataset/title', 'title'),
    licence: licenceOf(words.join(' ')) ?? words.toSorted((a, b) => b.length - a.length)[0]?.slice(0, LONGEST_RIGHTS) ?? null,
    doi: identifiers.flatMap((one) => doiOf(one) ?? [])[0] ?? null,
    citation:
      all.flatMap(([place, values]) => (/(^|\/)gbif\/citation$|^bibliographicCitation$/.test(place) ? values : []))[0] ?? null,
    creators: names.length > 0 ? names : [...organisations, ...(found.creator ?? [])],
    publisher:
      first('dataset/publisher/organizationName', 'dataset/metadataProvider/organizationName', 'publisher') ??
      organisations[0] ??
      null,
    published: first('dataset/pubDate', 'issued', 'date'),
  };
}

/** The DOI in an address or an identifier. */
export function doiOf(text: string): string | null {
  return /\b(10\.\d{4,9}\/[^\s"'<>,;]+[^\s"'<>,;.)])/.exec(text)?.[1] ?? null;
}

/** The licence that words or an address name, as SPDX writes it; `null` where they name none of those that GBIF knows. */
export function licenceOf(text: string): string | null {
  const plain = text
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/(\d)-(\d)(?!\d)/, '$1.$2');
  if (plain.trim() === '') return null;
  if (/publicdomain\/zero|\bcc-?0\b|cc zero|\(cc0\)/.test(plain)) return 'CC0-1.0';
  const version =
    /(?:licenses\/[a-z-]+\/|cc[- ]by[a-z -]*?[- ]?|attribution[a-z -]*? )v?(\d\.\d)/.exec(plain)?.[1] ??
    /\b([1-4]\.0)\b/.exec(plain)?.[1] ??
    '4.0';
  const kind = /(?:licenses\/|\bcc[- ])(by(?:[- ](?:nc|nd|sa))*)/.exec(plain)?.[1]?.replaceAll(' ', '-');
  if (kind !== undefined) return `CC-${kind.toUpperCase()}-${version}`;
  if (/creative commons attribution[- ]non-?commercial/.test(plain)) return `CC-BY-NC-${version}`;
  if (/creative commons attribution/.test(plain)) return `CC-BY-${version}`;
  return null;
}
