import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { hashSync } from '@node-rs/argon2';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { startDashboard } from '../../src/dashboard/start-dashboard.ts';
import { silentLogger } from '../../src/logger.ts';
import { selfSigned } from '../support/certificates.ts';
import { storeDiscRun } from '../support/disc-run.ts';
import { type Premises, premises, settingsFor } from '../support/premises.ts';
import { until } from '../support/until.ts';
import { served } from './served.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
}

function place(): Premises {
  const made = premises();
  storeDiscRun(made.storeFile, { rows: 1, columns: 1 });
  return made;
}

/** By TLS, trusting nobody but who is given. */
function asked(url: string, ca: Buffer | undefined, method = 'GET', body?: object): Promise<Answer> {
  const headers = body && { 'content-type': 'application/json', origin: new URL(url).origin };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ca, agent: false, ...(headers && { headers }) }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, headers: answer.headers });
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

describe('the live page with its own certificate', () => {
  it('answers by TLS whoever trusts it, has browsers come by TLS alone, and keeps cookies to it', async () => {
    const here = place();
    const tls = selfSigned(here.folder, 'page');
    const passwordFile = join(here.folder, 'password');
    writeFileSync(passwordFile, hashSync('open sesame', { memoryCost: 64, timeCost: 1 }));
    const { url } = await served(here, { ...tls, passwordFile });
    const ca = readFileSync(tls.certFile);

    const page = await asked(`${url}/`, ca);
    expect(page.status).toBe(200);
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000');
    const signedIn = await asked(`${url}/api/v1/session`, ca, 'POST', { password: 'open sesame' });
    expect(signedIn.status).toBe(200);
    expect(signedIn.headers['set-cookie']?.[0]).toMatch(/^__Host-particled=.*; Secure; SameSite=Strict$/);

    await expect(asked(`${url}/`, undefined)).rejects.toThrow(/self-signed certificate/);
    await expect(fetch(url.replace('https:', 'http:'))).rejects.toThrow();
  });

  it.each(['wrong', 'missing'])('says which file is %s, and listens on no port', async (what) => {
    const here = place();
    const { certFile } = selfSigned(here.folder, 'page');
    const other = selfSigned(here.folder, 'other').keyFile;
    const keyFile = what === 'wrong' ? other : join(here.folder, 'missing.key');
    const config = configSchema.parse(settingsFor(here, { dashboard: { port: 0, certFile, keyFile } }));
    const dashboard = startDashboard({ config, reviewing: null, logger: silentLogger });
    onTestFinished(() => dashboard.close());
    await until('the fault', () => dashboard.faults().length > 0, { timeoutMs: 60_000 });
    const [fault = ''] = dashboard.faults();
    expect(fault).toContain('the live page cannot be served (');
    expect(fault).toContain(
      what === 'wrong'
        ? `dashboard.keyFile: ${keyFile} is not the key of the certificate in ${certFile}`
        : 'dashboard.keyFile: cannot be read (ENOENT',
    );
    expect(dashboard.url()).toBeNull();
  });
});
