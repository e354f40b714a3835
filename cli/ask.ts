import { createInterface } from 'node:readline/promises';

/** Asks a person for a yes. Whoever is no terminal has nobody to ask: a script means what it says. */
export async function isSure(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return true;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
  } finally {
    reader.close();
  }
}
