import type { ParameterValues } from '../../model/parameters.ts';
import type { Span } from '../../syntax/span.ts';
import type { Obstacle } from '../action.ts';
import { runTrap } from './script/later.ts';
import { walkNode, walkScript, walkText } from './script/walk.ts';
import {
  type Choose,
  mostCommands,
  type Shared,
  type ShellCommand,
  type TurnForAll,
  type Walk,
} from './state/command.ts';
import { oneOfTheWays } from './state/ways.ts';
import { outputOfScript } from './streams/input.ts';
import type { ListingOf } from './words/listing.ts';
import { type ShellText, shellText } from './words/text.ts';
import type { Variable } from './words/variable.ts';

/** Where the operator is at home is nowhere that a command changes. */
const home: readonly [string, Variable] = ['HOME', { words: [{ text: '~', origin: undefined }], why: '' }];

/** What the shell reader is told of the tools, and whom it tells what it finds. */
interface ShellReader {
  readonly isDeclared: (tool: string) => boolean;
  readonly listingOf: ListingOf;
  readonly visit: (command: ShellCommand) => void;
  /** Told of ways of which one is taken; they are walked when it calls them. */
  readonly choose: Choose;
  /** Told of the one turn of a loop that stands for all; it is walked when it calls it. */
  readonly turnForAll: TurnForAll;
}

/**
 * Visits the simple commands of a script in the order in which they run; loops over known lists are unrolled.
 * Returns the places that cannot be read or are not followed. Never throws.
 */
export function readShell(
  script: string,
  values: ParameterValues,
  span: (from: number, to: number) => Span,
  { isDeclared, listingOf, visit, choose, turnForAll }: ShellReader,
): readonly Obstacle[] {
  const problems: Obstacle[] = [];
  const room = { left: mostCommands };
  const running: Shared['running'] = { last: 0, open: undefined, gate: undefined, elsewhere: false, unwaited: false };
  const leaving: Shared['leaving'] = { now: undefined, loops: 0, calls: 0 };
  const files: Shared['files'] = new Map();
  const shared: Shared = {
    values,
    isDeclared,
    listingOf,
    visit,
    choose: oneOfTheWays(choose, { running, leaving, files }),
    turnForAll,
    running,
    leaving,
    files,
    counted: new WeakMap(),
    problems,
    room,
    walkText,
    walkScript,
    walkBody: walkNode,
    output: outputOfScript,
  };
  // The parser's places run over the end where a script breaks off.
  const inside = (offset: number) => Math.max(0, Math.min(offset, script.length));
  const { source, broken } = shellText(script, values, (from, to) => span(inside(from), inside(Math.max(from, to))));
  const walk = startOf(source, shared);
  problems.push(...broken);
  try {
    walkText(source, walk);
    leaving.now = undefined;
    runTrap(walk);
  } catch (error) {
    // The parser and the walk follow what stands inside something else as deep as it goes.
    if (!(error instanceof RangeError)) throw error;
    problems.push({ span: span(0, script.length), why: 'it is nested too deeply to be read' });
  }
  if (room.left <= 0) {
    const why = `it runs more than ${mostCommands} commands, and no more are followed`;
    problems.push({ span: span(0, script.length), why });
  }
  return problems;
}

/** The walk before the first command, which nothing stands around. */
function startOf(source: ShellText, shared: Shared): Walk {
  return {
    source,
    variables: new Map([home]),
    functions: new Map(),
    aliases: new Map(),
    atExit: { now: undefined },
    guarded: new Set(),
    input: undefined,
    obstacle: undefined,
    within: [],
    background: false,
    together: undefined,
    over: undefined,
    written: undefined,
    turns: 1,
    depth: 0,
    shared,
  };
}
