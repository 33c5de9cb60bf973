/**
 * Whether a file is one that organisations and statistical offices exchange, told by its content.
 *
 *     exchangeKind(readHead(path, 4096))   // 'iati', 'sdmx', 'open-sdg', or null for tables and maps
 */
import { xmlEncoding } from './xml.ts';

export type ExchangeKind = 'iati' | 'sdmx' | 'open-sdg';

/** Roots of SDMX-ML data messages. */
const SDMX_ROOTS =
  /^(?:StructureSpecific\w*Data|Generic\w*Data|GenericTimeSeriesData|CompactData|UtilityData|CrossSectionalData)$/;

export function exchangeKind(head: Uint8Array): ExchangeKind | null {
  const text = new TextDecoder(xmlEncoding(head).encoding.replace('kz-1048', 'windows-1251'))
    .decode(head)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text.startsWith('<')) {
    const root = /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s>/]/.exec(text.replace(/<[?!][^>]*>/g, ''))?.[1] ?? '';
    if (root === 'iati-activities' || root === 'iati-organisations') return 'iati';
    return SDMX_ROOTS.test(root) ? 'sdmx' : null;
  }
  if (text.startsWith('{'))
    return /"(dataSets|data)"\s*:|sdmx/i.test(text) && !/"type"\s*:\s*"(Feature|Topology)/.test(text) ? 'sdmx' : null;
  const first = (text.split(/\r?\n/, 1)[0] ?? '').trim();
  if (/^"?(STRUCTURE(\[.?\])?|DATAFLOW)"?[,;\t]/.test(first)) return 'sdmx';
  return /^"?year"?[,;\t].*[,;\t]"?value"?$|^"?year"?[,;\t]"?value"?$/i.test(first) ? 'open-sdg' : null;
}
