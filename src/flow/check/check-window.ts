import { type Edge, portsOf } from '../../contract/index.js';
import { nodesInSilentCircles } from './check-loops.js';
import { attempt, type Check, type Checked, type KnownNode } from './checked.js';
import { warning } from './finding.js';
import { timeoutPorts } from './node-facts.js';

const HOUR = 3_600_000;
/** A silence that has grown in a circle this often grows without end. */
const MAX_ROUNDS = 20;

/**
 * Warns of messages that the 24-hour window may skip and that have no way out: the flow is started by a call, or the waits since the person's
 * last message add up to the whole window.
 */
export const checkWindow: Check = (checked) => {
  const windows = checked.world.limits('whatsapp').flatMap(({ limits }) => limits.windowHours ?? []);
  const isOnWhatsApp = checked.platforms.length === 0 || checked.platforms.includes('whatsapp');
  if (windows.length === 0 || !isOnWhatsApp) return [];
  const hours = Math.min(...windows);
  const silences = longestSilences(checked);
  // A circle that goes on when nobody answers has a problem of its own.
  const circling = nodesInSilentCircles(checked);
  const ports = new Set(checked.edges.map(({ item }) => `${item.port} ${item.from}`));
  return checked.known.flatMap(({ node, at, type, params }) => {
    const silence = silences.get(node.id);
    if (silence === undefined || params === undefined || circling.has(node.id)) return [];
    const sends = attempt(() => type.needsWindow?.(params, (port) => ports.has(`${port} ${node.id}`))) ?? [];
    return sends
      .filter(({ after = 0 }) => silence + after >= hours * HOUR)
      .map(({ pointer }) =>
        warning({
          pointer: `${at}/params${pointer}`,
          code: 'send/window-may-be-closed',
          node: node.id,
          message: `the person may have been silent for ${hours} hours here; then WhatsApp accepts only templates, and the message is skipped`,
          hint: 'Send a template: here, by "ifWindowClosed" if the node has it, or in a node behind the port "windowClosed".',
        }),
      );
  });
};

/** Returns how long a person may have been silent when each node is reached, in milliseconds. */
function longestSilences({ known, edges, triggers }: Checked): ReadonlyMap<string, number> {
  const byId = new Map(known.map((one) => [one.node.id, one]));
  const edgesFrom = new Map<string, Edge[]>();
  for (const { item } of edges) edgesFrom.set(item.from, [...(edgesFrom.get(item.from) ?? []), item]);
  const silences = new Map<string, number>();
  const rounds = new Map<string, number>();
  const grown: string[] = [];
  const reach = (id: string, silence: number) => {
    if (silence <= (silences.get(id) ?? -1)) return;
    const round = (rounds.get(id) ?? 0) + 1;
    // A bounded circle is followed once.
    if (round > 1 && byId.get(id)?.type.boundsLoops) return;
    rounds.set(id, round);
    silences.set(id, round > MAX_ROUNDS ? Number.POSITIVE_INFINITY : silence);
    grown.push(id);
  };
  const isCalled = triggers.some(({ item }) => item.type === 'TriggeredManually');
  for (const { node, type } of known) if (type.startsFlow) reach(node.id, isCalled ? Number.POSITIVE_INFINITY : 0);
  for (let id = grown.shift(); id !== undefined; id = grown.shift()) {
    const one = byId.get(id);
    for (const { port, to } of edgesFrom.get(id) ?? []) reach(to, one ? silenceAfter(one, port, silences.get(id) ?? 0) : 0);
  }
  return silences;
}

/** Returns the silence after a node: none if the person has answered it, else the longest time that can pass in it is added. */
function silenceAfter(node: KnownNode, port: string, before: number): number {
  const { type, params } = node;
  const main = portsOf(type.ports, params)[0]?.name;
  const waits = attempt(() => type.waitsFor?.(params));
  const isTimeout = port !== main && timeoutPorts(node).includes(port);
  if (waits === 'message' && !isTimeout) return 0;
  return before + (attempt(() => type.longestWait?.(params, port)) ?? 0);
}
