import { isLoopback } from './dashboard.ts';
import type { Config } from './schema.ts';

/** What the keys of `dashboard` say only together, and with the other doors of the daemon. */
export function dashboardFaults({ dashboard, mqtt, monitoring }: Config): string[] {
  const { port, host, passwordFile, tokenFile, certFile, keyFile, trustedProxies } = dashboard;
  const faults: string[] = [];
  if ((certFile === null) !== (keyFile === null)) {
    faults.push(
      'dashboard.certFile, dashboard.keyFile: one is set and the other is not; set both or neither',
    );
  }
  if (port === null) return faults;
  if (!isLoopback(host)) {
    if (passwordFile === null && tokenFile === null) {
      faults.push(
        `dashboard.host: ${host} opens the live page to the network, where it needs a password or a token; set dashboard.passwordFile (particled dashboard password) or dashboard.tokenFile, or 127.0.0.1`,
      );
    }
    if (certFile === null && trustedProxies.length === 0) {
      faults.push(
        `dashboard.host: ${host} opens the live page to the network, where passwords must not be read on the way; set dashboard.certFile and dashboard.keyFile, or dashboard.trustedProxies for a proxy in front that has TLS, or 127.0.0.1`,
      );
    }
  }
  if (port !== 0 && mqtt.broker === 'embedded' && port === mqtt.port) {
    faults.push(`dashboard.port: ${port} is mqtt.port, where the embedded broker listens; choose another`);
  }
  if (port !== 0 && port === monitoring.port) {
    faults.push(`dashboard.port: ${port} is monitoring.port; choose another`);
  }
  return faults;
}
