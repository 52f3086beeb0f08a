import type { HttpParts } from '../parts.js';
import type { Route } from '../route.js';
import { auditRoutes } from './audit-routes.js';
import { backupRoute } from './backup-route.js';
import { channelRoutes } from './channel-routes.js';
import { contactRoutes } from './contact-routes.js';
import { controlRoutes } from './control-routes.js';
import { draftRoutes } from './draft-routes.js';
import { effectRoutes } from './effect-routes.js';
import { flowLifeRoutes } from './flow-life-routes.js';
import { flowRoutes } from './flow-routes.js';
import { galleryRoutes } from './gallery-routes.js';
import { keyRoutes } from './key-routes.js';
import { replayRoutes } from './replay-routes.js';
import { resultRoutes } from './result-routes.js';
import { sessionRoutes } from './session-routes.js';
import { triggerRoute } from './trigger-route.js';
import { versionRoutes } from './version-routes.js';

/** Every call behind `/api`, in the order of the document. */
export function apiRoutes(parts: HttpParts): readonly Route[] {
  return [
    ...flowRoutes(parts),
    ...draftRoutes(parts),
    ...flowLifeRoutes(parts),
    ...versionRoutes(parts),
    ...resultRoutes(parts),
    ...galleryRoutes(parts),
    ...triggerRoute(parts),
    ...channelRoutes(parts),
    ...contactRoutes(parts),
    ...sessionRoutes(parts),
    ...controlRoutes(parts),
    ...replayRoutes(parts),
    ...effectRoutes(parts),
    ...keyRoutes(parts),
    ...auditRoutes(parts),
    ...backupRoute(parts),
  ];
}
