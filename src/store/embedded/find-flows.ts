import type { FlowCode, FlowDefinition } from '../../contract/index.js';
import type {
  DraftSummary,
  FlowQuery,
  FlowStore,
  FlowSummary,
  FlowVersion,
  ListedFlow,
  StoredFlow,
  VersionQuery,
  VersionSummary,
} from '../../contract/store/index.js';
import { fitsQuery, orderOf } from '../list-flows.js';
import { type VersionRecord, versionOf } from '../plan-flow.js';
import { type FlowWork, flowOf, readFlow } from './flow-records.js';
import type { Row } from './sql-values.js';

const PAGE = 200;

/** Lists flows along an index. Reads page after page until `limit` of them fit the query. */
export function listFlows({ sql }: FlowWork, query: FlowQuery): readonly ListedFlow[] {
  const { by, isDescending, after } = orderOf(query);
  const pages = sql.pages[by][isDescending ? 'down' : 'up'];
  const fits = fitsQuery(query);
  const found: ListedFlow[] = [];
  for (let from = after; ; ) {
    const page = pages.all(from, PAGE).map((row) => ({ key: String(row['key']), flow: JSON.parse(String(row['summary'])) as FlowSummary }));
    found.push(...page.filter(({ flow }) => fits(flow)));
    if (page.length < PAGE || found.length >= query.limit) return found.slice(0, query.limit);
    from = page.at(-1)?.key ?? from;
  }
}

export function findVersion(work: FlowWork, code: FlowCode, version: number): FlowVersion | undefined {
  const row = work.sql.version.all(code, version)[0];
  return row && versionIn(row, readFlow(work, code));
}

export function findVersions(
  work: FlowWork,
  code: FlowCode,
  { after, limit, isNewestFirst = false }: VersionQuery,
): readonly VersionSummary[] {
  const flow = readFlow(work, code);
  const rows = isNewestFirst
    ? work.sql.versionsDown.all(code, after ?? Number.MAX_SAFE_INTEGER, limit)
    : work.sql.versionsUp.all(code, after ?? 0, limit);
  return rows.map((row) => versionOf(JSON.parse(String(row['record'])) as VersionSummary, flow, row['state'] === 'DELETED'));
}

export function onlineFlows({ sql }: FlowWork): Awaited<ReturnType<FlowStore['online']>> {
  return sql.online.all().flatMap((row) => {
    const flow = flowOf(row);
    const version = sql.version.all(flow.code, flow.version ?? 0)[0];
    return version ? [{ flow, version: versionIn(version, flow) }] : [];
  });
}

export function earlierDrafts(work: FlowWork, code: FlowCode): readonly DraftSummary[] {
  const current = readFlow(work, code)?.draft.revision ?? 0;
  return work.sql.drafts
    .all(code, current)
    .map((row) => ({ revision: Number(row['revision']), at: String(row['at']), by: String(row['by']), nodes: Number(row['nodes']) }));
}

export function findDraft({ sql }: FlowWork, code: FlowCode, revision: number): FlowDefinition | undefined {
  const row = sql.draft.all(code, revision)[0];
  return row && (JSON.parse(String(row['definition'])) as FlowDefinition);
}

function versionIn(row: Row, flow: StoredFlow | undefined): FlowVersion {
  return versionOf(JSON.parse(String(row['record'])) as VersionRecord, flow, row['state'] === 'DELETED');
}
