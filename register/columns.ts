/** Column types that never refuse a value: one bad character in a supplier's event must not keep a migration out of the register. */
import { customType, timestamp } from 'drizzle-orm/pg-core';
import { isDay } from '../rules/calendar/day.js';
import { storableJson, storableText } from '../rules/migration/canonicalJson.js';

/** Text; characters that PostgreSQL cannot hold become U+FFFD. */
export const line = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: storableText,
});

/** A civil day. What is no day is kept as none, and so is a day of the year 0000, which SQL does not have. */
export const day = customType<{ data: string; driverData: string | null }>({
  dataType: () => 'date',
  toDriver: (text) => (isDay(text) && !text.startsWith('0000') ? text : null),
});

/** JSON in the form that the audit's hashes cover. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(storableJson(value)),
});

/** An instant, to the millisecond. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
