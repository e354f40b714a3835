/** The recorded histories of `histories/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { historyOfText, type History } from './historyJson.js';

export const historiesFolder = new URL('histories/', import.meta.url);

export interface RecordedHistory {
  /** Version and what happens: `0.1.0-nobody-acts`. */
  name: string;
  bytes: number;
  history: History;
}

/** Every history of the folder, by name. */
export function recordedHistories(): RecordedHistory[] {
  const files = readdirSync(historiesFolder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const text = readFileSync(new URL(file, historiesFolder), 'utf8');
    return { name: file.slice(0, -'.json'.length), bytes: Buffer.byteLength(text), history: historyOfText(text) };
  });
}
