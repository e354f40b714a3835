import type { CalendarData } from '../../../rules/calendar/data.js';
import { DIVISIONS } from '../../../rules/calendar/division.js';

const SUBSTITUTE = ' (substitute day)';

/** A calendar as GOV.UK would publish it. */
export function publishedList({ divisions }: Pick<CalendarData, 'divisions'>) {
  return Object.fromEntries(
    DIVISIONS.map((division) => [
      division,
      {
        division,
        events: divisions[division].map(({ on, title }) => ({
          title: title.replace(SUBSTITUTE, ''),
          date: on,
          notes: title.endsWith(SUBSTITUTE) ? 'Substitute day' : '',
          bunting: title !== 'Good Friday',
        })),
      },
    ]),
  );
}

export const publishedText = (calendar: Pick<CalendarData, 'divisions'>): string =>
  JSON.stringify(publishedList(calendar));
