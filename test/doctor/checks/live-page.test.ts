import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { checkLivePage } from '../../../src/doctor/checks/live-page.ts';
import { served } from '../../dashboard/served.ts';
import { freePort } from '../../publish/mosquitto.ts';
import { selfSigned } from '../../support/certificates.ts';
import { storeDiscRun } from '../../support/disc-run.ts';
import { premises } from '../../support/premises.ts';

const DAY_MS = 86_400_000;
const now = new Date();
const page = (dashboard: object) => configSchema.parse({ dashboard }).dashboard;

describe('the check of the live page', () => {
  it('says nothing where there is none', async () => {
    expect(await checkLivePage(page({ port: null }), now)).toEqual([]);
  });

  it('finds the port free, and says who may look', async () => {
    const port = await freePort();
    expect(await checkLivePage(page({ port }), now)).toMatchObject([
      { verdict: 'ok', found: `port ${port} of 127.0.0.1 is free; for this computer, without signing in` },
    ]);
    const { folder } = premises();
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, `${'0123456789abcdef'.repeat(2)}\n`);
    const open = { port, host: '0.0.0.0', tokenFile, trustedProxies: ['192.0.2.7'] };
    expect(await checkLivePage(page(open), now)).toMatchObject([
      {
        verdict: 'ok',
        found: `port ${port} of 0.0.0.0 is free; for the network, by token, behind 192.0.2.7`,
      },
    ]);
  });

  it.each(['http', 'https'])('finds the port with a particled that runs, by %s', async (scheme) => {
    const place = premises();
    storeDiscRun(place.storeFile, { rows: 1, columns: 1 });
    const tls = scheme === 'https' ? selfSigned(place.folder, 'page') : {};
    const { url } = await served(place, tls);
    expect(url).toMatch(new RegExp(`^${scheme}:`));
    const [port] = await checkLivePage(page({ port: Number(new URL(url).port), ...tls }), now);
    expect(port).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/^a running particled\/\d\S* has port \d+ of 127\.0\.0\.1; for this/),
    });
  });

  it('finds another program there', async () => {
    const port = await freePort();
    const other = createServer((socket) => socket.end('no HTTP\n')).listen(port, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    expect(await checkLivePage(page({ port }), now)).toMatchObject([
      { verdict: 'failure', advice: 'choose another dashboard.port' },
    ]);
  });

  it('names the file that is no password, no token, or missing', async () => {
    const { folder } = premises();
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 'in plain letters\n');
    const tokenFile = join(folder, 'missing');
    const found = await checkLivePage(page({ port: 0, passwordFile, tokenFile }), now);
    expect(found.slice(1)).toMatchObject([
      { verdict: 'failure', found: expect.stringContaining('dashboard.passwordFile: holds no hash') },
      { verdict: 'failure', found: expect.stringContaining('dashboard.tokenFile: cannot be read') },
    ]);
  });

  it('tells how long the certificate is valid, a month before it ends, and whose key is wrong', async () => {
    const { folder } = premises();
    // Made within the hour for 40 days.
    const tls = selfSigned(folder, 'page', { days: 40 });
    const onDay = async (day: number) => {
      const at = new Date(now.getTime() + day * DAY_MS);
      return (await checkLivePage(page({ port: 0, ...tls }), at))[1];
    };
    expect(await onDay(5)).toMatchObject({ verdict: 'ok', found: expect.stringContaining('valid until') });
    expect(await onDay(30.5)).toMatchObject({
      verdict: 'attention',
      found: expect.stringMatching(/expires on \d{4}-\d\d-\d\d, in 9 days$/),
    });
    expect(await onDay(41)).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/has expired/),
    });
    expect(await onDay(-1)).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/is not valid before/),
    });
    const { keyFile } = selfSigned(folder, 'other');
    expect((await checkLivePage(page({ port: 0, ...tls, keyFile }), now))[1]).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining(`${keyFile} is not the key of the certificate`),
    });
  });
});
