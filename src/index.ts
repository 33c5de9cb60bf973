/**
 * Saryarka as a library: dossiers, zone maps, the rules, the review.
 *
 *     import { openDossier, loadSiteFacts, judge } from 'saryarka';
 *
 *     const db = openDossier('kazakhstan.gpkg', { readOnly: true });
 *     const findings = judge(loadSiteFacts(db, 'katon-karagay'), { profile: null, today: '2026-11-23' });
 */
export { writeGeojson } from './formats/geojson-writer.ts';
export type { MapFeature, MapLayer } from './formats/layer.ts';
export { openMap } from './formats/open.ts';
export { readTable } from './formats/tables.ts';
export { date, inAll, languages, number, pick, t } from './i18n/index.ts';
export { daysUntil, periodOf, reviewDeadline } from './periods.ts';
export { Problem, Problems, problemText } from './problems.ts';
export { reviewDocument } from './review/document.ts';
export { closeDossier, createDossier, openDossier, verifyDossier } from './store/dossier.ts';
export { importTable } from './store/import-table.ts';
export { listObservations } from './store/observations.ts';
export { loadReviewFacts } from './store/review-facts.ts';
export { loadSiteFacts } from './store/site-facts.ts';
export { listSites } from './store/sites.ts';
export { listZones } from './store/zones.ts';
export type * from './types.ts';
export { convert, isUnit } from './units.ts';
export { intake } from './zonation/intake.ts';
export { parseProfile } from './zonation/profile.ts';
export { judge } from './zonation/rules.ts';
export type { SiteFacts } from './zonation/site-facts.ts';
export { type SiteStatus, siteStatus } from './zonation/site-status.ts';
export { type ZoneSummary, zoneSummaries } from './zonation/zone-summary.ts';
