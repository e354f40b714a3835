/** What delivering needs of the world. */
import type { OutboundMessage } from '../../rules/migration/messages.js';
import type { RegisterResult } from '../../rules/migration/ports.js';
import type { RegisterWrite } from '../../rules/migration/records.js';

/**
 * How one hand-over ended. `undeliverable`: refused for good. `detail` has the server's words and no address. `certainlyOnce`:
 * the receiver knows its messages by their ids, so this one has not arrived twice, whatever an earlier attempt did.
 */
export type Delivery =
  { outcome: 'sent'; detail?: string; certainlyOnce?: true } | { outcome: 'undeliverable'; detail: string };

/**
 * Hands one message over, and resolves once the receiving server has answered.
 *
 * @param again an earlier attempt may have handed it over already: look first, where that is possible
 * @throws TemporaryFailure when another attempt may succeed
 */
export type HandOver = (message: OutboundMessage, messageId: string, again?: boolean) => Promise<Delivery>;

/** Not now. */
export class TemporaryFailure extends Error {
  override readonly name: string = 'TemporaryFailure';

  constructor(
    message: string,
    /** The answer is missing rather than "no": the message may have arrived. */
    readonly mayHaveArrived: boolean,
    /** transport: nothing can be handed over now. message: only this one was put off; the others may go. */
    readonly reach: 'transport' | 'message',
    readonly also: {
      /** The other side has said how long it will refuse; absent where it has not. */
      awayForMs?: number | undefined;
      /** The other side can be asked whether it has a message, so that no repeat arrives twice. */
      repeatsAreKnown?: true;
    } = {},
  ) {
    super(message);
  }
}

/** Writes the register; false when it is away. Never throws for that. */
export type WriteRegister = (write: RegisterWrite) => Promise<RegisterResult>;
