import { type Decision, modelUsageOf } from '../contract/host/index.js';
import type { FlowEvent } from '../contract/index.js';
import { boundedLabel } from './bounded-label.js';
import type { Listener } from './measured.js';
import type { Metrics } from './metrics.js';

/** Most different values of each label. Meta documents about a hundred codes. */
const MAX_CODES = 200;
const MAX_CHANNELS = 1_000;
const MAX_SERVICES = 100;
const MAX_ROUTES = 200;
const MAX_METHODS = 10;
const MAX_FLOWS = 500;

/** Counts what was measured. */
export function createFigures(metrics: Metrics): Listener {
  const [channelOf, codeOf] = [boundedLabel(MAX_CHANNELS), boundedLabel(MAX_CODES)];
  const [serviceOf, routeOf, methodOf] = [boundedLabel(MAX_SERVICES), boundedLabel(MAX_ROUTES), boundedLabel(MAX_METHODS)];
  const flowOf = boundedLabel(MAX_FLOWS);

  /** Counts the tokens of a model's answer for the flow of the node that has asked. */
  function countUsage(event: FlowEvent, { path }: Decision): void {
    const usage = modelUsageOf(event);
    if (!usage) return;
    const flow = flowOf(path[0]?.flow ?? '');
    metrics.modelTokens.inc({ flow, direction: 'input' }, usage.input);
    metrics.modelTokens.inc({ flow, direction: 'output' }, usage.output);
    if (usage.cost !== undefined) metrics.modelCost.inc({ flow }, usage.cost);
  }

  return {
    turn({ event, outcome, decision, deciding, committing, ended, conflicts }) {
      metrics.turns.inc({ outcome });
      if (conflicts > 0) metrics.conflicts.inc(conflicts);
      if (!decision) return;
      countUsage(event, decision);
      if (decision.optOutWord && event.type === 'message')
        metrics.optOutWords.inc({ platform: event.message.platform, word: decision.optOutWord });
      metrics.decision.observe((committing - deciding) / 1_000);
      metrics.commit.observe((ended - committing) / 1_000);
      for (const { body, skipped } of decision.effects)
        if (skipped && body.kind === 'send')
          metrics.sends.inc({ channel: channelOf(body.channel), outcome: 'skipped', code: codeOf(skipped.code) });
    },
    send({ claim, outcome, code, began, ended }) {
      const { body } = claim.effect.effect;
      const channel = channelOf(body.kind === 'send' ? body.channel : '');
      metrics.sends.inc({ channel, outcome, code: codeOf(code) });
      if (outcome !== 'put-off' && outcome !== 'skipped') metrics.sendTime.observe({ channel }, (ended - began) / 1_000);
    },
    call({ claim, code, began, ended }) {
      const { body } = claim.effect.effect;
      const service = serviceOf(body.kind === 'call' ? body.service : '');
      metrics.calls.inc({ service, outcome: code === undefined ? 'ok' : 'failed' });
      metrics.callTime.observe({ service }, (ended - began) / 1_000);
    },
    webhook({ channel = '', status, began, ended }) {
      metrics.webhooks.inc({ channel: channelOf(channel), status });
      metrics.webhookTime.observe((ended - began) / 1_000);
    },
    request({ method, route, status }) {
      metrics.requests.inc({ method: methodOf(method), route: routeOf(route), status });
    },
    wake(lateMillis) {
      metrics.wakesLate.observe(Math.max(0, lateMillis) / 1_000);
    },
    clockJump() {
      metrics.clockJumps.inc();
    },
  };
}
