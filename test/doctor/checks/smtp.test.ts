import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { checkMail } from '../../../src/doctor/checks/smtp.ts';
import { tryMail } from '../../../src/doctor/try-mail.ts';
import { mailSettings } from '../../../src/report/night/mailer.ts';
import { premises } from '../../support/premises.ts';
import { SmtpReply, selfSigned, smtp } from '../../support/smtp.ts';

const base = {
  host: '127.0.0.1',
  security: 'none',
  from: 'phenom@lab.example',
  to: ['ada@lab.example', 'bob@lab.example'],
};

function finding(port: number, change: Record<string, unknown> = {}) {
  return checkMail(loadConfig(null, {}, { mail: { ...base, port, ...change } }));
}

/** Takes mail over TLS after login as lab with the password secret alone. */
async function guarded(implicitTls: boolean) {
  const { folder } = premises();
  const { key, cert, caFile } = selfSigned(folder);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'secret\n');
  const server = await smtp({
    options: {
      ...{ key, cert, secure: implicitTls, authOptional: false, disabledCommands: [] },
      onAuth({ username, password }, _session, callback) {
        if (username === 'lab' && password === 'secret') callback(null, { user: username });
        else callback(Object.assign(new Error('wrong password'), { responseCode: 535 }));
      },
    },
  });
  return { server, settings: { caFile, passwordFile, username: 'lab' } };
}

describe('mail, as far as it goes without being sent', () => {
  it('is none where no server is named', async () => {
    expect(await checkMail(loadConfig(null, {}))).toMatchObject({
      verdict: 'ok',
      found: 'none is sent: mail.host is null',
    });
  });

  it('is well where sender and all recipients are taken', async () => {
    const server = await smtp();
    expect(await finding(server.port)).toEqual({
      check: 'mail',
      verdict: 'ok',
      found: `127.0.0.1:${server.port}: in clear, takes mail from phenom@lab.example for 2 address(es); none was sent`,
      advice: null,
    });
    expect(server.mails).toEqual([]);
  });

  it.each([
    ['starttls', false],
    ['tls', true],
  ] as const)('goes through %s and login', async (security, implicitTls) => {
    const { server, settings } = await guarded(implicitTls);
    expect(await finding(server.port, { security, ...settings })).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining(`${security}, logged in as lab, takes mail`),
    });
    expect(server.mails).toEqual([]);
  });

  it('says which addresses are refused with the reply: attention, or failure where none is taken', async () => {
    const refusing = (refused: RegExp) =>
      smtp({
        onAddress(address) {
          if (refused.test(address)) throw new SmtpReply(550, 'no such mailbox');
        },
      });
    expect(await finding((await refusing(/^bob/)).port)).toMatchObject({
      verdict: 'attention',
      found: expect.stringMatching(/for 1 address\(es\), not for bob@lab\.example: 550 no such mailbox$/),
      advice: expect.stringContaining('mail.to'),
    });
    expect(await finding((await refusing(/./)).port)).toMatchObject({ verdict: 'failure' });
  });

  it('fails where the sender is refused', async () => {
    const server = await smtp({
      options: {
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        onMailFrom: (_address, _session, callback) => callback(new SmtpReply(553, 'not your address')),
      },
    });
    expect(await finding(server.port)).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/refuses mail from phenom@lab\.example \(553 not your address\)$/),
      advice: expect.stringContaining('mail.from'),
    });
  });

  it('fails with a wrong password, in the words of the server', async () => {
    const { server, settings } = await guarded(true);
    writeFileSync(settings.passwordFile, 'wrong');
    expect(await finding(server.port, { security: 'tls', ...settings })).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/refuses the login of lab \(.*535 wrong password\)$/),
      advice: expect.stringContaining('mail.passwordFile'),
    });
  });

  it('fails on a certificate that nobody vouches for, and on a server without STARTTLS', async () => {
    const { server, settings } = await guarded(true);
    expect(await finding(server.port, { security: 'tls', ...settings, caFile: null })).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('self-signed certificate'),
      advice: expect.stringContaining('mail.caFile'),
    });
    expect(await finding((await smtp()).port, { security: 'starttls' })).toMatchObject({
      verdict: 'failure',
      advice: expect.stringContaining('mail.security'),
    });
  });

  it('fails where nobody listens, and where the password cannot be read', async () => {
    const server = await smtp();
    await server.close();
    expect(await finding(server.port)).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('ECONNREFUSED'),
      advice: expect.stringContaining('mail.host and mail.port'),
    });
    const none = { security: 'tls', username: 'lab', passwordFile: '/nowhere/password' };
    expect(await finding(server.port, none)).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/^mail\.passwordFile: cannot be read \(ENOENT/),
    });
  });

  it('does not wait for a server that never greets', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const settings = mailSettings(loadConfig(null, {}, { mail: { ...base, port } }));
    expect(await tryMail(settings!, 200)).toMatchObject({
      failedAt: 'connect',
      reason: expect.stringMatching(/greeting|timeout/i),
    });
  });
});
