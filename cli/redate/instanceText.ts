/** The other practices on an instance, and what becomes of them. */
import type { z } from 'zod';
import type { redateAnswer } from '../../api/answers/redate.js';
import { instanceLine } from '../../api/redate/instanceWords.js';
import { harmless } from '../table.js';

type Instance = z.infer<typeof redateAnswer>['instance'];

/** A line for each, under one that names the instance; none for a practice that has its system to itself. */
export const instanceLines = (instance: Instance): string[] =>
  instance === undefined
    ? []
    : [
        '',
        `On the same instance, ${instance.id}:`,
        ...instance.practices.map((row) => `  ${harmless(instanceLine(row))}`),
      ];
