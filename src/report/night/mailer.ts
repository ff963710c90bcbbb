import { readFileSync } from 'node:fs';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Config } from '../../config/schema.ts';
import { readSecret } from '../../config/secret.ts';
import { ConfigError, messageOf } from '../../errors.ts';
import type { NightMail } from './mail.ts';

export interface Mailer {
  /**
   * Resolves once the server has taken the mail for at least one address.
   * @returns the addresses that it refused, each with its reason
   * @throws MailError
   */
  send(mail: NightMail, messageId: string, signal?: AbortSignal): Promise<readonly string[]>;
}

/** A mail that was not taken: by whom, why, and whether to try again is in vain. */
export class MailError extends Error {
  override readonly name = 'MailError';
  /** The server has refused for good (5yz, RFC 5321 4.2.1). */
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean) {
    super(message);
    this.permanent = permanent;
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
  const { host, port, security, username, passwordFile, caFile } = settings;
  const ca = caFile === null ? undefined : readCertificate(caFile);
  return {
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls' },
    ignoreTLS: security === 'none',
    ...(ca && { tls: { ca } }),
    ...(username !== null &&
      passwordFile !== null && {
        auth: { user: username, pass: readSecret(passwordFile, 'mail.passwordFile') },
      }),
  };
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
  return {
    async send(mail, messageId, signal) {
      const envelope = { from, to, messageId, ...(signal && { signal }) };
      try {
        const { rejected, rejectedErrors = [] } = await transport.sendMail({
          ...envelope,
          ...contentOf(mail),
        });
        return rejected.map((address, i) => `${String(address)}: ${replyOf(rejectedErrors[i])}`);
      } catch (error) {
        throw new MailError(`${host}:${port}: ${replyOf(error)}`, isPermanent(error));
      }
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
