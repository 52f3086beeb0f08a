import { useQuery } from '@tanstack/react-query';
import type { ChannelLimits } from '../../../src/contract/channel-adapter.js';
import type { Field } from '../../../src/contract/form.js';
import type { Platform } from '../../../src/contract/message.js';
import { read } from './client.js';

/** What templates, expressions and conditions can use: `GET /api/language`. */
export interface FlowLanguage {
  readonly given: readonly GivenShown[];
  readonly filters: readonly { readonly name: string; readonly sentence: string; readonly example: string }[];
  readonly operators: readonly OperatorShown[];
}

/** A variable or an object that flows are given. */
export interface GivenShown {
  readonly name: string;
  readonly type: string;
  readonly members?: readonly { readonly name: string; readonly type: string }[];
  readonly sentence: string;
}

interface OperatorShown {
  readonly name: string;
  readonly title: string;
  readonly of: string;
  readonly takes: 'nothing' | 'value' | 'range' | 'list' | 'words' | 'regex' | 'hours';
}

/** The forms of what a flow has beside its nodes: `GET /api/flow-form`. */
export interface FlowForm {
  /** By type, without the member `type`. */
  readonly triggers: Readonly<Record<string, Field>>;
  readonly variable: Field;
  readonly settings: Field;
}

/** A provider: `GET /api/adapters`. */
export interface AdapterShown {
  readonly type: string;
  readonly platform: Platform;
  readonly title: string;
  readonly form: Field;
  readonly secrets: readonly string[];
  readonly limits: ChannelLimits;
  readonly replacesButtons?: true;
}

const SAME = { staleTime: Number.POSITIVE_INFINITY } as const;

/** Returns the language of the host; undefined until it is known. */
export function useLanguageOfFlows(): FlowLanguage | undefined {
  return useQuery({ queryKey: ['language'], queryFn: ({ signal }) => read<FlowLanguage>('/language', signal), ...SAME }).data;
}

/** Returns the forms of the parts of a flow; undefined until they are known. */
export function useFlowForm(): FlowForm | undefined {
  return useQuery({ queryKey: ['flow-form'], queryFn: ({ signal }) => read<FlowForm>('/flow-form', signal), ...SAME }).data;
}

/** Returns the providers of the host; none until they are known. */
export function useAdapters(): readonly AdapterShown[] {
  const adapters = useQuery({
    queryKey: ['adapters'],
    queryFn: ({ signal }) => read<{ items: AdapterShown[] }>('/adapters', signal),
    ...SAME,
  });
  return adapters.data?.items ?? NONE;
}

const NONE: readonly AdapterShown[] = [];
