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
