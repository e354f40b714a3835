/** The answer is no. */
export const ANSWER_IS_NO = 1;
/** Wrong use, or input that cannot be read. */
export const WRONG_USE = 2;

/** Ends a command with a message for a person and an exit code for a script. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    message: string,
    readonly exitCode: typeof ANSWER_IS_NO | typeof WRONG_USE,
  ) {
    super(message);
  }
}
