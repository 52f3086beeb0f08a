import {
  type ChannelId,
  type ChannelLimits,
  durationMillis,
  type InboundMessage,
  type Json,
  type NodeScope,
  type Platform,
  plusMillis,
  type Reach,
  type Vars,
} from '../contract/index.js';
import type { Program, ProgramNode, TemplateScope } from '../flow/program.js';
import { type LiveFlowFrame, type LiveRun, newId, randomOf, type Work, warn } from './work.js';

/** Before anybody wrote: a window that never opened. */
const NEVER = '1970-01-01T00:00:00.000Z';
const NO_LIMITS: ChannelLimits = {
  text: 4_096,
  caption: 1_024,
  bodyWithChoices: 1_024,
  header: 60,
  footer: 60,
  buttons: { most: 3, title: 20, id: 256 },
  list: { most: 10, title: 24, description: 72, id: 200, button: 20 },
  link: { button: 20, text: 1_024 },
  shows: [],
  pace: { perSecond: 1 },
};

/** All that a node may know, made for one visit. */
export function scopeOf(
  work: Work,
  run: LiveRun,
  at: { readonly frame: LiveFlowFrame; readonly program: Program; readonly node: ProgramNode },
): NodeScope<unknown> {
  const { frame, program, node } = at;
  const { event } = work.input;
  let kept: TemplateScope | undefined;
  const told = (code: string, detail: string) => warn(work, code, detail, node.id);
  const templateScope = (more?: Vars): TemplateScope => {
    kept ??= {
      data: { ...frame.vars, ...given(work, run) },
      now: event.at,
      timeZone: program.settings.timeZone,
      random: randomOf(work),
      warn: told,
    };
    return more === undefined ? kept : { ...kept, data: { ...kept.data, ...more } };
  };
  return {
    params: node.params(work.contact.language),
    vars: frame.vars,
    contact: work.contact,
    channel: reachOn(work, run.channel) ?? unknownChannel(run.channel),
    reach: (where) => reachOn(work, where) ?? reachBy(work, where),
    linked: (port) => node.edges.has(port),
    ...(run.lastMessage ? { lastMessage: run.lastMessage } : {}),
    memory: frame.memory[node.id] ?? null,
    now: event.at,
    newId: (label) => newId(work, label),
    after: (duration) => plusMillis(event.at, durationMillis(duration)),
    random: () => randomOf(work)(),
    text: (template) => program.templates.text(template, templateScope()),
    value: (template, more) => program.templates.value(template, templateScope(more)),
    expression: (source) => program.templates.expression(source, templateScope()),
    sealed: (template) => program.templates.sealed(template, templateScope()),
    timeZone: program.settings.timeZone,
    warn: told,
  };
}

/** What templates see beside the frame's variables. */
export function given(work: Work, run: LiveRun): Readonly<Record<string, Json | undefined>> {
  const { contact, input } = work;
  const { id, name, language, timeZone, groups, fields } = contact;
  return {
    contact: { ...fields, id, name, language, timeZone, groups },
    channel: { id: run.channel, platform: input.channels.get(run.channel)?.platform },
    lastMessage: run.lastMessage && shown(run.lastMessage),
    now: input.event.at,
  };
}

/** A message as templates see it. */
function shown({ from: _, sentAt, ...message }: InboundMessage): Json {
  return { ...message, at: sentAt };
}

function reachOn(work: Work, channel: ChannelId): Reach | undefined {
  const facts = work.input.channels.get(channel);
  const use = work.channels[channel];
  if (!facts || !use || use.address === '') return undefined;
  const { platform, limits } = facts;
  const hours = limits.windowHours;
  const opened = use.lastInboundAt;
  const until = hours === undefined ? undefined : opened === undefined ? NEVER : plusMillis(opened, hours * 3_600_000);
  return { id: channel, platform, address: use.address, limits, ...(until === undefined ? {} : { windowOpenUntil: until }) };
}

/** The channel of a platform that the contact was heard on last. */
function reachBy(work: Work, platform: Platform | ChannelId): Reach | undefined {
  const heard = Object.entries(work.channels)
    .filter(([id]) => work.input.channels.get(id)?.platform === platform)
    .sort(([, a], [, b]) => ((a.lastInboundAt ?? '') < (b.lastInboundAt ?? '') ? 1 : -1));
  return heard[0] && reachOn(work, heard[0][0]);
}

/** A channel that was deleted while the run stood on it. */
function unknownChannel(id: ChannelId): Reach {
  return { id, platform: 'whatsapp', address: '', limits: NO_LIMITS };
}
