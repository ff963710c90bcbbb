import { computed, signal } from '@preact/signals';
import type { Change } from '../../../measure/correction.ts';
import type { Correction } from '../../api/correction.ts';
import type { TilePieces } from '../../api/particle.ts';
import { ApiError, getJson, sendJson } from '../shell/api.ts';
import { standingPieces } from './outlines/standing-pieces.ts';

/** What the daemon knows of one tile's pieces: those of the model, what was said of them, and what stands. */
export class TileRecord {
  readonly contentHash: string;
  readonly found = signal<TilePieces | null>(null);
  readonly corrections = signal<readonly Correction[]>([]);
  /** Why it could not be read. */
  readonly fault = signal<ApiError | null>(null);
  readonly pieces = computed(() =>
    this.found.value === null ? [] : standingPieces(this.found.value, this.corrections.value),
  );

  constructor(contentHash: string) {
    this.contentHash = contentHash;
  }

  async read(given?: AbortSignal): Promise<void> {
    try {
      const [found, { corrections }] = await Promise.all([
        getJson<TilePieces>(`tiles/${this.contentHash}/pieces`, given),
        getJson<{ corrections: Correction[] }>(`tiles/${this.contentHash}/corrections`, given),
      ]);
      this.found.value = found;
      this.corrections.value = corrections;
      this.fault.value = null;
    } catch (error) {
      if (given?.aborted) return;
      this.fault.value = faultOf(error);
    }
  }

  /** @throws ApiError in the daemon's words */
  async correct(change: Change, reviewer: string): Promise<Correction> {
    const path = `tiles/${this.contentHash}/corrections`;
    const made = await sendJson<Correction>('POST', path, { reviewer, change });
    await this.follow(made);
    return made;
  }

  /** @throws ApiError in the daemon's words */
  async undo(id: number, reviewer: string): Promise<void> {
    const path = `tiles/${this.contentHash}/corrections/${id}?reviewer=${encodeURIComponent(reviewer)}`;
    await this.follow(await sendJson<Correction>('DELETE', path));
  }

  /**
   * Others may correct the same tile: only together with theirs do the pieces that this one made have the numbers by which
   * the daemon knows them.
   */
  private async follow(made: Correction): Promise<void> {
    let known = this.corrections.value;
    try {
      const path = `tiles/${this.contentHash}/corrections`;
      known = (await getJson<{ corrections: Correction[] }>(path)).corrections;
    } catch (error) {
      this.fault.value = faultOf(error);
    }
    this.corrections.value = [...known.filter(({ id }) => id !== made.id), made];
  }
}

function faultOf(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, String(error));
}
