import {
  isGrpcDeadlineError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { z } from 'zod';
import { rejectionTypes, type Rejection } from '../rules/migration/events.js';
import type { Outcome } from './migrations.js';

const rejectionTypeSchema = z.enum(rejectionTypes);
const rejectionSchema = z.object({ type: rejectionTypeSchema, message: z.string(), choices: z.array(z.string()) });

/**
 * The rejection inside a failed update, when its type is on the closed list.
 *
 * @returns undefined for every other failure: those are ours, and the sender should try again
 */
export function rejectionIn(error: unknown): Rejection | undefined {
  const failure = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (!(failure instanceof ApplicationFailure)) return undefined;
  const type = rejectionTypeSchema.safeParse(failure.type);
  if (!type.success) return undefined;
  const [details] = failure.details ?? [];
  const told = rejectionSchema.safeParse(details);
  return told.success ? told.data : { type: type.data, message: failure.message, choices: [] };
}

const isTooLate = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error);

/** What a failed update or query comes to; `absent` asks whether the workflow closed or never was. */
export async function failedOutcome(
  error: unknown,
  absent: () => Promise<Outcome<never>>,
  report: (error: unknown) => void,
): Promise<Outcome<never>> {
  const rejection = rejectionIn(error);
  if (rejection !== undefined) return { kind: 'rejected', rejection };
  if (error instanceof WorkflowNotFoundError) return absent();
  report(error);
  return {
    kind: 'unavailable',
    detail: isTooLate(error)
      ? 'The migration did not answer in time. Send the same again; a repeat has no second effect.'
      : 'The migration cannot be reached at the moment. Send the same again; a repeat has no second effect.',
  };
}
