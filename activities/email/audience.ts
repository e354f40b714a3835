import type { Audience } from '../../rules/ruleset/ladderSchema.js';

/** Whether a reader works at the CSU, and so has the command line and the guide. */
export const isOfTheCsu = (role: Audience): boolean => role === 'csuOperator' || role === 'csuManager';
