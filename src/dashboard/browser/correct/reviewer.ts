import { signal } from '@preact/signals';

const KEY = 'particled-reviewer';

/** Under whose name corrections are made; '' until somebody says. Kept in this browser. */
export const reviewer = signal(kept());

export function nameReviewer(name: string): void {
  reviewer.value = name.trim();
  try {
    localStorage.setItem(KEY, reviewer.value);
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}

function kept(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
