import { DefaultLogger, Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createMailer } from '../../../activities/email/mailer.js';
import { messageId } from '../../../activities/email/render.js';
import type { Migrations } from '../../../api/migrations.js';
import { createTemporalMigrations } from '../../../api/temporalMigrations.js';
import { createPageLinks } from '../../../config/pageLinks.js';
import { connectTemporal, type TemporalLink } from '../../../config/temporal/connection.js';
import { searchAttributeKeys } from '../../../workflows/migration/searchAttributes.js';
import { startSmtpCatcher, type SmtpCatcher } from '../../activities/support/smtpCatcher.js';
import { startDevServer, type DevServer } from '../../support/devServer.js';
import { exampleOrder } from '../../support/examples.js';
import { freePort } from '../../support/freePort.js';
import { rehearse, until, type Rehearsal } from '../../support/rehearsal.js';
import type { Recording } from '../../support/recordingActivities.js';
import { startTestServer, testLinks, type TestServer } from '../support/testServer.js';

const order = exampleOrder('plain');
const MANAGER = order.contacts.practiceManager.email;
const TICKED = 'posters.main';
const LEFT = 'website-and-online-message';
// Slow enough for the ticks to come long before the days on which the tasks are due, on a busy machine too.
const DAY_MS = 500;

let temporal: DevServer;
let link: TemporalLink;
let smtp: SmtpCatcher;
let api: TestServer;
let migrations: Migrations;
let url: string;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  temporal = await startDevServer({ searchAttributes: Object.values(searchAttributeKeys) });
  smtp = await startSmtpCatcher();
  const settings = { connectionOptions: { address: temporal.address }, namespace: temporal.namespace };
  link = connectTemporal({ settings, dataConverter: {}, identity: 'test' });
  migrations = createTemporalMigrations({ ...link, report: () => undefined });
  api = await startTestServer({ migrations });
  url = await api.app.listen({ host: '127.0.0.1', port: await freePort() });
});
afterAll(async () => {
  await api.app.close();
  await link.connection.close();
  await smtp.close();
  await temporal.stop();
});

/** Sends each message as the product does, links and all, before it is recorded. */
function mailing(recording: Recording): void {
  const { activities } = recording;
  const deliver: typeof activities.deliverMessages = activities.deliverMessages.bind(activities);
  const mailer = createMailer({ catcherSmtpUrl: smtp.url }, createPageLinks(testLinks, url));
  activities.deliverMessages = async (input) => {
    for (const message of input.messages) await mailer.send(message, messageId(message));
    return deliver(input);
  };
}

/** The links that the practice manager has had by mail, the oldest first. */
const linksMailed = (): string[] =>
  smtp.mails.flatMap(({ to, text = '', html }) => {
    if (to === undefined || Array.isArray(to) || to.value[0]?.address !== MANAGER) return [];
    const [, found = ''] = /^Your page: (\S+)$/m.exec(text) ?? [];
    expect(html).toContain(`href="${found}"`);
    return [found];
  });

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  redirect: 'manual',
});

const addressesIn = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/href="(\/p\/[^"]+)"/g)].map(([, where = '']) => `${url}${where.replace('&amp;', '&')}`),
  ),
];

const doneRecords = ({ recording }: Rehearsal) => recording.audit.filter(({ type }) => type === 'milestone.done');

/** Opens everything that the page leads to, as a scanner of mails does. */
async function scan(page: string): Promise<void> {
  const opened = await fetch(page);
  expect(opened.status).toBe(200);
  for (const where of addressesIn(await opened.text())) {
    const answers = await Promise.all([fetch(where), fetch(where, { method: 'HEAD' })]);
    expect(answers.map(({ status: each }) => each)).toEqual([200, 200]);
  }
}

/** Fills in the form of a task, and presses the button twice. */
async function tickTwice(page: string, milestoneId: string): Promise<(string | null)[]> {
  const where = `${page}/tasks/${milestoneId}`;
  const html = await (await fetch(where)).text();
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(html) ?? [];
  const fields = form({ request, name: 'Priya Nayar' });
  const answers = await Promise.all([fetch(where, fields), fetch(where, fields)]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  return answers.map(({ headers }) => headers.get('location'));
}

describe('from a mail to a milestone that is done', () => {
  it('leads the link; a scanner changes nothing, a double click counts once, and nobody is reminded again', async () => {
    await rehearse(
      { address: temporal.address, bundleCode: inject('workflowBundleCode') },
      { order, dayMs: DAY_MS, prepare: mailing },
      async (rehearsal) => {
        await until(() => linksMailed().length > 0);
        const [page = ''] = linksMailed();
        await scan(page);
        expect(doneRecords(rehearsal)).toEqual([]);

        const [confirmed, ...more] = await tickTwice(page, TICKED);
        expect(more).toEqual([confirmed]);
        expect(await (await fetch(`${url}${confirmed ?? ''}`)).text()).toContain('Thank you');
        await until(() => doneRecords(rehearsal).length > 0);
        expect(doneRecords(rehearsal)).toMatchObject([
          { actor: 'Priya Nayar (practice)', data: { milestoneId: TICKED, effect: 'done' } },
        ]);

        await rehearsal.untilDay('2027-01-05');
        const [{ atMs: tickedAtMs } = { atMs: 0 }] = doneRecords(rehearsal);
        const later = rehearsal.recording.sent.filter(({ atMs }) => atMs > tickedAtMs);
        const told = later.flatMap(({ message }) => message.items.map((item) => item.milestoneId));
        expect(told).toContain(LEFT);
        expect(told).not.toContain(TICKED);

        await revokeAndReopen(rehearsal, page);
      },
    );
  });
});

async function revokeAndReopen({ handle }: Rehearsal, page: string): Promise<void> {
  const payload = { role: 'practiceManager', by: 'Tom Ashdown' };
  const target = { migrationId: handle.workflowId };
  const before = linksMailed().length;
  expect(await migrations.revokeLinks({ target, requestId: 'r1', payload })).toMatchObject({ kind: 'answered' });
  expect((await fetch(page)).status).toBe(410);
  await until(() => linksMailed().length > before);
  await until(() => linksMailed().at(-1) !== linksMailed()[before - 1]);
  expect((await fetch(linksMailed().at(-1) ?? '')).status).toBe(200);
}
