import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Health } from '../../src/health/reasons.ts';
import { tellStatus } from '../../src/health/tell-status.ts';
import type { Broker } from '../../src/publish/broker.ts';
import { recorder } from '../publish/sending.ts';

/** A telling over a broker that is connected by hand, under a clock that is moved by hand. */
function telling() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const connects: (() => void)[] = [];
  const told: string[] = [];
  let health: Health = { state: 'normal', reasons: [], diagnoses: [] };
  const broker: Broker = {
    connected: false,
    receiveMaximum: 10,
    onConnect: (listener) => void connects.push(listener),
    publish: () => Promise.resolve(),
    subscribe: () => {},
    close: () => Promise.resolve(),
  };
  const status = tellStatus({
    broker,
    status: { publish: (payload) => void told.push(payload) },
    payloadOf: ({ state }) => state,
    healthNow: () => health,
    logger: recorder(),
  });
  onTestFinished(status.stop);
  return {
    ...{ told, status },
    connect: () => connects.forEach((listener) => void listener()),
    fall(ill: Health) {
      health = ill;
    },
  };
}

describe('the status', () => {
  it('is told at each connect and each 30 s from then on, though nothing has changed', () => {
    const { told, connect, status } = telling();
    connect();
    expect(told).toEqual(['normal']);
    for (let second = 0; second < 90; second++) {
      vi.advanceTimersByTime(1000);
      status.tick();
    }
    expect(told).toHaveLength(4);
    status.stop();
    vi.advanceTimersByTime(60_000);
    expect(told).toHaveLength(4);
  });

  it('is told at once when what was told at the connect holds no more', () => {
    const { told, fall, connect, status } = telling();
    fall({ state: 'check-function', reasons: ['starting'], diagnoses: [] });
    connect();
    fall({ state: 'normal', reasons: [], diagnoses: [] });
    status.tick();
    expect(told).toEqual(['check-function', 'normal']);
  });

  it('is told at once when the reasons change', () => {
    const { told, fall, status } = telling();
    fall({ state: 'failure', reasons: ['the export folder cannot be listed'], diagnoses: [] });
    status.tick();
    status.tick();
    expect(told).toEqual(['failure']);
  });
});
