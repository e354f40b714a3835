/** The one place where ids of migrations and workflows are made and read. They never hold anything personal. */

const migrationIdPattern = /^(rehearsal-)?([A-Z0-9]{3,10})-(\d{8})-([a-z0-9]{6})$/;

export interface MigrationIdParts {
  rehearsal: boolean;
  odsCode: string;
  /** `yyyymmdd` of the day of the order. */
  orderedOn: string;
}

/**
 * Makes a migration id: `Z90001-20260914-k3v9qa`, or `rehearsal-Z90001-20260914-k3v9qa`.
 *
 * @param orderedOn day of the order, `YYYY-MM-DD`
 * @param random six characters of a-z0-9, drawn by the caller
 */
export function makeMigrationId(odsCode: string, orderedOn: string, random: string, rehearsal = false): string {
  const id = `${odsCode}-${orderedOn.replaceAll('-', '')}-${random}`;
  return rehearsal ? `rehearsal-${id}` : id;
}

/** Reads a migration id; undefined when the text is not one. */
export function parseMigrationId(text: string): MigrationIdParts | undefined {
  const match = migrationIdPattern.exec(text);
  if (match?.[2] === undefined || match[3] === undefined) return undefined;
  return { rehearsal: match[1] !== undefined, odsCode: match[2], orderedOn: match[3] };
}

/** `MIGRATION.20 hexadecimal digits@domain`, and behind it what marks a copy. */
const messageIdPattern = /^([A-Za-z0-9-]+)\.[0-9a-f]{20}@[A-Za-z0-9.-]+(\/copy-\d{1,3})?$/;

/** The migration that a Message-ID, without angle brackets, is of; undefined where it is none of ours. */
export function migrationIdOfMessage(messageId: string): string | undefined {
  const [, migrationId = ''] = messageIdPattern.exec(messageId) ?? [];
  return parseMigrationId(migrationId) === undefined ? undefined : migrationId;
}

/** The workflow id that keeps a practice to one active migration. */
export function workflowIdOfPractice(odsCode: string): string {
  return `migration-${odsCode}`;
}

/**
 * The workflow id of a migration: its practice's, and for a rehearsal its own, beside the real one.
 *
 * @returns undefined when the text is not a migration id
 */
export function workflowIdOf(migrationId: string): string | undefined {
  const parts = parseMigrationId(migrationId);
  if (parts === undefined) return undefined;
  return parts.rehearsal ? migrationId : workflowIdOfPractice(parts.odsCode);
}
