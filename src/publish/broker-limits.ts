/** What a CONNACK says of the broker (MQTT 5, 3.2.2.3); nothing is said by MQTT 3.1.1. */
export interface ServerProperties {
  readonly maximumPacketSize?: number | undefined;
  readonly retainAvailable?: boolean | undefined;
  readonly maximumQoS?: number | undefined;
}

/** What a broker takes: as it says, and as the connections show that it closes. */
export interface BrokerLimits {
  /** The largest packet that it takes, bytes; infinite where none is known. */
  readonly packetBytes: number;
  readonly retains: boolean;
  readonly qos: 0 | 1;
  connected(properties: ServerProperties | undefined): void;
  /** A packet of so many bytes goes out; the function is called when it is answered. */
  sent(bytes: number): () => void;
  /** The connection is lost, with 0x95 (Packet too large) where the broker said so. Whether it was for its largest packet. */
  lost(saidTooLarge: boolean): boolean;
  /** What the broker does not do, in words. */
  shortcomings(): readonly string[];
}

/** Smaller ones are no reason to close a connection. */
const SUSPECTED_BYTES = 16_384;
/** Later than this after the packet went out, the connection is not closed for it but lost: a frozen broker, a cut line. */
const SOON_MS = 10_000;
/** So often in a row the connection went with the same packet as the largest one unanswered. */
const LOSSES_OF_A_PACKET = 3;

/** Brokers that say no limit close the connection at a packet over it, again after each connect: its size is remembered. */
export function createBrokerLimits(nowMs = () => performance.now()): BrokerLimits {
  const unanswered: { readonly bytes: number; readonly sentMs: number }[] = [];
  let said: ServerProperties = {};
  let learntBytes = Number.POSITIVE_INFINITY;
  let suspect = { bytes: 0, losses: 0 };
  const limits = {
    get packetBytes() {
      return Math.min(said.maximumPacketSize ?? Number.POSITIVE_INFINITY, learntBytes);
    },
    get retains() {
      return said.retainAvailable ?? true;
    },
    get qos() {
      return said.maximumQoS === 0 ? (0 as const) : (1 as const);
    },
    connected(properties: ServerProperties | undefined) {
      said = properties ?? {};
    },
    sent(bytes: number) {
      const packet = { bytes, sentMs: nowMs() };
      unanswered.push(packet);
      return () => {
        const at = unanswered.indexOf(packet);
        if (at < 0) return; // lost before
        unanswered.splice(at, 1);
        if (bytes >= suspect.bytes) suspect = { bytes: 0, losses: 0 };
      };
    },
    lost(saidTooLarge: boolean) {
      const soon = unanswered.splice(0).filter(({ sentMs }) => nowMs() - sentMs < SOON_MS);
      const bytes = Math.max(0, ...soon.map((packet) => packet.bytes));
      if (bytes < SUSPECTED_BYTES && !(saidTooLarge && bytes > 0)) return false;
      suspect = { bytes, losses: bytes === suspect.bytes ? suspect.losses + 1 : 1 };
      if (!saidTooLarge && suspect.losses < LOSSES_OF_A_PACKET) return false;
      learntBytes = bytes - 1;
      suspect = { bytes: 0, losses: 0 };
      return true;
    },
    shortcomings() {
      return [
        ...(limits.retains
          ? []
          : ['the broker keeps no retained messages, so that late subscribers see nothing']),
        ...(limits.qos === 1
          ? []
          : ['the broker acknowledges nothing (maximum QoS 0), so that messages may be lost']),
      ];
    },
  };
  return limits;
}

/** Bytes of a PUBLISH packet at most: fixed header, topic, packet identifier, our properties (MQTT 5, 3.3). */
export function packetBytesOf(topic: string, payload: string, correlationBytes = 0): number {
  const properties = 40 + (correlationBytes === 0 ? 0 : correlationBytes + 3);
  return 5 + 2 + Buffer.byteLength(topic) + 2 + properties + Buffer.byteLength(payload);
}
