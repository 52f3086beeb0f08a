import type { FlowDefinition } from '../contract/index.js';
import { errorsOf } from '../flow/check.js';
import { lostPositions, type Position } from '../manage/standing-sessions.js';
import { type Api, type Body, path } from './api.js';
import { checkHere } from './check-here.js';
import type { Terminal } from './command.js';
import { showProblems } from './show-problems.js';
import { showStanding } from './show-standing.js';

interface DryRun {
  readonly api: Api;
  readonly terminal: Terminal;
  readonly definition: FlowDefinition;
  /** The flow as the host shows it; undefined if a publish would create it. */
  readonly there: Body | undefined;
  readonly sessions: 'keep' | 'migrate' | 'end';
  readonly json: true | undefined;
}

/**
 * Reports what a publish would find, without storing anything. The host's own dry run is about the stored draft, not about a file. So the
 * host checks the file, and the waiting sessions are counted from the list of sessions.
 */
export async function reportDryRun({ api, terminal, definition, there, sessions: request, json }: DryRun): Promise<number> {
  const { code, nodes } = definition;
  // The host checks only files of flows that exist. Others are checked here, with the node types that this command knows.
  const { problems } = there
    ? await api.call('POST', path`/api/flows/${code}/check`, definition)
    : { problems: await checkHere(definition, terminal) };
  const positions = await positionsIn(api, code);
  const before = (version: number): Promise<FlowDefinition> => api.call('GET', path`/api/flows/${code}/versions/${String(version)}`);
  const lost = request === 'migrate' ? await lostPositions(definition, positions, before) : [];
  const sessions = { [request]: positions.reduce((sum, one) => sum + one.waiting, 0), positions };
  if (json) terminal.out(`${JSON.stringify({ dryRun: true, problems, sessions, lost }, null, 2)}\n`);
  else {
    if (problems.length > 0) terminal.out(`${showProblems(problems)}\n`);
    terminal.out(
      `${code}: dry run, nothing was changed. ${there ? 'The flow' : 'The flow would be created. It'} has ${nodes.length} nodes and ${errorsOf(problems).length} errors\n${showStanding(sessions)}`,
    );
    for (const { version, node } of lost)
      terminal.out(`cannot move: the node "${node}" of version ${version} is missing or has another type\n`);
  }
  return errorsOf(problems).length > 0 || lost.length > 0 ? 1 : 0;
}

async function positionsIn(api: Api, code: string): Promise<readonly Position[]> {
  const found = new Map<string, Position>();
  for (const { runs } of await api.list(`/api/sessions?status=waiting&flow=${encodeURIComponent(code)}`))
    for (const { place, frames } of runs)
      for (const { flow, version, node } of frames) {
        if (place === 'queued' || flow !== code) continue;
        const key = `${version}#${node}`;
        found.set(key, { version, node, waiting: (found.get(key)?.waiting ?? 0) + 1 });
      }
  return [...found.values()].sort((a, b) => a.version - b.version || (a.node < b.node ? -1 : 1));
}
