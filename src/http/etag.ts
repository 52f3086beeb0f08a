/** Writes the revision of a draft as an ETag. */
export function etag(revision: number): string {
  return `"${revision}"`;
}

/** Reads the revision of If-Match; -1, which no draft has, for any other value. */
export function revisionIn(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const [, revision] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim()) ?? [];
  return revision === undefined ? -1 : Number(revision);
}
