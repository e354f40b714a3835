/** What the columns of a CSU's own tracker mean: one file, read in both directions by import and export. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { line, words } from '../../rules/order/fields.js';

const FIELD = /^[a-zA-Z]\w*(?:\.\w+)*$/;
const movable = z.enum(['kickOff', 'technicalSurvey', 'initialDataProduction', 'finalDataProduction', 'goLive']);

/** The six things that a column can be about. */
const subjects = ['field', 'anchor', 'anchorStatus', 'parties', 'done', 'doneList'] as const;

const columnSchema = z
  .strictObject({
    /** As the first line of the tracker has it; capitals and spaces do not matter. */
    header: line(100),
    /** The tracker may lack it. */
    optional: z.boolean().default(false),
    /** A field of the order, like `contacts.practiceManager.email`; of a list by number, like `practice.sites.0.name`. */
    field: z.string().regex(FIELD, 'must be a field of the order, like practice.name').optional(),
    /** What the cells of a field hold. */
    as: z.enum(['text', 'day', 'yesNo', 'number']).optional(),
    /** The day of an anchor. */
    anchor: movable.optional(),
    /** What the day is worth where no other column says so; provisional unless it is said. */
    status: z.enum(['provisional', 'confirmed']).optional(),
    /** Whether the day of an anchor is confirmed. */
    anchorStatus: movable.optional(),
    /** The parties of the template that have this role in the practice's migration, by id or name, several with semicolons. */
    parties: z.enum(['sourceSupplier', 'targetSupplier', 'dataSupplier', 'thirdParty']).optional(),
    /**
     * The day on which this milestone was done; an empty cell means that it was not. `{sourceSupplier}` and `{targetSupplier}`
     * stand for the practice's own suppliers.
     */
    done: line(120).optional(),
    /** Milestones that no column of their own follows: `MILESTONE DAY` or `MILESTONE DAY for DAY`, several with semicolons. */
    doneList: z.literal(true).optional(),
    /** For a step of an extract: the anchor whose day its form or booking names. */
    forAnchor: z.enum(['initialDataProduction', 'finalDataProduction']).optional(),
    /** Who did it. */
    by: words().optional(),
    /** The day for cells that only say yes; without it such a cell is refused. */
    undatedOn: daySchema.optional(),
    /** What a cell's own words stand for: `EMIS Web: emis`. */
    values: z.record(line(100), z.union([line(200), z.boolean(), z.number()])).optional(),
  })
  .refine((column) => subjects.filter((subject) => column[subject] !== undefined).length === 1, {
    message: `say what it is about by exactly one of ${subjects.join(', ')}`,
  });

export const trackerColumnsSchema = z.strictObject({
  /** Cells that say nothing, beside empty ones. */
  blank: z.array(line(40)).default(['-', 'n/a', 'TBC', 'TBA']),
  /** Who has done what is done, where the column does not say. */
  by: words().default('taken over from the tracker'),
  columns: z.array(columnSchema).min(1),
});

export type TrackerColumn = z.infer<typeof columnSchema>;
export type TrackerColumns = z.infer<typeof trackerColumnsSchema>;
