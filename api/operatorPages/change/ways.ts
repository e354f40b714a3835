/** Changing a running migration otherwise than by moving its days: each looked at first, and then done. */
import type { Typed } from '../../pages/fields.js';

export const wayNames = ['amend', 'adopt'] as const;
export type WayName = (typeof wayNames)[number];

export interface Way {
  /** Of the preview. */
  heading: string;
  whyLabel: string;
  button: string;
  /** Fields that are sent on from page to page. */
  kept: readonly string[];
  /** What the API is told beside who, why and which version. */
  bodyOf: (typed: Typed) => object;
}

/** By this name the API's messages know what was typed. */
const FILE_NAME = 'order';

const WHATS = ['all', 'rules', 'calendar'] as const;

export const ways: Readonly<Record<WayName, Way>> = {
  amend: {
    heading: 'What the other order does',
    whyLabel: 'Why the order changes',
    button: 'Change the order',
    kept: ['order'],
    bodyOf: ({ order = '' }) => ({ fileName: FILE_NAME, text: order }),
  },
  adopt: {
    heading: 'What adopting does',
    whyLabel: 'Why they are adopted',
    button: 'Adopt them',
    kept: ['what'],
    bodyOf: ({ what }) => ({ what: WHATS.find((each) => each === what) ?? 'all' }),
  },
};
