import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { orderSchema } from '../../../rules/order/schema.js';
import { firstDayOf } from '../../../rules/rehearsal/firstDay.js';
import { prove } from '../../../rules/rehearsal/prove.js';
import { startedExample } from '../../support/examples.js';

const folder = new URL('../../golden/orders/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

const orderIn = (file: string) => orderSchema.parse(parse(readFileSync(new URL(file, folder), 'utf8')));

describe('the proof of every order whose plan is worked out by hand', () => {
  it('has orders to look at', () => {
    expect(files.length).toBeGreaterThan(3);
  });

  it.each(files)('holds for %s', (file) => {
    const order = orderIn(file);
    const { proved, faults, coverage } = prove(startedExample(order, firstDayOf(order)));
    expect({ proved, faults, uncovered: coverage.uncovered }).toEqual({ proved: true, faults: [], uncovered: [] });
  });
});
