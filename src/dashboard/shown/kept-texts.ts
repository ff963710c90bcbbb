import type { StoreReader } from '../../store/database.ts';

/** All who watch a sample ask for the same tile as it comes; those of before are asked for now and then. */
const KEPT_MOST = 64;

/** Answers as JSON text, made once for all who ask before anything in the store has changed. */
export function createKeptTexts(
  store: Pick<StoreReader, 'changes'>,
): (key: string, make: () => string) => string {
  const kept = new Map<string, string>();
  let version = 0;
  return (key, make) => {
    const now = store.changes.dataVersion();
    if (now !== version || kept.size >= KEPT_MOST) kept.clear();
    version = now;
    const text = kept.get(key) ?? make();
    kept.set(key, text);
    return text;
  };
}
