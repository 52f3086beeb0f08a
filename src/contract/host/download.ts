/** Downloads a file and gives its bytes in parts of `MEDIA_PART`, in order. Never rejects, unless `write` does. */
export type Download = (request: DownloadRequest) => Promise<Downloaded>;
export interface DownloadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  /** Returns whether an address may be downloaded from. */
  readonly owns: (address: URL) => boolean;
  readonly write: (n: number, bytes: Buffer) => Promise<void>;
}
export type Downloaded =
  | { readonly size: number; readonly mimeType?: string }
  /** `retryable`: another attempt may succeed. */
  | { readonly failed: MediaFailure; readonly retryable: boolean };
/** Why a file could not be fetched. */
export type MediaFailure = 'media/gone' | 'media/too-large' | 'media/foreign-address' | 'media/no-answer';
