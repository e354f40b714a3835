/** So long what was read is taken for what is there: planning many migrations reads the files once. */
const KEPT_MS = 5_000;

/** What `load` gave at most a few seconds ago, else what it gives now; a failure is not kept. */
export function kept<Value>(
  load: (key: string) => Promise<Value>,
  nowMs: () => number = Date.now,
): (key: string) => Promise<Value> {
  const values = new Map<string, { atMs: number; value: Promise<Value> }>();
  return async (key) => {
    const known = values.get(key);
    if (known !== undefined && nowMs() - known.atMs < KEPT_MS) return known.value;
    const value = load(key);
    values.set(key, { atMs: nowMs(), value });
    try {
      return await value;
    } catch (error) {
      values.delete(key);
      throw error;
    }
  };
}
