/** What to do where an account may not send a command, or reach a key or channel. */
export const RIGHTS_ADVICE =
  "allow it there; examples/queue/users.acl has the whole list, also of keys (the key prefix's too)";

export const MEMORY_ADVICE = 'raise maxmemory at the server, or lower segmenter.queue.window of daemons';

/**
 * What to do about a connection or a command that is refused, told by the server's or the system's own words.
 * @param key where the connection's settings stand
 * @param wasConnected these settings were right before, so that a lost connection is no matter of theirs
 */
export function queueAdvice(reason: string, key: string, wasConnected = false): string {
  if (/WRONGPASS|NOAUTH|invalid password|without any password/i.test(reason))
    return `correct ${key}.username and the password in ${key}.passwordFile, or allow this user at the server (users.acl)`;
  if (/'select' command|DB index/i.test(reason))
    return `correct the number of the database in ${key}.url, raise databases at the server, or allow this user to select one (users.acl)`;
  if (/NOPERM|no permissions|can't (run|access)|ACL failure/i.test(reason)) return RIGHTS_ADVICE;
  if (/^OOM|command not allowed when used memory/i.test(reason)) return MEMORY_ADVICE;
  if (/certificate has expired|not yet valid/i.test(reason))
    return "set this computer's clock, or give the server a new certificate (examples/queue/make-secrets.sh)";
  if (/certificate required/i.test(reason))
    return `give an own certificate in ${key}.certFile and ${key}.keyFile`;
  if (/certificate|self.signed|altname|issuer/i.test(reason))
    return `give the authority of the server's certificate in ${key}.caFile, and in ${key}.url the name that it holds`;
  if (!wasConnected && /wrong version number|ssl|tls|EPROTO|closed|ECONNRESET/i.test(reason))
    return `rediss:// in ${key}.url speaks TLS and redis:// does not: take the one that the server has on this port`;
  if (!wasConnected && /ETIMEDOUT|no answer/i.test(reason))
    return `open its port in the firewall, or take redis:// in ${key}.url where it has no TLS on this port`;
  return `start the server, open its port in the firewall, or correct ${key}.url`;
}
