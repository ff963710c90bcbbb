/** Ctrl-C, or a service that is told to end: the first one asks to stop in good order, the second one ends the program. */
export interface Interruption {
  /** Which one came; null: none so far. */
  readonly signal: 'SIGINT' | 'SIGTERM' | null;
  /** Resolves when it comes. */
  readonly came: Promise<void>;
  /** Listens no more. */
  end(): void;
}

export function untilStopped(): Interruption {
  const came = Promise.withResolvers<void>();
  let signal: Interruption['signal'] = null;
  const hear = (heard: 'SIGINT' | 'SIGTERM') => (): void => {
    signal = heard;
    end();
    came.resolve();
  };
  const listeners = (['SIGINT', 'SIGTERM'] as const).map((name) => [name, hear(name)] as const);
  const end = (): void => {
    for (const [name, listener] of listeners) process.off(name, listener);
  };
  for (const [name, listener] of listeners) process.on(name, listener);
  return {
    get signal() {
      return signal;
    },
    came: came.promise,
    end,
  };
}
