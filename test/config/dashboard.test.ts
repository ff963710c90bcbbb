import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../src/config/dashboard.ts';
import { exposedSecrets } from '../../src/config/exposed-secrets.ts';
import { loadConfig } from '../../src/config/load.ts';
import { requireReferredFiles } from '../../src/config/referred-files.ts';
import type { Config } from '../../src/config/schema.ts';
import { premises } from '../support/premises.ts';

const load = (dashboard: Partial<Config['dashboard']>, others = {}): Config =>
  loadConfig(null, {}, { dashboard, ...others });

const open = { port: 8080, host: '0.0.0.0' };
const certificate = { certFile: '/etc/cert.pem', keyFile: '/etc/key.pem' };

describe('the live page in the configuration', () => {
  it('is off unless it has a port, and then on this computer alone', () => {
    expect(load({}).dashboard).toMatchObject({ port: null, host: '127.0.0.1', passwordFile: null });
    expect(load({ host: '0.0.0.0' }).dashboard.port).toBeNull();
    expect(load({ port: 8080 }).dashboard.port).toBe(8080);
  });

  it('is opened to the network only with a password or token, and with TLS or a proxy that has it', () => {
    expect(() => load(open)).toThrow(/2 faults\n.*needs a password or a token.*\n.*dashboard\.certFile/);
    expect(() => load({ ...open, passwordFile: '/p' })).toThrow(/1 fault\n.*must not be read on the way/);
    expect(() => load({ ...open, ...certificate })).toThrow(/1 fault\n.*needs a password or a token/);
    for (const [secret, way] of [
      [{ passwordFile: '/p' }, certificate],
      [{ tokenFile: '/t' }, { trustedProxies: ['192.0.2.1'] }],
    ]) {
      expect(load({ ...open, ...secret, ...way }).dashboard.host).toBe('0.0.0.0');
    }
  });

  it('knows which addresses are of this computer alone', () => {
    expect(['127.0.0.1', '127.8.9.1', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['0.0.0.0', '::', '192.0.2.1', 'sem-pc', '::ffff:192.0.2.1'].map(isLoopback)).not.toContain(true);
  });

  it("takes key and certificate together, and no port of the daemon's other doors", () => {
    expect(() => load({ certFile: '/c' })).toThrow('dashboard.certFile, dashboard.keyFile');
    expect(() => load({ port: 1883 })).toThrow('is mqtt.port');
    expect(() => load({ port: 9464 }, { monitoring: { port: 9464 } })).toThrow('is monitoring.port');
  });

  it('trusts addresses and networks, not names', () => {
    const trusting = (proxy: string) => () => load({ port: 1, trustedProxies: [proxy] });
    for (const proxy of ['192.0.2.1', '10.0.0.0/8', '2001:db8::/32', '::1'])
      expect(trusting(proxy)).not.toThrow();
    for (const proxy of ['proxy.lab', '10.0.0.0/33', '10.0.0.0/8/8', '/8', 'all']) {
      expect(trusting(proxy), proxy).toThrow('must be an address');
    }
  });

  it('names files of secrets, which hold what they should and are read by nobody else', () => {
    const { folder } = premises();
    const file = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content, { mode: 0o644 });
      return join(folder, name);
    };
    const plain = load({ port: 1, passwordFile: file('a', 'secret\n'), tokenFile: file('b', 'short') });
    expect(() => requireReferredFiles(plain)).toThrow(/holds no hash[\s\S]*at least 32 printable/);
    expect(() => requireReferredFiles(plain)).not.toThrow('secret');
    expect(exposedSecrets(plain, null).map(({ key }) => key)).toEqual([
      'dashboard.passwordFile',
      'dashboard.tokenFile',
    ]);
    const off = load({ passwordFile: join(folder, 'a') });
    expect(exposedSecrets(off, null)).toEqual([]);
    expect(() => requireReferredFiles(off)).not.toThrow();
  });
});
