/**
 * What fills a section of the form, by the machine name that the form gives it (`fills`). docs/forms.md
 * A filler returns `null` where the dossier knows nothing: the section then stays a marked gap.
 */
import { assessments } from './assessments.ts';
import { documents, materials } from './attachments.ts';
import { authorities } from './authorities.ts';
import { bibliography } from './bibliography.ts';
import { budget } from './budget.ts';
import { changeTable } from './change-table.ts';
import { communication } from './communication.ts';
import { conflicts } from './conflicts.ts';
import { contacts } from './contacts.ts';
import type { Filler } from './content.ts';
import { cooperationFrameworks } from './cooperation.ts';
import { coordinates } from './coordinates.ts';
import { criteria } from './criteria.ts';
import { directorySheet } from './directory-sheet.ts';
import { drought } from './drought.ts';
import { economy } from './economy.ts';
import { education } from './education.ts';
import { events } from './events.ts';
import { facilities } from './facilities.ts';
import { heritage } from './heritage.ts';
import { indicatorTables } from './indicator-tables.ts';
import { legalActs } from './legal-acts.ts';
import { maps, studySites } from './maps.ts';
import { network } from './network.ts';
import { participation } from './participation.ts';
import { partners } from './partners.ts';
import { pictures } from './pictures.ts';
import { plans } from './plans.ts';
import { population } from './population.ts';
import { pressure } from './pressure.ts';
import { projects } from './projects.ts';
import { earlierReviews, recommendations } from './recommendations.ts';
import { representation } from './representation.ts';
import { institutions, monitoring, research } from './research.ts';
import { reviewProcess } from './review-process.ts';
import { services, servicesAssessed } from './services.ts';
import { designationYears, siteCountries, siteName } from './site-basics.ts';
import { speciesList } from './species.ts';
import { staff } from './staff.ts';
import { speciesTrends } from './trends.ts';
import { water } from './water.ts';
import { zoneAreas } from './zone-areas.ts';

export const fillers: Record<string, Filler> = {
  assessments,
  authorities,
  bibliography,
  budget,
  'change-digest': changeTable,
  communication,
  conflicts,
  contacts,
  'cooperation-frameworks': cooperationFrameworks,
  coordinates,
  criteria,
  'designation-year': designationYears,
  'directory-sheet': directorySheet,
  documents,
  'earlier-reviews': earlierReviews,
  drought,
  economy,
  'ecosystem-services': services,
  'ecosystem-services-assessed': servicesAssessed,
  education,
  events,
  facilities,
  heritage,
  indicators: indicatorTables,
  institutions,
  'legal-acts': legalActs,
  maps,
  materials,
  monitoring,
  network,
  participation,
  partners,
  pictures,
  plans,
  population,
  pressure,
  projects,
  recommendations,
  representation,
  research,
  'review-process': reviewProcess,
  'site-countries': siteCountries,
  'site-name': siteName,
  'species-list': speciesList,
  'species-trends': speciesTrends,
  staff,
  'study-sites': studySites,
  water,
  'zone-areas': zoneAreas,
};
