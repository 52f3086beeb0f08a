import type { AuditParts } from '../../manage/audit.js';
import type { BackupParts } from '../../manage/backup.js';
import type { ChannelParts } from '../../manage/channels.js';
import type { DraftParts } from '../../manage/drafts.js';
import type { EffectParts } from '../../manage/effects.js';
import type { FlowParts } from '../../manage/flows.js';
import type { KeyParts } from '../../manage/keys.js';
import type { PeopleParts } from '../../manage/people.js';
import type { PublishingParts } from '../../manage/publishing.js';
import type { ReplayParts } from '../../manage/replays.js';
import type { ResultParts } from '../../manage/results.js';
import type { CommandParts } from '../../manage/sessions.js';
import type { StartParts } from '../../manage/starts.js';
import type { VersionParts } from '../../manage/versions.js';
import type { Route } from '../route.js';
import { answerRoute } from './answer-route.js';
import { auditRoutes } from './audit-routes.js';
import { backupRoute } from './backup-route.js';
import { channelRoutes } from './channel-routes.js';
import { contactRoutes } from './contact-routes.js';
import { controlRoutes } from './control-routes.js';
import { descriptorRoutes } from './descriptor-routes.js';
import { draftRoutes } from './draft-routes.js';
import { effectRoutes } from './effect-routes.js';
import { flowLifeRoutes } from './flow-life-routes.js';
import { flowRoutes } from './flow-routes.js';
import { galleryRoutes } from './gallery-routes.js';
import { keyRoutes } from './key-routes.js';
import { replayRoutes } from './replay-routes.js';
import { resultRoutes } from './result-routes.js';
import { sessionRoutes } from './session-routes.js';
import { type SignInRouteParts, signInRoutes } from './sign-in-routes.js';
import { textRoutes } from './text-routes.js';
import { triggerRoute } from './trigger-route.js';
import { versionRoutes } from './version-routes.js';

/** The parts of all operations behind the API. Each group of routes names, and sees, its own. */
export type ApiParts = AuditParts &
  BackupParts &
  ChannelParts &
  CommandParts &
  DraftParts &
  EffectParts &
  FlowParts &
  KeyParts &
  PeopleParts &
  PublishingParts &
  ReplayParts &
  ResultParts &
  SignInRouteParts &
  StartParts &
  VersionParts;

/** Every call behind `/api`, in the order of the document. */
export function apiRoutes(parts: ApiParts): readonly Route[] {
  return [
    ...flowRoutes(parts),
    ...draftRoutes(parts),
    ...textRoutes(parts),
    ...flowLifeRoutes(parts),
    ...versionRoutes(parts),
    ...resultRoutes(parts),
    ...descriptorRoutes(parts),
    ...galleryRoutes(parts),
    ...triggerRoute(parts),
    ...channelRoutes(parts),
    ...contactRoutes(parts),
    ...sessionRoutes(parts),
    ...answerRoute(parts),
    ...controlRoutes(parts),
    ...replayRoutes(parts),
    ...effectRoutes(parts),
    ...signInRoutes(parts),
    ...keyRoutes(parts),
    ...auditRoutes(parts),
    ...backupRoute(parts),
  ];
}
