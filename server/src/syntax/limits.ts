/** Characters of a file that is read. */
export const mostCharacters = 8_000_000;
/**
 * Behind the end of every text. As an integer that fits a machine word it is kept in a span as it is;
 * one infinite end would have the engine box the ends of all spans.
 */
export const endOfText = 0x3fff_ffff;
/** Steps of a runbook that are read. */
export const mostSteps = 20_000;
/** Subsystems and groups of a fleet that are read. */
export const mostSubsystems = 1_000;
export const mostGroups = 10_000;
/** Mappings and lists inside one another. */
export const mostDepth = 100;
/** Values that the aliases of a file may stand for, all told. */
export const mostAliased = 20_000;

/** A figure as people write it: `8 000 000`. */
export function grouped(figure: number): string {
  return String(figure).replace(/\B(?=(\d{3})+$)/g, ' ');
}
