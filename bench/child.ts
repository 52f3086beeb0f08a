import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A child process of the bench, which ends with it. */
export interface Child {
  readonly pid: number;
  send(message: object): void;
  /** Resolves with this member of the next message that has it. Rejects if the child ends or reports a failure first. */
  next<T>(member: string, limitMillis?: number): Promise<T>;
  /** Resolves with what the pattern's first group matches on standard output. Rejects if the child ends first. */
  printed(pattern: RegExp, limitMillis?: number): Promise<string>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export function startChild(file: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Child {
  const child: ChildProcess = fork(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  child.stdout?.resume();
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    pid: child.pid ?? 0,
    send: (message) => void child.send(message),
    next: (member, limitMillis = 120_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${file}: no "${member}" within ${limitMillis} ms`)), limitMillis);
        const listen = (message: Readonly<Record<string, unknown>>) => {
          if (!(member in message) && !('failed' in message)) return;
          clearTimeout(timer);
          child.off('message', listen);
          if (member in message) resolve(message[member] as never);
          else reject(new Error(String(message['failed'])));
        };
        child.on('message', listen);
      }),
    printed: (pattern, limitMillis = 60_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${file}: printed no ${pattern} within ${limitMillis} ms`)), limitMillis);
        let printed = '';
        const read = (part: Buffer) => {
          printed += part.toString();
          const [, found] = pattern.exec(printed) ?? [];
          if (found === undefined) return;
          clearTimeout(timer);
          child.stdout?.off('data', read);
          resolve(found);
        };
        child.stdout?.on('data', read);
        child.once('exit', (code) => reject(new Error(`${file}: ended with ${code}`)));
      }),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}

const TICKS_PER_SECOND = 100;

/** Returns the seconds of CPU that a process has used, its threads included. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Returns the memory of a process, in megabytes. */
export function residentMegabytes(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * 4096) / 1e6;
}
