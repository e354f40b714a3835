/** Who holds what over all practices, and on which days a supplier has more than it can do. */
import { collisionsAnswer, holdersAnswer } from '../../answers/system.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { shortDay } from '../words.js';
import { supplierCalendars } from './calendar.js';

const MOST = 999;

/** How many a supplier can do on a day, as it was asked for; 1 unless it is a number of up to three digits. */
function capacityOf(text = ''): number {
  const given = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 1;
  return Math.min(Math.max(given, 1), MOST);
}

/** A holder in a table, and in the words of a link. */
function namesOf(holder: string, holderName: string): { name: string; delays: string } {
  if (holder === 'practice') return { name: 'Practices', delays: 'Practices that delay themselves' };
  if (holder === 'csu') return { name: 'The CSU', delays: 'Practices that the CSU delays' };
  return { name: holderName, delays: `Practices that ${holderName} delays` };
}

export async function suppliersPage({ desk, query, signedIn }: Visit): Promise<string> {
  const asked = query['capacity'];
  const capacity = capacityOf(asked);
  const [{ holders }, { days }] = await Promise.all([
    desk.get('/holders', holdersAnswer),
    desk.get('/collisions?capacity=0', collisionsAnswer),
  ]);
  const view = {
    capacity,
    holders: holders.map(({ holder, holderName, migrations, open, late, nextDueOn }) => ({
      ...{ holder, migrations, open, late },
      ...namesOf(holder, holderName),
      href: `/operator?${new URLSearchParams({ delayHolder: holder }).toString()}`,
      next: shortDay(nextDueOn),
    })),
    calendars: supplierCalendars(days, () => capacity),
    days: days
      .filter(({ practices }) => practices.length > capacity)
      .map(({ supplierId, on, practices }) => ({
        ...{ supplierId, practices, count: practices.length },
        on: shortDay(on),
      })),
  };
  return operatorHtml('suppliers', { signedIn, section: 'suppliers' }, view);
}
