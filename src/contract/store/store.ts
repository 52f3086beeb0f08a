import type { AuditStore } from './audit.js';
import type { BackupOutcome } from './backup.js';
import type { ChannelStore } from './channels.js';
import type { ContactStore } from './contacts.js';
import type { DeliveryStore } from './deliveries.js';
import type { FlowStore } from './flows.js';
import type { KeyStore } from './keys.js';
import type { MediaStore } from './media.js';
import type { MetaStore } from './meta.js';
import type { RetentionStore } from './retention.js';
import type { SessionStore } from './sessions.js';
import type { SignInStore } from './sign-ins.js';
import type { StartStore } from './starts.js';
import type { TurnStore } from './turns.js';

/**
 * Stores everything. `mongo/` and `embedded/` have the same file names and pass one contract suite (test/store), without exceptions.
 * Methods reject only with an `OperationalError`, if the store cannot be reached. Every other outcome is a return value.
 */
export interface Store {
  readonly sessions: SessionStore;
  readonly contacts: ContactStore;
  readonly deliveries: DeliveryStore;
  readonly turns: TurnStore;
  readonly flows: FlowStore;
  readonly channels: ChannelStore;
  readonly starts: StartStore;
  readonly keys: KeyStore;
  readonly signIns: SignInStore;
  readonly audit: AuditStore;
  readonly media: MediaStore;
  readonly meta: MetaStore;
  readonly retention: RetentionStore;
  /**
   * Moves some hundreds of rows that an earlier release has written to the form of today. Returns true if there may be more. Everything
   * works before all are moved.
   */
  upgrade(): Promise<boolean>;
  /** Returns how much the caches of this process hold, by name, for metrics. */
  cached(): Readonly<Record<string, number>>;
  /** Copies the store to a new file while the host continues. Only the embedded store has it; for MongoDB there is mongodump. */
  backup?(file: string): Promise<BackupOutcome>;
  /**
   * Makes deleted data unreadable in the store's files, whose log still contains it. Called after a person was forgotten. Waits for a running
   * backup. Only the embedded store has it; docs/security.md says what MongoDB keeps.
   */
  scrub?(): Promise<void>;
  /** Rejects if the store cannot be reached. */
  ping(): Promise<void>;
  /** Waits for everything that was begun, then closes the file or the connection. */
  close(): Promise<void>;
}
