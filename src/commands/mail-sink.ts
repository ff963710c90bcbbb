import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SMTPServer } from 'smtp-server';

/** An SMTP server that writes what it is sent into files, and delivers nothing. */
export interface MailSink {
  readonly port: number;
  /** The files, in order of arrival. */
  readonly files: readonly string[];
  close(): Promise<void>;
}

/** On a free port of this machine alone. */
export async function startMailSink(folder: string): Promise<MailSink> {
  const files: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, callback) {
      const file = join(folder, `mail-${files.length + 1}.eml`);
      pipeline(stream, createWriteStream(file)).then(() => {
        files.push(file);
        callback();
      }, callback);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the SMTP sink has no port');
  return {
    port: address.port,
    files,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
