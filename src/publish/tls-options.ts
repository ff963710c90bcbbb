import { readFileSync } from 'node:fs';
import type { IClientOptions } from 'mqtt';
import { spokenUrl } from '../config/spoken-url.ts';
import { messageOf } from '../errors.ts';

/** PEM files; without `caFile` the system's certificate authorities count. */
export interface TlsSettings {
  readonly caFile?: string | null | undefined;
  /** The client's own certificate and its key. */
  readonly certFile?: string | null | undefined;
  readonly keyFile?: string | null | undefined;
  /** Protocol asked for in the handshake, for brokers that share a port with others. */
  readonly alpn?: string | null | undefined;
}

/**
 * How a broker's URL is spoken to.
 * @throws Error naming the key of a file that cannot be used, or where the URL and the files contradict one another
 */
export function tlsOptions(url: string, tls: TlsSettings | undefined): IClientOptions {
  const urlProtocol = new URL(url).protocol;
  const secure = urlProtocol === 'mqtts:' || urlProtocol === 'wss:';
  if (!secure && urlProtocol !== 'mqtt:' && urlProtocol !== 'ws:') {
    throw new Error(
      `broker URL ${spokenUrl(url)} starts with ${urlProtocol}//, expected mqtt://, mqtts://, ws:// or wss://`,
    );
  }
  const given = (['caFile', 'certFile', 'keyFile', 'alpn'] as const).filter((name) => tls?.[name]);
  if (!secure && given.length > 0) {
    const keys = given.map((name) => `mqtt.${name}`).join(', ');
    throw new Error(
      `${keys}: set, but mqtt.url (${spokenUrl(url)}) is not encrypted; use mqtts:// or remove them`,
    );
  }
  return {
    rejectUnauthorized: true,
    ...(tls?.caFile && { ca: pem(tls.caFile, 'mqtt.caFile') }),
    ...(tls?.certFile && { cert: pem(tls.certFile, 'mqtt.certFile') }),
    ...(tls?.keyFile && { key: pem(tls.keyFile, 'mqtt.keyFile') }),
    ...(tls?.alpn && { ALPNProtocols: [tls.alpn] }),
  };
}

function pem(path: string, key: string): Buffer {
  const bytes = pemBytes(path, key);
  if (bytes.includes('-----BEGIN ')) return bytes;
  throw new Error(`${key}: ${path} is not PEM (no line begins with -----BEGIN); convert it with openssl`);
}

function pemBytes(path: string, key: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`${key}: ${path} cannot be read (${messageOf(error)}); check path and permissions`, {
      cause: error,
    });
  }
}
