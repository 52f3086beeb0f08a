import { answer, breakOff, type Exchange } from './exchange.js';

/** What goes wrong with one request to an emulator. */
export interface Fault {
  /** The provider refuses the message with this code. `status`: the HTTP status of the refusal. */
  readonly error?: number;
  readonly status?: number;
  /** Milliseconds until the message is taken. */
  readonly delay?: number;
  /** Milliseconds between taking the message and the answer. */
  readonly slow?: number;
  /** The connection breaks before the message is taken. */
  readonly drop?: boolean;
  /** The message is taken, and the connection breaks instead of an answer. */
  readonly lost?: boolean;
  /** The message is taken, and answered with status 200 and an HTML page. */
  readonly nonsense?: boolean;
  /** The message is taken, and the answer breaks off in the middle. */
  readonly broken?: boolean;
  /** The message is not taken, and answered with an HTML page of a proxy with this status. */
  readonly html?: number;
}

/** Answers a request whose message was not taken because of the fault. Returns false if the fault lets the message through. */
export async function answerUntaken(exchange: Exchange, { delay, drop, html }: Fault): Promise<boolean> {
  if (delay !== undefined) await new Promise((done) => setTimeout(done, delay).unref());
  if (drop || exchange.incoming.socket.destroyed) exchange.response.destroy();
  else if (html !== undefined) answer(exchange, html, '<html>Bad gateway</html>', 'text/html');
  else return false;
  return true;
}

/** Answers a request whose message was taken. `body` is the provider's answer, as far as the fault lets it through. */
export function answerTaken(exchange: Exchange, { lost, nonsense, broken, slow }: Fault, body: string): void {
  if (lost) exchange.response.destroy();
  else if (nonsense) answer(exchange, 200, '<html>Welcome</html>', 'text/html');
  else if (broken) breakOff(exchange, body);
  else if (slow !== undefined) setTimeout(() => answer(exchange, 200, body), slow).unref();
  else answer(exchange, 200, body);
}
