import { type FlowEvent, type Json, type Link, type Platform, plusMillis } from '../contract/index.js';
import type { LiveRun } from './live-run.js';
import { conclude, newId, type Work, warn } from './work.js';

/** How long a link is valid, in milliseconds. */
const VALID_FOR = 7 * 86_400_000;
/** How long a flow that asks for a link gets the same one again, in milliseconds. */
const REUSED_FOR = 86_400_000;
/** A contact has at most this many links. */
const MAX_LINKS = 10;

/** `<session>-<seal>`: names the session that it belongs to, and cannot be guessed. */
const TOKEN = /\b(s[0-9a-z]{20,60})-([a-z2-7]{16})\b/;

/** Returns the token in a text and the session that it leads to; undefined if the text has none. */
export function tokenIn(text: string | undefined): { readonly token: string; readonly session: string } | undefined {
  const [token, session] = TOKEN.exec(text ?? '') ?? [];
  return token === undefined || session === undefined ? undefined : { token, session };
}

/** Returns the token that an event brings: in the text of a message, or in the context of a deep link. */
export function bringsToken(event: FlowEvent): ReturnType<typeof tokenIn> {
  if (event.type === 'message') return tokenIn(event.message.text);
  return event.type === 'subscription' ? tokenIn(event.context) : undefined;
}

/** Returns `{{ link.viber }}` and `{{ link.whatsapp }}`. A link is made when a template reads it. */
export function linksOf(work: Work, run: LiveRun): Readonly<Record<string, Json | undefined>> {
  return {
    get viber() {
      return linkTo(work, run, 'viber');
    },
    get whatsapp() {
      return linkTo(work, run, 'whatsapp');
    },
  };
}

function linkTo(work: Work, run: LiveRun, platform: Platform): string | undefined {
  const { links, channels, event } = work.input;
  const there = [...channels.values()].filter((one) => one.platform === platform && one.link);
  const flows = run.stack.flatMap((frame) => (frame.kind === 'flow' ? [frame.flow] : []));
  const bound = there.filter(({ id }) => flows.some((flow) => links?.channelsOf(flow).includes(id)));
  const chosen = bound[0] ?? (there.length === 1 ? there[0] : undefined);
  if (!links || !chosen?.link) {
    warn(work, { code: 'link/no-channel', detail: `the flow is not bound to a channel on ${platform} that a link could lead to` });
    return undefined;
  }
  const recent = work.links.find((one) => one.platform === platform && one.until > plusMillis(event.at, VALID_FOR - REUSED_FOR));
  const link = recent ?? newLink(work, platform, links.seal);
  const address = chosen.link(link.token);
  if (address === undefined)
    warn(work, { code: 'link/no-channel', detail: `the channel "${chosen.id}" does not know the address that people reach it by` });
  return address;
}

function newLink(work: Work, platform: Platform, seal: (text: string) => string): Link {
  const token = `${work.input.session.id}-${seal(newId(work, 'l'))}`;
  const link = { token, platform, until: plusMillis(work.input.event.at, VALID_FOR) };
  work.links = [...unexpired(work.links, work.input.event.at), link].slice(-MAX_LINKS);
  return link;
}

/** Returns whether a token is among the links and valid on this platform. */
export function isUsable(
  links: readonly Link[] | undefined,
  { token, platform, at }: { readonly token: string; readonly platform: Platform; readonly at: string },
): boolean {
  return unexpired(links ?? [], at).some((link) => link.token === token && link.platform === platform);
}

function unexpired(links: readonly Link[], at: string): readonly Link[] {
  return links.filter(({ until }) => until > at);
}

/** Ends a turn whose event brings a link that is not valid: it neither answers nor starts anything. */
export function ignoreBadLink(work: Work, why = 'a link was opened that is not ours, has expired, or was used before'): undefined {
  warn(work, { code: 'link/bad', detail: why });
  conclude(work, 'ignored', 'a link that is not valid was opened');
}

/** Adds the links of a contact who turned out to be the same person. */
export function addLinks(work: Work, links: readonly Link[] = []): void {
  const fresh = links.filter(({ token }) => !work.links.some((one) => one.token === token));
  work.links = [...work.links, ...fresh].slice(-MAX_LINKS);
}
