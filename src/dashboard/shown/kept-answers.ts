import type { StoreReader } from '../../store/database.ts';

/** All who watch a sample ask for the same as a tile comes; what came before is asked for now and then. */
const KEPT_MOST = 32;

/** Gives the answer that is kept under a key, or makes it. */
export type KeptAnswers<Answer> = (key: string, make: () => Answer) => Answer;

/** Answers that are made once for all who ask before anything in the store has changed; a promise that fails is not kept. */
export function createKeptAnswers<Answer extends string | Promise<Buffer>>(
  store: Pick<StoreReader, 'changes'>,
): KeptAnswers<Answer> {
  const kept = new Map<string, Answer>();
  let version = 0;
  return (key, make) => {
    const now = store.changes.dataVersion();
    if (now !== version || kept.size >= KEPT_MOST) kept.clear();
    version = now;
    const before = kept.get(key);
    if (before !== undefined) return before;
    const answer = make();
    kept.set(key, answer);
    if (typeof answer !== 'string') answer.catch(() => kept.get(key) === answer && kept.delete(key));
    return answer;
  };
}
