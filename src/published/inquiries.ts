import type { Clock, ProviderReply, ProviderRequest } from '../contract/index.js';
import type { KnownChannel } from './channel-book.js';

/** How providers are asked. */
export interface Asking {
  ask(request: ProviderRequest): Promise<ProviderReply>;
  readonly clock: Clock;
}

/** What providers told of settings that their channels leave out. */
export interface Inquiries {
  /** The channel with what is known of it by now. */
  filled(known: KnownChannel): KnownChannel;
  /**
   * Asks for what is missing, and says when something was told. Resolves when all that are asked for the first time have answered, or
   * after a moment: nobody waits for a provider that is away.
   */
  ask(channels: readonly KnownChannel[], told: () => void): Promise<void>;
}

/** What is waited for, and when one that did not answer is asked again, in milliseconds. */
const MOMENT = 2_000;
const AGAIN = 60_000;

interface Question {
  readonly updatedAt: string;
  /** When it is asked again, by the clock that never goes back; none where nothing is missing, and while an answer is awaited. */
  readonly again?: number;
  readonly answer?: object;
}

/** Without a way to ask, what is left out stays so. */
export function createInquiries(asking: Asking | undefined): Inquiries {
  const questions = new Map<string, Question>();

  function questionOf({ channel }: KnownChannel): Question | undefined {
    const question = questions.get(channel.id);
    return question?.updatedAt === channel.updatedAt ? question : undefined;
  }

  async function put({ ask, clock }: Asking, known: KnownChannel, told: () => void): Promise<void> {
    const { id, updatedAt } = known.channel;
    questions.set(id, { updatedAt });
    const inquiry = known.adapter.inquiry?.(known.config);
    if (!inquiry) return;
    const answer: object = inquiry.read(await ask(inquiry.request));
    if (Object.keys(answer).length > 0) {
      questions.set(id, { updatedAt, answer });
      told();
    } else questions.set(id, { updatedAt, again: clock.monotonic() + AGAIN });
  }

  return {
    filled(known) {
      const answer = questionOf(known)?.answer;
      return answer ? { ...known, config: { ...(known.config as object), ...answer } } : known;
    },
    async ask(channels, told) {
      if (!asking) return;
      const first = channels.filter((known) => !questionOf(known));
      const again = channels.filter((known) => (questionOf(known)?.again ?? Number.POSITIVE_INFINITY) <= asking.clock.monotonic());
      for (const known of again) void put(asking, known, told);
      const answers = first.map((known) => put(asking, known, told));
      if (answers.length === 0) return;
      await new Promise<void>((done) => {
        const cancel = asking.clock.after(MOMENT, done);
        void Promise.all(answers).then(() => {
          cancel();
          done();
        });
      });
    },
  };
}
