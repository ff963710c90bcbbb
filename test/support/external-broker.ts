import { type Mosquitto, mosquitto, ofMosquitto } from '../publish/mosquitto.ts';
import type { Settings } from './premises.ts';

/** A real Mosquitto that has not been started. The walk cannot be shown without one, so a missing one fails. */
export function externalBroker(): Promise<Mosquitto> {
  if (!ofMosquitto.isMet)
    throw new Error(
      'mosquitto is not installed, and this test is of nothing without it: apt-get install mosquitto',
    );
  return mosquitto();
}

export async function startedBroker(): Promise<Mosquitto> {
  const broker = await externalBroker();
  await broker.start();
  return broker;
}

/** Settings to publish there, quick to notice when it is gone. */
export function publishingTo({ url }: Mosquitto): NonNullable<Settings['mqtt']> {
  return { broker: 'external', url, keepaliveS: 5, summaryIntervalS: 0.3 };
}
