import type { ArithmeticFor, For, Statement, SyntaxNode, While } from 'unbash';
import type { Obstacle } from '../../action.ts';
import { expandWord } from '../expansion/expand.ts';
import { inTurn, mostTurns, obstructed, scopeOf, type Walk } from '../state/command.ts';
import { runsJobs, setGate } from '../state/gate.ts';
import { type Reads, readIn, setFields } from '../streams/read-fields.ts';
import type { Drawn } from '../words/drawn.ts';
import { type Field, fieldOf, placeOf, unknownIn } from '../words/field.ts';
import { knownText, onlyHole } from '../words/text.ts';
import type { Variable } from '../words/variable.ts';
import { unknownVariable } from './assign.ts';
import { carryOut } from './count.ts';
import { substitutions } from './run.ts';
import { arithmetic, testValue } from './test.ts';

/** `for h in …`: unrolled where its words are known, one turn for all where they are drawn from a listing. */
export function walkFor(node: For, walk: Walk): void {
  const { name, wordlist } = node;
  const words = wordlist ?? [];
  for (const word of words) substitutions(word, walk);
  const first = words[0];
  const last = words.at(-1);
  const extent = walk.source.span(first?.pos ?? node.pos, last?.end ?? node.pos + 'for'.length);
  const fields = wordlist === undefined ? argumentsOf(walk) : words.flatMap((word) => expandWord(word, scopeOf(walk)));
  const [only] = fields?.length === 1 ? fields : [];
  const drawn = only?.pieces.length === 1 ? only.pieces[0]?.drawn : undefined;
  const gap = fields?.map(unknownIn).find((found) => found !== undefined);
  const turns = walk.turns * Math.max(1, fields?.length ?? 0);
  if (drawn !== undefined) turnDrawn(node.body, name.text, drawn, walk);
  else if (fields === undefined || gap !== undefined || turns > mostTurns) {
    const tooMany = `the loop turns ${turns} times, and no more than ${mostTurns} are followed`;
    const why = gap?.why ?? (fields === undefined ? 'what the `for` goes through is not known' : tooMany);
    turnUnknown(node.body, [name.text], walk, { span: gap?.span ?? extent, why });
  } else {
    const several = fields.length > 1 ? extent : undefined;
    for (const [at, field] of fields.entries()) {
      walk.variables.set(name.text, loopVariable(field));
      if (turn(node.body, inTurn({ ...walk, turns }, several, at)) === 'loop') return;
    }
  }
}

/** `for h; do`: what the script or the function was given. */
function argumentsOf({ source, variables }: Walk): readonly Field[] | undefined {
  const place = { from: 0, to: 0, exact: false };
  return variables
    .get('@')
    ?.words?.map(({ text, origin }) => fieldOf([{ text, why: undefined, origin, ...place }], source, true));
}

/** `for ((i=1; i<=4; i++))`, where its numbers are known. */
export function walkArithmeticFor(node: ArithmeticFor, walk: Walk): void {
  const place = walk.source.span(node.pos, node.pos + 'for'.length);
  const { initialize, test, update } = node;
  const extent = initialize && update ? walk.source.span(initialize.pos, update.end) : place;
  if (initialize !== undefined) carryOut(initialize, walk);
  const holds = () => (test === undefined ? undefined : arithmetic(test, walk));
  for (let index = 0; holds() !== 0; index++) {
    if (holds() === undefined || walk.turns * index >= mostTurns || update === undefined) {
      turnUnknown(node.body, [], walk, { span: extent, why: 'how often the `for` turns is not known' });
      return;
    }
    const left = turn(node.body, inTurn({ ...walk, turns: walk.turns * (index + 1) }, extent, index));
    if (left === 'loop') return;
    carryOut(update, walk);
  }
}

/** `while`: once for each line that it reads, or as long as its test holds, where that is known. */
export function walkWhile(node: While, walk: Walk): void {
  const reads = readIn(node.clause);
  if (reads !== undefined && node.kind === 'while') {
    walkLines(node, reads, walk);
    return;
  }
  const place = walk.source.span(node.pos, node.pos + node.kind.length);
  const why = `how often the \`${node.kind}\` turns is not known`;
  if (runsJobs.test(clauseText(node, walk))) {
    setGate(node.clause.pos, node.clause.end, walk);
    if (onlyWaits(node.body, walk)) {
      walk.shared.walkBody(node.clause, obstructed(walk, { span: place, why }));
      return;
    }
  }
  const going = node.kind === 'while';
  for (let index = 0; ; index++) {
    // `(( i++ < 5 ))` counts as it asks.
    for (const { command } of node.clause.commands)
      if (command.type === 'ArithmeticCommand') walk.shared.walkBody(command, walk);
    const value = testValue(node.clause, walk);
    if (value !== undefined && value !== going) return;
    if (
      value === undefined ||
      index * walk.turns >= mostTurns ||
      /^\s*(?:true|:)\s*;?\s*$/.test(clauseText(node, walk))
    ) {
      // What is tried until it succeeds succeeds once.
      const isTried = node.kind === 'until' || /^\s*!/.test(clauseText(node, walk));
      const inside: Walk = { ...walk, variables: new Map(walk.variables) };
      walk.shared.walkBody(node.clause, isTried ? inside : obstructed(inside, { span: place, why }));
      turnUnknown(node.body, [], walk, { span: place, why });
      return;
    }
    if (turn(node.body, inTurn({ ...walk, turns: walk.turns * (index + 1) }, place, index)) === 'loop') return;
  }
}

