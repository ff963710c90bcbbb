/** The narrow port to an MQTT broker. */
export interface Broker {
  /** Resolves when the broker has acknowledged the message (QoS 1); rejects when it refuses it, or the connection is lost. */
  publish(message: BrokerMessage): Promise<void>;
  /** Hears what comes on the topics of a filter from now on, through every loss of the connection. */
  subscribe(topicFilter: string, listener: (message: HeardMessage) => void): void;
  readonly connected: boolean;
  /** Why there is no connection, as far as the broker or the network has said; null while there is one. */
  readonly fault?: string | null;
  /** Another client of the same name has the session, so that this one stays away. */
  readonly sessionTakenOver?: boolean;
  /** The most unacknowledged messages that the broker takes at once. */
  readonly receiveMaximum: number;
  /** The largest packet that the broker takes, bytes; infinite where none is known. */
  readonly packetBytesMax?: number;
  /** What the broker does not do that results rely on, in words. */
  readonly shortcomings?: readonly string[];
  /** Calls on each connect, the first and all later ones. */
  onConnect(listener: () => void): void;
  close(): Promise<void>;
}

export interface BrokerMessage {
  readonly topic: string;
  /** JSON text; empty where what is retained shall go. */
  readonly payload: string;
  readonly retain: boolean;
  /** Of the request that this answers; MQTT 3.1.1 has no place for it. */
  readonly correlationData?: Uint8Array | undefined;
}

export interface HeardMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** The broker keeps it for whoever subscribes: it may be old. */
  readonly retain: boolean;
  /** Properties of MQTT 5; null where there are none. */
  readonly responseTopic: string | null;
  readonly correlationData: Uint8Array | null;
}
