import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatProblem } from '../../../rules/files/problem.js';
import { readYaml } from '../../../rules/files/readYaml.js';
import { orderSchema } from '../../../rules/order/schema.js';
import { ruleSetSchema } from '../../../rules/ruleset/schema.js';

const example = (name: string) => readFileSync(new URL(`../../../examples/${name}`, import.meta.url), 'utf8');

/** Every problem of a text, as a person reads it. */
function complaints(text: string, schema: z.ZodType = orderSchema): string[] {
  const reading = readYaml(text, 'order.yaml', schema);
  return reading.ok ? [] : reading.problems.map(formatProblem);
}

const small = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty'),
  list: z.array(z.strictObject({ id: z.string(), count: z.int().optional() })).default([]),
  colour: z.enum(['red', 'green']).optional(),
  day: z
    .union([z.strictObject({ from: z.string(), amount: z.int() }), z.strictObject({ unit: z.literal('notice') })])
    .optional(),
});
const complain = (text: string) => complaints(text, small);

describe('reading a file that a person wrote', () => {
  it('gives the checked value, and the line of every field for later checks', () => {
    const reading = readYaml('name: x\nlist:\n  - id: a\n  - id: b\n    count: 3\n', 'f.yaml', small);
    expect(reading).toMatchObject({ ok: true, value: { name: 'x', list: [{ id: 'a' }, { id: 'b', count: 3 }] } });
    if (!reading.ok) throw new Error('not read');
    expect(reading.locate(['list', 1, 'count'])).toEqual({ line: 5, column: 5 });
    expect(reading.locate(['list', 1])).toEqual({ line: 4, column: 5 });
    expect(reading.locate(['list', 1, 'missing', 'deeper'])).toEqual({ line: 4, column: 5 });
    expect(reading.locate([])).toEqual({ line: 1, column: 1 });
  });

  it('reads JSON too', () => {
    expect(complain('{ "name": "x", "list": [{ "id": "a" }] }')).toEqual([]);
  });

  it('tells every wrong field of an order at once, with its line', () => {
    expect(complaints(example('bad/single-fields.yaml'))).toEqual([
      'order.yaml:15: contacts.practiceManager.fone: there is no key "fone" here; did you mean "phone"? Known here: name, email, phone, deputy, away',
      'order.yaml:28: anchors.finalDataProduction.on: "2027-02-30" is not a day: February 2027 has 28 days; correct it',
      'order.yaml:36: parties[0].contact.email: "extracts at alder" is not right; it must be an email address like name@example.org',
      'order.yaml:54: parties[2].channel: "fax" is not right; it must be one of email, webhook, portal, phone, post',
      'order.yaml:55: parties[2].noticePeriod.amount: -5 is not right; it must not be negative: the direction comes from the rule',
      'order.yaml:80: alreadyDone[0].on: missing; add it: it must be a day written as YYYY-MM-DD, like 2027-01-07',
    ]);
  });

  it('names a missing key by the line of what it is missing from', () => {
    expect(complain('list:\n  - id: a\n  - count: 1\n')).toEqual([
      'order.yaml:1: name: missing; add it: it must be text',
      'order.yaml:3: list[1].id: missing; add it: it must be text',
    ]);
  });

  it('treats a key without a value as missing', () => {
    expect(complain('name:\n')).toEqual(['order.yaml:1: name: missing; add it: it must be text']);
  });

  it('says to quote what YAML reads as a number or a truth', () => {
    expect(complain('name: 0123')).toEqual(['order.yaml:1: name: 123 is not right; it must be text: put it in quotes']);
    expect(complain('name: true')).toEqual([
      'order.yaml:1: name: true is not right; it must be text: put it in quotes',
    ]);
  });

  it('lists the choices of a field that has a few', () => {
    expect(complain('name: x\ncolour: blue')).toEqual([
      'order.yaml:2: colour: "blue" is not right; it must be one of red, green',
    ]);
  });

  it('lists the choices of a group whose keys are a few words', () => {
    const group = z.strictObject({ periods: z.partialRecord(z.enum(['eps', 'pcse']), z.number()) });
    expect(complaints('periods:\n  labs: 1\n', group)).toEqual([
      'order.yaml:2: periods.labs: there is no key "labs" here; did you mean "eps"? Known here: eps, pcse',
    ]);
  });

  it('judges a field with several shapes by the one that it comes closest to', () => {
    expect(complain('name: x\nday: { from: a, amount: b }')).toEqual([
      'order.yaml:2: day.amount: "b" is not right; it must be a number',
    ]);
    expect(complain('name: x\nday: { unit: notices }')).toEqual([
      'order.yaml:2: day.unit: "notices" is not right; it must be one of notice',
    ]);
  });

  it('names a key that is there twice, and still the other problems of the file', () => {
    expect(complain('name: x\nname: y\nlist: 3')).toEqual([
      'order.yaml:2: name: this key is there twice; remove one of the two',
      'order.yaml:3: list: 3 is not right; it must be a list',
    ]);
  });

  it('says where the YAML itself is broken', () => {
    expect(complain('name: x\n\tlist: 1')).toEqual(['order.yaml:2: a tab cannot indent; use spaces']);
    expect(complain('name: "x\n')).toEqual(['order.yaml:2: a closing quote or bracket is missing; add it']);
    expect(complain('name: x\n---\nname: y')).toEqual([
      'order.yaml:2: the file holds more than one document; write each to a file of its own',
    ]);
    expect(complain('name: !secret x')).toEqual([
      'order.yaml:1: tags like !this have no meaning here; take the tag out',
    ]);
  });

  it('says that an empty file is empty', () => {
    expect(complain('')).toEqual(['order.yaml:1: the file is empty; check that it is the right file']);
    expect(complain('# only a comment\n')).toHaveLength(1);
  });

  it('refuses an alias that cannot be followed, or that grows without end', () => {
    expect(complain('name: &x a\nlist:\n  - { id: *x }\n  - { id: *who }\n  - id: *whom\n')).toEqual([
      'order.yaml:4: nothing before this is called &who; write out what *who stands for',
      'order.yaml:5: nothing before this is called &whom; write out what *whom stands for',
    ]);
    expect(complain('name: *late\nlist: &late []\n')).toEqual([expect.stringMatching(/^order\.yaml:1: .*&late/)]);
    const tenfold = (name: string, of: string) =>
      `${name}: &${name} [${Array.from({ length: 10 }, () => `*${of}`).join()}]`;
    const bomb = ['a: &a [x]', ...['b', 'c', 'd', 'e', 'f'].map((name, at) => tenfold(name, 'abcdef'.charAt(at)))].join(
      '\n',
    );
    expect(complain(bomb)).toEqual([expect.stringContaining('an alias (*name) cannot be followed')]);
  });

  it('refuses a file over 1 MiB, in bytes', () => {
    expect(complain(`name: ${'x'.repeat(1024 * 1024)}`)).toEqual([expect.stringContaining('larger than 1 MiB')]);
    expect(complain(`name: ${'ü'.repeat(600_000)}`)).toEqual([expect.stringContaining('larger than 1 MiB')]);
  });

  it.each([
    ['brackets', '['.repeat(400_000)],
    ['braces', '{a: '.repeat(200_000)],
    ['list markers', '- '.repeat(400_000)],
    ['brackets with text between', '["]",'.repeat(100_000)],
    ['indentation', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('refuses %s nested without end, at the line where it is too much', (_, text) => {
    expect(complain(text)).toEqual([expect.stringContaining('nested more than 50 levels deep')]);
  });

  it('reads the rule set that ships with the product', () => {
    const text = readFileSync(new URL('../../../config/rulesets/gp-england.yaml', import.meta.url), 'utf8');
    expect(complaints(text, ruleSetSchema)).toEqual([]);
  });

  it('does not take a key of another for its own', () => {
    expect(complain('name: x\n__proto__: { a: 1 }\nconstructor: 1')).toEqual([
      expect.stringContaining('"__proto__"'),
      expect.stringContaining('"constructor"'),
    ]);
  });
});
