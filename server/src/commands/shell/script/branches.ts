import type { AndOr, Case, If, SyntaxNode } from 'unbash';
import type { Span } from '../../../syntax/span.ts';
import { expandUnsplit } from '../expansion/expand.ts';
import { scopeOf, type Walk } from '../state/command.ts';
import type { Variable } from '../words/variable.ts';
import { unknownVariable } from './assign.ts';
import { emptinessTest, fits, isTest, testValue, unquoted } from './test.ts';

type Way = (walk: Walk) => void;

/** `if`: the branch that its tests choose where they are known, else one of those that are left, nobody knows which. */
export function walkIf(node: If, walk: Walk): void {
  const ways: Way[] = [];
  const asked: SyntaxNode[] = [];
  const ask = (inside: Walk, howMany: number) => {
    for (let i = 0; i < howMany && walk.shared.room.left > 0; i++) {
      const clause = asked[i];
      if (clause !== undefined) inside.shared.walkBody(clause, inside);
    }
  };
  for (const { clause, then } of [node, ...node.elif]) {
    if (ways.length === 0) walk.shared.walkBody(clause, walk);
    else asked.push(clause);
    const value = testValue(clause, walk);
    if (value === false) continue;
    const empty = emptinessTest(clause);
    const before = asked.length;
    ways.push((inside) => {
      ask(inside, before);
      if (empty?.emptyWhen === false) inside.guarded.add(empty.name);
      walk.shared.walkBody(then, inside);
    });
    if (value === true) {
      choose(ways, walk, keyword(walk, node.pos, 'if'), 'if');
      return;
    }
    if (empty?.emptyWhen === true && leaves(then)) walk.guarded.add(empty.name);
  }
  const last = node.else;
  ways.push((inside) => {
    ask(inside, asked.length);
    if (last !== undefined) walk.shared.walkBody(last, inside);
  });
  choose(ways, walk, keyword(walk, node.pos, 'if'), 'if');
}

/** `case`: the item that a known word fits, else one of them. */
export function walkCase(node: Case, walk: Walk): void {
  const word = expandUnsplit(node.word, scopeOf(walk)).value;
  const ways: Way[] = [];
  let takesAny = false;
  for (const { pattern, body } of node.items) {
    const isAny = pattern.some(({ text }) => text === '*');
    const said = pattern.map(({ text }) => fits(word, unquoted(text), 'glob'));
    const fit = word !== undefined && (isAny || said.includes(true));
    if (word !== undefined && !fit && said.every((one) => one === false)) continue;
    ways.push((inside) => walk.shared.walkBody(body, inside));
    takesAny ||= isAny;
    if (fit) break;
  }
  if (word === undefined && !takesAny) ways.push(() => undefined);
  choose(ways, walk, keyword(walk, node.pos, 'case'), 'case');
}

/**
 * `a && b` is taken to run both, unless `a` only tests something; what stands behind `||` runs only where the rest fails.
 */
export function walkAndOr(node: AndOr, walk: Walk): void {
  const [test, yes, no] = node.commands;
  if (test !== undefined && yes !== undefined && no !== undefined && isTernary(node)) {
    walk.shared.walkBody(test, walk);
    const value = testValue(test, walk);
    const ways = [yes, no].filter((_, index) => value === undefined || value === (index === 0));
    const place = walk.source.span(test.pos, test.end);
    choose(
      ways.map((way) => (inside: Walk) => walk.shared.walkBody(way, inside)),
      walk,
      place,
      'test',
    );
    return;
  }
  let state: Outcome;
  let decider: SyntaxNode | undefined;
  for (const [index, command] of node.commands.entries()) {
    const operator = node.operators[index - 1];
    // What stands behind `false &&` and `true ||` is passed over, and does not decide about what follows.
    if (decider !== undefined && state === (operator === '||')) continue;
    if (decider === undefined || operator === undefined) walk.shared.walkBody(command, walk);
    else if (operator === '&&') afterSuccess(decider, state, command, walk);
    else afterFailure(node, decider, state, command, walk);
    state = outcomeAfter(state, operator, command, walk);
    decider = command;
  }
}

/** Whether what ran last holds; `done`: it is no test, and is taken to have been done; undefined: nobody knows. */
type Outcome = boolean | 'done' | undefined;

