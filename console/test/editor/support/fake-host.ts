import type { FlowDefinition } from '../../../../src/contract/index.js';
import { ApiProblem } from '../../../src/api/client.js';
import type { DraftApi } from '../../../src/editor/autosave.js';
import type { ManualClock } from './manual-clock.js';

/** A host with one draft, as the editors of it see it. */
export interface FakeHost extends DraftApi {
  draft: FlowDefinition;
  revision: number;
  by: string;
  /** How long a call takes each way, in milliseconds. */
  latency: number;
  /** The status of the answer that every call gets; 0 if the network is away. */
  refusal: number | undefined;
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
  const host: FakeHost = {
    draft,
    revision: 1,
    by: 'grace',
    latency: 50,
    refusal: undefined,
    saves: [],
    calls: 0,
    async save(flow, revision) {
      await received();
      if (revision !== host.revision) throw new ApiProblem(412, { code: 'draft/conflict' });
      // What is sent is text: nobody shares objects with the host.
      host.draft = JSON.parse(JSON.stringify(flow));
      host.revision++;
      host.saves.push(host.draft);
      const answer = { revision: host.revision, problems: [] };
      await onTheWay();
      return answer;
    },
    async read() {
      await received();
      const answer = { flow: host.draft, revision: host.revision, problems: [], by: host.by };
      await onTheWay();
      return answer;
    },
  };
  return host;
}
