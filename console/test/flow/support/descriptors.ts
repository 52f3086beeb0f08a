import { plugins } from '../../../../plugins/index.js';
import type { AnyNodeType } from '../../../../src/contract/index.js';
import { formOf } from '../../../../src/flow/form/form-of.js';
import type { NodeDescriptor, NodeDescriptors } from '../../../src/api/descriptors.js';

const SUMMARIES: Readonly<Record<string, readonly string[]>> = {
  'wait-for-response': ['/timeout', '/saveAs'],
  'http-request': ['/method', '/url'],
  'conditional-branch': ['/branches'],
  'set-variables': ['/set'],
  jump: ['/limit'],
  wait: ['/for', '/until', '/untilDate', '/offset'],
  'call-flow': ['/flow'],
  'forward-to-flow': ['/flow'],
};

function descriptorOf({ type, version, title, group, ports, params, startsFlow, endsFlow }: AnyNodeType): NodeDescriptor {
  return {
    ...{ type, version, title, group, ports, sentence: '', words: [], icon: 'puzzle', blank: { params: {} } },
    summary: SUMMARIES[type] ?? ['/message'],
    form: formOf(params),
    ...(startsFlow ? { startsFlow } : {}),
    ...(endsFlow ? { endsFlow } : {}),
  };
}

/** The types that come with Parley, as the API describes them. */
export const descriptors: NodeDescriptors = new Map(plugins.map(({ node }) => [node.type, descriptorOf(node)]));
