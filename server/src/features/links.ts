import type { Analysis } from '../lint/analysis.ts';
import type { Span } from '../syntax/span.ts';

/** A path in a file that leads to another. */
interface FileLink {
  readonly span: Span;
  /** As written, relative to the file. */
  readonly path: string;
}

/** The fleets that a runbook names, and the commands files that a fleet names. */
export function linksIn(analysis: Analysis): readonly FileLink[] {
  const leaves =
    analysis.kind === 'runbook' ? analysis.head.fleets : analysis.kind === 'fleet' ? analysis.fleet.commandFiles : [];
  return leaves.flatMap(({ value, span }) => (value === undefined || value === '' ? [] : [{ span, path: value }]));
}
