/** What is answered instead of what was asked for, in words for a person. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** Of HTTP. */
  readonly status: RefusalStatus;

  constructor(status: RefusalStatus, words: string) {
    super(words);
    this.status = status;
  }
}

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 415 | 421 | 429 | 501 | 503;
