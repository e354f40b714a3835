/** Why an operator's page is not shown, or a form not taken. */
import type { FastifyError } from 'fastify';
import { ApiProblem } from '../problem.js';

export interface PageProblemFields {
  status: number;
  title: string;
  /** What is wrong, and what to do: one paragraph each. */
  text: string[];
  link?: { href: string; text: string };
  headers?: Readonly<Record<string, string>>;
}

/** Ends a request with a page that says why, and what to do. */
export class OperatorPageProblem extends Error {
  override readonly name = 'OperatorPageProblem';
  constructor(readonly fields: PageProblemFields) {
    super(fields.title);
  }
}

/** Of an error that nobody expected: nothing of it leaves the house. */
export const brokenPage: PageProblemFields = {
  status: 500,
  title: 'Something went wrong on our side',
  text: ['It is in the log of leadtime. Go back and try again; sending the same form twice does no harm.'],
};

const UNREADABLE: PageProblemFields = {
  status: 400,
  title: 'This could not be read',
  text: ['What was sent is no form of this page, or holds more than any form of ours. Go back and try again.'],
};

/** There is no such page. */
export const nothingHere: PageProblemFields = {
  status: 404,
  title: 'There is nothing here',
  text: ['The address may have been cut when it was copied.'],
  link: { href: '/operator', text: 'Go to the portfolio' },
};

/** The page that an error is; undefined for one that nobody expected, of which nothing leaves the house. */
export function pageProblemOf(error: FastifyError | Error): PageProblemFields | undefined {
  if (error instanceof OperatorPageProblem) return error.fields;
  if (error instanceof ApiProblem) {
    const { status, title, detail, headers = {} } = error.fields;
    return { status, title, text: [detail], headers };
  }
  const isFramework = 'code' in error && typeof error.code === 'string' && error.code.startsWith('FST_');
  if (!isFramework || !('statusCode' in error)) return undefined;
  const { statusCode = 500 } = error;
  return statusCode < 500 ? { ...UNREADABLE, status: statusCode } : undefined;
}
