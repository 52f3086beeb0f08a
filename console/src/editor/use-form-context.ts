import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { VARIABLE_TYPES } from '../../../src/contract/flow.js';
import type { NodeId } from '../../../src/contract/index.js';
import { read } from '../api/client.js';
import type { FlowRow } from '../api/flows.js';
import { useAdapters, useLanguageOfFlows } from '../api/language.js';
import { type Variable, variablesAt } from '../flow/variables.js';
import type { FormContext, KnownChannel, KnownVariable } from '../form/form-context.js';
import { type EditorParts, useEdited, useEditor } from './editor-context.js';

/** Returns what the fields of a node, or of the flow itself, know of the flow and the installation. */
export function useFormContext(node?: NodeId): FormContext {
  const editor = useEditor();
  const flow = useEdited((state) => state.flow);
  const outline = useEdited((state) => state.outline);
  const language = useLanguageOfFlows();
  const adapters = useAdapters();
  const channels = useQuery({ queryKey: ['channels'], queryFn: ({ signal }) => read<{ items: KnownChannel[] }>('/channels', signal) });
  const flows = useQuery({
    queryKey: ['flows', 'to choose'],
    queryFn: ({ signal }) => read<{ items: FlowRow[] }>('/flows?limit=200', signal),
  });
  return useMemo(() => {
    const given = language?.given ?? [];
    const variables = variablesAt(node, { flow, descriptors: editor.nodeTypes, outline, given });
    const { undo, redo } = editor.store.getState();
    return {
      flow,
      ...(node === undefined ? {} : { node }),
      variables: variables.map((one) => shown(one, editor)),
      typeTitles: Object.fromEntries([...TITLES].map(([type, title]) => [type, editor.say(title)])),
      filters: language?.filters ?? [],
      operators: language?.operators ?? [],
      channels: channels.data?.items ?? [],
      flows: flows.data?.items ?? [],
      adapters,
      isReadOnly: editor.isReadOnly,
      onUndo: undo,
      onRedo: redo,
    };
  }, [editor, node, flow, outline, language, adapters, channels.data, flows.data]);
}

/** The types of variables in words. */
const TITLES: ReadonlyMap<string, string> = new Map(Object.entries(VARIABLE_TYPES));

/** A variable as the completion lists it, with the words for where its value comes from. */
function shown({ name, type, shape, origin, sentence, setBy }: Variable, { store, nodeTypes, say }: EditorParts): KnownVariable {
  const setter = store.getState().flow.nodes.find(({ id }) => id === setBy[0]);
  const words = {
    set: setter ? (setter.name ?? say(nodeTypes.get(setter.type)?.title ?? setter.type)) : say('flow'),
    declared: say('flow'),
    given: say('given'),
  };
  return {
    name,
    origin: words[origin],
    ...(origin === 'given' ? { isGiven: true } : {}),
    ...(type === undefined ? {} : { type, typeTitle: say(TITLES.get(type) ?? type) }),
    ...(shape === undefined ? {} : { shape }),
    ...(sentence === undefined ? {} : { sentence: say(sentence) }),
  };
}
