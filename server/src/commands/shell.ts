import type { ParameterValues } from '../model/parameters.ts';
import type { Span } from '../syntax/span.ts';
import type { Obstacle } from './action.ts';
import { mostCommands, type Shared, type ShellCommand, type Walk } from './shell-command.ts';
import { outputOfScript } from './shell-run.ts';
import { shellText } from './shell-text.ts';
import { walkNode, walkScript, walkText } from './shell-walk.ts';

/**
 * Visits the simple commands of a script in the order in which they run; loops over known lists are unrolled.
 * Returns the places that cannot be read or are not followed. Never throws.
 */
export function readShell(
  script: string,
  values: ParameterValues,
  span: (from: number, to: number) => Span,
  isDeclared: (tool: string) => boolean,
  visit: (command: ShellCommand) => void,
): readonly Obstacle[] {
  const problems: Obstacle[] = [];
  const room = { left: mostCommands };
  const shared: Shared = {
    ...{ values, isDeclared, visit, problems, room },
    ...{ walkText, walkScript, walkBody: walkNode, output: outputOfScript },
  };
  // The parser's places run over the end where a script breaks off.
  const inside = (offset: number) => Math.max(0, Math.min(offset, script.length));
  const source = shellText(script, values, (from, to) => span(inside(from), inside(Math.max(from, to))));
  const walk: Walk = {
    ...{ source, variables: new Map(), functions: new Map(), input: undefined, obstacle: undefined, loop: undefined },
    ...{ background: false, again: false, turns: 1, depth: 0, shared },
  };
  walkText(source, walk);
  if (room.left <= 0) {
    const why = `it runs more than ${mostCommands} commands, and no more are followed`;
    problems.push({ span: span(0, script.length), why });
  }
  return problems;
}
