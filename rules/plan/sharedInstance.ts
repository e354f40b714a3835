/**
 * Practices that share one instance of the present supplier's system: the migration of one of them asks for the extracts of all.
 *
 * Each lets the CSU ask for itself, and has forms, deliveries and confirmations of its own. The request alone is one: it waits for
 * the word of every practice, names them all, and settles the same step of the others' migrations (ADR 20).
 */
import type { Party } from '../order/schema.js';
import { ladderNamed, type MilestoneDraft, type Planning, type Setting } from './planning.js';
import type { InstancePractice, PlannedInstance, PlannedMilestone } from './types.js';

interface Sharing {
  id: string;
  /** The practice that asks for all; undefined where it is this one. */
  askedBy: InstancePractice | undefined;
  others: InstancePractice[];
}

/** Undefined where the practice has its system to itself. */
function sharingOf({ order: { sharedInstance, practice } }: Pick<Setting, 'order'>): Sharing | undefined {
  if (sharedInstance === undefined) return undefined;
  const { id, requestsBy, practices } = sharedInstance;
  const others = practices.filter(({ odsCode }) => odsCode !== practice.odsCode);
  return { id, askedBy: others.find(({ odsCode }) => odsCode === requestsBy), others };
}

const AUTHORISATION = 'authorise-extracts';

/** Milestone of the migration that asks: that another practice lets the CSU ask. */
const authorisationOf = (odsCode: string): string => `${AUTHORISATION}.${odsCode.toLowerCase()}`;

const named = ({ name, odsCode }: InstancePractice): string => `${name} (${odsCode})`;

/** Only the present supplier's system is shared; another supplier of data is asked by each practice for itself. */
const isShared = ({ roles }: Party): boolean => roles.includes('sourceSupplier');

/** The step "asked" of an extract, as the shared instance has it. */
export function draftAsking(draft: MilestoneDraft, planning: Planning, party: Party): MilestoneDraft {
  const sharing = sharingOf(planning);
  if (sharing === undefined || !isShared(party)) return draft;
  const { milestone, ladder } = draft;
  const { askedBy, others } = sharing;
  if (askedBy === undefined) {
    const waitsFor = [...milestone.waitsFor, ...others.map(({ odsCode }) => authorisationOf(odsCode))];
    return { ...draft, milestone: { ...milestone, waitsFor, asksFor: others } };
  }
  const title = `${milestone.title}, in the request of ${named(askedBy)}`;
  const action = `The request of ${named(askedBy)} asks for this practice, too, and is noted here by itself once it has gone out. If somebody has asked in another way, record that.`;
  return {
    ...draft,
    milestone: { ...milestone, title, action, holder: 'csu', heardFrom: askedBy.odsCode },
    ladder: ladder.filter(({ type }) => type !== 'deliver'),
  };
}

/** In the migration that asks: every other practice lets the CSU ask, said in that practice's own migration. */
export function draftOthersAuthorisations(own: readonly MilestoneDraft[], planning: Planning): MilestoneDraft[] {
  const sharing = sharingOf(planning);
  if (sharing === undefined || sharing.askedBy !== undefined) return [];
  const ladder = ladderNamed(planning.ruleSet, planning.ruleSet.extracts.authorisation.ladder);
  return own.flatMap(({ milestone }) =>
    sharing.others.map((practice): MilestoneDraft => ({
      milestone: {
        ...milestone,
        id: authorisationOf(practice.odsCode),
        title: `${named(practice)} lets the CSU ask for its data extracts`,
        action: `${named(practice)} is asked in its own migration, and its word is noted here by itself. If it has no migration running, record its word, with the name of who decided.`,
        holder: 'csu',
        heardFrom: practice.odsCode,
      },
      ladder: ladder.filter(({ to }) => to === 'csuOperator' || to === 'csuManager'),
    })),
  );
}

/** What is recorded of a shared instance. @param milestones of the plan */
export function plannedInstance(
  setting: Pick<Setting, 'order'>,
  milestones: readonly PlannedMilestone[],
): PlannedInstance | undefined {
  const sharing = sharingOf(setting);
  if (sharing === undefined) return undefined;
  const { id, askedBy, others } = sharing;
  const { odsCode } = setting.order.practice;
  const asked = milestones.filter(({ asksFor }) => asksFor !== undefined);
  const tells =
    askedBy === undefined
      ? asked.flatMap(({ id: milestoneId, asksFor = [] }) =>
          asksFor.map((practice) => ({ milestoneId, odsCode: practice.odsCode, settles: milestoneId })),
        )
      : [{ milestoneId: AUTHORISATION, odsCode: askedBy.odsCode, settles: authorisationOf(odsCode) }];
  return { id, requestsBy: askedBy?.odsCode ?? odsCode, others, tells };
}
