import type { Context, Liquid } from 'liquidjs';
import { Filled } from './address-text.js';
import type { FillContext } from './fill-context.js';
import { wordsOf } from './words.js';

type Emitter = NonNullable<Parameters<Liquid['renderer']['renderTemplates']>[2]>;

/** Creates an emitter that collects the text of a template or a capture, values as words, and counts its length. */
export function wordsEmitter(context: FillContext): Emitter {
  return {
    buffer: '',
    write(piece: unknown) {
      // A capture in an address is encoded where it is used.
      const words = wordsOf(piece instanceof Filled ? piece.value : piece, context);
      (context as Context).memoryLimit.use(words.length);
      context.steps.spend(words.length / 16);
      this.buffer += words;
    },
  };
}
