/**
 * DOIs of references and ORCIDs of their authors, held against their form and check digits: one that cannot be right is taken out and
 * told, one that can is kept as its registry writes it.
 *
 *     const { item, wrong } = checkReference({ id: 'a', type: 'book', DOI: 'doi.org/10.1000/182' });
 *     item.DOI    // '10.1000/182'
 */
import { checkDoi, checkOrcid, type IdentifierCheck } from '../science/identifiers.ts';
import type { CslItem, CslName } from './reference-csl.ts';

export interface WrongIdentifier {
  /** Of the reference. */
  id: string;
  field: 'DOI' | 'ORCID';
  found: string;
  expected: string;
}

export function checkReference(given: CslItem): { item: CslItem; wrong: WrongIdentifier[] } {
  const wrong: WrongIdentifier[] = [];
  const checked = (field: WrongIdentifier['field'], found: string, check: IdentifierCheck): string | null => {
    if (check.ok) return check.id;
    const expected = check.why === 'form' ? check.form : `${found.slice(0, -1)}${check.expected}`;
    wrong.push({ id: given.id, field, found, expected });
    return null;
  };
  const { DOI, author, ...rest } = given;
  const doi = typeof DOI === 'string' && DOI !== '' ? checked('DOI', DOI, checkDoi(DOI)) : null;
  const people = Array.isArray(author)
    ? author.map((one) => withOrcid(one, (found) => checked('ORCID', found, checkOrcid(found))))
    : author;
  const item: CslItem = { ...rest, ...(people === undefined ? {} : { author: people }), ...(doi === null ? {} : { DOI: doi }) };
  return { item, wrong };
}

function withOrcid(author: CslName & { ORCID?: unknown }, check: (found: string) => string | null): CslName {
  if (typeof author !== 'object' || author === null || typeof author.ORCID !== 'string') return author;
  const { ORCID, ...rest } = author;
  const id = check(ORCID);
  return id === null ? rest : ({ ...rest, ORCID: id } as CslName);
}
