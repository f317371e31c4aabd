import type { RunbookAnalysis } from '../lint/analysis.ts';
import { checkRunbook, type RunbookDocument, type RunbookInputs, readRunbook } from '../lint/lint.ts';
import { sameItems } from '../syntax/changed-range.ts';
import type { Look } from './look.ts';

/** The runbooks that were read, and what came of it: an edit goes on from there. URIs are canonical. */
interface Runbooks {
  /** Undefined where files have to be loaded first. */
  read(uri: string, text: string, look: Look): RunbookAnalysis | undefined;
  /** The next version of a runbook whose surroundings have not changed since the last look; undefined where that cannot be used. */
  nextVersion(uri: string, text: string): RunbookAnalysis | undefined;
  last(uri: string): RunbookAnalysis | undefined;
  forget(uri: string): void;
}

interface Known {
  readonly document: RunbookDocument;
  readonly inputs: RunbookInputs | undefined;
  readonly analysis: RunbookAnalysis | undefined;
}

/** `inputsOf` gives undefined where files have to be loaded first. */
export function createRunbooks(
  inputsOf: (document: RunbookDocument, look: Look) => RunbookInputs | undefined,
): Runbooks {
  const known = new Map<string, Known>();

  function checked(document: RunbookDocument, inputs: RunbookInputs, before: Known | undefined): RunbookAnalysis {
    const { uri, text } = document;
    const same = before?.analysis?.text === text && before.inputs === inputs;
    const analysis = same && before.analysis ? before.analysis : checkRunbook(document, inputs, before?.analysis);
    known.set(uri, { document, inputs, analysis });
    return analysis;
  }

  return {
    read(uri, text, look) {
      const before = known.get(uri);
      const document = readRunbook(uri, text, before?.document);
      known.set(uri, { document, inputs: before?.inputs, analysis: before?.analysis });
      const now = inputsOf(document, look);
      if (now === undefined) return undefined;
      const inputs = before?.inputs && sameInputs(before.inputs, now) ? before.inputs : now;
      return checked(document, inputs, before);
    },
    nextVersion(uri, text) {
      const before = known.get(uri);
      if (before?.inputs === undefined) return undefined;
      const document = readRunbook(uri, text, before.document);
      return document.head.fleets === before.document.head.fleets
        ? checked(document, before.inputs, before)
        : undefined;
    },
    last: (uri) => known.get(uri)?.analysis,
    forget(uri) {
      known.delete(uri);
    },
  };
}

function sameInputs(a: RunbookInputs, b: RunbookInputs): boolean {
  return (
    a.severities === b.severities &&
    sameItems(a.fleets, b.fleets) &&
    JSON.stringify(a.lookup) === JSON.stringify(b.lookup)
  );
}
