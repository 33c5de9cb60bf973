/** Every route there is, subject by subject. */

import { adminRoutes } from './admin-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { backupRoutes } from './backup-routes.ts';
import { basemapRoutes } from './basemap-routes.ts';
import { claimListRoutes } from './claim-list-routes.ts';
import { claimRoutes } from './claim-routes.ts';
import { codeRoutes } from './code-routes.ts';
import { codingFileRoutes } from './coding-file-routes.ts';
import { commentRoutes } from './comment-routes.ts';
import { cooperationRoutes } from './cooperation-routes.ts';
import { corridorRoutes } from './corridor-routes.ts';
import { dataRoutes } from './data-routes.ts';
import { descriptionRoutes } from './description-routes.ts';
import { documentRoutes } from './document-routes.ts';
import { drawnZoneRoutes } from './drawn-zone-routes.ts';
import { evidenceRoutes } from './evidence-routes.ts';
import { finalReviewRoutes } from './final-review-routes.ts';
import { indicatorRoutes } from './indicator-routes.ts';
import { placeRoutes } from './place-routes.ts';
import { processRoutes } from './process-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { reviewFileRoutes } from './review-file-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { riverRoutes } from './river-routes.ts';
import type { Route } from './route.ts';
import { sensorThingsRoutes } from './sensorthings-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { siteRoutes } from './site-routes.ts';
import { stacRoutes } from './stac-routes.ts';
import { tableRoutes } from './table-routes.ts';
import { tileRoutes } from './tile-routes.ts';
import { waterRoutes } from './water-routes.ts';
import { zoneMapRoutes } from './zone-map-routes.ts';

export const routes: readonly Route[] = [
  ...descriptionRoutes(() => routes),
  ...sessionRoutes,
  ...adminRoutes,
  ...auditRoutes,
  ...backupRoutes,
  ...siteRoutes,
  ...corridorRoutes,
  ...zoneMapRoutes,
  ...drawnZoneRoutes,
  ...basemapRoutes,
  ...placeRoutes,
  ...tableRoutes,
  ...tileRoutes,
  ...stacRoutes,
  ...sensorThingsRoutes,
  ...processRoutes,
  ...indicatorRoutes,
  ...dataRoutes,
  ...recordRoutes,
  ...reviewRoutes,
  ...reviewFileRoutes,
  ...commentRoutes,
  ...finalReviewRoutes,
  ...evidenceRoutes,
  ...documentRoutes,
  ...codeRoutes,
  ...codingFileRoutes,
  ...cooperationRoutes,
  ...claimRoutes,
  ...claimListRoutes,
  ...waterRoutes,
  ...riverRoutes,
];
