import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { ConfigError } from '../errors.ts';
import { readReferred } from './load.ts';

/** A certificate and its key, which belong together. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  readonly certificate: X509Certificate;
}

/**
 * Reads the page's own certificate and key.
 * @throws ConfigError naming the key of the configuration and the file: unreadable, no PEM, encrypted, or of two pairs
 */
export function readTlsFiles(certFile: string, keyFile: string): TlsFiles {
  const { text: cert, certificate } = readCertificate(certFile, 'dashboard.certFile');
  const key = readReferred(keyFile, 'dashboard.keyFile');
  if (!certificate.checkPrivateKey(privateKey(keyFile, key))) {
    throw new ConfigError(keyFile, [
      `dashboard.keyFile: ${keyFile} is not the key of the certificate in ${certFile} (dashboard.certFile), whose own comes first in it; give the pair that was made together`,
    ]);
  }
  return { cert, key, certificate };
}

/** @throws ConfigError where the file cannot be read or holds none */
export function readCertificate(
  file: string,
  key: string,
): { readonly text: string; readonly certificate: X509Certificate } {
  const text = readReferred(file, key);
  try {
    return { text, certificate: new X509Certificate(text) };
  } catch {
    throw new ConfigError(file, [
      `${key}: ${file} holds no certificate; give a PEM file that begins with -----BEGIN CERTIFICATE-----`,
    ]);
  }
}

function privateKey(file: string, text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    const why = /ENCRYPTED/.test(text)
      ? 'is encrypted, and nobody is there to type its password; write it without: openssl pkey -in KEY -out NEW'
      : 'holds no private key; give a PEM file that begins with -----BEGIN PRIVATE KEY-----';
    throw new ConfigError(file, [`dashboard.keyFile: ${file} ${why}`]);
  }
}
