import { compileFunction } from 'node:vm';
import type { NodeProblem } from '../../src/contract/index.js';
import { GIVEN } from './code-run.js';
import type { CodeParams } from './params.js';

/** What scripts elsewhere can use, and code of a flow cannot. */
const ELSEWHERE = /(?<![.\w$'"`])(fetch|require|XMLHttpRequest|setTimeout|setInterval|process|console|window|document|secrets)\s*[.(]/;

/** Returns problems of code that its schema cannot find. The code is compiled, and never run. */
export function problemsIn({ code, save = [] }: CodeParams): readonly NodeProblem[] {
  const mistake = syntaxMistake(code);
  if (mistake !== undefined)
    return [
      {
        pointer: '/code',
        code: 'code/syntax',
        message: `the code is not valid JavaScript: ${mistake}`,
        hint: 'Write the body of a function, such as `return { total: vars.items.length };`.',
      },
    ];
  return [...unfilled(code), ...absent(code), ...nothingReturned(code, save)];
}

/**
 * Returns what is wrong with the syntax of a function body, with its line. Node compiles it without running it; a body that closes the
 * function around it is refused, too.
 */
function syntaxMistake(code: string): string | undefined {
  try {
    compileFunction(code, [...GIVEN], { filename: 'code' });
    return undefined;
  } catch (error) {
    // A host may forbid compiling, and code may be nested too deeply for the parser: that is found when it runs.
    if (!(error instanceof SyntaxError)) return undefined;
    const [, line] = /^code:(\d+)/.exec(error.stack ?? '') ?? [];
    return `${line === undefined ? '' : `line ${line}: `}${error.message}`;
  }
}

function unfilled(code: string): readonly NodeProblem[] {
  const [, found = '', path = ''] = /(\{\{-?\s*([A-Za-z_][\w.]*)\s*(?:\|[^{}]*)?-?\}\})/.exec(code) ?? [];
  if (found === '') return [];
  const message = `templates such as "${found.slice(0, 80)}" are not filled in code`;
  return [{ pointer: '/code', code: 'code/template', message, hint: `Read the variable: \`vars.${path}\`.`, severity: 'warning' }];
}

function absent(code: string): readonly NodeProblem[] {
  const [, name] = ELSEWHERE.exec(code) ?? [];
  if (name === undefined || new RegExp(`\\b(?:const|let|var|function)\\s+${name}\\b`).test(code)) return [];
  return [
    {
      pointer: '/code',
      code: 'code/not-there',
      message: `code of a flow has no \`${name}\``,
      hint: 'Code reads `vars`, `contact`, `lastMessage` and `now`, and nothing else. Use http-request to call other systems.',
      severity: 'warning',
    },
  ];
}

function nothingReturned(code: string, save: readonly string[]): readonly NodeProblem[] {
  if (save.length === 0 || /\breturn\b/.test(code)) return [];
  const hint = `End the code with \`return { ${save.join(', ')} };\`.`;
  return [{ pointer: '/code', code: 'code/no-return', message: 'the code returns nothing to save', hint, severity: 'warning' }];
}
