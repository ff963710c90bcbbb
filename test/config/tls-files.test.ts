import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireReferredFiles } from '../../src/config/referred-files.ts';
import { configSchema } from '../../src/config/schema.ts';
import { readTlsFiles } from '../../src/config/tls-files.ts';
import { selfSigned } from '../support/certificates.ts';
import { premises } from '../support/premises.ts';

describe("the page's certificate and key", () => {
  it('are read where they belong together', () => {
    const { certFile, keyFile } = selfSigned(premises().folder, 'page');
    expect(readTlsFiles(certFile, keyFile).certificate.subject).toBe('CN=page');
  });

  it('are refused where the key is that of another', () => {
    const { folder } = premises();
    const [page, other] = [selfSigned(folder, 'page'), selfSigned(folder, 'other')];
    expect(() => readTlsFiles(page.certFile, other.keyFile)).toThrow(
      `dashboard.keyFile: ${other.keyFile} is not the key of the certificate in ${page.certFile}`,
    );
  });

  it('are refused where one is missing, is the other, or is encrypted, each with what to do', () => {
    const { folder } = premises();
    const { certFile, keyFile } = selfSigned(folder, 'page');
    const missing = join(folder, 'missing.pem');
    const locked = selfSigned(folder, 'locked', { password: 'hidden' });
    expect(() => readTlsFiles(missing, keyFile)).toThrow(/dashboard\.certFile: cannot be read \(.*ENOENT/);
    expect(() => readTlsFiles(certFile, missing)).toThrow(/dashboard\.keyFile: cannot be read \(.*ENOENT/);
    expect(() => readTlsFiles(keyFile, certFile)).toThrow('dashboard.certFile:');
    expect(() => readTlsFiles(certFile, certFile)).toThrow(`${certFile} holds no private key; give a PEM`);
    expect(() => readTlsFiles(locked.certFile, locked.keyFile)).toThrow(
      `${locked.keyFile} is encrypted, and nobody is there to type its password; write it without: openssl pkey`,
    );
  });

  it('are looked at before a start, and only where there is a page', () => {
    const { folder } = premises();
    const { certFile } = selfSigned(folder, 'page');
    const keyFile = join(folder, 'key.pem');
    writeFileSync(keyFile, 'no key\n');
    const withPort = (port: number | null) => configSchema.parse({ dashboard: { port, certFile, keyFile } });
    expect(() => requireReferredFiles(withPort(8443))).toThrow(`${keyFile} holds no private key`);
    expect(() => requireReferredFiles(withPort(null))).not.toThrow();
  });
});
