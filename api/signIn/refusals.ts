/** Signing in that does not come to anything: audited where it is known whose it was, and said in words. */
import type { Register } from '../../register/types.js';
import { orUnavailable } from '../operator/orUnavailable.js';
import { OperatorPageProblem } from '../operatorPages/problem.js';
import type { LinkState } from './links.js';
import type { Arrival } from './provider.js';

export interface Refuse {
  link(state: LinkState): Promise<OperatorPageProblem>;
  noRole(arrival: Extract<Arrival, { kind: 'noRole' }>): Promise<OperatorPageProblem>;
  provider(): Promise<OperatorPageProblem>;
  /** The browser was on no way to the provider, or too long. */
  lost(): OperatorPageProblem;
  away(): OperatorPageProblem;
  form(): OperatorPageProblem;
}

const again = { href: '/sign-in', text: 'Sign in again' };
const AWAY_SECONDS = 30;

const lost = (): OperatorPageProblem =>
  new OperatorPageProblem({
    status: 400,
    title: 'Signing in was interrupted',
    text: ['It took too long, or was begun again in another window. Nothing is wrong with your account.'],
    link: again,
  });

const away = (): OperatorPageProblem =>
  new OperatorPageProblem({
    status: 503,
    title: 'Your organisation’s sign-in service cannot be reached',
    text: ['Running migrations are not affected. Try again in half a minute.'],
    link: again,
    headers: { 'retry-after': String(AWAY_SECONDS) },
  });

const form = (): OperatorPageProblem =>
  new OperatorPageProblem({
    status: 403,
    title: 'This form is too old',
    text: ['You have signed in or out since it was shown. Go back, load the page again, and then press the button.'],
    link: { href: '/operator', text: 'Go to the portfolio' },
  });

const WORDS = {
  none: 'It may have been cut when it was copied.',
  used: 'It works once, and has been used.',
  ended: 'It worked for a quarter of an hour, and that is over.',
  ready: 'Open it again.',
};

const badLink = (kind: LinkState['kind']): OperatorPageProblem =>
  new OperatorPageProblem({
    status: 410,
    title: 'This link signs nobody in',
    text: [WORDS[kind], 'Have a new one made with "leadtime sign-in".'],
  });

const noRole = (name: string): OperatorPageProblem =>
  new OperatorPageProblem({
    status: 403,
    title: 'You have no role in leadtime',
    text: [
      `You signed in as ${name}, but your account gives you nothing to do here.`,
      'Ask whoever looks after accounts at your organisation for the role of a viewer, an operator or an admin of leadtime, then sign in again.',
    ],
    link: again,
  });

const saidNo = (): OperatorPageProblem =>
  new OperatorPageProblem({
    status: 403,
    title: 'You could not be signed in',
    text: ['Your organisation’s sign-in service said no, or its answer does not fit the question.'],
    link: again,
  });

export interface RefusalDependencies {
  register: Pick<Register, 'appendSystemAudit'>;
  nowMs: () => number;
}

export function refusals({ register, nowMs }: RefusalDependencies): Refuse {
  const audit = (actor: string, data: Record<string, unknown>) =>
    orUnavailable(register.appendSystemAudit({ atMs: nowMs(), actor, type: 'session.refused', data }));
  return {
    lost,
    away,
    form,
    link: async (state) => {
      if (state.kind === 'used' || state.kind === 'ended')
        await audit(state.link.name, { way: 'link', why: `link ${state.kind}` });
      return badLink(state.kind);
    },
    noRole: async ({ name, subject }) => {
      await audit(name, { way: 'oidc', why: 'no role', subject });
      return noRole(name);
    },
    provider: async () => {
      await audit('somebody unknown', { way: 'oidc', why: 'refused by the provider, or its answer did not fit' });
      return saidNo();
    },
  };
}
