/**
 * Text made safe to stand in HTML, XML and SVG, between tags and in quoted attributes.
 *
 *     escaped('<b>"x"</b>')   // &lt;b&gt;&quot;x&quot;&lt;/b&gt;
 */

/** What XML 1.0 does not allow even as a reference (section 2.2): control characters but tab and line ends, and two more. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be left out
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** `text` with the five marks of XML as references; characters that XML cannot hold are left out or become U+FFFD. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
