/** The actions in the audit log. */
export type AuditAction =
  | 'channel.change'
  | 'channel.create'
  | 'channel.delete'
  | 'contact.change'
  | 'contact.forget'
  | 'draft.save'
  | 'effect.resend'
  | 'flow.bind'
  | 'flow.change'
  | 'flow.create'
  | 'flow.delete'
  | 'flow.offline'
  | 'flow.publish'
  | 'flow.rollback'
  | 'key.create'
  | 'key.revoke'
  | 'session.answer'
  | 'session.end'
  | 'session.move'
  | 'session.resume'
  | 'store.backup'
  | 'texts.save';

/** What an operation has changed. It holds no secrets, and no definitions, which versions keep. */
export interface Change {
  readonly action: AuditAction;
  /** `flow:welcome`, `channel:wa-main`, `session:…` */
  readonly target: string;
  /** Absent for what was created. */
  readonly before?: unknown;
  /** Absent for what was removed. */
  readonly after?: unknown;
}
