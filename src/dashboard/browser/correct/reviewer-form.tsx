import { useSignal } from '@preact/signals';
import { nameReviewer, reviewer } from './reviewer.ts';

/** Asks once under whose name corrections are made. */
export function ReviewerForm() {
  const isAsking = useSignal(reviewer.value === '');
  const typed = useSignal(reviewer.value);
  if (!isAsking.value) {
    return (
      <p class="reviewer">
        You correct as <strong>{reviewer.value}</strong>.{' '}
        <button
          type="button"
          class="quiet"
          onClick={() => {
            isAsking.value = true;
          }}
        >
          Change the name
        </button>
      </p>
    );
  }
  return (
    <form
      class="card reviewer"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.value.trim() === '') return;
        nameReviewer(typed.value);
        isAsking.value = false;
      }}
    >
      <label>
        Your name, which stands beside each of your corrections
        <input
          name="reviewer"
          required
          maxLength={100}
          autocomplete="name"
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
        />
      </label>{' '}
      <button type="submit" class="main">
        Begin
      </button>
    </form>
  );
}
