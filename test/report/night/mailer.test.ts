import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { ConfigError } from '../../../src/errors.ts';
import type { NightMail } from '../../../src/report/night/mail.ts';
import {
  createMailer,
  type MailError,
  type MailSettings,
  mailSettings,
  type SentMail,
} from '../../../src/report/night/mailer.ts';
import { premises } from '../../support/premises.ts';
import { type Smtp, SmtpReply, selfSigned, smtp } from '../../support/smtp.ts';

const mail: NightMail = {
  subject: 'particled phenom-1, 23 Nov: 1 sample',
  text: 'D50 4.88 µm\n',
  html: '<p>D50 4.88 µm <img src="cid:spark@particled" alt="4.88"></p>',
  images: [
    {
      cid: 'spark@particled',
      fileName: 'spark.png',
      contentType: 'image/png',
      bytes: Uint8Array.of(1, 2, 3),
    },
  ],
  attachments: [
    { fileName: 'night.csv', contentType: 'text/csv; charset=utf-8', text: 'sample\npowder µ\n' },
  ],
};
const id = '<particled.night.2026-11-23.phenom-1@lab.example>';

function settings(change: Partial<MailSettings>): MailSettings {
  const base = { host: '127.0.0.1', from: 'phenom@lab.example', to: ['ada@lab.example'], security: 'none' };
  const known = mailSettings(configSchema.parse({ mail: base }));
  if (known === null) throw new Error('mail is off');
  return { ...known, ...change };
}

const send = (server: Pick<Smtp, 'port'>, change: Partial<MailSettings> = {}): Promise<SentMail> =>
  createMailer(settings({ port: server.port, ...change })).send(mail, id);

async function failure(sending: Promise<unknown>): Promise<MailError> {
  return sending.then(
    () => Promise.reject(new Error('the mail was sent')),
    (error: MailError) => error,
  );
}

/** Takes mail over TLS after login as lab with the password secret alone. */
function guarded(folder: string, implicitTls: boolean) {
  const { key, cert, caFile } = selfSigned(folder);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'secret\n');
  const server = smtp({
    options: {
      ...{ key, cert, secure: implicitTls, authOptional: false, disabledCommands: [] },
      onAuth({ username, password }, _session, callback) {
        if (username === 'lab' && password === 'secret') callback(null, { user: username });
        else callback(Object.assign(new Error('wrong password'), { responseCode: 535 }));
      },
    },
  });
  return { server, caFile, passwordFile, username: 'lab' };
}

describe('a mail that is sent', () => {
  it('arrives whole: text, HTML with its pictures, attachments, and an id of its night', async () => {
    const server = await smtp();
    expect(await send(server)).toEqual({ refused: [], leftOut: null });
    expect(server.mails).toHaveLength(1);
    const arrived = server.mails[0]!;
    expect(arrived).toMatchObject({ subject: mail.subject, messageId: id, text: mail.text });
    expect(arrived.headers.get('auto-submitted')).toBe('auto-generated');
    const [picture, csv] = arrived.attachments;
    expect(picture).toMatchObject({ cid: 'spark@particled', contentDisposition: 'inline', related: true });
    expect(picture?.content).toEqual(Buffer.of(1, 2, 3));
    expect(csv).toMatchObject({ filename: 'night.csv', contentType: 'text/csv' });
    expect(csv?.content.toString()).toBe('sample\npowder µ\n');
  });

  it.each([
    ['starttls', false],
    ['tls', true],
  ] as const)('goes through %s, after login', async (security, implicitTls) => {
    const { folder } = premises();
    const { server, ...access } = guarded(folder, implicitTls);
    expect((await send(await server, { security, ...access })).refused).toEqual([]);
    expect((await server).mails).toHaveLength(1);
  });

  it('reaches those addresses that are taken, and names the others', async () => {
    const server = await smtp({
      onAddress(address) {
        if (address === 'left@lab.example') throw new SmtpReply(550, 'no such mailbox');
      },
    });
    const { refused } = await send(server, { to: ['ada@lab.example', 'left@lab.example'] });
    expect(refused).toEqual([expect.stringMatching(/^left@lab\.example: .*550 no such mailbox$/)]);
    expect(server.mails).toHaveLength(1);
  });
});

