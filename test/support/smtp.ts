import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** A real SMTP server, and what it has taken. */
export interface Smtp {
  readonly port: number;
  readonly mails: readonly ParsedMail[];
  close(): Promise<void>;
}

/** Throw it in a handler to refuse with this code. */
export class SmtpReply extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

export interface SmtpBehaviour {
  readonly port?: number;
  readonly options?: SMTPServerOptions;
  /** Called for each address, which is taken unless this throws. */
  readonly onAddress?: (address: string) => void;
  /** Called once a mail is whole; it is taken when this resolves. */
  readonly onMail?: (mail: ParsedMail) => Promise<void>;
}

/** Without TLS and login, unless `options` say otherwise; closed after the test. */
export async function smtp({ port = 0, options, onAddress, onMail }: SmtpBehaviour = {}): Promise<Smtp> {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      answer(async () => onAddress?.(address), callback);
    },
    onData(stream, _session, callback) {
      answer(async () => {
        const mail = await simpleParser(stream);
        await onMail?.(mail);
        mails.push(mail);
      }, callback);
    },
    ...options,
  });
  server.on('error', () => {}); // a client that goes away is part of some tests
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await new Promise<void>((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return { port: address.port, mails, close };
}

/** A certificate for 127.0.0.1 that no system trusts, and its key. */
export function selfSigned(folder: string): { key: string; cert: string; caFile: string } {
  const keyFile = join(folder, 'key.pem');
  const caFile = join(folder, 'certificate.pem');
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=smtp';
  execFileSync(
    'openssl',
    [...request.split(' '), '-keyout', keyFile, '-out', caFile, '-addext', 'subjectAltName=IP:127.0.0.1'],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(caFile, 'utf8'), caFile };
}

function answer(work: () => Promise<void>, callback: (error?: Error | null) => void): void {
  work().then(() => callback(), callback);
}
