import { CancellationToken, type CodeLens, type CodeLensParams, type Command } from 'vscode-languageserver';
import { type Lens, runbookLens, subsystemLens, subsystemLenses } from '../../features/lenses.ts';
import type { Analysis } from '../../lint/analysis.ts';
import { conversionFor, locationOf, rangeOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { analysesAround } from '../other-files.ts';
import type { Session } from '../session.ts';
import { snapshotOf } from '../snapshot.ts';

/** What a lens of a fleet is worked out from when it comes into view. */
interface LensData {
  readonly uri: string;
  readonly subsystem: string;
}

/** The tightest point of a runbook; above each subsystem of a fleet a lens that is filled when it is seen. */
export const codeLenses: Handler<CodeLensParams, CodeLens[]> = async (session, { textDocument }) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  if (snapshot === undefined || !session.settings.of(textDocument.uri).lenses) return [];
  const { document, analysis } = snapshot;
  if (analysis.kind === 'runbook') {
    const lens = runbookLens(analysis);
    if (lens === undefined) return [];
    return [{ range: rangeOf(document, lens.span), command: commandOf(lens, [analysis], session) }];
  }
  if (analysis.kind !== 'fleet') return [];
  return subsystemLenses(analysis).map(({ span, subsystem }) => {
    const data: LensData = { uri: document.uri, subsystem };
    return { range: rangeOf(document, span), data };
  });
};

/** Which runbooks touch a subsystem. */
export const resolveCodeLens: Handler<CodeLens, CodeLens> = async (session, lens) => {
  const data: unknown = lens.data;
  if (!isLensData(data)) return { ...lens, command: nowhere('') };
  const snapshot = await snapshotOf(session, data.uri);
  if (snapshot?.analysis.kind !== 'fleet') return { ...lens, command: nowhere('') };
  const { analysis } = snapshot;
  const others = await usersOf(session, analysis.uri);
  const wanted = subsystemLenses(analysis).find(({ subsystem }) => subsystem === data.subsystem);
  if (wanted === undefined) return { ...lens, command: nowhere('') };
  return { ...lens, command: commandOf(subsystemLens(analysis, wanted, others), [analysis, ...others], session) };
};

function isLensData(data: unknown): data is LensData {
  return (
    typeof data === 'object' &&
    data !== null &&
    'uri' in data &&
    typeof data.uri === 'string' &&
    'subsystem' in data &&
    typeof data.subsystem === 'string'
  );
}

interface Known {
  readonly uri: string;
  readonly version: number;
  readonly users: Promise<readonly Analysis[]>;
}

const known = new WeakMap<Session, Known>();

/** All lenses of a fleet come into view together, and are worked out from the same runbooks. */
function usersOf(session: Session, uri: string): Promise<readonly Analysis[]> {
  const version = session.project.version();
  const before = known.get(session);
  if (before?.uri === uri && before.version === version) return before.users;
  // What one lens asks for serves all of them, so that none of them cancels it.
  const users = analysesAround(session, uri, CancellationToken.None);
  known.set(session, { uri, version, users });
  return users;
}

/** An editor shows a lens only where it has a command; an empty one does nothing. */
function nowhere(title: string): Command {
  return { title, command: '' };
}

const reveal = 'runbookLint._revealStep';
const show = 'runbookLint._showReferences';

function commandOf({ title, places, span }: Lens, analyses: readonly Analysis[], session: Session): Command {
  const conversion = conversionFor(session, analyses);
  const locations = places.flatMap((place) => locationOf(place.uri, place.span, conversion) ?? []);
  const [first] = locations;
  const own = analyses[0] && locationOf(analyses[0].uri, span, conversion);
  const { commands } = session.traits;
  if (first === undefined) return nowhere(title);
  if (locations.length > 1 && own !== undefined && commands.has(show)) {
    return { title, command: show, arguments: [own.uri, own.range.start, locations] };
  }
  if (commands.has(reveal)) return { title, command: reveal, arguments: [first.uri, first.range] };
  return nowhere(title);
}
