/** Kinds of milestones that go by with their day: nobody has to do anything for them. */
const GO_BY: readonly string[] = ['period', 'anchor', 'expiry'];

export const goesByKind = (kind: string): boolean => GO_BY.includes(kind);
