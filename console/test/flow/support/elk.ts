import * as bundle from 'elkjs/lib/elk.bundled.js';
import type { ElkGraph, ElkResult } from '../../../src/flow/layout.js';

/** Its types are those of a module that exports the class by name; what is loaded has it as the default. */
const Elk = bundle.default as unknown as new () => { layout(graph: ElkGraph): Promise<ElkResult> };

/** Lays out a graph, as the worker of the canvas does. */
export function layOut(graph: ElkGraph): Promise<ElkResult> {
  return new Elk().layout(graph);
}
