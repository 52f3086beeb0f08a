import type { Clock, Log, Meters, Store } from '../contract/index.js';
import type { Degradation } from '../published/find-degraded.js';
import type { DoorParts } from './authorize.js';
import type { MetricsDoor } from './metrics-route.js';
import type { ApiParts } from './routes/api-routes.js';
import type { WebhookParts } from './webhook-route.js';

/** What the HTTP side as a whole is given by the app; each route and each webhook sees the part that it names. */
export type HttpParts = ApiParts &
  WebhookParts &
  Omit<DoorParts, 'guesses'> & {
    readonly store: Store;
    readonly clock: Clock;
    /** What of the published flows cannot run here. */
    readonly degradation: () => Promise<Degradation>;
    readonly log: Log;
    readonly meters: Meters;
    readonly metrics: MetricsDoor;
    /** How many proxies stand in front, whose X-Forwarded-For is believed. */
    readonly proxies: number;
  };
