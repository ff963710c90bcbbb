import { expect, it } from 'vitest';
import { createBrokerLimits, packetBytesOf } from '../../src/publish/broker-limits.ts';

it('are what the broker says at each connect', () => {
  const limits = createBrokerLimits();
  expect(limits).toMatchObject({ packetBytes: Number.POSITIVE_INFINITY, retains: true, qos: 1 });
  limits.connected({ maximumPacketSize: 131_072, retainAvailable: false, maximumQoS: 0 });
  expect(limits).toMatchObject({ packetBytes: 131_072, retains: false, qos: 0 });
  limits.connected(undefined);
  expect(limits).toMatchObject({ packetBytes: Number.POSITIVE_INFINITY, retains: true, qos: 1 });
});

it('are learnt from the third connection that is lost with the same largest packet unanswered', () => {
  const limits = createBrokerLimits();
  const lose = (...sizes: number[]): boolean => {
    for (const bytes of sizes) limits.sent(bytes);
    return limits.lost(false);
  };
  expect([lose(300, 50_000), lose(50_000), lose(50_000, 200)]).toEqual([false, false, true]);
  expect(limits.packetBytes).toBe(49_999);
});

it('are learnt at once where the broker says why', () => {
  const limits = createBrokerLimits();
  limits.sent(20_000);
  expect(limits.lost(true)).toBe(true);
  expect(limits.packetBytes).toBe(19_999);
});

it('are not learnt from small packets, nor from one that was taken in between', () => {
  const limits = createBrokerLimits();
  for (let loss = 0; loss < 5; loss++) {
    limits.sent(1_000);
    expect(limits.lost(false)).toBe(false);
  }
  for (let loss = 0; loss < 5; loss++) {
    limits.sent(50_000);
    limits.lost(false);
    limits.sent(50_000)();
  }
  expect(limits.packetBytes).toBe(Number.POSITIVE_INFINITY);
});

it('are not learnt from a connection that goes long after the packet, as of a frozen broker', () => {
  let nowMs = 0;
  const limits = createBrokerLimits(() => nowMs);
  for (let loss = 0; loss < 5; loss++) {
    limits.sent(50_000);
    nowMs += 10_000;
    expect(limits.lost(false)).toBe(false);
  }
});

it('are not learnt from a packet that was refused, which is answered', () => {
  const limits = createBrokerLimits();
  for (let loss = 0; loss < 5; loss++) {
    limits.sent(50_000)();
    expect(limits.lost(false)).toBe(false);
  }
});

it('count topic, properties and payload in bytes of UTF-8', () => {
  // 5 + 2 + 3 + 2 + 40 + 2: a topic of three letters, one of two bytes as payload.
  expect(packetBytesOf('a/b', 'µ')).toBe(54);
});
