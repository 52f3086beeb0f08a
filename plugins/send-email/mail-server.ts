import type { Json, ServiceTools } from '../../src/contract/index.js';
import type { Email } from './email.js';

/** The mail server of the host, with a few connections that stay open between e-mails. */
export interface MailServer {
  /** Rejects with an error of nodemailer. */
  send(email: Email, tools: Pick<ServiceTools, 'id' | 'signal'>): Promise<Json>;
  close(): void;
}

/** Milliseconds. A server may check a message while it is being handed over. */
const TIMES = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const CONNECTIONS = 3;

/** Loads nodemailer. Connections are made by the first e-mail. */
export async function openMailServer({ url, from }: { readonly url: string; readonly from: string }): Promise<MailServer> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    maxRequeues: 1,
    // Texts of an e-mail never name files or addresses to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMES,
    ...(sendsPassword(url) ? { requireTLS: true } : {}),
  });
  return {
    async send({ to, cc, bcc, replyTo, ...texts }, { id, signal }) {
      const mail = {
        ...texts,
        from,
        to: [...to],
        cc: [...cc],
        bcc: [...bcc],
        replyTo: [...replyTo],
        // The same for every try, so that a mail server, or its reader, recognises a repeat.
        messageId: `<${id}@${domainOf(from)}>`,
        signal,
      };
      const sent = await transport.sendMail(mail);
      return { messageId: mail.messageId, refused: (sent.rejected ?? []).map(String) };
    },
    close: () => transport.close(),
  };
}

/** A password goes over an encrypted connection only, unless the address says `?requireTLS=false`. */
function sendsPassword(address: string): boolean {
  const url = new URL(address);
  return url.username !== '' && !url.searchParams.has('requireTLS');
}

function domainOf(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
}
