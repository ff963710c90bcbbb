import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readSecret } from '../../src/config/secret.ts';

const key = 'mqtt.passwordFile';

function secretOf(content: string, mode = 0o600): string {
  const file = join(mkdtempSync(join(tmpdir(), 'particled-secret-')), 'password');
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

describe('a secret from a file', () => {
  it.each([
    ['pass word \n', 'pass word '],
    ['\uFEFFsecret\r\n', 'secret'],
    ['two\n\n', 'two\n'],
  ])('loses its byte order mark and one line end, and nothing else: %j', (content, secret) => {
    expect(readSecret(secretOf(content), key)).toBe(secret);
  });

  it('is told by its key where it is missing or empty', () => {
    expect(() => readSecret('/nowhere/password', key)).toThrow(/mqtt\.passwordFile: cannot be read/);
    expect(() => readSecret(secretOf('\n'), key)).toThrow(/mqtt\.passwordFile: .* is empty/);
  });

  it('is a credential of systemd by its name alone', () => {
    const file = secretOf('of systemd\n');
    vi.stubEnv('CREDENTIALS_DIRECTORY', join(file, '..'));
    expect(readSecret('password', key)).toBe('of systemd');
    vi.unstubAllEnvs();
  });
});
