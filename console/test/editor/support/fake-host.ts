import type { FlowDefinition } from '../../../../src/contract/index.js';
import { ApiProblem } from '../../../src/api/client.js';
import type { DraftApi } from '../../../src/editor/autosave.js';
import type { SavingEditor } from '../../../src/editor/draft-calls.js';
import type { ManualClock } from './manual-clock.js';

/** A host with one draft, as the editors of it see it. */
export interface FakeHost extends DraftApi {
  /** The calls of an editor that gives its id. */
  for(id: string): DraftApi;
  /** The editor that saved the draft. */
  editor: SavingEditor | undefined;
  draft: FlowDefinition;
  revision: number;
  by: string;
  /** How long a call takes each way, in milliseconds. */
  latency: number;
  /** The status of the answer that every call gets; 0 if the network is away. */
  refusal: number | undefined;
  /** Whether answers are lost on the way: what was sent is done all the same. */
  losesAnswers: boolean;
  /** All that was saved, in order. */
  readonly saves: FlowDefinition[];
  /** The calls that came in. */
  calls: number;
}

export function fakeHost(draft: FlowDefinition, clock: ManualClock): FakeHost {
  const onTheWay = () => new Promise<void>((done) => clock.after(host.latency, done));
  const received = async () => {
    host.calls++;
    await onTheWay();
    if (host.refusal !== undefined) throw new ApiProblem(host.refusal, { detail: 'refused' });
  };
  const answered = async <T>(answer: T): Promise<T> => {
    await onTheWay();
    if (host.losesAnswers) throw new ApiProblem(0, { code: 'network' });
    return answer;
  };
  const save = async (flow: FlowDefinition, { revision, changes }: Parameters<DraftApi['save']>[1], id?: string) => {
    await received();
    if (revision !== host.revision) throw new ApiProblem(412, { code: 'draft/conflict' });
    // What is sent is text: nobody shares objects with the host.
    host.draft = JSON.parse(JSON.stringify(flow));
    host.revision++;
    host.editor = id === undefined ? undefined : { id, changes };
    host.saves.push(host.draft);
    return answered({ revision: host.revision, problems: [] });
  };
  const read = async (id?: string) => {
    await received();
    const isOwn = id !== undefined && id === host.editor?.id;
    return answered({ flow: host.draft, revision: host.revision, problems: [], by: host.by, isOwn });
  };
  const host: FakeHost = {
    draft,
    revision: 1,
    by: 'grace',
    latency: 50,
    refusal: undefined,
    losesAnswers: false,
    saves: [],
    calls: 0,
    editor: undefined,
    save: (flow, on) => save(flow, on),
    read: () => read(),
    for: (id) => ({ save: (flow, on) => save(flow, on, id), read: () => read(id) }),
  };
  return host;
}
