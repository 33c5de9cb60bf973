/** Every route there is, subject by subject. */
import { reviewFileRoutes } from './review-file-routes.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './session-routes.ts';
import { siteRoutes } from './site-routes.ts';

export const routes: readonly Route[] = [...sessionRoutes, ...siteRoutes, ...reviewFileRoutes];
