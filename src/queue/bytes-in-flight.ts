/** Of all files together that a daemon has in the queue. */
const BYTES_IN_FLIGHT_MAX = 512 * 1024 * 1024;

/** Lets files pass in the order of their arrival while they are not too many bytes together; a larger one passes alone. */
export function createBytesInFlight(most = BYTES_IN_FLIGHT_MAX): {
  /** @returns what to call when the file has left; rejects with the signal's reason once that ends the wait */
  enter(bytes: number, signal: AbortSignal): Promise<() => void>;
} {
  const waiting: { readonly bytes: number; pass(): void }[] = [];
  let within = 0;

  function admit(): void {
    for (;;) {
      const [next] = waiting;
      if (!next || (within > 0 && within + next.bytes > most)) return;
      waiting.shift();
      within += next.bytes;
      next.pass();
    }
  }

  return {
    enter: (bytes, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const ended = (): void => {
          waiting.splice(waiting.indexOf(own), 1);
          reject(signal.reason);
          admit();
        };
        const own = {
          bytes,
          pass() {
            signal.removeEventListener('abort', ended);
            resolve(() => {
              within -= bytes;
              admit();
            });
          },
        };
        signal.addEventListener('abort', ended, { once: true });
        waiting.push(own);
        admit();
      }),
  };
}
