/** Why a page is not shown, or a form not taken. */

/** The templates of `config/pages` that say no. */
export type ProblemTemplate =
  | 'badLink'
  | 'endedLink'
  | 'gone'
  | 'notHere'
  | 'unreadable'
  | 'tooLarge'
  | 'busy'
  | 'unavailable'
  | 'broken'
  | 'closed'
  | 'settled';

export interface PageProblemFields {
  status: number;
  template: ProblemTemplate;
  context?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Ends a request with a page that says why, and what to do. */
export class PageProblem extends Error {
  override readonly name = 'PageProblem';
  constructor(readonly fields: PageProblemFields) {
    super(fields.template);
  }
}

const RETRY_AFTER_SECONDS = 30;

/** A 503: nothing is wrong with what was asked. */
export const unavailablePage = (): PageProblem =>
  new PageProblem({
    status: 503,
    template: 'unavailable',
    headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
  });

/** The milestone is not, or not any more, on this reader's page. */
export const notHere = (base: string): PageProblem =>
  new PageProblem({ status: 404, template: 'notHere', context: { base } });
