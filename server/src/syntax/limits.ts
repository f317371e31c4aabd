/** Characters of a file that is read. */
export const mostCharacters = 10_000_000;
/** Steps of a runbook that are read. */
export const mostSteps = 20_000;
/** Mappings and lists inside one another. */
export const mostDepth = 100;
/** Values that aliases may stand for, all told. */
export const mostAliased = 20_000;
