import { handOver, ladderNamed, type MilestoneDraft, type Planning } from './planning.js';
import { applyStepsWithin } from './workingTime.js';

/**
 * `authorise-extracts`: the practice, as controller of its data, lets the CSU ask for the extracts (rules.md, E.2).
 *
 * Asked for at once, because every request waits for it; due by the first latest day to ask. Only where the CSU asks.
 *
 * @param handshakes every hop of every handshake
 */
export function draftAuthorisation(planning: Planning, handshakes: readonly MilestoneDraft[]): MilestoneDraft[] {
  const { ruleSet, directory } = planning;
  if (directory.extractRequestSentBy !== 'csu' || handshakes.length === 0) return [];
  const { section, source, authorisation } = ruleSet.extracts;
  const first = firstAsked(planning, handshakes);
  return [
    {
      milestone: {
        id: 'authorise-extracts',
        ruleId: 'authorise-extracts',
        kind: 'task',
        title: authorisation.title,
        action: authorisation.action,
        section,
        source,
        holder: 'practice',
        anchor: first?.milestone.anchor ?? 'initialDataProduction',
        steps: [
          ...(first?.milestone.steps ?? []),
          ...handOver('practice', planning, { why: 'not while the practice is closed' }),
        ],
        needsConfirmedDate: false,
        waitsFor: [],
      },
      ladder: ladderNamed(ruleSet, authorisation.ladder),
    },
  ];
}

function firstAsked({ anchors, workingTime }: Planning, drafts: readonly MilestoneDraft[]): MilestoneDraft | undefined {
  const dated = drafts.flatMap((draft) => {
    const { on } = anchors[draft.milestone.anchor];
    const isAsked = draft.milestone.hop?.name === 'asked' && draft.milestone.steps.length > 0;
    const day = on === undefined || !isAsked ? undefined : applyStepsWithin(on, draft.milestone.steps, workingTime);
    return day === undefined ? [] : [{ draft, day }];
  });
  return dated.toSorted((a, b) => a.day.localeCompare(b.day))[0]?.draft;
}
