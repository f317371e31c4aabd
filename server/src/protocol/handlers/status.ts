import { stepLabel } from '../../features/steps/step-label.ts';
import { type Tightest, tightestPoint } from '../../features/steps/tightest.ts';
import type { Analysis, RunbookAnalysis } from '../../lint/analysis.ts';
import { shift } from '../../syntax/span.ts';
import { rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import type { DocumentParams, Status, StatusPoint } from '../messages.ts';
import { type Snapshot, snapshotOf } from '../snapshot.ts';

/** What a status item shows of a document. */
export const status: Handler<DocumentParams, Status | null> = async (session, { uri }) => {
  const snapshot = await snapshotOf(session, uri);
  if (snapshot === undefined) return null;
  const { document, analysis } = snapshot;
  const runs = analysis.kind === 'runbook' ? analysis.runs : [];
  const tightest = analysis.kind === 'runbook' ? tightestPoint(analysis) : undefined;
  return {
    uri: document.uri,
    version: document.version,
    kind: analysis.kind,
    fleets: runs.map(({ fleet }) => ({
      name: fleet.fleet.name?.value ?? '',
      uri: session.documents.spelling(fleet.uri),
    })),
    tightest: analysis.kind === 'runbook' && tightest !== undefined ? pointOf(analysis, tightest, snapshot) : null,
    verdicts: analysis.kind === 'runbook' ? analysis.verdicts : null,
    problems: countsOf(analysis),
  };
};

function pointOf(analysis: RunbookAnalysis, tightest: Tightest, { document }: Snapshot): StatusPoint {
  const { subsystem, lowest, minimum, margin, here } = tightest;
  const span = shift(here.reading.step.span, here.place.offset);
  const name = stepLabel(analysis, here.place, here.reading.step);
  const step = { path: here.path.join('.'), name, range: rangeOf(document, span) };
  return { subsystem, ...lowest, minimum, margin, step };
}

function countsOf({ findings }: Analysis): Status['problems'] {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
