/** Keys of a runbook whose value is a text for people. */
export const proseKeys: ReadonlySet<string> = new Set(['runbook', 'name', 'description', 'manual', 'check', 'when']);
