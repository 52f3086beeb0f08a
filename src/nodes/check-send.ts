import type { CheckScope, NodeProblem, Platform } from '../contract/index.js';
import { checkOnPlatforms } from '../params/message-limits.js';
import type { SendParams } from './send-params.js';

/** Returns what a channel would refuse of the message, and a warning if the flow is never on one of the node's platforms. */
export function problemsOfSend(params: SendParams, platforms: readonly Platform[], scope: CheckScope): readonly NodeProblem[] {
  // A node for one platform sends there whatever the triggers are; one for several sends where the flow is.
  const shownOn = platforms.length === 1 || scope.platforms.length === 0 ? platforms : scope.platforms;
  return [
    ...checkOnPlatforms(params.message, '/message', { ...scope, platforms: shownOn }),
    ...misplaced(params, platforms, scope.platforms),
  ];
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
