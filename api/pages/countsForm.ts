import type { FastifyReply } from 'fastify';
import { reportCounts } from './answers.js';
import type { OpenPage } from './door.js';
import { readCounts, readName } from './fields.js';
import { errorsIn, finish, formHtml, sayingOf, wrong, type Posted } from './form.js';
import { notHere } from './problem.js';

/** The form for numbers. @throws PageProblem 404 where nothing is counted */
export function countsPage(opened: OpenPage): string {
  if (opened.page.counters.length === 0) throw notHere(opened.base);
  return formHtml('counts', { opened });
}

export async function takeCounts(posted: Posted): Promise<FastifyReply> {
  const { opened, typed, migrations } = posted;
  const { counters } = opened.page;
  if (counters.length === 0) throw notHere(opened.base);
  const { values, errors } = readCounts(typed, counters);
  const name = readName(typed);
  const form = { template: 'counts' } as const;
  if (!name.ok || errors.length > 0) return wrong(posted, form, [...errors, ...errorsIn([name])]);
  return finish(posted, form, await reportCounts(migrations, sayingOf(posted, name.value), values));
}
