import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { FlowDefinition } from '../../../../src/contract/flow.js';
import { ApiProblem } from '../../api/client.js';
import { createFlow, type NewFlow, settingsHere } from '../../api/flows.js';
import type { FlowFile } from '../../flow/file.js';
import { type Say, useSay } from '../../look/Languages.js';
import { notify } from '../../look/notify.js';
import { ImportProblems, type RefusedFile } from './ImportProblems.js';

/** How a page imports flow files. */
export interface Import {
  /** Opens the browser's dialog for files. */
  readonly choose: () => void;
  /** Imports a file that was dropped, and opens the new flow. */
  readonly take: (file: File) => void;
  /** What is wrong with the file that was tried last, for the page to show. */
  readonly shown: ReactNode;
}

/** Returns how to import a flow file: each ends in the editor of the new flow, or with all that is wrong with the file. */
export function useImport(): Import {
  const say = useSay();
  const navigate = useNavigate();
  const [refused, setRefused] = useState<RefusedFile>();
  const importText = async (name: string, text: string) => {
    // The parser is loaded with the first file.
    const { readFlowFile } = await import('../../flow/file.js');
    const read = readFlowFile(text, say);
    if (read.kind !== 'flow') return setRefused({ name, problems: [whyRefused(read, say)] });
    try {
      const { code } = await createFree(read.definition);
      if (code !== read.definition.code)
        void notify({
          message: say('The code “{taken}” is taken, so this flow is called “{code}”.', { taken: read.definition.code, code }),
        });
      await navigate({ to: '/flows/$code', params: { code } });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const problems = error.errors.map(({ pointer, message, hint }) => ({ place: pointer, message, hint }));
      setRefused({ name, problems: problems.length > 0 ? problems : [{ place: '', message: error.detail }] });
    }
  };
  const take = (file: File) => {
    setRefused(undefined);
    file
      .text()
      .then((text) => importText(file.name, text))
      .catch((error: Error) => setRefused({ name: file.name, problems: [{ place: '', message: error.message }] }));
  };
  return {
    take,
    choose: () => {
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = '.json,application/json';
      input.onchange = () => {
        const [file] = input.files ?? [];
        if (file) take(file);
      };
      input.click();
    },
    shown: refused ? <ImportProblems refused={refused} say={say} onClose={() => setRefused(undefined)} /> : null,
  };
}

/** How many codes are tried for a file whose own is taken. */
const MAX_TRIES = 20;

/** Creates the flow of a file. If its code is taken, it gets a number. */
async function createFree(flow: FlowDefinition): Promise<NewFlow> {
  for (let count = 1; ; count += 1) {
    const code = count === 1 ? flow.code : `${flow.code.slice(0, 60)}-${count}`;
    try {
      return await createFlow({ definition: { ...flow, code }, settings: settingsHere() });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'flow/taken' || count === MAX_TRIES) throw error;
    }
  }
}

/** Returns why a file that is no flow was refused. */
function whyRefused(read: Exclude<FlowFile, { readonly kind: 'flow' }>, say: Say): RefusedFile['problems'][number] {
  if (read.kind === 'nodes')
    return { place: '', message: say('These are nodes that were copied from a flow.'), hint: say('Open a flow and paste them there.') };
  const { line, column, message, hint } = read.problem;
  return { place: line === undefined ? '' : `${line}:${column}`, message, hint };
}
