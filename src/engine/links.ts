import type { FlowEvent, Json, Link, Platform } from '../contract/index.js';
import { plusMillis } from '../contract/index.js';
import { noteSender, noteSubscription } from './contact-changes.js';
import { type LiveRun, newId, say, type Work, warn } from './work.js';

/** How long a link may be opened, in milliseconds; and how long the one that was made is given again. */
const VALID = 7 * 86_400_000;
const GIVEN_AGAIN = 86_400_000;
const MOST = 10;

/** `<session>-<seal>`: tells whose it is, and cannot be guessed. */
const TOKEN = /\b(s[0-9a-z]{20,60})-([a-z2-7]{16})\b/;

/** The token of a link in what a person wrote or came with, and the session that it leads to. */
export function tokenIn(text: string | undefined): { readonly token: string; readonly session: string } | undefined {
  const [token, session] = TOKEN.exec(text ?? '') ?? [];
  return token === undefined || session === undefined ? undefined : { token, session };
}

/** The text in which a token may stand: a message's, or the context of a deep link. */
export function bringsToken(event: FlowEvent): ReturnType<typeof tokenIn> {
  if (event.type === 'message') return tokenIn(event.message.text);
  return event.type === 'subscription' ? tokenIn(event.context) : undefined;
}

/** `{{ link.viber }}` and `{{ link.whatsapp }}`: made when they are read, so that only who is shown one gets one. */
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
    warn(work, 'link/no-channel', `the flow is bound to no channel on ${platform} that a link could lead to`);
    return undefined;
  }
  const lasting = work.links.find((one) => one.platform === platform && one.until > plusMillis(event.at, VALID - GIVEN_AGAIN));
  const link = lasting ?? newLink(work, platform, links.seal);
  const address = chosen.link(link.token);
  if (address === undefined) warn(work, 'link/no-channel', `the channel "${chosen.id}" does not know the address that people reach it by`);
  return address;
}

function newLink(work: Work, platform: Platform, seal: (text: string) => string): Link {
  const token = `${work.input.session.id}-${seal(newId(work, 'l'))}`;
  const link = { token, platform, until: plusMillis(work.input.event.at, VALID) };
  work.links = [...lasting(work.links, work.input.event.at), link].slice(-MOST);
  return link;
}

/** May this token still be used, by somebody on this platform? */
export function isLasting(
  links: readonly Link[] | undefined,
  wanted: { readonly token: string; readonly platform: Platform; readonly at: string },
): boolean {
  return lasting(links ?? [], wanted.at).some(({ token, platform }) => token === wanted.token && platform === wanted.platform);
}

function lasting(links: readonly Link[], at: string): readonly Link[] {
  return links.filter(({ until }) => until > at);
}

/** What brings a bad token is neither an answer nor a trigger, no more than what brings a good one. */
export function sayBadLink(work: Work): void {
  say(work, 'ignored', 'a link that is not good was opened');
}

/** Links of a contact that turned out to be the same person lead here from now on. */
export function takeLinks(work: Work, links: readonly Link[] = []): void {
  const fresh = links.filter(({ token }) => !work.links.some((one) => one.token === token));
  work.links = [...work.links, ...fresh].slice(-MOST);
}

/**
 * The person is reached on another platform, too; their message there is neither an answer nor a trigger. Gives the platform, undefined
 * where the link was not good.
 */
export function takeLinked(work: Work, event: Extract<FlowEvent, { type: 'linked' }>): Platform | undefined {
  const platform = work.input.channels.get(event.channel)?.platform;
  if (platform === undefined || !isLasting(work.links, { token: event.token, platform, at: event.at })) {
    warn(work, 'link/bad', 'the link was used before, has run out, or is none of this contact');
    sayBadLink(work);
    return undefined;
  }
  work.links = work.links.filter(({ token }) => token !== event.token);
  noteSender(work, event.channel, event.from);
  if (event.subscribed !== undefined) noteSubscription(work, event.channel, event.subscribed);
  if (event.wroteAt !== undefined && work.channels[event.channel]?.subscribed === false) noteSubscription(work, event.channel, true);
  const use = work.channels[event.channel];
  if (event.wroteAt !== undefined && use) work.channels = { ...work.channels, [event.channel]: { ...use, lastInboundAt: event.wroteAt } };
  return platform;
}
