/** The days that a practice's patients are told of, on posters, on its website and in its online service. */
import type { Day } from '../calendar/day.js';
import type { Division } from '../calendar/division.js';
import type { Plan, PlannedMilestone } from './types.js';

export interface PatientDays {
  /** Whom patients ring when the practice cannot be reached depends on it. */
  division: Division;
  /** The start of cut-over or Go Live is not confirmed. */
  provisional: boolean;
  /** Absent while the start of cut-over or Go Live has no day: one without the other would tell half of it. */
  days?: {
    /** Start of cut-over, which is the Final data production day. */
    from: Day;
    /** Last day of fewer appointments, inclusive; Go Live where the rules have no such period. */
    until: Day;
    goLive: Day;
    /** First day without new registrations; `from` where the rules do not say. */
    registrationFrom: Day;
  };
  /** The rules have a period of fewer appointments. */
  reducedActivity: boolean;
  /** The rules have a period without new registrations. */
  noRegistrations: boolean;
  /** Patients must register for online services again. */
  reRegister: boolean;
}

/**
 * From the days and milestones of a plan: what its rules do not have is not said. The source is guide/03, "Notification of
 * Patients".
 *
 * The plain example, with its Final data production day on 28 January 2027 and Go Live on 2 February: from 28 January until 4
 * February, the second working day after Go Live.
 */
export function patientDaysOf({ anchors, milestones, workingTime }: Plan): PatientDays {
  const { finalDataProduction, goLive } = anchors;
  const of = (ruleId: string): PlannedMilestone | undefined => milestones.find((each) => each.ruleId === ruleId);
  const [reduced, registrations] = [of('reduced-activity'), of('no-new-registrations')];
  const [from, live] = [finalDataProduction.on, goLive.on];
  return {
    division: workingTime.division,
    provisional: finalDataProduction.status !== 'confirmed' || goLive.status !== 'confirmed',
    ...(from !== undefined &&
      live !== undefined && {
        days: {
          from,
          until: reduced?.dueOn ?? live,
          goLive: live,
          registrationFrom: registrations?.opensOn ?? from,
        },
      }),
    reducedActivity: reduced !== undefined,
    noRegistrations: registrations !== undefined,
    reRegister: of('re-registration-message') !== undefined,
  };
}
