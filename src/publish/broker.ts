/** The narrow port to an MQTT broker. */
export interface Broker {
  /** Resolves when the broker has acknowledged the message (QoS 1); rejects when it refuses it, or the connection is lost. */
  publish(message: BrokerMessage): Promise<void>;
  readonly connected: boolean;
  /** The most unacknowledged messages that the broker takes at once. */
  readonly receiveMaximum: number;
  /** Calls on each connect, the first and all later ones. */
  onConnect(listener: () => void): void;
  close(): Promise<void>;
}

export interface BrokerMessage {
  readonly topic: string;
  /** JSON text. */
  readonly payload: string;
  readonly retain: boolean;
}
