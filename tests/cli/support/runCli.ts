import { vi } from 'vitest';
import { run } from '../../../cli/run.js';

export interface CliResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

const collect = (stream: NodeJS.WriteStream): { text: () => string; restore: () => void } => {
  const parts: string[] = [];
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => parts.push(String(chunk)) > 0);
  return { text: () => parts.join(''), restore: () => spy.mockRestore() };
};

/** Runs a command line in this process, and gives what a shell would see. */
export async function runCli(args: string[], env: Record<string, string>): Promise<CliResult> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const stdout = collect(process.stdout);
  const stderr = collect(process.stderr);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    return { exitCode: await run(args), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
    vi.unstubAllEnvs();
    process.exitCode = before;
  }
}
