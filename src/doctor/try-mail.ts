import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { messageOf } from '../errors.ts';
import { connectionOf, type MailSettings } from '../report/night/mailer.ts';

/** How far a mail would go, and the server's reason where it goes no further. */
export interface MailTrial {
  readonly failedAt: 'connect' | 'login' | 'sender' | null;
  readonly reason: string;
  /** Addresses that the server would not take, each with its reply. */
  readonly refused: readonly string[];
  readonly accepted: number;
}

const STEP_MS = 10_000;
/** A method of login that sends the envelope, the one way in which the library sends commands of its user. */
const ENVELOPE = 'PARTICLED-ENVELOPE';

/**
 * Connects, encrypts and logs in as for a mail, offers the envelope and takes it back (RSET, RFC 5321 4.1.1.5): no mail is sent.
 * @param stepMs what the server may be silent for
 * @throws ConfigError when password or certificate cannot be read
 */
export async function tryMail(settings: MailSettings, stepMs = STEP_MS): Promise<MailTrial> {
  const { auth, ...server } = connectionOf(settings);
  const envelope = new Envelope(settings);
  const connection = new SMTPConnection({
    ...server,
    ...{ connectionTimeout: stepMs, greetingTimeout: stepMs, socketTimeout: stepMs },
    customAuth: { [ENVELOPE]: (dialog) => envelope.offer(dialog.sendCommand) },
  });
  const failed = (failedAt: MailTrial['failedAt'], error: unknown): MailTrial => ({
    ...{ failedAt, reason: lineOf(messageOf(error)), refused: [], accepted: 0 },
  });
  // A connection that is lost says so here, whichever step waits.
  const lost = new Promise<never>((_, reject) => connection.once('error', reject));
  lost.catch(() => {});
  try {
    const step = (begin: (done: (error?: unknown) => void) => void): Promise<void> =>
      Promise.race([
        lost,
        new Promise<void>((resolve, reject) => begin((error) => (error ? reject(error) : resolve()))),
      ]);
    let stage: MailTrial['failedAt'] = 'connect';
    try {
      await step((done) => connection.connect(done));
      stage = 'login';
      if (auth) await step((done) => connection.login(auth, done));
      stage = 'sender';
      await step((done) => connection.login({ user: '', pass: '', method: ENVELOPE }, done));
    } catch (error) {
      return failed(stage, error);
    }
    const { senderRefusal, refused, accepted } = envelope;
    if (senderRefusal !== null)
      return { failedAt: 'sender', reason: senderRefusal, refused: [], accepted: 0 };
    return { failedAt: null, reason: '', refused, accepted };
  } finally {
    connection.quit();
    connection.close();
  }
}

interface Reply {
  readonly status?: number;
  readonly response: string;
}

/** Sender and recipients, offered one by one. */
class Envelope {
  readonly refused: string[] = [];
  accepted = 0;
  senderRefusal: string | null = null;
  readonly #settings: Pick<MailSettings, 'from' | 'to'>;

  constructor(settings: Pick<MailSettings, 'from' | 'to'>) {
    this.#settings = settings;
  }

  async offer(send: (command: string) => Promise<Reply>): Promise<void> {
    const { from, to } = this.#settings;
    const sender = await send(`MAIL FROM:<${from}>`);
    if (!isTaken(sender)) {
      this.senderRefusal = lineOf(sender.response);
      return;
    }
    for (const address of to) {
      const reply = await send(`RCPT TO:<${address}>`);
      if (isTaken(reply)) this.accepted += 1;
      else this.refused.push(`${address}: ${lineOf(reply.response)}`);
    }
    await send('RSET');
  }
}

function isTaken({ status = 0 }: Reply): boolean {
  return status >= 200 && status < 300;
}

function lineOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
