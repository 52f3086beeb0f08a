import type { Log, Meters } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { DoorParts } from './authorize.js';
import type { HealthParts } from './health.js';
import type { MediaDoorParts } from './media-route.js';
import type { MetricsDoor } from './metrics-route.js';
import type { ApiParts } from './routes/api-routes.js';
import type { WebhookParts } from './webhook-route.js';

/** What the app gives to the whole HTTP side. Each group of routes and the webhooks name, and see, their own parts of it. */
export type HttpParts = Omit<ApiParts, 'guesses'> &
  HealthParts &
  WebhookParts &
  MediaDoorParts &
  Omit<DoorParts, 'guesses'> & {
    readonly store: Store;
    readonly clock: Clock;
    readonly log: Log;
    readonly meters: Meters;
    readonly metrics: MetricsDoor;
    /** Loads all node types, which the API needs. */
    loadNodeTypes(): Promise<void>;
    /** The folder with the files of the console; undefined: those of the build. */
    readonly consoleFolder: string | undefined;
    /** How many proxies stand in front of the host, whose X-Forwarded-For is trusted. */
    readonly proxies: number;
  };
