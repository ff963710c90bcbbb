import { signal } from '@preact/signals';
import { getJson, sendJson, signInNeeded } from './api.ts';
import { resets } from './live.ts';

/** As `GET /api/v1/session` answers. */
interface Session {
  /** Whether a password or token is asked for. */
  readonly required: boolean;
  readonly signedIn: boolean;
}

/** Whether somebody has signed in, so that there is something to sign out of. */
export const hasSession = signal(false);

/** Finds out whether a password is asked for before anything is refused. */
export async function readSession(): Promise<void> {
  const { required, signedIn } = await getJson<Session>('session');
  signInNeeded.value = required && !signedIn;
  hasSession.value = required && signedIn;
}

/** @throws ApiError in words where the password is wrong, or was wrong too often */
export async function signIn(password: string): Promise<void> {
  await sendJson('POST', 'session', { password });
  signInNeeded.value = false;
  hasSession.value = true;
  resets.value += 1;
}

export async function signOut(): Promise<void> {
  await sendJson('DELETE', 'session');
  hasSession.value = false;
  signInNeeded.value = true;
}
