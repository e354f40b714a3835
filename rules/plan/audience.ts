/** Who a rung goes to, once the way a party is reached and the region's custom are known. Used inside workflows. */
import type { Directory } from '../migration/state.js';
import type { Party } from '../order/schema.js';
import type { HopName, RuleSet } from '../ruleset/schema.js';
import type { Ladder, LadderRung } from '../ruleset/ladderSchema.js';

type HopRule = RuleSet['extracts']['hops'][number];

const byPerson: readonly Party['channel'][] = ['portal', 'phone', 'post'];

/** A party that only a person can tell things: somebody at the CSU does, and notes the reference. */
export function needsPerson(party: Party | undefined): boolean {
  return party !== undefined && byPerson.includes(party.channel);
}

/** What goes to a party by portal, phone or post is a task for the CSU. */
export function ladderForChannel(ladder: Ladder, party: Party | undefined): Ladder {
  if (!needsPerson(party)) return ladder;
  return ladder.map((rung) => (isDeliveryOutside(rung) ? { ...rung, to: 'csuOperator' } : rung));
}

const isDeliveryOutside = (rung: LadderRung): boolean => rung.type === 'deliver' && rung.to === 'partyContact';

/** The name of a hop's ladder: a request that the practice sends itself may have one of its own. */
export function ladderOfHop(rule: HopRule, { extractRequestSentBy }: Directory): string {
  return extractRequestSentBy === 'practice' ? (rule.ladderWhenPractice ?? rule.ladder) : rule.ladder;
}

/**
 * The ladder of a hop by the region's custom (rules.md, E.2): where the practice asks for the extract, the request is a
 * letter for the practice manager to send; where the practice chases, the practice manager is told to.
 */
export function ladderForHop(ladder: Ladder, hop: HopName, directory: Directory, party: Party | undefined): Ladder {
  const practiceAsks = hop === 'asked' && directory.extractRequestSentBy === 'practice';
  const practiceChases = directory.chasedBy === 'practice';
  if (!practiceAsks && !practiceChases) return ladderForChannel(ladder, party);
  return ladderForChannel(
    ladder.map((rung): LadderRung => {
      const letter = practiceAsks && isDeliveryOutside(rung);
      const chase = practiceChases && rung.type === 'chase' && rung.to === 'partyContact';
      return letter || chase ? { ...rung, to: 'practiceManager' } : rung;
    }),
    party,
  );
}
