import { packetBytesOf } from './broker-limits.ts';

/** Room for sequence number and store, which are written into the message when it is sent. */
const SEQUENCE_BYTES = 96;

/**
 * A tile's message without its particles where the broker takes no packet as large; all others, and those that would still be
 * too large, as they are.
 *
 * @param payload JSON text
 */
export function fittedPayload(topic: string, payload: string, packetBytesMax: number): string {
  if (packetBytesMax === Number.POSITIVE_INFINITY) return payload;
  const bytes = packetBytesOf(topic, payload) + SEQUENCE_BYTES;
  if (bytes <= packetBytesMax) return payload;
  const message: unknown = JSON.parse(payload);
  if (!isTile(message) || !Array.isArray(message.particles)) return payload;
  const particlesLeftOut = `with its ${message.particles.length} particles the message has ${bytes} bytes, and the broker takes ${packetBytesMax} at most; they stand in the sample's tables`;
  return JSON.stringify({ ...message, particles: null, particlesLeftOut });
}

function isTile(message: unknown): message is { readonly schema: string; readonly particles?: unknown } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'schema' in message &&
    typeof message.schema === 'string' &&
    message.schema.startsWith('particled/tile/')
  );
}
