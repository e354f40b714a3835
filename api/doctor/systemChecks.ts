/** What is wrong with the parts that leadtime needs, each looked at by itself: one that is away hides nothing of the others. */
import { addDays, addMonths, formatDay, type Day } from '../../rules/calendar/day.js';
import type { CalendarData } from '../../rules/calendar/data.js';
import { LEAST_MONTHS_AHEAD } from '../../rules/calendar/inspectCalendar.js';
import type { Links } from '../../config/links.js';
import type { WebhookSecrets } from '../../config/webhookSecrets.js';
import type { TemporalLook, WorkersLook } from '../temporalLook.js';
import { workerFindings } from './wakeFindings.js';

export interface Check {
  /** What was looked at: `Temporal`, `mail`. */
  part: string;
  ok: boolean;
  /** What was found, in one line. */
  what: string;
  /** What to do; absent where nothing is. */
  fix?: string;
}

export interface SystemDependencies {
  temporal: Pick<TemporalLook, 'workers' | 'namespace'>;
  /** Whether the register answers and has its tables. */
  pingRegister: () => Promise<boolean>;
  /** Rejects when no mail can leave. */
  checkMail: () => Promise<unknown>;
  links: () => Promise<Links>;
  webhookSecrets: WebhookSecrets;
  calendar: () => Promise<CalendarData>;
  /** The names of the rule sets and layers. Rejects where one cannot be used. */
  rules: () => Promise<string[]>;
  today: () => Day;
  nowMs: () => number;
}

/** A part that does not answer must not keep the report waiting. */
const PATIENCE_MS = 8_000;
/** Temporal's clock and ours, beside the time that an answer takes. */
const CLOCKS_APART_AT_MOST_MS = 5_000;
const LEAST_RETENTION_DAYS = 30;

type Found = Omit<Check, 'part'>;

const fine = (what: string): Found => ({ ok: true, what });
const wrong = (what: string, fix: string): Found => ({ ok: false, what, fix });

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim();

