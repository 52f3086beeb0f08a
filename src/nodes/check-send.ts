import type { CheckScope, NodeProblem, Platform } from '../contract/index.js';
import { checkMessage } from '../params/message-limits.js';
import type { SendParams } from './send-params.js';

/** Returns what a channel would refuse of the message, and a warning if the flow is never on one of the node's platforms. */
export function problemsOfSend(params: SendParams, platforms: readonly Platform[], world: CheckScope): readonly NodeProblem[] {
  // A node for one platform sends there whatever the triggers are; one for several sends where the flow is.
  const shownOn = platforms.length === 1 || world.platforms.length === 0 ? platforms : world.platforms;
  const problems = shownOn.flatMap((platform) => {
    const limits = world.limits(platform);
    return limits && params.message ? checkMessage(params.message, limits) : [];
  });
  const seen = new Set<string>();
  const once = problems.filter(({ pointer, code }) => !seen.has(`${pointer} ${code}`) && seen.add(`${pointer} ${code}`));
  return [...once.map((one) => ({ ...one, pointer: `/message${one.pointer}` })), ...misplaced(params, platforms, world.platforms)];
}

/** Warns of a reply on a platform that none of the triggers is on. */
function misplaced({ action }: SendParams, platforms: readonly Platform[], of: readonly Platform[]): readonly NodeProblem[] {
  if (of.length === 0 || action === 'send' || platforms.some((platform) => of.includes(platform))) return [];
  return [
    {
      // `action` may have been left out.
      pointer: '',
      code: 'node/other-platform',
      message: `none of the flow's triggers is on ${platforms.join(' or ')}`,
      hint: `Use a node that sends on ${of.join(' or ')}, or a trigger on ${platforms.join(' or ')}.`,
      severity: 'warning',
    },
  ];
}
