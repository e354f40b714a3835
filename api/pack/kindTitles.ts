import type { z } from 'zod';
import type { thirdPartyKindSchema } from '../../rules/order/schema.js';

/** Third parties in words for people who do not know the keys of an order. */
export const kindTitles: Record<z.infer<typeof thirdPartyKindSchema>, string> = {
  eps: 'Electronic Prescription Service (EPS)',
  gp2gp: 'Transfer of records between practices (GP2GP)',
  scr: 'Summary Care Record (SCR)',
  pathology: 'Pathology laboratory',
  bowelScreening: 'Bowel screening service',
  hospitalLetters: 'Hospital letters and discharge messages',
  nhs111: 'NHS 111',
  outOfHours: 'Out-of-hours service',
  pharmacy: 'Pharmacy',
  pcse: 'Primary Care Support England (PCSE)',
  subsidiarySystem: 'Other clinical system or software',
};
