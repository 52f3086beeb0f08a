import type { ProviderReply, ProviderRequest } from './provider-request.js';

/** How the files that people send are fetched from a provider. The host does the HTTP; no member reads a clock or throws. */
export interface MediaSource<C = unknown> {
  /**
   * `arrival`: a file is fetched when its message comes, because its address works for a short time only. `demand`: it is fetched when
   * somebody asks for it, and before the provider deletes it.
   */
  readonly fetch: 'arrival' | 'demand';
  /** For how many milliseconds the provider keeps a file. */
  readonly keptFor: number;
  /** Returns whether an address is one of the provider's. A file is downloaded from such addresses only, also after redirects. */
  owns(address: URL, config: C): boolean;
  /** Returns headers for the download. They are not sent to another origin after a redirect. */
  headers?(config: C): Readonly<Record<string, string>>;
  /** Asks where a file is, for providers whose messages have the id of a file and not its address. */
  locate?(mediaId: string, config: C): MediaInquiry;
}

/** A request for the address of a file. `read` never throws. */
export interface MediaInquiry {
  readonly request: ProviderRequest;
  /** Returns the address; `gone` if the provider does not have the file any more; undefined if another attempt may succeed. */
  read(reply: ProviderReply): { readonly url: string } | 'gone' | undefined;
}
