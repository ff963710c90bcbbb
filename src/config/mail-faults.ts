import type { Config } from './schema.ts';

/** What single keys of `mail` cannot show: mail that is wanted needs a sender and a reader, a secret needs TLS. */
export function mailFaults({ mail }: Pick<Config, 'mail'>): string[] {
  const faults: string[] = [];
  if (mail.host !== null && mail.from === null) {
    faults.push('mail.from: is not set but mail.host is; give the address that the mail comes from');
  }
  if (mail.host !== null && mail.to.length === 0) {
    faults.push('mail.to: is empty but mail.host is set; give at least one address');
  }
  if ((mail.username === null) !== (mail.passwordFile === null)) {
    faults.push('mail.username, mail.passwordFile: one is set and the other is not; set both or neither');
  }
  if (mail.security === 'none') {
    if (mail.username !== null) {
      faults.push('mail.security: none would send the password in clear; use starttls or tls');
    }
    if (mail.caFile !== null) faults.push('mail.caFile: is set but mail.security is none; nothing uses it');
  }
  return faults;
}
