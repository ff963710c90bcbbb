import { isIP } from 'node:net';
import { hostname } from 'node:os';

/**
 * Whether a request was meant for this computer, by its Host header. A page in somebody's browser that reaches a local port
 * by a name of its own (DNS rebinding) names that; an address cannot be such a name.
 *
 * @param names host names beside `localhost` and that of the computer
 */
export function isExpectedHost(header: string | undefined, names: readonly string[]): boolean {
  const host = hostOf(header);
  if (host === null) return false;
  if (isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
  return ['localhost', hostname(), ...names].some((name) => name.toLowerCase() === host);
}

/** Without its port, in lower case; null where there is none, or more than a host. */
function hostOf(header: string | undefined): string | null {
  if (!header || !/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(header)) return null;
  return header.replace(/:\d{1,5}$/, '').toLowerCase();
}
