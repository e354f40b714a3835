import { formatDay } from '../../rules/calendar/day.js';
import type { Division } from '../../rules/calendar/division.js';
import type { PatientDays } from '../../rules/plan/patientDays.js';

/** What patients are told. Days are ready to be read; empty where they are not known. */
export interface PatientNotice {
  /** The start of cut-over or Go Live has no day, so nothing can be printed yet. */
  unset: boolean;
  provisional: boolean;
  /** Start of cut-over, which is the Final data production day. */
  from: string;
  /** Last day of reduced activity; Go Live where there is none. */
  until: string;
  goLive: string;
  /** The rules have a period of fewer appointments. */
  reducedActivity: boolean;
  /** The rules have a period without new registrations. */
  noRegistrations: boolean;
  /** First day of it. */
  registrationFrom: string;
  reRegister: boolean;
  urgent: string;
}

const urgentHelp: Record<Division, string> = {
  'england-and-wales': 'If you cannot reach us and it cannot wait, call 111.',
  scotland: 'If you cannot reach us and it cannot wait, call NHS 24 on 111.',
  'northern-ireland': 'If you cannot reach us and it cannot wait, call the GP out-of-hours service for your area.',
};

const undated = { from: '', until: '', goLive: '', registrationFrom: '' };

/** The words around them are in `config/pack/patients.njk`. */
export function patientNotice({ days, division, ...told }: PatientDays): PatientNotice {
  const dated = days && {
    from: formatDay(days.from),
    until: formatDay(days.until),
    goLive: formatDay(days.goLive),
    registrationFrom: formatDay(days.registrationFrom),
  };
  return { ...told, unset: days === undefined, urgent: urgentHelp[division], ...(dated ?? undated) };
}

/** What a site is called on its poster: a practice with one site is known by its own name. */
export const posterPlace = (practice: string, site: string, sites: number): string =>
  sites === 1 ? practice : `${practice}, ${site}`;
