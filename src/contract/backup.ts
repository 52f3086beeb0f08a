/** `refused` says why in words for the operator; nothing is left at the file's place then. */
export type BackupOutcome =
  | { readonly kind: 'done'; readonly bytes: number; readonly millis: number }
  | { readonly kind: 'refused'; readonly reason: string };
