import { isDeepStrictEqual } from 'node:util';
import type { FlowDefinition } from '../contract/index.js';
import { type Api, type Body, path, refusal } from './api.js';
import { CommandError } from './command.js';

/** An upload that can be undone. */
export interface Upload {
  /** The flow as the host shows it. */
  readonly flow: Body;
  readonly problems: Body;
  /** The ETag of the draft that is there now. */
  readonly etag: string;
  undo(): Promise<void>;
}

/** Reads a flow of the host with its draft; undefined if the code is unknown. */
export async function flowOnHost(
  api: Api,
  code: string,
): Promise<{ readonly flow: Body; readonly draft: Body; readonly etag: string } | undefined> {
  const { status, body } = await api.ask('GET', path`/api/flows/${code}`);
  if (status === 404 && body.code === 'flow/unknown') return undefined;
  if (status >= 400) throw refusal(status, body, '/api/flows');
  const draft = await api.ask('GET', path`/api/flows/${code}/draft`);
  if (draft.status >= 400) throw refusal(draft.status, draft.body, '/api/flows');
  return { flow: body, draft: draft.body, etag: draft.headers.get('etag') ?? '' };
}

/** Creates the flow, or saves its draft. Without `force` it does not overwrite a draft that was never published and differs from the file. */
export async function uploadDraft(
  api: Api,
  definition: FlowDefinition,
  { there, force }: { readonly there: Awaited<ReturnType<typeof flowOnHost>>; readonly force: boolean },
): Promise<Upload> {
  const { code } = definition;
  if (!there) {
    const flow = await api.call('POST', '/api/flows', definition);
    return { flow, problems: flow.problems, etag: `"${flow.draft.revision}"`, undo: () => api.call('DELETE', path`/api/flows/${code}`) };
  }
  const { flow, draft, etag } = there;
  const same = isDeepStrictEqual(withVersions(definition, draft), draft);
  if (same) return { flow, problems: [], etag, undo: async () => {} };
  if (!force && !(await isPublished(api, flow, draft)))
    throw new CommandError(
      `the draft of "${code}" on the host (revision ${flow.draft.revision}) was never published and differs from this file. Somebody may be working on it: look at it, or overwrite it with --force`,
    );
  const put = (what: unknown, from: string) => api.ask('PUT', path`/api/flows/${code}/draft`, what, { 'if-match': from });
  const saved = await put(definition, etag);
  if (saved.status === 412) throw new CommandError(`${saved.body.detail} Look at the draft of "${code}" and try again`);
  if (saved.status >= 400) throw refusal(saved.status, saved.body, '/api/flows');
  const now = saved.headers.get('etag') ?? '';
  return {
    flow,
    problems: saved.body.problems,
    etag: now,
    async undo() {
      // If somebody has saved the draft since, this fails, and their draft stays.
      await put(draft, now);
    },
  };
}

/** Returns whether the draft equals a version: the one that is ONLINE, or else the newest. */
async function isPublished(api: Api, flow: Body, draft: Body): Promise<boolean> {
  const version = flow.version ?? (await api.list(path`/api/flows/${flow.code}/versions`)).at(-1)?.version;
  if (version === undefined) return false;
  return isDeepStrictEqual(await api.call('GET', path`/api/flows/${flow.code}/versions/${String(version)}`), draft);
}

/** Fills in the versions of nodes without one from the draft: the host did so when it stored the draft. */
function withVersions(definition: FlowDefinition, draft: FlowDefinition): FlowDefinition {
  const versions = new Map(draft.nodes.map(({ id, version }) => [id, version]));
  const nodes = definition.nodes.map((node) => {
    const version = node.version ?? versions.get(node.id);
    return version === undefined ? node : { ...node, version };
  });
  return { ...definition, nodes };
}
