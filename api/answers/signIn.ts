/** Answers about who is signed in to the pages. */
import { z } from 'zod';
import { roles } from '../../register/types.js';
import { atMs } from './parts.js';

export const signInLinkAnswer = z.object({
  url: z.string().describe('Open it in a browser. Shown this once.'),
  expiresAtMs: atMs,
});

export const sessionsAnswer = z.object({
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      name: z.string(),
      subject: z.string().describe('The provider’s own name for the person, or who made the link.'),
      role: z.enum(roles),
      way: z.enum(['oidc', 'link']),
      createdAtMs: atMs,
      seenAtMs: atMs.describe('To the minute.'),
      expiresAtMs: atMs,
    }),
  ),
});

export const endedSessionAnswer = z.object({ sessionId: z.string() });
