import type { PlannedOrder } from '../../config/planFromText.js';
import { formatDay, type Day } from '../../rules/calendar/day.js';
import type { Division } from '../../rules/calendar/division.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';

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

/** From the days and milestones of the plan: what its rules do not have is not said. Only registrations stop before cut-over. */
export function patientNotice({ plan, order }: PlannedOrder): PatientNotice {
  const { finalDataProduction, goLive } = plan.anchors;
  const unset = finalDataProduction.on === undefined || goLive.on === undefined;
  const period = (ruleId: string): PlannedMilestone | undefined =>
    plan.milestones.find((each) => each.ruleId === ruleId);
  const [reduced, registrations] = [period('reduced-activity'), period('no-new-registrations')];
  // One day without the other would tell half of it.
  const text = (day: Day | undefined): string => (day === undefined || unset ? '' : formatDay(day));
  return {
    unset,
    provisional: finalDataProduction.status !== 'confirmed' || goLive.status !== 'confirmed',
    from: text(finalDataProduction.on),
    until: text(reduced?.dueOn ?? goLive.on),
    goLive: text(goLive.on),
    reducedActivity: reduced !== undefined,
    noRegistrations: registrations !== undefined,
    registrationFrom: text(registrations?.opensOn ?? finalDataProduction.on),
    reRegister: order.decisions.patientsReRegisterOnline === true,
    urgent: urgentHelp[order.practice.division],
  };
}
