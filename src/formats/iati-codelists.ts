/**
 * The codelists of IATI, as they stood on the dates in `iati-codelists.json`: embedded ones are part of version 2.03 and fixed, the
 * others go on changing, so an unknown code of theirs is a warning that names the date.
 *
 *     checkCodes(activity, ({ list, found, withdrawn }) => …);
 *     codelistDate('Sector')   // '2026-06-22'
 *
 * Reference: `mapping.xml` of IATI/IATI-Codelists (2.03). Lists that have no codes here are not checked: FileFormat (its form is),
 * CRSChannelCode, Region, LocationType, BudgetIdentifier and small ones of `crs-add`, `location` and `conditions`.
 */
import file from './iati-codelists.json' with { type: 'json' };
import { attribute, elements, type XmlElement } from './xml-tree.ts';

interface Codelist {
  embedded: boolean;
  codes: ReadonlySet<string>;
  withdrawn: ReadonlySet<string>;
}

const lists: ReadonlyMap<string, Codelist> = new Map(
  Object.entries(file.lists as Record<string, { embedded: boolean; codes: string; withdrawn?: string }>).map(([name, list]) => [
    name,
    {
      embedded: list.embedded,
      codes: new Set(list.codes.split(' ')),
      withdrawn: new Set(list.withdrawn?.split(' ')),
    },
  ]),
);

export interface UnknownCode {
  list: string;
  at: XmlElement;
  attribute: string;
  found: string;
  embedded: boolean;
  /** It was a code once. */
  withdrawn: boolean;
}

/** Names of the lists that are checked. */
export const codelistNames: readonly string[] = [...lists.keys()];

/** The codes of a list that are in use, or `null` where the list is not kept. */
export function codesOf(list: string): ReadonlySet<string> | null {
  return lists.get(list)?.codes ?? null;
}

/** The day that the copy of a list was taken on. */
export function codelistDate(list: string): string {
  return lists.get(list)?.embedded === true ? file.embedded : file.nonEmbedded;
}

/** Attribute by element: the end of its path, and the list; `when` names the vocabularies for which it holds, '' for none stated. */
const MAPPING: { path: string; attribute: string; list: string; when?: string[] }[] =
  `iati-activity @budget-not-provided BudgetNotProvided
   iati-activity @default-currency Currency
   iati-organisation @default-currency Currency
   activity-date @type ActivityDateType
   activity-status @code ActivityStatus
   activity-scope @code ActivityScope
   budget @status BudgetStatus
   budget @type BudgetType
   total-budget @status BudgetStatus
   recipient-country-budget @status BudgetStatus
   recipient-org-budget @status BudgetStatus
   recipient-region-budget @status BudgetStatus
   value @currency Currency
   loan-status @currency Currency
   forecast @currency Currency
   collaboration-type @code CollaborationType
   aid-type @code AidType ,1
   default-aid-type @code AidType ,1
   default-finance-type @code FinanceType
   finance-type @code FinanceType
   default-flow-type @code FlowType
   flow-type @code FlowType
   default-tied-status @code TiedStatus
   tied-status @code TiedStatus
   description @type DescriptionType
   category @code DocumentCategory
   language @code Language
   humanitarian-scope @type HumanitarianScopeType
   administrative @code Country A4
   other-identifier @type OtherIdentifierType
   participating-org @role OrganisationRole
   participating-org @type OrganisationType
   provider-org @type OrganisationType
   receiver-org @type OrganisationType
   reporting-org @type OrganisationType
   planned-disbursement @type BudgetType
   policy-marker @code PolicyMarker ,1
   policy-marker @significance PolicySignificance
   policy-marker @vocabulary PolicyMarkerVocabulary
   recipient-country @code Country
   recipient-region @vocabulary RegionVocabulary
   related-activity @type RelatedActivityType
   result @type ResultType
   indicator @measure IndicatorMeasure
   indicator/reference @vocabulary IndicatorVocabulary
   sector @code Sector ,1
   sector @code SectorCategory 2
   sector @code UNSDG-Goals 7
   sector @code UNSDG-Targets 8
   sector @vocabulary SectorVocabulary
   tag @code UNSDG-Goals 2
   tag @code UNSDG-Targets 3
   tag @vocabulary TagVocabulary
   transaction-type @code TransactionType
   narrative @xml:lang Language`
    .split('\n')
    .map((line) => {
      const [path = '', name = '', list = '', when] = line.trim().split(' ');
      return { path, attribute: name.slice(1), list, ...(when === undefined ? {} : { when: when.split(',') }) };
    });

const byElement = Map.groupBy(MAPPING, ({ path }) => path.split('/').at(-1) ?? '');

/** Tells every code of `element` and of what it holds that its list does not have; elements of other namespaces are passed over. */
export function checkCodes(element: XmlElement, tell: (unknown: UnknownCode) => void): void {
  for (const { path, attribute: name, list, when } of byElement.get(element.name) ?? []) {
    const found = attribute(element, name);
    const known = lists.get(list);
    if (found === null || known === undefined || known.codes.has(found)) continue;
    if (path.includes('/') && element.parent?.name !== path.split('/')[0]) continue;
    if (when !== undefined && !when.includes(attribute(element, 'vocabulary') ?? '')) continue;
    tell({ list, at: element, attribute: name, found, embedded: known.embedded, withdrawn: known.withdrawn.has(found) });
  }
  const format = element.name === 'document-link' ? attribute(element, 'format') : null;
  if (format !== null && !/^[\w.+-]+\/[\w.+-]+$/.test(format))
    tell({ list: 'FileFormat', at: element, attribute: 'format', found: format, embedded: false, withdrawn: false });
  for (const child of elements(element)) if (child.uri === '') checkCodes(child, tell);
}