describe('a mail that is too large for its server', () => {
  /** Takes mails of fewer attachments than these alone, pictures included. */
  const takingFewerThan = (attachments: number) =>
    smtp({
      onMail: async (arrived) => {
        if (arrived.attachments.length >= attachments) throw new SmtpReply(552, '5.3.4 too large');
      },
    });

  it('goes without its pictures, whose numbers stay as words, and says so', async () => {
    const server = await takingFewerThan(2);
    expect((await send(server)).leftOut).toMatch(/^pictures: 127\.0\.0\.1:\d+: .*552 5\.3\.4 too large$/);
    const [arrived] = server.mails;
    expect(arrived?.attachments.map(({ filename }) => filename)).toEqual(['night.csv']);
    expect(arrived?.html).toContain('<em>4.88</em>');
    expect(arrived?.html).not.toContain('<img');
    expect(arrived?.text).toContain('they are left out');
    expect(arrived?.text).toContain('D50 4.88 µm');
  });

  it('goes without its tables too where that is not enough', async () => {
    const server = await takingFewerThan(1);
    expect((await send(server)).leftOut).toMatch(/^pictures and tables: /);
    expect(server.mails[0]?.attachments).toEqual([]);
  });

  it('is refused for good where even its text is', async () => {
    const error = await failure(send(await takingFewerThan(0)));
    expect(error).toMatchObject({ permanent: true, tooLarge: true });
  });
});

describe('the greeting', () => {
  const greetingOf = async (change: Partial<MailSettings>): Promise<string | undefined> => {
    let name: string | undefined;
    const server = await smtp({
      options: {
        onMailFrom(_address, session, callback) {
          name = session.hostNameAppearsAs || undefined;
          callback();
        },
      },
    });
    await send(server, change);
    return name;
  };

  it('names this computer as the configuration says, else by a full name', async () => {
    expect(await greetingOf({ clientName: 'sem1.lab.example' })).toBe('sem1.lab.example');
    expect(await greetingOf({})).toBe(hostname().includes('.') ? hostname() : 'lab.example');
  });
});

describe('a mail that is not taken', () => {
  const refusing = (code: number) =>
    smtp({ onMail: () => Promise.reject(new SmtpReply(code, 'not this one')) });

  it('is refused for good with 5yz, for now with 4yz, and the reason names server and reply', async () => {
    const forGood = await failure(send(await refusing(554)));
    expect(forGood.permanent).toBe(true);
    expect(forGood.message).toMatch(/^127\.0\.0\.1:\d+: .*554 not this one$/);
    expect((await failure(send(await refusing(451)))).permanent).toBe(false);
  });

  it('may be tried again where no server answers', async () => {
    const server = await smtp();
    await server.close();
    const error = await failure(send(server));
    expect(error.permanent).toBe(false);
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('is not said in clear to a server without STARTTLS, nor to one that nobody vouches for', async () => {
    const plain = await smtp();
    expect((await failure(send(plain, { security: 'starttls' }))).message).toContain('STARTTLS');
    const { server, ...access } = guarded(premises().folder, true);
    const error = await failure(send(await server, { security: 'tls', ...access, caFile: null }));
    expect(error.message).toContain('self-signed certificate');
    expect([...plain.mails, ...(await server).mails]).toEqual([]);
  });

  it('is refused for good with a wrong password', async () => {
    const { folder } = premises();
    const { server, ...access } = guarded(folder, true);
    writeFileSync(access.passwordFile, 'wrong');
    const error = await failure(send(await server, { security: 'tls', ...access }));
    expect(error.permanent).toBe(true);
    expect(error.message).toContain('535 wrong password');
  });
});

describe('a password or certificate that cannot be read', () => {
  it.each(['passwordFile', 'caFile'] as const)('is named by its key: %s', (key) => {
    const change = { username: 'lab', [key]: '/missing/file' };
    expect(() => createMailer(settings(change))).toThrow(ConfigError);
    expect(() => createMailer(settings(change))).toThrow(new RegExp(`mail\\.${key}: .*ENOENT`));
  });
});
