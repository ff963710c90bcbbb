import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate of 127.0.0.1 that signs itself, made by openssl, valid from now on for two days. */
export function selfSigned(
  folder: string,
  name: string,
  { days = 2, password }: { readonly days?: number; readonly password?: string } = {},
): CertificateFiles {
  const files = { certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) };
  const request = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days ${days}`;
  const key = password === undefined ? ['-nodes'] : ['-passout', `pass:${password}`];
  const names = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  execFileSync(
    'openssl',
    [...request.split(' '), ...key, ...names, '-keyout', files.keyFile, '-out', files.certFile],
    { stdio: 'ignore' },
  );
  return files;
}
