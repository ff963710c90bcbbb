import type { App, ServerParts } from '../server-parts.ts';
import { chartRoutes } from './chart-routes.ts';
import { correctionRoutes } from './correction-routes.ts';
import { particleRoutes } from './particle-routes.ts';
import { pyramidRoutes } from './pyramid-routes.ts';
import { revisionRoutes } from './revision-routes.ts';
import { runRoutes } from './run-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { shadowRoutes } from './shadow-routes.ts';
import { stateRoutes } from './state-routes.ts';
import { tileRoutes } from './tile-routes.ts';

/** Every route below /api/v1. */
export function allRoutes(app: App, parts: ServerParts): void {
  for (const routes of [
    ...[sessionRoutes, runRoutes, particleRoutes, chartRoutes, revisionRoutes],
    ...[tileRoutes, pyramidRoutes, correctionRoutes, shadowRoutes, stateRoutes],
  ])
    routes(app, parts);
}
