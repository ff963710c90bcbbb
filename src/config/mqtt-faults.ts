import type { Config } from './schema.ts';
import { spokenUrl } from './spoken-url.ts';

/** What the keys of `mqtt` say only together. */
export function mqttFaults({ mqtt }: Config): string[] {
  const faults: string[] = [];
  const url = spokenUrl(mqtt.url).replace(/\/\/[^/]*@/, '//...@');
  if (mqtt.passwordFile !== null && mqtt.username === null) {
    faults.push('mqtt.passwordFile: is set but mqtt.username is not; set both or neither');
  }
  if (mqtt.broker === 'embedded' && mqtt.username !== null && mqtt.passwordFile === null) {
    faults.push('mqtt.username: is set but mqtt.passwordFile is not; the embedded broker asks for both');
  }
  if ((mqtt.certFile === null) !== (mqtt.keyFile === null)) {
    faults.push('mqtt.certFile, mqtt.keyFile: one is set and the other is not; set both or neither');
  }
  for (const name of ['caFile', 'certFile', 'keyFile', 'alpn'] as const) {
    if (mqtt[name] !== null && !/^(mqtts|wss):/.test(mqtt.url)) {
      faults.push(`mqtt.${name}: is set but mqtt.url (${url}) is not mqtts:// or wss://`);
    }
  }
  const withPassword = /^[a-z]+:\/\/[^/]*@/.test(mqtt.url);
  if (withPassword) {
    faults.push(
      'mqtt.url: has a user name in it; put it into mqtt.username, and the password into mqtt.passwordFile',
    );
  }
  const { baseTopic, homeAssistantPrefix: prefix } = mqtt;
  if (mqtt.homeAssistant && `${prefix}/`.startsWith(`${baseTopic}/`)) {
    faults.push(
      `mqtt.homeAssistantPrefix: ${prefix} lies below mqtt.baseTopic (${baseTopic}), where results are; choose another mqtt.baseTopic`,
    );
  }
  return faults;
}
