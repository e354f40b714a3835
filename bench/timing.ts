/** Something to be timed. It answers with what it has made, so that none of the work can be left out. */
export type Work = () => unknown;

/**
 * The median time of each in milliseconds, over so many rounds.
 *
 * They take turns within a round, in one process, so that what slows the machine down for a moment slows all of them down;
 * a round before the first one is for warming up and does not count.
 */
export function medianMs(works: readonly Work[], rounds: number): number[] {
  const times = works.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1)
    works.forEach((work, index) => {
      const startMs = performance.now();
      work();
      if (round >= 0) times[index]?.push(performance.now() - startMs);
    });
  return times.map(median);
}

/** The middle one; of an even number the later of the two. */
export function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
