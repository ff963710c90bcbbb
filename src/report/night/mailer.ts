import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Config } from '../../config/schema.ts';
import { readSecret } from '../../config/secret.ts';
import { ConfigError, messageOf } from '../../errors.ts';
import { domainOf, type NightMail } from './mail.ts';
import { smallerMails } from './smaller-mail.ts';

export interface Mailer {
  /**
   * Resolves once the server has taken the mail for at least one address. One that is too large for the server is sent
   * in a smaller form.
   *
   * @throws MailError
   */
  send(mail: NightMail, messageId: string, signal?: AbortSignal): Promise<SentMail>;
}

export interface SentMail {
  /** The addresses that the server refused, each with its reason. */
  readonly refused: readonly string[];
  /** What the mail had to do without for its size, and the server's words; null where it went out whole. */
  readonly leftOut: string | null;
}

/** A mail that was not taken: by whom, why, and whether to try again is in vain. */
export class MailError extends Error {
  override readonly name = 'MailError';
  /** The server has refused for good (5yz, RFC 5321 4.2.1). */
  readonly permanent: boolean;
  /** It was refused for its size. */
  readonly tooLarge: boolean;

  constructor(message: string, permanent: boolean, tooLarge: boolean) {
    super(message);
    this.permanent = permanent;
    this.tooLarge = tooLarge;
  }
}

/** Where mails go; `host` and `from` are set. */
export type MailSettings = Config['mail'] & { readonly host: string; readonly from: string };

/** What the section says where mail is wanted, null where it is not. */
export function mailSettings({ mail }: Pick<Config, 'mail'>): MailSettings | null {
  const { host, from } = mail;
  return host === null || from === null ? null : { ...mail, host, from };
}

const CONNECTION_TIMEOUT_MS = 30_000;
/** RFC 5321 4.5.3.2.6 grants a server ten minutes for its answer to a mail; slow scanners do take some. */
const ANSWER_TIMEOUT_MS = 600_000;

/**
 * How to reach the server, and who logs in there.
 * @throws ConfigError when a file with password or certificate cannot be read
 */
export function connectionOf(settings: MailSettings) {
  const { host, port, security, username, passwordFile, caFile, from } = settings;
  const ca = caFile === null ? undefined : readCertificate(caFile);
  return {
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls' },
    ignoreTLS: security === 'none',
    name: settings.clientName ?? clientNameOf(hostname(), from),
    ...(ca && { tls: { ca } }),
    ...(username !== null &&
      passwordFile !== null && {
        auth: { user: username, pass: readSecret(passwordFile, 'mail.passwordFile') },
      }),
  };
}

/** A full name, which many servers want (RFC 5321 4.1.1.1): the host's, else the domain of the sender. */
function clientNameOf(host: string, from: string): string {
  return host.includes('.') ? host : domainOf(from);
}

/** @throws ConfigError when a file with password or certificate cannot be read */
export function createMailer(settings: MailSettings): Mailer {
  const { host, port, from, to } = settings;
  const transport = createTransport({
    ...connectionOf(settings),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: CONNECTION_TIMEOUT_MS,
    socketTimeout: ANSWER_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  async function sendAsItIs(mail: NightMail, messageId: string, signal?: AbortSignal): Promise<string[]> {
    const envelope = { from, to, messageId, ...(signal && { signal }) };
    try {
      const { rejected, rejectedErrors = [] } = await transport.sendMail({ ...envelope, ...contentOf(mail) });
      return rejected.map((address, i) => `${String(address)}: ${replyOf(rejectedErrors[i])}`);
    } catch (error) {
      throw new MailError(`${host}:${port}: ${replyOf(error)}`, isPermanent(error), isTooLarge(error));
    }
  }

  return {
    async send(mail, messageId, signal) {
      let leftOut: string | null = null;
      let form = mail;
      for (const smaller of [...smallerMails(mail), null]) {
        try {
          return { refused: await sendAsItIs(form, messageId, signal), leftOut };
        } catch (error) {
          if (smaller === null || !(error instanceof MailError && error.tooLarge)) throw error;
          leftOut = `${smaller.leftOut}: ${error.message}`;
          form = smaller.mail;
        }
      }
      throw new Error('a mail has a last form');
    },
  };
}

function contentOf({ subject, text, html, images, attachments }: NightMail): SendMailOptions {
  return {
    subject,
    text,
    html,
    // So that no vacation notice answers a machine (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: [
      ...images.map(({ cid, fileName, contentType, bytes }) => ({
        cid,
        filename: fileName,
        contentType,
        contentDisposition: 'inline' as const,
        content: Buffer.from(bytes),
      })),
      ...attachments.map(({ fileName, contentType, text: content }) => ({
        filename: fileName,
        contentType,
        content,
      })),
    ],
  };
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, [
      `mail.caFile: cannot be read (${messageOf(error)}); check path and permissions`,
    ]);
  }
}

/** The server's own words are inside nodemailer's, on one line. */
function replyOf(error: unknown): string {
  return messageOf(error).replaceAll(/\s+/g, ' ').trim();
}

function isPermanent(error: unknown): boolean {
  return error instanceof Error && 'permanent' in error && error.permanent === true;
}

/** 552, 523 (RFC 5321 4.2.3, RFC 1870) or an enhanced code of RFC 3463: 5.3.4 of the system, 5.2.3 of the mailbox. */
function isTooLarge(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'responseCode' in error ? error.responseCode : null;
  return code === 552 || code === 523 || /\b5\.(3\.4|2\.3)\b/.test(error.message);
}
