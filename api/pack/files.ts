import type { PlannedOrder } from '../../config/planFromText.js';
import { patientDaysOf } from '../../rules/plan/patientDays.js';
import { aboutOf } from './about.js';
import { calendarFile } from './calendarFile.js';
import { contactGroups } from './contactsView.js';
import { meetingView } from './meetingView.js';
import { patientNotice, posterPlace, type PatientNotice } from './noticeView.js';
import { planView } from './planView.js';
import { renderPage, renderText } from './render.js';

export interface PackFile {
  /** Name within the folder of the pack. */
  name: string;
  title: string;
  text: string;
}

/** Every file of the kick-off pack. The same order as of the same day gives the same texts, byte by byte. */
export function packFiles(planned: PlannedOrder): PackFile[] {
  const { order } = planned;
  const about = aboutOf(planned);
  const notice = patientNotice(patientDaysOf(planned.plan));
  const texts = { about, notice, place: about.practice };
  const files: PackFile[] = [
    { name: 'plan.html', title: 'Plan', text: renderPage('plan.njk', { about, plan: planView(planned) }) },
    {
      name: 'contacts.html',
      title: 'Contacts',
      text: renderPage('contacts.njk', { about, groups: contactGroups(order) }),
    },
    {
      name: 'meeting.html',
      title: 'Weekly meeting',
      text: renderPage('meeting.njk', { about, meeting: meetingView(planned) }),
    },
    ...order.practice.sites.map(({ id, name }) => {
      const place = posterPlace(about.practice, name, order.practice.sites.length);
      return {
        name: `poster-${id}.html`,
        title: `Poster for ${name}`,
        text: renderPage('poster.njk', { ...texts, place }),
      };
    }),
    { name: 'website.txt', title: 'Text for the website', text: renderText('website.njk', texts) },
    {
      name: 'online-message.txt',
      title: 'Message for the online service',
      text: renderText('online-message.njk', texts),
    },
    { name: 'calendar.ics', title: 'Calendar file', text: calendarFile(planned) },
  ];
  const view = { about, files, warnings: warningsOf(planned, notice) };
  return [{ name: 'index.html', title: 'Kick-off pack', text: renderPage('index.njk', view) }, ...files];
}

function warningsOf({ refusals }: PlannedOrder, { unset, provisional }: PatientNotice): string[] {
  const late = 'As it stands this migration could not start: see the problems in the plan.';
  const undated =
    'The posters and texts for patients have no days yet, so do not put them up: the start of cut-over or Go Live is not set.';
  const unsure =
    'The days on the posters and in the texts for patients are provisional. Put them up once they are confirmed.';
  return [...(refusals.length > 0 ? [late] : []), ...(unset ? [undated] : provisional ? [unsure] : [])];
}