function outcomeAfter(before: Outcome, operator: string | undefined, command: SyntaxNode, walk: Walk): Outcome {
  const own: Outcome = isTest(command) ? testValue(command, walk) : 'done';
  if (operator === undefined || before === true || before === false) return own;
  // It may not have run.
  if (before === 'done') return operator === '&&' ? own : 'done';
  return own === (operator === '||') ? own : undefined;
}

function isTernary({ commands, operators }: AndOr): boolean {
  const [test, yes] = commands;
  if (commands.length !== 3 || operators[0] !== '&&' || operators[1] !== '||') return false;
  // Where the second is a test too, the third runs where either does not hold.
  return test !== undefined && isTest(test) && yes !== undefined && !isTest(yes);
}

function afterSuccess(before: SyntaxNode, state: Outcome, command: SyntaxNode, walk: Walk): void {
  const empty = emptinessTest(before);
  const run: Way = (inside) => {
    if (empty?.emptyWhen === false) inside.guarded.add(empty.name);
    walk.shared.walkBody(command, inside);
  };
  if (state !== undefined) run(walk);
  else choose([run, () => undefined], walk, walk.source.span(before.pos, before.end), 'test');
  // `drain && break`: where it fails, the loop goes on.
  if (!isTest(before)) walk.shared.leaving.now = undefined;
  if (empty?.emptyWhen === true && leaves(command)) walk.guarded.add(empty.name);
}

function afterFailure(node: AndOr, before: SyntaxNode, state: Outcome, command: SyntaxNode, walk: Walk): void {
  const empty = emptinessTest(before);
  const run: Way = (inside) => walk.shared.walkBody(command, inside);
  if (state === false) run(walk);
  else if (state === undefined) choose([run, () => undefined], walk, walk.source.span(before.pos, before.end), 'test');
  else {
    const at = walk.source.text.indexOf('||', before.end);
    const isFound = at >= 0 && at <= command.pos;
    const place = isFound ? walk.source.span(at, at + 2) : walk.source.span(command.pos, command.end);
    choose([() => undefined, run], walk, place, '||');
  }
  if (node.commands.length === 2 && empty?.emptyWhen === false && leaves(command)) walk.guarded.add(empty.name);
}

const reasons = {
  if: 'which way the `if` goes is not known',
  case: 'which way the `case` goes is not known',
  test: 'whether the test holds is not known',
  '||': '`||` runs this only where what stands before it fails',
} as const;

/** Walks ways of which one is taken; a variable that they leave with different values is not known afterwards. */
function choose(ways: readonly Way[], walk: Walk, span: Span, what: keyof typeof reasons): void {
  const [only] = ways;
  if (ways.length === 1 && only !== undefined) {
    only(walk);
    return;
  }
  const after: Walk['variables'][] = [];
  const walks = ways.map((way) => () => {
    const inside = { ...walk, variables: new Map(walk.variables), guarded: new Set(walk.guarded) };
    after.push(inside.variables);
    way(inside);
  });
  walk.shared.choose(walks, { span, why: reasons[what] }, what === '||' ? 'failing' : 'branch');
  for (const variables of after) {
    for (const [name, variable] of variables) {
      if (walk.variables.get(name) === variable) continue;
      const why = `\`$${name}\` has no single known value`;
      const isFilled = [walk.variables.get(name), ...after.map((each) => each.get(name))].every(isFull);
      walk.variables.set(name, { ...unknownVariable(name), why, isFilled });
    }
  }
}

function isFull(variable: Variable | undefined): boolean {
  return variable?.isFilled === true || (variable?.words?.some(({ text }) => text.trim() !== '') ?? false);
}

/** Whether the script ends there: `exit 1`, `{ echo …; exit 1; }`. */
function leaves(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'Statement':
      return leaves(node.command);
    case 'CompoundList':
      return node.commands.some(leaves);
    case 'BraceGroup':
      return leaves(node.body);
    case 'Command':
      return /^(?:exit|return|die|fail|abort)$/.test(node.name?.value ?? '');
    default:
      return false;
  }
}

function keyword(walk: Walk, at: number, word: string): Span {
  return walk.source.span(at, at + word.length);
}
