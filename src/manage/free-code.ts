import type { FlowCode } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';

/** How many flows may have the same name before the code has to be given. */
const MAX_NAMESAKES = 100;

/** Returns the codes for a flow whose own may be taken: `welcome`, `welcome-2`, `welcome-3`, … */
export function namesakes(code: FlowCode): readonly FlowCode[] {
  return [code, ...Array.from({ length: MAX_NAMESAKES - 1 }, (_, i) => `${code.slice(0, 60)}-${i + 2}`)];
}

/** Returns the first of these codes that no flow has. */
export async function freeCode({ flows }: Pick<Store, 'flows'>, codes: readonly FlowCode[]): Promise<FlowCode | undefined> {
  for (const code of codes) if ((await flows.get(code)) === undefined) return code;
  return undefined;
}
