import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import type { HandOverParams } from './params.js';

/** Returns problems of a hand-over that its schema cannot find. */
export function problemsIn(
  { wait, timeout, timeoutBranch }: HandOverParams,
  { hasSetting }: Pick<CheckScope, 'hasSetting'>,
): readonly NodeProblem[] {
  return [
    ...(!wait && timeout ? [notAwaited('timeout')] : []),
    ...(!wait && timeoutBranch ? [notAwaited('timeoutBranch')] : []),
    ...(wait && timeoutBranch && !timeout ? [WITHOUT_TIMEOUT] : []),
    ...(hasSetting?.('OPERATOR_WEBHOOK') === false ? [WITHOUT_ADDRESS] : []),
  ];
}

function notAwaited(name: string): NodeProblem {
  return {
    pointer: `/${name}`,
    code: 'operator/not-awaited',
    message: `"${name}" has no effect, because the flow does not wait until the talk is given back`,
    hint: 'Remove it, or set "wait" to true.',
  };
}

const WITHOUT_TIMEOUT: NodeProblem = {
  pointer: '/timeoutBranch',
  code: 'operator/no-timeout',
  message: 'without "timeout" the flow waits until the talk is given back, so it is never left by "notReplied"',
  hint: 'Set "timeout", or remove "timeoutBranch".',
  severity: 'warning',
};

const WITHOUT_ADDRESS: NodeProblem = {
  pointer: '',
  code: 'operator/no-address',
  message: 'no system of operators hears of what is handed over; it only stands in the list of sessions',
  hint: "Set OPERATOR_WEBHOOK, or the channel's own `operatorWebhook`. Without them, operators read GET /api/sessions?status=operator.",
  severity: 'warning',
};
