import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { messageOf } from '../../../errors.ts';
import { signInNeeded } from './api.ts';
import { PageHeading } from './page-heading.tsx';
import { hasSession, signIn, signOut } from './session.ts';

/** Asks for the password or token, in place of the page that was asked for. */
export function SignIn() {
  const fault = useSignal('');
  const isSending = useSignal(false);
  const secret = useRef<HTMLInputElement>(null);

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    isSending.value = true;
    fault.value = '';
    try {
      await signIn(secret.current?.value ?? '');
    } catch (error) {
      fault.value = messageOf(error);
      secret.current?.select();
    } finally {
      isSending.value = false;
    }
  }

  return (
    <section class="card sign-in">
      <PageHeading title="Sign in" />
      <form onSubmit={send}>
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
        <button type="submit" class="main" disabled={isSending.value}>
          Sign in
        </button>
      </form>
    </section>
  );
}

/** Ends the session, where there is one. */
export function SignOut() {
  const fault = useSignal('');
  if (!hasSession.value || signInNeeded.value) return null;
  const end = () =>
    signOut().catch((error: unknown) => {
      fault.value = messageOf(error);
    });
  return (
    <>
      <button type="button" class="quiet" onClick={end}>
        Sign out
      </button>
      <span class="fault" role="alert">
        {fault.value}
      </span>
    </>
  );
}
