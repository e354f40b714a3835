/** Templates tried with every kind of message at its edges: every problem of all of them, with file and line. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { renderMessage } from '../../activities/email/render.js';
import { messageView } from '../../activities/email/view.js';
import { messageKinds, type MessageKind } from '../../rules/migration/messages.js';
import { nearest } from '../../rules/text/nearest.js';
import { faultsOf } from './inspect.js';
import { samplesOf, type Sample } from './samples.js';
import { blockIn, hasLayout, lineageOf, templateIn } from './templateTree.js';
import { unknownWords } from './unknownWords.js';

/** One thing that is wrong with a template. */
export interface TemplateProblem {
  /** `notice.njk`. */
  file: string;
  /** From 1; absent where it is about the whole file. */
  line?: number;
  what: string;
  /** The samples that show it; none where it shows in the template itself. */
  samples: string[];
  /** Mail of this kind could not go out at all. */
  isFatal: boolean;
}

type Found = Omit<TemplateProblem, 'samples'>;

const blocks = ['subject', 'ask', 'body'] as const;
const parts = ['layout.subject', 'layout.text', 'layout.html', 'parts.text', 'parts.html', 'page.text'];
const known = [...messageKinds, ...parts].map((name) => `${name}.njk`);

/** Files that nothing would ever render: a typing error in their name, as a rule. */
async function strangers(folder: string): Promise<Found[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.njk'));
  return files
    .filter((file) => !known.includes(file))
    .map((file) => {
      const [close] = nearest(file, known);
      const hint = close === undefined ? '' : `; perhaps it is meant to be ${close}`;
      return { file, what: `no kind of message has this name${hint}`, isFatal: false };
    });
}

/** What can be seen without a message: blocks that are missing, words that no message has. */
function inTemplates(folders: readonly string[]): Found[] {
  const views = messageKinds.flatMap(samplesOf).map(({ message, link }) => messageView(message, link));
  const words = known.flatMap((file) => {
    const template = templateIn(folders, file);
    const unknown = template === undefined ? [] : unknownWords(template, views);
    return unknown.map(({ line, word, close }) => {
      const hint = close === undefined ? '' : `; perhaps it is meant to be ${close}`;
      return { file, line, what: `no message has ${word}${hint}`, isFatal: false };
    });
  });
  return [...messageKinds.flatMap((kind) => missingBlocks(kind, folders)), ...words];
}

function missingBlocks(kind: MessageKind, folders: readonly string[]): Found[] {
  const file = `${kind}.njk`;
  const lineage = lineageOf(folders, file);
  if (lineage.length === 0) return [];
  if (!hasLayout(lineage))
    return [
      { file, line: 1, what: 'it is a mail without a frame: begin it with {% extends layout %}', isFatal: false },
    ];
  return blocks
    .filter((name) => blockIn(lineage, name) === undefined)
    .map((name) => ({ file, what: `it has no block for it: {% block ${name} %}…{% endblock %}`, isFatal: false }));
}

/** `(notice.njk) [Line 4, Column 12]\n  attempted to output null or undefined value`, as the engine says it. */
function engineProblem(kind: MessageKind, error: unknown): Found {
  const said = error instanceof Error ? error.message : String(error);
  const named = [...said.matchAll(/\(([^()]*\.njk)\)/g)].at(-1)?.[1];
  const line = [...said.matchAll(/\[Line (\d+)/g)].at(-1)?.[1];
  const words = said.split('\n').at(-1)?.trim() ?? said;
  return {
    file: named === undefined ? `${kind}.njk` : path.basename(named),
    ...(line !== undefined && { line: Number(line) }),
    what: words.replace('attempted to output null or undefined value', SHOWS_NOTHING),
    isFatal: true,
  };
}

const SHOWS_NOTHING = 'it shows something that not every message has: put an if around it';

function problemsWith(kind: MessageKind, sample: Sample, folders: readonly string[]): Found[] {
  try {
    const rendered = renderMessage(sample.message, sample.link, folders);
    return faultsOf(rendered, sample).map(({ block, file, what }) => {
      const where = block === undefined ? undefined : blockIn(lineageOf(folders, `${kind}.njk`), block);
      return { ...(where ?? { file: file ?? `${kind}.njk` }), what, isFatal: false };
    });
  } catch (error) {
    return [engineProblem(kind, error)];
  }
}

/** The same problem with several samples is one. */
function together(found: readonly TemplateProblem[]): TemplateProblem[] {
  const byKey = new Map<string, TemplateProblem>();
  for (const each of found) {
    const key = `${each.file}/${each.line ?? ''}/${each.what}`;
    const samples = new Set([...(byKey.get(key)?.samples ?? []), ...each.samples]);
    byKey.set(key, { ...each, samples: [...samples] });
  }
  return [...byKey.values()];
}

/** The engine stops at the first unknown word of a template; the template itself has told of all of them. */
const isToldAlready = ({ file, what }: Found, told: readonly Found[]): boolean =>
  what === SHOWS_NOTHING && told.some((other) => other.file === file);

const byPlace = (a: TemplateProblem, b: TemplateProblem): number =>
  a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0);

/** Every problem of the templates in these folders, in the order of files and lines. */
export async function checkMessages(folders: readonly string[]): Promise<TemplateProblem[]> {
  const unknown = await Promise.all(folders.map(strangers));
  const seen = [...unknown.flat(), ...inTemplates(folders)];
  const rendered = messageKinds.flatMap((kind) =>
    samplesOf(kind).flatMap((sample) =>
      problemsWith(kind, sample, folders).map((problem) => ({ ...problem, samples: [sample.name] })),
    ),
  );
  const told = seen.map((each) => {
    const isFatal = rendered.some((other) => other.isFatal && isToldAlready(other, [each]));
    return { ...each, isFatal, samples: [] };
  });
  return together([...told, ...rendered.filter((each) => !isToldAlready(each, seen))]).toSorted(byPlace);
}

/** One line: `notice.njk:4: the subject names no day: end it with {{ item.by }} (usual, late)`. */
export const templateProblemText = ({ file, line, what, samples }: TemplateProblem): string =>
  `${file}${line === undefined ? '' : `:${line}`}: ${what}${samples.length === 0 ? '' : ` (${samples.join(', ')})`}`;
