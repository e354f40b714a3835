import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepLinkKeys, LinkKeysError, readLinkKeys } from '../../config/linkKeys.js';
import { createLinks } from '../../config/links.js';
import { createPageLinks } from '../../config/pageLinks.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-link-keys-'));
});
afterEach(async () => rm(folder, { recursive: true }));

describe('the keys of links', () => {
  it('are made once, closed to other users, by however many processes at once', async () => {
    const file = path.join(folder, 'data', 'link-keys.json');
    const kept = await Promise.all(Array.from({ length: 5 }, () => keepLinkKeys(file)));
    expect(new Set(kept.map(({ keys, current }) => keys.get(current)?.toString('hex'))).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(path.dirname(file))).toEqual(['link-keys.json']);
    expect(await keepLinkKeys(file)).toEqual(kept[0]);
  });

  it('complain by the name of their own setting, and quote no key', async () => {
    const file = path.join(folder, 'keys.json');
    expect(() => readLinkKeys(file)).toThrow(/Link keys in .*LEADTIME_LINK_KEYS_FILE/s);
    await writeFile(file, JSON.stringify({ current: 'a', keys: { a: 'c2hvcnQ=' } }));
    expect(() => readLinkKeys(file)).toThrow(LinkKeysError);
    expect(() => readLinkKeys(file)).not.toThrow(/c2hvcnQ=/);
  });
});

describe('the link of a page', () => {
  it('is the same all day, and works for 60 days, the last of which it names', async () => {
    const links = createLinks(readLinkKeys(await newFile()));
    const pageLinkOf = createPageLinks(links, 'https://leadtime.example.org');
    const scope = { migrationId: 'Z90001-20260914-k3v9qa', role: 'alder.contact', generation: 2 };
    const { url, until } = await pageLinkOf(scope, '2026-11-23');
    expect(await pageLinkOf(scope, '2026-11-23')).toEqual({ url, until });
    expect(until).toBe('2027-01-21');
    const token = url.replace('https://leadtime.example.org/p/', '');
    expect(await links.read(token, Date.parse('2027-01-21T23:59:59Z'))).toEqual({ kind: 'valid', scope });
    expect(await links.read(token, Date.parse('2027-01-22T00:00:01Z'))).toEqual({ kind: 'expired', scope });
  });
});

async function newFile(): Promise<string> {
  const file = path.join(folder, 'link-keys.json');
  await keepLinkKeys(file);
  return file;
}
