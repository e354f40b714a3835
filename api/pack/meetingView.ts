import type { PlannedOrder } from '../../config/planFromText.js';
import { addDays, formatDay } from '../../rules/calendar/day.js';
import { thirdPartyKindSchema, type Order } from '../../rules/order/schema.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';
import { dayOr, holderName, supplierWith } from './about.js';
import { kindTitles } from './kindTitles.js';
import { byFirstDay, doneOn, firstDay, isOver, rowOf, type Row } from './rows.js';
import { anchorLines, assumptionLines, problemLines } from './shared.js';

const SOON_DAYS = 14;
const BLANK_LINES = 5;

/** What `meeting.njk` shows. */
export function meetingView(planned: PlannedOrder) {
  const { order, asOf } = planned;
  return {
    invited: invited(order),
    anchors: anchorLines(planned),
    soonUntil: formatDay(addDays(asOf, SOON_DAYS)),
    soon: soonDue(planned),
    actions: itemLines('action', planned),
    surveyItems: itemLines('survey', planned),
    blankLines: Array.from({ length: BLANK_LINES }, (_, index) => index),
    undecided: undecided(planned),
    openKinds: openKinds(order),
    problems: problemLines(planned),
    assumptions: assumptionLines(planned),
  };
}

function invited(order: Order): string[] {
  const { practiceManager, csuOperator, leadClinician } = order.contacts;
  const suppliers = [supplierWith(order, 'sourceSupplier'), supplierWith(order, 'targetSupplier')];
  return [
    practiceManager.name,
    ...(leadClinician ? [leadClinician.name] : []),
    csuOperator.name,
    ...suppliers.flatMap((supplier) => supplier?.name ?? []),
  ];
}

function soonDue(planned: PlannedOrder): Row[] {
  const until = addDays(planned.asOf, SOON_DAYS);
  const isSoon = (milestone: PlannedMilestone): boolean => {
    const day = firstDay(milestone);
    const isOpen = doneOn(planned, milestone.id) === undefined && !isOver(milestone, planned.asOf);
    return day !== undefined && day <= until && isOpen;
  };
  return byFirstDay(planned.plan.milestones.filter(isSoon)).map((milestone) => rowOf(milestone, planned));
}

interface ItemLine {
  title: string;
  owner: string;
  due: string;
  done: string;
}

function itemLines(kind: 'action' | 'survey', planned: PlannedOrder): ItemLine[] {
  const { order, plan } = planned;
  const items = kind === 'action' ? order.actions : order.surveyItems;
  return items.map(({ id, title, owner, dueOn }) => {
    const milestoneId = `${kind}.${id}`;
    const done = doneOn(planned, milestoneId);
    const due = dueOn ?? plan.milestones.find((each) => each.id === milestoneId)?.dueOn;
    return { title, owner: holderName(order, owner), due: dayOr(due, 'no day yet'), done: dayOr(done, '') };
  });
}

/** What somebody still has to decide or find out, as a question. */
function undecided({ order }: PlannedOrder): string[] {
  const { decisions, registrationCutOff, contacts } = order;
  const asker = decisions.extractRequestSentBy;
  const needsAuthorisation = asker !== 'practice' && decisions.extractAuthorisation === undefined;
  const open: [isOpen: boolean, question: string][] = [
    [
      asker === undefined,
      'Who asks for the data extracts, the CSU or the practice? The CSU, unless decided otherwise.',
    ],
    [
      decisions.chasedBy === undefined,
      'Who chases the suppliers, the CSU or the practice? The CSU, unless decided otherwise.',
    ],
    [needsAuthorisation, 'Does the practice let the CSU ask for its data extracts? Record who decided, and when.'],
    [decisions.reconciliation === undefined, 'Must the patient list be reconciled? Record who decided, and when.'],
    [
      decisions.patientsReRegisterOnline === undefined,
      'Must patients register again for online services? Until it is decided, no notice says so.',
    ],
    [decisions.dataCheckingPhases === undefined, 'Is data checking done in two phases or in three?'],
    [
      decisions.firstSelectionWith === undefined,
      'Who helps the practice with the first test patients, the new supplier or the CSU?',
    ],
    [
      registrationCutOff === undefined,
      'How long before the start of cut-over does the new supplier stop new registrations?',
    ],
    [contacts.leadClinician === undefined, 'Who is the lead clinician that signs off the data checking?'],
  ];
  return open.flatMap(([isOpen, question]) => (isOpen ? [question] : []));
}

function openKinds({ parties, confirmedAbsent }: Order): string[] {
  const known = new Set([...parties.flatMap(({ thirdPartyKind }) => thirdPartyKind ?? []), ...confirmedAbsent]);
  return thirdPartyKindSchema.options.filter((kind) => !known.has(kind)).map((kind) => kindTitles[kind]);
}
