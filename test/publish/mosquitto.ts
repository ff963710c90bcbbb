import { onTestFinished } from 'vitest';
import { type Mosquitto, mosquittoBinary, mosquittoProcess } from '../support/mosquitto-process.ts';
import type { Need } from '../support/needs.ts';

export { freePort, type Mosquitto } from '../support/mosquitto-process.ts';

export const ofMosquitto: Need = {
  isMet: mosquittoBinary !== undefined,
  what: 'mosquitto: apt install mosquitto',
};

/** A real broker on a free port, not started yet; it and its files are gone after the test. */
export async function mosquitto(listener: readonly string[] = []): Promise<Mosquitto> {
  const broker = await mosquittoProcess(listener);
  onTestFinished(() => broker.remove());
  return broker;
}
