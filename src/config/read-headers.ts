/** Reads headers such as `api-key=abc,tenant=a%2Cb`, as OpenTelemetry writes them. Undefined if invalid. https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export function readHeaders(list: string): Readonly<Record<string, string>> | undefined {
  const headers: Record<string, string> = {};
  for (const one of list.split(',')) {
    const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*([\x21-\x7e]*)\s*$/.exec(one) ?? [];
    const decoded = value === undefined ? undefined : decode(value);
    if (name === undefined || decoded === undefined) return undefined;
    headers[name.toLowerCase()] = decoded;
  }
  return headers;
}

function decode(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    return /^[\x20-\x7e]*$/.test(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
