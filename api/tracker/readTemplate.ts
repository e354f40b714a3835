/** A template as its file holds it, in such a shape that a tracker's cells can be put into it. */
import { isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import type { TrackerColumn, TrackerColumns } from '../../config/tracker/columnsSchema.js';
import { stepsOf } from '../../config/tracker/fields.js';
import type { Locate } from '../../rules/files/locate.js';
import { fieldName, type FileProblem } from '../../rules/files/problem.js';
import { readYaml } from '../../rules/files/readYaml.js';
import { BadCsv } from '../bulk/csv.js';
import type { TextFile } from './readTracker.js';

type Step = string | number;

/** Where in an order the cells of a column go; a list by the number 0. */
function targetOf({ field, anchor, anchorStatus, parties }: TrackerColumn): Step[] {
  if (field !== undefined) return stepsOf(field);
  if (anchor !== undefined) return ['anchors', anchor];
  if (anchorStatus !== undefined) return ['anchors', anchorStatus, 'status'];
  return parties === undefined ? ['alreadyDone', 0] : ['parties', 0, 'roles'];
}

/** What a cell goes through on its way: `practice` and `practice.sites` for `practice.sites.0.name`. */
function groupsAround(target: readonly Step[]): { path: Step[]; isList: boolean }[] {
  return target.slice(1).map((next, index) => ({
    path: target.slice(0, index + 1),
    isList: typeof next === 'number',
  }));
}

/** Takes away a group that is named and empty, as a person leaves it who has nothing to say in it. */
function dropEmpty(template: Document, path: readonly Step[]): void {
  const node = template.getIn(path, true);
  if (isScalar(node) && node.value === null) template.deleteIn(path);
}

function wrongGroups(template: Document, { columns }: TrackerColumns, locate: Locate, file: string): FileProblem[] {
  const problems = new Map<string, FileProblem>();
  for (const { path, isList } of columns.flatMap((column) => groupsAround(targetOf(column)))) {
    // What is in a wrong group cannot be looked at.
    if (path.some((_, index) => problems.has(fieldName(path.slice(0, index))))) continue;
    dropEmpty(template, path);
    const node = template.getIn(path, true);
    if (node === undefined || (isList ? isSeq(node) : isMap(node))) continue;
    const field = fieldName(path);
    const what = isList ? 'must be a list' : 'must be a group of keys';
    const fix = 'a column of the tracker is put into it: write it as in an order, or leave it out';
    problems.set(field, { file, ...locate(path), field, what, fix });
  }
  return [...problems.values()];
}

/**
 * Reads a template: an order, or the part of one that is the same for every practice.
 *
 * @param columns what is going to be put into it
 * @throws BadCsv where it is no YAML, or where a cell cannot be put where its column says
 */
export function readTemplate({ file, text }: TextFile, columns: TrackerColumns): Document {
  const reading = readYaml(text, file, z.looseObject({}));
  if (!reading.ok) throw new BadCsv(reading.problems);
  const template = parseDocument(text, { version: '1.2', schema: 'core' });
  const problems = wrongGroups(template, columns, reading.locate, file);
  if (problems.length > 0) throw new BadCsv(problems);
  return template;
}
