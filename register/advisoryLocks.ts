/** Numbers of PostgreSQL's advisory locks, in one place because all programs on a database share them. */
export const advisoryLocks = { migrate: 715_230_001, systemChain: 715_230_002 };
