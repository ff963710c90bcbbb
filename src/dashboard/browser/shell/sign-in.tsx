import { signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { ApiError, sendJson, signInNeeded } from './api.ts';
import { resets } from './live.ts';
import { PageHeading } from './page-heading.tsx';

/** Whether somebody has signed in, so that there is something to sign out of. */
const hasSession = signal(false);

/** Asks for the password or token, in place of the page that was asked for. */
export function SignIn() {
  const fault = useSignal('');
  const isSending = useSignal(false);
  const secret = useRef<HTMLInputElement>(null);

  async function signIn(event: Event): Promise<void> {
    event.preventDefault();
    isSending.value = true;
    fault.value = '';
    try {
      await sendJson('POST', 'session', { password: secret.current?.value ?? '' });
      signInNeeded.value = false;
      hasSession.value = true;
      resets.value += 1;
    } catch (error) {
      fault.value = error instanceof ApiError ? error.message : String(error);
      secret.current?.select();
    } finally {
      isSending.value = false;
    }
  }

  return (
    <section class="card sign-in">
      <PageHeading title="Sign in" />
      <form onSubmit={signIn}>
        <label>
          Password or token
          <input
            ref={secret}
            type="password"
            name="password"
            autocomplete="current-password"
            required
            aria-invalid={fault.value === '' ? undefined : 'true'}
            aria-describedby="sign-in-fault"
          />
        </label>
        <p id="sign-in-fault" class="fault" role="alert">
          {fault.value}
        </p>
        <button type="submit" disabled={isSending.value}>
          Sign in
        </button>
      </form>
    </section>
  );
}

/** Ends the session, where there is one. */
export function SignOut() {
  if (!hasSession.value || signInNeeded.value) return null;
  const signOut = async (): Promise<void> => {
    await sendJson('DELETE', 'session');
    signInNeeded.value = true;
  };
  return (
    <button type="button" class="quiet" onClick={signOut}>
      Sign out
    </button>
  );
}
