import type { Socket } from 'node:net';

/**
 * Ends a connection at the first bytes of an MQTT packet that announces more than the limit, before any of it
 * is kept: the broker's parser collects a whole packet, of up to 256 MB, before it looks at it.
 *
 * @param limitBytes the most that a packet may have at this moment
 */
export function limitPackets(
  socket: Socket,
  limitBytes: () => number,
  onRefused: (announcedBytes: number) => void,
): void {
  const lengths = packetLengths((bytes) => {
    if (bytes <= limitBytes() || socket.destroyed) return;
    onRefused(bytes);
    socket.destroy();
  });
  // The broker reads on `readable`; each chunk passes here within that read, ahead of the parser.
  socket.on('data', lengths);
}

/** Follows a stream of MQTT packets by their fixed headers (MQTT 3.1.1, 2.2.3), and tells each length. */
export function packetLengths(tell: (bytes: number) => void): (chunk: Buffer) => void {
  let rest = 0;
  let length = 0;
  let scale = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (rest > 0) {
        const skipped = Math.min(rest, chunk.length - at);
        rest -= skipped;
        at += skipped;
        continue;
      }
      const byte = chunk[at]!;
      at += 1;
      if (scale === 0) {
        scale = 1;
        continue;
      }
      length += (byte & 0x7f) * scale;
      scale *= 128;
      // A fifth byte of length is not MQTT: the parser ends the connection for it.
      if (byte >= 0x80 && scale <= 128 ** 4) continue;
      tell(length);
      rest = length;
      length = 0;
      scale = 0;
    }
  };
}
