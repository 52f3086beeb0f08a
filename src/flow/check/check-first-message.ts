import type { Problem } from '../../contract/index.js';
import type { Checked, KnownNode } from './checked.js';
import { warning } from './finding.js';
import { waysOf } from './ways.js';

/**
 * A flow that the API starts may reach a person who has not written for 24 hours: on WhatsApp its first message has to be a template, or to
 * say what happens if the window is closed.
 */
export function checkFirstMessage({ triggers, known, edges, nodes }: Checked): readonly Problem[] {
  if (!triggers.some(({ item }) => item.type === 'TriggeredManually')) return [];
  const byId = new Map(known.map((one) => [one.node.id, one]));
  const ways = waysOf(edges.map(({ item }) => item));
  const linked = new Set(edges.map(({ item }) => `${item.port} ${item.from}`));
  const isReady = (id: string) => linked.has(`windowClosed ${id}`) || linked.has(`failed ${id}`);
  // A Set is walked in the order in which it grows: every node that can come before anybody has written.
  const before = new Set(nodes.filter(({ item }) => item.type === 'start').map(({ item }) => item.id));
  const first: KnownNode[] = [];
  for (const id of before) {
    const one = byId.get(id);
    if (one && sendsOnWhatsApp(one)) first.push(one);
    else if (one?.params === undefined || one.type.waitsFor?.(one.params) !== 'message')
      for (const to of ways.get(id) ?? []) before.add(to);
  }
  return first.flatMap(({ node, at, params }) => {
    const { message, ifWindowClosed } = params as { readonly message?: { readonly type?: unknown }; readonly ifWindowClosed?: unknown };
    if (message?.type === 'template' || ifWindowClosed !== undefined || isReady(node.id)) return [];
    return [
      warning({
        pointer: `${at}/params/message`,
        code: 'send/first-message',
        node: node.id,
        message: 'the API may start the flow for a person who has not written for 24 hours; WhatsApp takes only a template then',
        hint: 'Begin with a template, set ifWindowClosed, or lead windowClosed somewhere.',
      }),
    ];
  });
}

/** Nodes that can meet a closed window have a port for it. */
function sendsOnWhatsApp({ type, params }: KnownNode): boolean {
  return params !== undefined && type.group === 'messaging' && type.ports(params).includes('windowClosed');
}
