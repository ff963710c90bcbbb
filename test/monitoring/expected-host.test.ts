import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isExpectedHost } from '../../src/monitoring/expected-host.ts';

describe('a request', () => {
  it.each([
    ['127.0.0.1:9464'],
    ['127.0.0.1'],
    ['[::1]:9464'],
    ['192.168.1.7:9464'],
    ['localhost:9464'],
    ['LOCALHOST'],
    [`${hostname()}:9464`],
    ['sem-pc.lab.example:9464'],
  ])('for %s is meant for this computer', (header) => {
    expect(isExpectedHost(header, ['SEM-PC.lab.example'])).toBe(true);
  });

  it.each([
    [undefined],
    [''],
    ['evil.example'],
    ['evil.example:9464'],
    ['127.0.0.1.evil.example'],
    ['127.0.0.1@evil.example'],
    ['localhost.evil.example:9464'],
    ['localhost:9464:1'],
    ['[::1'],
    ['sem-pc.lab.example, evil.example'],
  ])('for %s is not', (header) => {
    expect(isExpectedHost(header, ['sem-pc.lab.example'])).toBe(false);
  });
});
