import { plugins as ownPlugins } from '../../plugins/all.js';
import { loadConfig } from '../config/load.js';
import type { CallMaker } from '../make-calls.js';
import type { MakeCall } from '../play/play.js';
import { CommandError, type Terminal } from './command.js';
import { openExtensions } from './extensions.js';

/** The calls of a play that are really made. */
export interface RealCalls {
  /** Returns a warning the first time; undefined from then on. */
  allows(): string | undefined;
  readonly makeCall: MakeCall;
  close(): Promise<void>;
}

/** Makes calls with the services, the settings and the secrets of this installation. They are opened for the first call. */
export function openRealCalls(terminal: Terminal): RealCalls {
  let isWarned = false;
  let opening: Promise<CallMaker> | undefined;
  return {
    allows() {
      if (isWarned) return undefined;
      isWarned = true;
      return 'this really makes the call, with the secrets of this installation: an order is placed, a message is sent. Type /call again to make it, or use /answer';
    },
    async makeCall(call) {
      opening ??= openMaker(terminal);
      const { makeCall } = await opening;
      return makeCall(call);
    },
    async close() {
      await (await opening)?.close();
    },
  };
}

async function openMaker(terminal: Terminal): Promise<CallMaker> {
  const config = loadConfig(terminal.env, terminal.dotenv);
  if ('mistakes' in config) throw new CommandError(`invalid settings${config.mistakes.map((one) => `\n  ${one}`).join('')}`);
  const { plugins } = await openExtensions(terminal);
  const { openCallMaker } = await import('../make-calls.js');
  return openCallMaker([...ownPlugins, ...plugins], config);
}
