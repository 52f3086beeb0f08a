/** The result of a backup. If it was refused, `reason` is written for the operator, and no file was left behind. */
export type BackupOutcome =
  | { readonly kind: 'done'; readonly bytes: number; readonly millis: number }
  | { readonly kind: 'refused'; readonly reason: string };
