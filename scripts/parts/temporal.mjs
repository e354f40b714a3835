/** The Temporal server of the end-to-end tests: the one that `leadtime up` would take, got in the same way. */
export async function obtainTemporal() {
  const { obtainTemporalServer } = await import('../../dist/cli/up/temporalServer.js');
  const { path, source } = await obtainTemporalServer((line) => console.error(line));
  console.error(`Temporal server: ${path} (${source})`);
  return { LEADTIME_TEMPORAL: path };
}
