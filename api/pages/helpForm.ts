import type { FastifyReply } from 'fastify';
import { askHelp } from './answers.js';
import type { OpenPage } from './door.js';
import { MAX_HELP, readHelp, readName, type Reading } from './fields.js';
import { errorsIn, finish, formHtml, inList, sayingOf, wrong, type Posted } from './form.js';
import { notHere } from './problem.js';
import { taskView } from './view.js';

/** @param about the task that is chosen already */
export function helpPage(opened: OpenPage, about: string): string {
  if (opened.page.tasks.length === 0) throw notHere(opened.base);
  return formHtml('help', { opened, view: helpView(opened), typed: { task: about } });
}

const helpView = (opened: OpenPage): object => ({
  most: MAX_HELP,
  tasks: opened.page.tasks.map((task) => taskView(opened, task)),
});

function readTask({ opened, typed }: Posted): Reading<string> {
  const task = inList(opened.page.tasks, typed['task'] ?? '');
  return task === undefined
    ? { ok: false, error: { field: 'task', text: 'Choose what you need help with' } }
    : { ok: true, value: task.milestoneId };
}

export async function takeHelp(posted: Posted): Promise<FastifyReply> {
  const { opened, typed, migrations } = posted;
  const [task, text, name] = [readTask(posted), readHelp(typed), readName(typed)];
  const form = { template: 'help', view: helpView(opened) } as const;
  if (!task.ok || !text.ok || !name.ok) return wrong(posted, form, errorsIn([task, text, name]));
  const request = { milestoneId: task.value, text: text.value };
  const outcome = await askHelp(migrations, sayingOf(posted, name.value), request);
  return finish(posted, { ...form, milestoneId: task.value }, outcome);
}
