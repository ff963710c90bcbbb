import { randomBytes } from 'node:crypto';

/** Who is signed in: kept in memory, so that a new start asks anew. */
export interface Sessions {
  /** A new session. @returns its secret, which nobody can guess */
  begin(): string;
  isOpen(secret: string): boolean;
  end(secret: string): void;
}

/** A working day, and no longer: a page that is left open on a shared computer is closed the next morning. */
export const SESSION_S = 12 * 3600;
const MOST = 1_000;
const SECRET_BYTES = 32;

export function createSessions(nowMs: () => number = () => performance.now()): Sessions {
  const endsAtMs = new Map<string, number>(); // the oldest first
  return {
    begin() {
      for (const [secret, at] of endsAtMs) {
        if (at > nowMs() && endsAtMs.size < MOST) break;
        endsAtMs.delete(secret);
      }
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      endsAtMs.set(secret, nowMs() + 1000 * SESSION_S);
      return secret;
    },
    isOpen: (secret) => (endsAtMs.get(secret) ?? 0) > nowMs(),
    end: (secret) => void endsAtMs.delete(secret),
  };
}