/** The first line alone: what follows is for logs. */
const shortly = (error: unknown): string => reasonOf(error).split('\n')[0] ?? '';

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let alarm: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    alarm = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1_000} seconds`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(alarm);
  }
}

interface Look {
  part: string;
  look: () => Promise<Found>;
  /** What to do when looking itself fails. */
  fix: string;
}

async function checked({ part, look, fix }: Look): Promise<Check> {
  try {
    return { part, ...(await inTime(look())) };
  } catch (error) {
    return { part, ...wrong(shortly(error), fix) };
  }
}

async function ofNamespace({ temporal }: SystemDependencies): Promise<Found> {
  const { namespace, retentionDays, missing } = await temporal.namespace();
  if (missing.length > 0)
    return wrong(
      `namespace ${namespace} lacks the search attributes ${missing.join(', ')}: no migration can start`,
      'Add them, each of type Keyword: "temporal operator search-attribute create"; docs/deployment.md has the line.',
    );
  if (retentionDays < LEAST_RETENTION_DAYS)
    return wrong(
      `namespace ${namespace} forgets closed migrations after ${retentionDays} days: a register could not be rebuilt`,
      'Set its retention to 90 days: "temporal operator namespace update --retention 90d".',
    );
  return fine(`namespace ${namespace}, keeps closed migrations for ${retentionDays} days`);
}

async function ofWorkers({ temporal, nowMs }: SystemDependencies): Promise<Found> {
  const workers = await temporal.workers();
  const [finding] = workerFindings(workers, nowMs());
  if (finding !== undefined) return wrong(finding.what, finding.fix);
  return fine(`build ${workers.currentBuildId ?? ''} is current, and asks for work`);
}

const lastSeen = ({ workflow, activity }: WorkersLook): number =>
  Math.max(...[...workflow, ...activity].map(({ lastSeenMs }) => lastSeenMs));

/** Temporal's clock wakes migrations, ours says which day it is. */
async function ofClock({ temporal, nowMs, today }: SystemDependencies): Promise<Found> {
  const aheadMs = await temporal.workers().then(
    (workers) => lastSeen(workers) - nowMs(),
    () => -Infinity,
  );
  const read = `today is ${formatDay(today())} in London`;
  if (aheadMs > CLOCKS_APART_AT_MOST_MS)
    return wrong(
      `${read}, but Temporal’s clock is ${Math.round(aheadMs / 1_000)} seconds ahead`,
      'Have the clocks of both machines set by the network (NTP).',
    );
  return fine(read);
}

async function ofRegister({ pingRegister }: SystemDependencies): Promise<Found> {
  if (await pingRegister()) return fine('answers, and its tables are up to date');
  return wrong(
    'does not answer',
    'Running migrations go on, but cannot be listed. Look at the database, and at DATABASE_URL where that is set.',
  );
}

/** Makes a link and reads it, with the keys in use. */
async function ofLinks({ links, nowMs }: SystemDependencies): Promise<Found> {
  const keys = await links();
  const scope = { migrationId: 'doctor', role: 'practiceManager', generation: 0 };
  const token = await keys.token(scope, { fromMs: nowMs(), untilMs: nowMs() + PATIENCE_MS });
  const { kind } = await keys.read(token, nowMs());
  return kind === 'valid'
    ? fine('sign links and read them')
    : wrong('a link that was just made cannot be read', LINK_FIX);
}

const LINK_FIX = 'Look at the file that LEADTIME_LINK_KEYS_FILE names; docs/deployment.md says what is in it.';

async function ofSecrets({ webhookSecrets }: SystemDependencies): Promise<Found> {
  await webhookSecrets.of('doctor');
  return fine('can be read');
}

async function ofCalendar({ calendar, today }: SystemDependencies): Promise<Found> {
  const { id, version, horizon } = await calendar();
  const known = `${id} ${version} knows bank holidays to ${formatDay(horizon)}`;
  const wanted = addMonths(today(), LEAST_MONTHS_AHEAD);
  if (horizon >= wanted) return fine(known);
  const latest = formatDay(addDays(horizon, 0));
  return wrong(`${known}: no plan can reach beyond ${latest}`, 'Get the new list with "leadtime calendar update".');
}

async function ofRules({ rules }: SystemDependencies): Promise<Found> {
  const names = await rules();
  return fine(names.join(', '));
}

async function ofMail({ checkMail }: SystemDependencies): Promise<Found> {
  await checkMail();
  return fine('the way out answers');
}

const TEMPORAL_FIX = 'Start Temporal, or look at TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and its certificates.';

/** Looks at every part at once, and tells of them in this order. Never rejects. */
export function systemChecks(deps: SystemDependencies): Promise<Check[]> {
  const looks: Look[] = [
    { part: 'Temporal', look: () => ofNamespace(deps), fix: TEMPORAL_FIX },
    { part: 'worker', look: () => ofWorkers(deps), fix: TEMPORAL_FIX },
    {
      part: 'register',
      look: () => ofRegister(deps),
      fix: 'Look at the database, and at DATABASE_URL where that is set.',
    },
    {
      part: 'mail',
      look: () => ofMail(deps),
      fix: 'Mail waits and is sent later. Look at the mail server and at LEADTIME_SMTP_URL.',
    },
    { part: 'link keys', look: () => ofLinks(deps), fix: LINK_FIX },
    {
      part: 'webhook secrets',
      look: () => ofSecrets(deps),
      fix: 'Mend the file of webhook secrets; "leadtime webhook secret SUPPLIER" makes new ones.',
    },
    {
      part: 'calendar',
      look: () => ofCalendar(deps),
      fix: 'Mend the calendar file, or unset LEADTIME_CALENDAR; "leadtime calendar check" says more.',
    },
    {
      part: 'rules',
      look: () => ofRules(deps),
      fix: 'Mend the file; "leadtime rules check" names every problem in it.',
    },
    {
      part: 'clock',
      look: () => ofClock(deps),
      fix: 'Set the machine’s clock, and have it kept by the network (NTP).',
    },
  ];
  return Promise.all(looks.map(checked));
}
