import { type ChildProcess, spawn } from 'node:child_process';

/** Nothing that a page tells takes longer, in milliseconds. */
export const LONGEST = 20_000;

/** A command line that is running. */
export interface Running {
  readonly ended: Promise<number | null>;
  said(): string;
  /** Resolves with the match when it has been said; what was said is then behind us. */
  says(words: RegExp): Promise<RegExpExecArray>;
  type(line: string): void;
  stop(): Promise<void>;
}

/** Starts a command line in a shell, with all that it starts. */
export function start(line: string, at: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }): Running {
  const child: ChildProcess = spawn('bash', ['-c', line], { ...at, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let seen = 0;
  let look = () => {};
  const hear = (part: Buffer) => {
    said += part.toString();
    look();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return {
    ended,
    said: () => said,
    says: (words) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`"${line}" did not say ${words} but:\n${said}`)), LONGEST);
        look = () => {
          const found = words.exec(said.slice(seen));
          if (!found) return;
          seen += found.index + found[0].length;
          clearTimeout(late);
          look = () => {};
          resolve(found);
        };
        look();
      }),
    type: (words) => child.stdin?.write(`${words}\n`),
    async stop() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}

/** Has a conversation and ends it. The lines of a transcript that begin with `> ` are typed; the others are to be seen before the next is. */
export async function converse(phone: Running, transcript: string): Promise<void> {
  for (const line of transcript.trim().split('\n')) {
    if (line.startsWith('> ')) phone.type(line.slice(2));
    else await phone.says(new RegExp(line.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  }
  phone.type('');
  const code = await phone.ended;
  if (code !== 0) throw new Error(`the chat ended with ${code}:\n${phone.said()}`);
}