/** Nothing happens in the body, but that time passes. */
function onlyWaits({ commands, pos, end }: While['body'], { source }: Walk): boolean {
  const isWait = ({ command, background }: Statement) =>
    background !== true && command.type === 'Command' && /^(?:sleep|wait|:)$/.test(command.name?.text ?? '');
  return commands.every(isWait) && !/[`(]/.test(source.text.slice(pos, end));
}

function clauseText(node: While, walk: Walk): string {
  return walk.source.text.slice(node.clause.pos, node.clause.end);
}

function walkLines(node: While, reads: Reads, walk: Walk): void {
  const { names, separators } = reads;
  const { input } = walk;
  const hole = onlyHole(input);
  const place = walk.source.span(node.pos, node.pos + node.kind.length);
  const text = input && knownText(input);
  const [first = 'REPLY'] = names;
  const lines = text?.split('\n').filter((line) => line.trim() !== '') ?? [];
  const inside: Walk = { ...walk, input: undefined };
  if (hole?.drawn !== undefined) turnDrawn(node.body, first, hole.drawn, inside);
  else if (
    input === undefined ||
    text === undefined ||
    separators === undefined ||
    walk.turns * lines.length > mostTurns
  ) {
    const why = hole?.why ?? `how often the \`${node.kind}\` turns is not known`;
    turnUnknown(node.body, names, inside, { span: hole && input ? input.span(0, 1) : place, why });
  } else {
    const several = lines.length > 1 ? input.span(0, input.text.length) : undefined;
    const turns = walk.turns * Math.max(1, lines.length);
    let from = 0;
    for (const [index, line] of lines.entries()) {
      const at = input.holes.size === 0 ? input.text.indexOf(line, from) : -1;
      from = at < 0 ? from : at + line.length;
      const place = (a: number, b: number) => (at < 0 ? several : input.span(at + a, at + b));
      setFields(reads, line, place, walk.variables);
      if (turn(node.body, inTurn({ ...inside, turns }, several, index)) === 'loop') return;
    }
  }
}

/** One turn of a loop; tells what it leaves, if it does. */
function turn(body: SyntaxNode, walk: Walk): Walk['shared']['leaving']['now'] {
  const { leaving } = walk.shared;
  leaving.loops += 1;
  walk.shared.walkBody(body, walk);
  leaving.loops -= 1;
  const left = leaving.now;
  // A function that is left is left with all loops in it.
  if (left === 'call') return 'loop';
  leaving.now = undefined;
  return left;
}

/** Variables that count: `n=$((n+1))`, `((n++))`, `((++n % 4))`, `let n+=1`. */
const counting =
  /\b([A-Za-z_]\w*)=\$\(\(|\(\([^()]*?\b([A-Za-z_]\w*)\s*(?:\+\+|--|[-+*%]?=(?!=))|\(\([^()]*?(?:\+\+|--)\s*([A-Za-z_]\w*)|\blet\s+["']?([A-Za-z_]\w*)/g;

/** One turn that stands for all: its names are so many of those that something lists, one in each turn. */
function turnDrawn(body: SyntaxNode, name: string, drawn: Drawn, walk: Walk): void {
  const text = walk.source.text.slice(body.pos, body.end);
  const variables = new Map(walk.variables);
  // What counts the turns is another number in each of them; where it ends the loop, so is how many there are.
  const counters = [...text.matchAll(counting)].flatMap((found) => found.slice(1).filter(Boolean));
  for (const counter of counters) variables.set(counter, unknownVariable(counter));
  const stop = counters.length === 0 ? null : /(?<!\|\|\s*(?:\{[^}]*)?)\b(?:break|exit)\b/.exec(text);
  const at = body.pos + (stop?.index ?? 0);
  const ended = stop && {
    span: walk.source.span(at, at + stop[0].length),
    why: 'how often the loop turns is not known',
  };
  const one = { ...drawn, sifted: drawn.sifted ?? ended ?? undefined, atOnce: 1 };
  variables.set(name, { words: undefined, why: one.sifted?.why ?? 'which server it is is not known', drawn: one });
  const inside = { ...walk, variables, over: walk.over ?? one };
  // Where it waits only now and then, one turn does not show how many go on at once.
  const held = counters.length > 0 ? /(?:&&|\bthen)\s*(wait)\b/.exec(text) : null;
  const from = body.pos + (held?.index ?? 0) + (held?.[0].length ?? 0) - 'wait'.length;
  const place = walk.source.span(from, from + 'wait'.length);
  const here = held ? obstructed(inside, { span: place, why: 'how many go on before it waits is not known' }) : inside;
  walk.shared.turnForAll(() => turn(body, here), one);
  walk.variables.set(name, unknownVariable(name));
}

/** One turn, of which nothing is known but what it would do. */
function turnUnknown(body: SyntaxNode, names: readonly string[], walk: Walk, obstacle: Obstacle): void {
  const inside = obstructed({ ...walk, variables: new Map(walk.variables) }, obstacle);
  for (const name of names) inside.variables.set(name, { words: undefined, why: obstacle.why });
  const { running } = walk.shared;
  const { open } = running;
  turn(body, inside);
  // Where it does not turn at all, it has not waited; but `wait "$p"` goes through those that were started.
  const waits = /\bwait\s*(?:$|[;\n&|)}#])/.test(walk.source.text.slice(body.pos, body.end));
  if (open !== undefined && running.open === undefined && waits) {
    running.open = open;
    running.gate = { limit: 'unknown', place: undefined };
  }
  for (const [name, variable] of inside.variables) {
    if (walk.variables.get(name) !== variable) walk.variables.set(name, unknownVariable(name));
  }
}

function loopVariable(field: Field): Variable {
  return { words: [{ text: field.value ?? '', origin: placeOf(field) }], why: '' };
}
