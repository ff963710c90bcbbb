/** The database cannot be used: which file, why, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
