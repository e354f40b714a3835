import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { renderMessage } from '../../activities/email/render.js';
import { messageKinds, type MessageKind } from '../../rules/migration/messages.js';
import { nearest } from '../../rules/text/nearest.js';
import { faultsOf } from './inspect.js';
import { samplesOf, type Sample } from './samples.js';

/** One thing that is wrong with a template. */
export interface TemplateProblem {
  /** `notice.njk`. */
  file: string;
  /** From 1, where the template engine says it. */
  line?: number;
  what: string;
  /** The samples that show it. */
  samples: string[];
}

const parts = ['layout.subject', 'layout.text', 'layout.html', 'parts.text', 'parts.html', 'page.text'];
const known = [...messageKinds, ...parts].map((name) => `${name}.njk`);

/** Files that nothing would ever render: a typing error in their name, as a rule. */
async function strangers(folder: string): Promise<TemplateProblem[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.njk'));
  return files
    .filter((file) => !known.includes(file))
    .map((file) => {
      const [close] = nearest(file, known);
      const hint = close === undefined ? '' : `; perhaps it is meant to be ${close}`;
      return { file, what: `no kind of message has this name${hint}`, samples: [] };
    });
}

/** `(notice.njk) [Line 4, Column 12]\n  attempted to output null or undefined value`, as the engine says it. */
function engineProblem(kind: MessageKind, error: unknown): Omit<TemplateProblem, 'samples'> {
  const said = error instanceof Error ? error.message : String(error);
  const named = [...said.matchAll(/\(([^()]*\.njk)\)/g)].at(-1)?.[1];
  const line = [...said.matchAll(/\[Line (\d+)/g)].at(-1)?.[1];
  const words = said.split('\n').at(-1)?.trim() ?? said;
  return {
    file: named === undefined ? `${kind}.njk` : path.basename(named),
    ...(line !== undefined && { line: Number(line) }),
    what: words.replace(
      'attempted to output null or undefined value',
      'it shows something that a message does not have',
    ),
  };
}

function problemsWith(
  kind: MessageKind,
  sample: Sample,
  folders: readonly string[],
): Omit<TemplateProblem, 'samples'>[] {
  try {
    const rendered = renderMessage(sample.message, sample.link, folders);
    return faultsOf(rendered, sample).map((what) => ({ file: `${kind}.njk`, what }));
  } catch (error) {
    return [engineProblem(kind, error)];
  }
}

/** The same problem with several samples is one. */
function together(found: readonly TemplateProblem[]): TemplateProblem[] {
  const byKey = new Map<string, TemplateProblem>();
  for (const each of found) {
    const key = `${each.file}/${each.line ?? ''}/${each.what}`;
    const samples = [...(byKey.get(key)?.samples ?? []), ...each.samples];
    byKey.set(key, { ...each, samples });
  }
  return [...byKey.values()];
}

/** Every problem of the templates in these folders, tried with every kind of message at its edges. */
export async function checkMessages(folders: readonly string[]): Promise<TemplateProblem[]> {
  const unknown = await Promise.all(folders.map(strangers));
  const found = messageKinds.flatMap((kind) =>
    samplesOf(kind).flatMap((sample) =>
      problemsWith(kind, sample, folders).map((problem) => ({ ...problem, samples: [sample.name] })),
    ),
  );
  return [...unknown.flat(), ...together(found)];
}

/** One line: `notice.njk:4: the subject names no day (usual, late)`. */
export const templateProblemText = ({ file, line, what, samples }: TemplateProblem): string =>
  `${file}${line === undefined ? '' : `:${line}`}: ${what}${samples.length === 0 ? '' : ` (${samples.join(', ')})`}`;
