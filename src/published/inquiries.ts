import type { Clock, ProviderReply, ProviderRequest } from '../contract/index.js';
import type { KnownChannel } from './known-channel.js';

/** How to ask providers. */
export interface Asking {
  ask(request: ProviderRequest): Promise<ProviderReply>;
  readonly clock: Clock;
}

/** Asks providers for settings that their channels leave out, and remembers the answers. */
export interface Inquiries {
  /** Returns a channel with the answers that are known by now. */
  filled(known: KnownChannel): KnownChannel;
  /**
   * Asks for what is missing, and calls `answered` for each answer that brings something. Resolves when all providers that are asked for
   * the first time have answered, or after two seconds.
   */
  ask(channels: readonly KnownChannel[], answered: () => void): Promise<void>;
}

/** How long to wait for answers, in milliseconds. */
const MAX_WAIT = 2_000;
/** After how many milliseconds a provider that did not answer is asked again. */
const ASK_AGAIN_AFTER = 60_000;

interface Question {
  readonly updatedAt: string;
  /** When to ask again, by the monotonic clock; absent if nothing is missing, and while an answer is awaited. */
  readonly again?: number;
  readonly answer?: object;
}

/** Without a way to ask, no channel is filled in. */
export function createInquiries(asking: Asking | undefined): Inquiries {
  const questions = new Map<string, Question>();

  function questionOf({ channel }: KnownChannel): Question | undefined {
    const question = questions.get(channel.id);
    return question?.updatedAt === channel.updatedAt ? question : undefined;
  }

  async function put({ ask, clock }: Asking, known: KnownChannel, answered: () => void): Promise<void> {
    const { id, updatedAt } = known.channel;
    questions.set(id, { updatedAt });
    const inquiry = known.adapter.inquiry?.(known.config);
    if (!inquiry) return;
    const answer: object = inquiry.read(await ask(inquiry.request));
    if (Object.keys(answer).length > 0) {
      questions.set(id, { updatedAt, answer });
      answered();
    } else questions.set(id, { updatedAt, again: clock.monotonic() + ASK_AGAIN_AFTER });
  }

  return {
    filled(known) {
      const answer = questionOf(known)?.answer;
      return answer ? { ...known, config: { ...(known.config as object), ...answer } } : known;
    },
    async ask(channels, answered) {
      if (!asking) return;
      const first = channels.filter((known) => !questionOf(known));
      const again = channels.filter((known) => (questionOf(known)?.again ?? Number.POSITIVE_INFINITY) <= asking.clock.monotonic());
      for (const known of again) void put(asking, known, answered);
      const answers = first.map((known) => put(asking, known, answered));
      if (answers.length === 0) return;
      await new Promise<void>((done) => {
        const cancel = asking.clock.after(MAX_WAIT, done);
        void Promise.all(answers).then(() => {
          cancel();
          done();
        });
      });
    },
  };
}
