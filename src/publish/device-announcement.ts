import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/database.ts';
import { softwareVersion } from '../version.ts';
import type { Broker } from './broker.ts';
import { discoveryPayload, discoveryTopic } from './home-assistant.ts';

/** The device that Home Assistant shows. */
export interface DeviceAnnouncement {
  /** Time has passed: a run that is new is told. */
  tick(): void;
  stop(): void;
}

/**
 * Keeps the retained announcement at the broker as the configuration has it: told at each connect, with each new run and when
 * Home Assistant comes back; taken away where it is turned off or has another topic now, for which the store remembers it.
 */
export function announceDevice(options: {
  readonly config: Config;
  readonly broker: Broker;
  readonly store: Pick<Store, 'runs' | 'announcements'>;
  readonly logger: Logger;
}): DeviceAnnouncement {
  const { config, broker, store, logger } = options;
  const topic = discoveryTopic(config);
  let told = '';
  let toldFault = '';
  let stopped = false;

  async function publish(to: string, payload: string): Promise<boolean> {
    try {
      await broker.publish({ topic: to, payload, retain: true });
      toldFault = '';
      return true;
    } catch (error) {
      const err = messageOf(error);
      if (broker.connected && err !== toldFault) {
        logger.warn(
          { topic: to, err },
          'the announcement to Home Assistant is not taken; tried again at the next connect',
        );
        toldFault = err;
      }
      return false;
    }
  }

  async function withdraw(): Promise<void> {
    for (const old of store.announcements.topics().filter((known) => known !== topic)) {
      if (stopped || !(await publish(old, ''))) return;
      if (stopped) return;
      store.announcements.forget(old);
      logger.info({ topic: old }, 'announcement to Home Assistant taken away');
    }
  }

  function payload(): string {
    return discoveryPayload(config, softwareVersion, {
      measured: store.runs.newest('measured') ?? null,
      newest: store.runs.newest() ?? null,
    });
  }

  function tell(): void {
    if (topic === null || stopped || !broker.connected) return;
    told = payload();
    // Before it is told: one that is retained and forgotten would stay for ever.
    store.announcements.remember(topic);
    void publish(topic, told);
  }

  function guarded(step: () => void | Promise<void>): void {
    Promise.resolve()
      .then(step)
      .catch((error: unknown) => {
        logger.warn({ err: messageOf(error) }, 'the announcement to Home Assistant waits');
      });
  }

  function atConnect(): void {
    guarded(withdraw);
    guarded(tell);
  }

  broker.onConnect(atConnect);
  if (topic !== null) {
    broker.subscribe(`${config.mqtt.homeAssistantPrefix}/status`, ({ payload }) => {
      if (new TextDecoder().decode(payload) === 'online') guarded(tell);
    });
  }
  if (broker.connected) atConnect();
  return {
    tick() {
      guarded(() => {
        if (topic === null || told === '' || !broker.connected) return;
        if (payload() !== told) tell();
      });
    },
    stop() {
      stopped = true;
    },
  };
}
