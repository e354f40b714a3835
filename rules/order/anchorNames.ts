/** Every anchor in the order of a migration. */
export const anchorNames = [
  'order',
  'kickOff',
  'technicalSurvey',
  'initialDataProduction',
  'finalDataProduction',
  'goLive',
] as const;

export type AnchorName = (typeof anchorNames)[number];

/** How people call an anchor, to follow "the". */
export const anchorTitles: Record<AnchorName, string> = {
  order: 'order',
  kickOff: 'kick-off',
  technicalSurvey: 'technical survey',
  initialDataProduction: 'Initial data production day',
  finalDataProduction: 'Final data production day',
  goLive: 'Go Live day',
};

/**
 * Days that are known only when something happens. Planned on the day of their anchor; what is counted from one is counted
 * anew once the real day is known. `initialDataLoaded`: the target supplier has loaded the Initial extract.
 */
export const followedEvents = ['initialDataLoaded'] as const;

export type FollowedEvent = (typeof followedEvents)[number];

/** The anchor on whose day a followed event is planned. */
export const anchorOfEvent: Record<FollowedEvent, AnchorName> = { initialDataLoaded: 'initialDataProduction' };

/** How people call a followed event, as what has to happen first: "once …". */
export const eventTitles: Record<FollowedEvent, string> = {
  initialDataLoaded: 'the new supplier has loaded the Initial extract',
};
