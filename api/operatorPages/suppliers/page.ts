/** Who holds what over all practices, how full suppliers' days are, and which days lie where they should not. */
import type { z } from 'zod';
import { anchorTitles } from '../../../rules/order/anchorNames.js';
import { blackoutsAnswer, collisionsAnswer, holdersAnswer } from '../../answers/system.js';
import { hrefOf } from '../migration/frame.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { shortDay } from '../words.js';
import { supplierCalendars } from './calendar.js';

type Holder = z.infer<typeof holdersAnswer>['holders'][number];
type LoadedDay = z.infer<typeof collisionsAnswer>['days'][number];
type Conflict = z.infer<typeof blackoutsAnswer>['conflicts'][number];

const MOST = 999;

/** How many a supplier that has stated nothing can do on a day, as it was asked for; undefined unless it is a number. */
function askedCapacity(text = ''): number | undefined {
  if (!/^\d{1,3}$/.test(text.trim())) return undefined;
  return Math.min(Math.max(Number(text), 1), MOST);
}

/** A holder in a table, and in the words of a link. */
function namesOf({ holder, holderName }: Holder): { name: string; delays: string } {
  if (holder === 'practice') return { name: 'Practices', delays: 'Practices that delay themselves' };
  if (holder === 'csu') return { name: 'The CSU', delays: 'Practices that the CSU delays' };
  return { name: holderName, delays: `Practices that ${holderName} delays` };
}

const isParty = (holder: string): boolean => holder !== 'practice' && holder !== 'csu';

function holderView(row: Holder): object {
  const { holder, migrations, open, late, nextDueOn } = row;
  return {
    holder,
    migrations,
    open,
    late,
    ...namesOf(row),
    evidenceHref: isParty(holder) ? `/operator/suppliers/${encodeURIComponent(holder)}/evidence` : null,
    href: `/operator?${new URLSearchParams({ delayHolder: holder }).toString()}`,
    next: shortDay(nextDueOn),
  };
}

/** What a supplier has stated counts for more than what somebody asks. */
const limitOf = ({ capacity, stated }: LoadedDay, asked?: number): number =>
  stated === undefined ? (asked ?? capacity) : capacity;

const conflictView = ({ migrationId, odsCode, practiceName, anchor, on, from, to, reason }: Conflict): object => ({
  odsCode,
  practiceName,
  reason,
  anchor: anchorTitles[anchor],
  href: hrefOf(migrationId),
  on: shortDay(on),
  days: from === to ? shortDay(from) : `${shortDay(from)} to ${shortDay(to)}`,
});

export async function suppliersPage({ desk, query, signedIn }: Visit): Promise<string> {
  const asked = askedCapacity(query['capacity']);
  const [{ holders }, { days }, { conflicts }] = await Promise.all([
    desk.get('/holders', holdersAnswer),
    desk.get('/collisions?capacity=0', collisionsAnswer),
    desk.get('/blackouts', blackoutsAnswer),
  ]);
  const limits = new Map(days.map((day) => [day.supplierId, limitOf(day, asked)]));
  const capacityOf = (id: string): number => limits.get(id) ?? 1;
  const names = new Map(holders.map(({ holder, holderName }) => [holder, holderName]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const view = {
    capacity: asked ?? '',
    holders: holders.map(holderView),
    limits: [...new Map(days.map((day) => [day.supplierId, day])).values()].map((day) => ({
      supplier: nameOf(day.supplierId),
      capacity: capacityOf(day.supplierId),
      stated: day.stated ?? '',
    })),
    calendars: supplierCalendars(days, capacityOf).map((each) => ({ ...each, supplier: nameOf(each.supplierId) })),
    days: days
      .filter(({ practices, supplierId }) => practices.length > capacityOf(supplierId))
      .map(({ supplierId, on, practices }) => ({
        practices,
        count: practices.length,
        capacity: capacityOf(supplierId),
        supplier: nameOf(supplierId),
        on: shortDay(on),
      })),
    conflicts: conflicts.map(conflictView),
  };
  return operatorHtml('suppliers', { signedIn, section: 'suppliers' }, view);
}
