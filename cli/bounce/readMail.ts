import { createReadStream } from 'node:fs';
import { CommandFailure, WRONG_USE } from '../failure.js';

/** What is returned of our mails is small; the rest is somebody's attachment. */
const MAX_BYTES = 10 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', EISDIR: 'this is a folder' };

const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);

/** The bytes of a mail. @param file a path, or `-` for standard input. @throws CommandFailure */
export async function readMail(file: string): Promise<Buffer> {
  const stream: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > MAX_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new CommandFailure(`${nameOf(file)}: ${reasons[code] ?? String(error)}; give the path of a mail`, WRONG_USE);
  }
  if (size <= MAX_BYTES) return Buffer.concat(chunks);
  throw new CommandFailure(`${nameOf(file)}: larger than 10 MB, which no returned mail of leadtime is`, WRONG_USE);
}
