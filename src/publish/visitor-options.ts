import type { IClientOptions } from 'mqtt';
import type { Config } from '../config/schema.ts';
import { readSecret } from '../config/secret.ts';
import { reachableHost } from './embedded-broker.ts';
import { tlsOptions } from './tls-options.ts';

/** Where the daemon's broker is for others on this computer. */
export function visitorUrl({ broker, host, port, url }: Config['mqtt']): string {
  return broker === 'embedded' ? `mqtt://${reachableHost(host)}:${port}` : url;
}

/**
 * As what another program of this computer connects to the daemon's broker: with the account of the configuration, and
 * once, without a session.
 * @throws ConfigError or Error naming the key of a file that cannot be read
 */
export function visitorOptions(mqtt: Config['mqtt']): IClientOptions {
  const { broker, username, passwordFile } = mqtt;
  return {
    clean: true,
    reconnectPeriod: 0,
    protocolVersion: broker === 'embedded' ? 4 : 5,
    ...(username !== null && { username }),
    ...(passwordFile !== null && { password: readSecret(passwordFile, 'mqtt.passwordFile') }),
    ...(broker === 'external' && tlsOptions(mqtt.url, mqtt)),
  };
}
