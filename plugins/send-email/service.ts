import Joi from 'joi';
import { CallError, type HostedService, type Json, type ServiceTools } from '../../src/contract/index.js';
import { SETTINGS } from './check.js';
import type { Email } from './email.js';
import { failureOf } from './failure.js';
import { type MailServer, openMailServer } from './mail-server.js';

/** Milliseconds before each further try of what the server has put off: greylisting wants senders to come back. */
const PAUSES = [2_000, 8_000, 20_000, 45_000];

const addresses = Joi.array().items(Joi.string());

/** Sends e-mails by SMTP. A mail server that puts a message off is tried again within the deadline. */
export const service: HostedService<Email> = {
  name: 'send-email',
  input: Joi.object<Email>({
    to: addresses.min(1).required(),
    cc: addresses.required(),
    bcc: addresses.required(),
    replyTo: addresses.required(),
    subject: Joi.string().allow('').required(),
    text: Joi.string().allow(''),
    html: Joi.string().allow(''),
  }),
  settings: SETTINGS,
  open({ settings }) {
    const [url, from] = SETTINGS.map((name) => settings[name]);
    let server: Promise<MailServer> | undefined;
    return {
      async call(email, tools) {
        if (typeof url !== 'string' || typeof from !== 'string')
          throw new CallError('email/not-configured', 'the host has no mail server: SMTP_URL or MAIL_FROM is not set');
        server ??= openMailServer({ url, from });
        return tryOften(await server, email, tools);
      },
      async close() {
        (await server)?.close();
      },
    };
  },
};

async function tryOften(server: MailServer, email: Email, tools: ServiceTools): Promise<Json> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await server.send(email, tools);
    } catch (error) {
      const failure = failureOf(error);
      const wait = PAUSES[tries];
      if (!failure.retryable || wait === undefined) throw failure;
      await tools.pause(wait);
    }
  }
}
