import type { Command } from 'commander';
import type { z } from 'zod';
import { apiCommand, askApi, step, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import type { showView, timelineView } from '../views.js';

type Shown = z.infer<typeof showView>;
type Timeline = z.infer<typeof timelineView>['timeline'];

/** `leadtime show ID`: one migration with its milestones, what was counted, and what is known about its data. */
export function showCommand(): Command {
  return apiCommand('show', 'one migration with its milestones')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .action((id: string, options: JsonOption) => show(id, options));
}

const heading = ({ migration }: Shown): string[] => {
  const anchors = Object.entries(migration.anchors).map(([name, { on, status }]) =>
    on === undefined ? `${name} not set` : `${name} ${on}${status === 'confirmed' ? '' : ` (${status})`}`,
  );
  const { migrationId, practiceName, odsCode, phase, onHoldSince, status, slipped, instanceId } = migration;
  const shared = instanceId === undefined ? '' : `, on instance ${instanceId}`;
  const held = onHoldSince === undefined ? '' : ` since ${onHoldSince}`;
  const slips = slipped === 0 ? '' : `, ${slipped} slipped`;
  return [
    `${migrationId}  ${practiceName} (${odsCode})`,
    `${status}, ${phase}${held}${slips}${shared}`,
    anchors.join('; '),
  ];
};

const statusText = ({ status, settledOn, slippedOn }: Shown['milestones'][number]): string => {
  const settled = settledOn === undefined ? status : `${status} ${settledOn}`;
  return slippedOn === undefined ? settled : `${settled}, slipped ${slippedOn}`;
};

const dayText = ({ opensOn, dueOn, provisional }: Shown['milestones'][number]): string => {
  const days = opensOn === undefined ? [dueOn ?? 'no date yet'] : [opensOn, 'to', dueOn ?? 'no date yet'];
  return `${days.join(' ')}${provisional ? ' ?' : ''}`;
};

function milestoneTable(table: (head: string[], rows: string[][]) => string, { milestones }: Shown): string {
  const rows = milestones.map((each) => [
    dayText(each),
    each.milestoneId,
    each.title,
    each.holderName,
    statusText(each),
  ]);
  return table(['Due', 'Milestone', 'What', 'Holder', 'Status'], rows);
}

/** What only the migration itself knows. The register shows the rest, also while the migration cannot be reached. */
async function askTimeline(api: ApiClient, id: string): Promise<Timeline | undefined> {
  const { ApiRefusal } = await import('../client.js');
  const { timelineView } = await import('../views.js');
  try {
    return timelineView.parse(await api.get(`/migrations/${step(id)}/timeline`)).timeline;
  } catch (error) {
    if (error instanceof ApiRefusal) return undefined;
    throw error;
  }
}

type Counts = NonNullable<Timeline[number]['counts']>;

/** Each counter once, though several milestones may be about it. */
function countsOf(timeline: Timeline): Counts {
  const byId = new Map(timeline.flatMap(({ counts = [] }) => counts.map((trend) => [trend.counterId, trend] as const)));
  return [...byId.values()];
}

interface TakenOn {
  milestoneId: string;
  by: string;
  on: string;
  note?: string | undefined;
}

/** What is late and that somebody looks after. */
const takenOn = (timeline: Timeline): TakenOn[] =>
  timeline.flatMap(({ milestoneId, status, slipAcknowledged }) =>
    status === 'open' && slipAcknowledged !== undefined ? [{ milestoneId, ...slipAcknowledged }] : [],
  );

const takenOnText = ({ milestoneId, by, on, note }: TakenOn): string =>
  `${milestoneId}: ${by}, since ${on}${note === undefined ? '' : `: ${note}`}`;

const titled = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

async function besides(timeline: Timeline | undefined): Promise<string[]> {
  if (timeline === undefined) return ['What was counted is not shown: the migration itself cannot be reached.'];
  const { trendText } = await import('../../rules/migration/counts.js');
  const { harmless } = await import('../table.js');
  const counts = countsOf(timeline).map((trend) => `${trend.counterId}: ${trendText(trend)}`);
  const advice = [...new Set(timeline.flatMap((each) => each.advice ?? []))];
  const taken = takenOn(timeline).map(takenOnText);
  return [
    ...titled('Late and taken on, so that its reminders and escalations rest:', taken),
    ...titled('Counted:', counts),
    ...titled('Known data issues:', advice),
  ].map(harmless);
}

async function show(id: string, options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.get(`/migrations/${step(id)}`);
    const { showView } = await import('../views.js');
    const { table } = await import('../table.js');
    const shown = showView.parse(answer);
    const timeline = await askTimeline(api, id);
    const { temporalPage } = shown;
    const inTemporal = temporalPage === undefined ? [] : [`In Temporal: ${temporalPage}`];
    const told = ['A ? marks days that hang on a provisional date.', ...inTemporal, ...(await besides(timeline))];
    return {
      answer: { ...Object(answer), ...(timeline && { counts: countsOf(timeline), takenOn: takenOn(timeline) }) },
      text: [...heading(shown), milestoneTable(table, shown), ...told].join('\n'),
    };
  });
}
