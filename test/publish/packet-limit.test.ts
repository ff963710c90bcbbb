import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packetLengths } from '../../src/publish/packet-limit.ts';

/** A packet of MQTT with so many bytes after its fixed header. */
function packet(length: number): Buffer {
  const header = [0x30];
  let rest = length;
  do {
    header.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), Buffer.alloc(length, 0xff)]);
}

it('the length of each packet is found, however the stream is cut', () => {
  const lengths = fc.array(fc.oneof(fc.constantFrom(0, 1, 127, 128, 16_383, 16_384), fc.nat(40_000)), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(lengths, fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1 }), (wanted, cuts) => {
      const stream = Buffer.concat(wanted.map(packet));
      const told: number[] = [];
      const follow = packetLengths((bytes) => void told.push(bytes));
      for (let at = 0, i = 0; at < stream.length; i += 1) {
        const end = at + cuts[i % cuts.length]!;
        follow(stream.subarray(at, end));
        at = end;
      }
      expect(told).toEqual(wanted);
    }),
  );
});
