import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkMessages, templateProblemText } from '../../../cli/messages/check.js';
import { messageFolders } from '../../../config/messages/folder.js';
import { messageKinds } from '../../../rules/migration/messages.js';
import { z } from 'zod';
import { requireMessages } from '../../../cli/serve/needs.js';
import { runCli } from '../support/runCli.js';

const folder = async (files: Record<string, string>): Promise<string> => {
  const made = await mkdtemp(path.join(tmpdir(), 'leadtime-messages-'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(made, name), text);
  return made;
};
const found = async (files: Record<string, string>): Promise<string[]> =>
  (await checkMessages(messageFolders(await folder(files)))).map(templateProblemText);

const good = (subject: string, ask: string, body = ''): string =>
  [
    '{% extends layout %}',
    '{% import parts as part %}',
    `{% block subject %}${subject}{% endblock %}`,
    `{% block ask %}{% call part.ask() %}${ask}{% endcall %}{% endblock %}`,
    `{% block body %}${body}{% endblock %}`,
  ].join('\n');
const fine = good('{{ item.title }}, {{ item.by }}', '{{ item.by | sentence }}: {{ item.action }}');

describe('the shipped templates', () => {
  it('read well for every kind of message at its edges', async () => {
    expect(await checkMessages(messageFolders(undefined))).toEqual([]);
  });

  it('are one for each kind, and nothing else', async () => {
    const files = (await readdir('config/messages')).filter((name) => name.endsWith('.njk'));
    const kinds = messageKinds.map((kind) => `${kind}.njk`);
    expect(files.filter((name) => !/^(layout|parts|page)\./.test(name)).sort()).toEqual(kinds.sort());
  });
});

describe('templates of a deployment', () => {
  it('may be some of them: the others are the shipped ones', async () => {
    expect(await found({ 'notice.njk': fine })).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    [
      'notice.njk',
      fine.replace('item.action', 'item.acton'),
      /^notice\.njk:4: no message has item\.acton; perhaps it is meant to be item\.action$/,
    ],
    ['notice.njk', `${fine}{% if %}`, /^notice\.njk:5: /],
    ['notice.njk', good('{{ item.by }}', '{{ item.by }}: {{ item.action }}'), /the subject names no thing/],
    ['notice.njk', good('{{ item.title }}', '{{ item.by }}: {{ item.action }}'), /the subject names no day/],
    ['notice.njk', good('{{ item.title }}, {{ item.by }}', '{{ item.action }}'), /the first line does not say by when/],
    ['notice.njk', fine.replace('{{ item.action }}', '{{ item.action | safe }}'), /HTML is not escaped/],
    [
      'notice.njk',
      good('{{ item.title }}, {{ item.by }}', '{{ item.by }}', '<p>{{ sentOn }}</p>'),
      /the text part shows "2026-11-20"/,
    ],
    ['notise.njk', fine, /^notise\.njk: no kind of message has this name; perhaps it is meant to be notice\.njk$/],
    [
      'notice.njk',
      good('{{ item.title }}, {{ item.by }}', '{{ item.by }}', "{{ part.facts([['Who', item.holdrNme]]) }}"),
      /^notice\.njk:5: no message has item\.holdrNme; perhaps it is meant to be item\.holderName$/,
    ],
    [
      'notice.njk',
      good('{{ item.title }}, {{ item.by }}', '{{ item.by }}', '{% if abuot.rehearsal %}x{% endif %}'),
      /^notice\.njk:5: no message has abuot; perhaps it is meant to be about$/,
    ],
    [
      'notice.njk',
      good('{{ item.title }}, {{ item.by }}', '{{ item.by }}', '{{ item.reach.how }}{{ about.goLive }}'),
      /^notice\.njk:5: it shows something that not every message has: put an if around it \(no date yet\)$/,
    ],
    [
      'notice.njk',
      fine.replace(/.*block body.*/, ''),
      /^notice\.njk: it has no block for it: \{% block body %\}…\{% endblock %\}$/,
    ],
    ['notice.njk', 'Dear {{ item.partyName }}', /^notice\.njk:1: it is a mail without a frame/],
    [
      'notice.njk',
      good(
        '{{ item.title }}, {{ item.by }}',
        '{{ item.by }}',
        "{% if parts == 'parts.html.njk' %}{{ about.goLiveDay }}{% endif %}",
      ),
      /^notice\.njk:5: "2 February 2027" is in the HTML and not in the text part/,
    ],
    [
      'notice.njk',
      good(
        '{{ item.title }}, {{ item.by }}',
        '{{ item.by }}',
        '{% if parts == "parts.html.njk" %}<a href="https://x.example/">x</a>{% endif %}',
      ),
      /^notice\.njk:5: the text part lacks the link https:\/\/x\.example\//,
    ],
    [
      'layout.html.njk',
      '<html lang="en-GB"><title>x</title>{% block ask %}{% endblock %}</html>',
      /the HTML lacks migrations@wealdcsu\.example/,
    ],
  ])('are refused with template and reason: %s', async (file, text, problem) => {
    const problems = await found({ [file]: text });
    expect(problems.filter((each) => problem.test(each))).not.toEqual([]);
    expect(problems.join('\n')).not.toContain('/config/messages');
  });

  it('are told of all at once, in every file and line', async () => {
    const problems = await found({
      'notice.njk': good(
        '{{ item.tilte }}, {{ item.by }}',
        '{{ item.by }}: {{ item.acton }}',
        '{{ itme.due }}{{ item.xyzzy }}',
      ),
      'letter.njk': fine.replace('item.title', 'item.titel'),
    });
    const word = (each: string): string => each.replace(/; perhaps.*/, '');
    expect(problems.map(word)).toEqual([
      'letter.njk:3: no message has item.titel',
      'notice.njk:3: no message has item.tilte',
      'notice.njk:4: no message has item.acton',
      'notice.njk:5: no message has itme',
      'notice.njk:5: no message has item.xyzzy',
    ]);
  });

  it('name the samples that show a problem, all in one line', async () => {
    const [problem] = await found({ 'notice.njk': good('{{ item.title }}', '{{ item.by }}: {{ item.action }}') });
    expect(problem).toMatch(
      /^notice\.njk:3: the subject names no day: end it with \{\{ item\.by \}\} \(usual, to the CSU, provisional dates, /,
    );
  });
});

describe('leadtime messages', () => {
  it('checks a folder, and exits 2 with every problem', async () => {
    const made = await folder({ 'notice.njk': fine.replace('item.action', 'item.acton') });
    const { exitCode, stdout, stderr } = await runCli(['messages', 'check', made], {});
    expect(exitCode).toBe(2);
    expect(stdout).toContain('notice.njk:4:');
    expect(stderr).toContain('1 problems with message templates'.replace('1 problems', '1 problem'));
  });

  it('says of a folder that is not there what to do', async () => {
    const { exitCode, stderr } = await runCli(['messages', 'check', '/nowhere/at/all'], {});
    expect(exitCode).toBe(2);
    expect(stderr).toContain('there is no such folder');
  });

  it('writes every kind as HTML and text, with a page that lists them', async () => {
    const made = await folder({});
    expect((await runCli(['messages', 'preview', '--to', made], {})).exitCode).toBe(0);
    expect((await readdir(made)).length).toBe(2 * messageKinds.length + 1);
    const index = await readFile(path.join(made, 'index.html'), 'utf8');
    for (const kind of messageKinds) expect(index).toContain(`href="${kind}.html"`);
  });

  it('shows one kind as the migration of an example sends it, and refuses one that there is not', async () => {
    const { stdout } = await runCli(['messages', 'preview', 'notice'], {});
    expect(stdout).toMatch(/^== notice, to partyContact \(from the plan of plain\.yaml\)$/m);
    expect(stdout).toMatch(
      /^Subject: Millbrook Lane Surgery: notice of change of clinical system from Thursday 28 January 2027$/m,
    );
    expect(stdout).not.toContain('REHEARSAL');
    expect((await runCli(['messages', 'preview', 'poem'], {})).exitCode).toBe(2);
  });

  it('shows the mails of an order that it is given, and says which kinds are made up', async () => {
    const { stdout } = await runCli(['messages', 'preview', '--order', 'examples/rich.yaml', '--json'], {});
    const shown = z.object({
      messages: z.array(z.object({ kind: z.string(), subject: z.string(), from: z.string().optional() })),
    });
    const { messages } = shown.parse(JSON.parse(stdout));
    expect(messages.map(({ kind }) => kind)).toEqual([...messageKinds]);
    const real = messages.filter(({ from }) => from === 'rich.yaml');
    expect(real.map(({ kind }) => kind).sort()).toEqual([
      'authorisation',
      'callTask',
      'chase',
      'contact',
      'digest',
      'escalation',
      'notice',
      'onTheDay',
      'reminder',
      'request',
    ]);
    for (const { subject } of real) expect(subject).toMatch(/^Harbour Road Medical Centre: /);
    expect(messages.find(({ kind }) => kind === 'letter')?.from).toBeUndefined();
    const { exitCode, stderr } = await runCli(['messages', 'preview', '--order', 'nowhere.yaml'], {});
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nowhere.yaml');
  });
});

describe('a worker', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it('does not start with a template of which no mail could be made, and says its line', async () => {
    vi.stubEnv('LEADTIME_MESSAGES', await folder({ 'notice.njk': fine.replace('item.action', 'item.acton') }));
    await expect(requireMessages()).rejects.toThrow(
      /No mail could be made[^]*\nnotice\.njk:4: no message has item\.acton/,
    );
    vi.stubEnv('LEADTIME_MESSAGES', '/nowhere/at/all');
    await expect(requireMessages()).rejects.toThrow('LEADTIME_MESSAGES is /nowhere/at/all');
  });

  it('starts with templates that could be better, and without any', async () => {
    vi.stubEnv('LEADTIME_MESSAGES', await folder({ 'notice.njk': good('{{ item.title }}', '{{ item.action }}') }));
    await expect(requireMessages()).resolves.toBeUndefined();
    vi.stubEnv('LEADTIME_MESSAGES', '');
    await expect(requireMessages()).resolves.toBeUndefined();
  });
});
