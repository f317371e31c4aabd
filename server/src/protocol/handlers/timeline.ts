import { timelineOf } from '../../features/timeline.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import type { DocumentParams, Timeline } from '../messages.ts';
import { snapshotOf } from '../snapshot.ts';

/** The capacity of every subsystem over the steps of a runbook, for a chart. */
export const timeline: Handler<DocumentParams, Timeline | null> = async (session, { uri }) => {
  const snapshot = await snapshotOf(session, uri);
  if (snapshot?.analysis.kind !== 'runbook') return null;
  const { document, analysis } = snapshot;
  const { steps, fleets, ...rest } = timelineOf(analysis);
  return {
    uri: document.uri,
    version: document.version,
    ...rest,
    steps: steps.map(({ span, ...step }) => ({ ...step, range: rangeOf(document, span) })),
    fleets: fleets.map((fleet) => ({ ...fleet, uri: session.documents.spelling(fleet.uri) })),
  };
};
