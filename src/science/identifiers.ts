/**
 * Identifiers of people, organisations and publications: whether they can be right, by their form and check digits.
 *
 *     checkOrcid('https://orcid.org/0000-0002-1825-0097')   // { ok: true, id: '0000-0002-1825-0097', url: 'https://orcid.org/…' }
 *     checkOrcid('0000-0002-1825-0098')                     // { ok: false, why: 'check-digit', expected: '7' }
 *     checkDoi('doi:10.1000/182').ok                        // true
 *
 * That an identifier can be right does not say that somebody has it: only its registry knows.
 *
 * @see ORCID, Structure of the ORCID identifier, support.orcid.org; ISO/IEC 7064:2003, MOD 11-2
 * @see ROR, Identifier structure, ror.readme.io/docs/ror-identifier-pattern; ISO/IEC 7064:2003, MOD 97-10; Crockford, Base 32, crockford.com/base32.html
 * @see DOI Handbook, section 2.2, doi 10.1000/182; Crossref, DOIs and matching regular expressions, crossref.org/blog/dois-and-matching-regular-expressions
 * @see IATI, Organisation identifiers, iatistandard.org/en/guidance/standard-guidance/organisation-identifiers
 */

/** `form`: it does not look like one; `check-digit`: it does, but a character is wrong. */
export type IdentifierCheck =
  | { ok: true; id: string; url?: string }
  | { ok: false; why: 'form'; form: string }
  | { ok: false; why: 'check-digit'; expected: string };

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** The form that every DOI of Crossref and DataCite has today; older ones may have other characters after the stroke. */
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/[^\s"<>]+$/;

/** ORCID: 15 digits and one of ISO 7064 MOD 11-2, in groups of four, also without hyphens or as an address. */
export function checkOrcid(text: string): IdentifierCheck {
  const bare = text.trim().replace(/^(?:https?:\/\/)?(?:www\.)?orcid\.org\//i, '');
  const found = /^(\d{4})-?(\d{4})-?(\d{4})-?(\d{3})([\dXx])$/.exec(bare);
  if (found === null) return { ok: false, why: 'form', form: '0000-0000-0000-000X' };
  const [, a = '', b = '', c = '', d = '', digit = ''] = found;
  const expected = mod11(a + b + c + d);
  if (digit.toUpperCase() !== expected) return { ok: false, why: 'check-digit', expected };
  const id = `${a}-${b}-${c}-${d}${expected}`;
  return { ok: true, id, url: `https://orcid.org/${id}` };
}

/** ROR: 0, six characters of Crockford's base 32 and two digits of ISO 7064 MOD 97-10, also as an address. */
export function checkRor(text: string): IdentifierCheck {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?(?:www\.)?ror\.org\//, '');
  const found = /^(0[a-hj-km-np-tv-z\d]{6})(\d{2})$/.exec(bare);
  if (found === null) return { ok: false, why: 'form', form: '0xxxxxx00' };
  const [, body = '', digits] = found;
  const number = [...body].reduce((sum, character) => sum * 32 + CROCKFORD.indexOf(character), 0);
  const expected = String(98 - ((number * 100) % 97)).padStart(2, '0'); // ISO 7064 MOD 97-10
  if (digits !== expected) return { ok: false, why: 'check-digit', expected };
  return { ok: true, id: body + expected, url: `https://ror.org/${body}${expected}` };
}

/** DOI by its form, without a check digit; in lower case, as upper and lower case are one. */
export function checkDoi(text: string): IdentifierCheck {
  const bare = text
    .trim()
    .replace(/^(?:https?:\/\/)?(?:dx\.)?doi\.org\//i, '')
    .replace(/^doi:\s*/i, '')
    .toLowerCase();
  if (!DOI.test(bare)) return { ok: false, why: 'form', form: '10.1234/name' };
  return { ok: true, id: bare, url: `https://doi.org/${encodeURI(bare).replaceAll('#', '%23').replaceAll('?', '%3F')}` };
}

/** Identifier of an organisation in IATI: registration agency, hyphen, number; no / & | ? and no spaces. Whether the agency is listed is not known here. */
export function checkIatiOrganisation(text: string): IdentifierCheck {
  if (!/^[A-Za-z]{2,3}-[A-Za-z\d_]+-[^\s/&|?]+$/.test(text)) return { ok: false, why: 'form', form: 'XX-AGENCY-NUMBER' };
  return { ok: true, id: text };
}

/** Check character of ISO 7064 MOD 11-2. */
function mod11(digits: string): string {
  const total = [...digits].reduce((sum, digit) => ((sum + Number(digit)) * 2) % 11, 0);
  const left = (12 - total) % 11;
  return left === 10 ? 'X' : String(left);
}
