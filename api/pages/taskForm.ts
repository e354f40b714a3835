/** The page of one task, and the form that says that it is done. */
import type { FastifyReply } from 'fastify';
import type { PageTask } from '../../rules/migration/page.js';
import { answerTask } from './answers.js';
import type { OpenPage } from './door.js';
import { readDay, readName } from './fields.js';
import { errorsIn, finish, formHtml, inList, redirect, sayingOf, settledTaskHtml, wrong, type Posted } from './form.js';
import { notHere } from './problem.js';
import { sendPage } from './render.js';
import { taskView } from './view.js';

/** The page of one task, with its form where there is something to say. @throws PageProblem 404 */
export function taskPage(opened: OpenPage, milestoneId: string): string {
  const task = inList(opened.page.tasks, milestoneId);
  if (task !== undefined) return formHtml('task', { opened, view: { task: taskView(opened, task) } });
  const settled = inList(opened.page.settled, milestoneId);
  if (settled === undefined) throw notHere(opened.base);
  return settledTaskHtml(opened, settled);
}

const needsDay = ({ answer }: PageTask): boolean => answer === 'returned' || answer === 'named';

/**
 * Somebody says that a task is done. One that is settled is sent all the same: the same form a second time gets its first
 * answer, and another form hears who was first.
 */
export async function takeTask(posted: Posted, milestoneId: string): Promise<FastifyReply> {
  const { opened, typed, reply, migrations } = posted;
  const open = inList(opened.page.tasks, milestoneId);
  const task = open ?? inList(opened.page.settled, milestoneId);
  if (task === undefined || task.answer === 'nothing') throw notHere(opened.base);
  if (open === undefined && task.answer === 'acknowledged') return redirect(posted, 'acknowledged', milestoneId);
  const name = readName(typed);
  const day = needsDay(task) ? readDay(typed) : undefined;
  const form = { template: 'task', view: { task: taskView(opened, task) }, milestoneId } as const;
  if (!name.ok || day?.ok === false) {
    if (open === undefined) return sendPage(reply, 409, settledTaskHtml(opened, task));
    return wrong(posted, form, errorsIn(day === undefined ? [name] : [day, name]));
  }
  const answer = { ...sayingOf(posted, name.value), task, ...(day && { forDay: day.value }) };
  return finish(posted, form, await answerTask(migrations, answer));
}
