import type { FlowDefinition } from '../contract/index.js';
import { errorsOf } from '../flow/check.js';
import { type Api, type Body, path } from './api.js';
import { checkHere } from './check-here.js';
import type { Terminal } from './command.js';
import { showProblems } from './show-problems.js';
import { showStanding } from './show-standing.js';

interface DryRun {
  readonly api: Api;
  readonly terminal: Terminal;
  readonly definition: FlowDefinition;
  /** Whether the host has a flow with this code. Otherwise a publish would create it. */
  readonly isThere: boolean;
  readonly sessions: 'keep' | 'migrate' | 'end';
  readonly channels: readonly string[] | undefined;
  readonly json: true | undefined;
}

/** Reports everything that a publish of the file would meet, without storing anything. */
export async function reportDryRun(run: DryRun): Promise<number> {
  const { terminal, definition, isThere, json } = run;
  const answer = isThere ? await askHost(run) : await lookHere(run);
  if (json) terminal.out(`${JSON.stringify(answer, null, 2)}\n`);
  else terminal.out(inWords(definition, isThere, answer));
  return answer.blockers.length > 0 ? 1 : 0;
}

function askHost({ api, definition, sessions, channels }: DryRun): Promise<Body> {
  const request = { dryRun: true, definition, sessions, ...(channels ? { channels } : {}) };
  return api.call('POST', path`/api/flows/${definition.code}/publish`, request);
}

/** The host looks only at flows that exist. Others are checked here, with the node types that this command knows. */
async function lookHere({ terminal, definition, sessions }: DryRun): Promise<Body> {
  const problems = await checkHere(definition, terminal);
  const errors = errorsOf(problems);
  const detail = `"${definition.code}" has errors.`;
  const blockers = errors.length === 0 ? [] : [{ code: 'flow/has-errors', detail, errors }];
  return { dryRun: true, version: 1, blockers, problems, sessions: { [sessions]: 0, positions: [] } };
}

function inWords({ code, nodes }: FlowDefinition, isThere: boolean, { version, blockers, problems, sessions }: Body): string {
  const found = problems.length === 0 ? '' : `${showProblems(problems)}\n`;
  const whole = `${nodes.length} nodes and ${errorsOf(problems).length} errors`;
  const about = isThere
    ? `It would be version ${version}, with ${whole}`
    : `The flow would be created, with ${whole}. Flows that take the same messages, and channels, are not looked at before it exists`;
  const refused = blockers.map(({ code: why, detail, errors = [] }: Body) => {
    // The problems of the file stand above.
    const more = why === 'flow/has-errors' || errors.length === 0 ? '' : `${showProblems(errors)}\n`;
    return `would be refused: ${detail}\n${more}`;
  });
  return `${found}${code}: dry run, nothing was changed. ${about}\n${showStanding(sessions)}${refused.join('')}`;
}
