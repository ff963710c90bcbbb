import type { ApiError } from './api.ts';

interface Props {
  readonly error: ApiError | null;
  readonly onRetry?: () => void;
}

/** What went wrong, in words, and a way to try again; nothing where nothing did. */
export function Trouble({ error, onRetry }: Props) {
  if (error === null) return null;
  return (
    <section class="card trouble" role="alert">
      <h2>That did not work</h2>
      <p>{error.message}</p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </section>
  );
}
