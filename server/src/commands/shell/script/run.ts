import type { Assignment, Command, Word, WordPart } from 'unbash';
import { expandWord } from '../expansion/expand.ts';
import { setAliases, wordsOfAlias } from '../state/alias.ts';
import { inTurn, mostDepth, obstructed, type ShellCommand, scopeOf, type Walk } from '../state/command.ts';
import { fileNamed, forgetFiles, namedFile, writeFiles } from '../state/files.ts';
import { besides, elsewhere, sleepFor, waitFor } from '../state/gate.ts';
import { apart, beside, leave } from '../state/leave.ts';
import { wordsOf } from '../state/typed.ts';
import { writes } from '../state/written.ts';
import { inputOf, outputOfCommand } from '../streams/input.ts';
import { type Field, fieldOf, placeOf, spanOf, textOfFields } from '../words/field.ts';
import { onlyHole, type ShellText, unknownText } from '../words/text.ts';
import { toolName } from '../words/tool-name.ts';
import type { Variable } from '../words/variable.ts';
import { withHosts } from '../wrappers/host-file.ts';
import { parallel } from '../wrappers/parallel.ts';
import { isSemaphore, semaphore } from '../wrappers/semaphore.ts';
import { peel, profileIn } from '../wrappers/wrappers.ts';
import { type Fanned, xargs } from '../wrappers/xargs.ts';
import { setArguments, withArguments } from './arguments.ts';
import { assign, setVariables } from './assign.ts';
import { countIn } from './count.ts';
import { runScheduled, runTrap, setTrap } from './later.ts';

/** Commands with more words than this count for several, so that work is bounded. */
const wordsInCommand = 20;

/** Runs one simple command: assigns, expands its words, takes wrappers off, and visits what is left. */
export function runCommand(node: Command, walk: Walk): void {
  if (walk.shared.room.left <= 0) return;
  walk.shared.room.left -= 1;
  if (node.name !== undefined) substitutions(node.name, walk);
  const assignments = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
  substitutionsIn(assignments, walk);
  substitutionsIn(node.suffix, walk);
  if (node.name === undefined) {
    for (const assignment of assignments) assign(assignment, walk);
    return;
  }
  const words = wordsOf(node, walk);
  walk.shared.room.left -= Math.floor(words.length / wordsInCommand);
  const tool = words[0]?.value;
  setVariables(node, words, walk);
  setArguments(words, walk);
  setAliases(words, walk.aliases);
  setTrap(words, walk);
  if (tool === 'wait') waitFor(node, words, walk);
  if (tool === 'sleep') sleepFor(words, walk);
  if (tool === 'break' || tool === 'continue' || tool === 'return') leave(tool, words, walk);
  const alias = walk.aliases.get(node.name.text);
  if (alias !== undefined && wordsOfAlias(alias) === undefined && walk.depth < mostDepth) {
    walk.shared.walkText(textOfFields([alias, ...words.slice(1)]), { ...walk, depth: walk.depth + 1 });
    return;
  }
  const called = tool === undefined ? undefined : walk.functions.get(tool);
  if (called !== undefined && walk.depth < mostDepth) {
    const { body, source } = called;
    const { leaving } = walk.shared;
    leaving.calls += 1;
    walk.shared.walkBody(body, { ...withArguments(words, walk), source, depth: walk.depth + 1 });
    leaving.calls -= 1;
    if (leaving.now === 'call') leaving.now = undefined;
    return;
  }
  const input = inputOf(node.redirects, walk) ?? walk.input;
  if (node.redirects.length > 0) writeFiles(node, () => outputOfCommand(node, walk), walk);
  if (walk.written !== undefined && writes(tool, node.redirects)) write(node, walk.written, walk);
  if (assignments.length === 0) run(words, input === walk.input ? walk : { ...walk, input });
  else {
    const own: Walk = { ...walk, input, variables: new Map(walk.variables) };
    for (const assignment of assignments) assign(assignment, own);
    run(words, own);
  }
  for (const redirect of node.redirects) {
    if (redirect.type !== 'Redirect' || !/^&?>/.test(redirect.operator)) continue;
    if (redirect.target === undefined || !noticed.test(redirect.target.text)) continue;
    const [path] = expandWord(redirect.target, scopeOf(walk));
    if (path !== undefined) visit([teeAt(path), path], { ...walk, input: outputOfCommand(node, walk) });
  }
}

function substitutionsIn(parts: Command['suffix'], walk: Walk): void {
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part?.type === 'Word') substitutions(part, walk);
    else if (part?.type === 'Assignment' && part.value.type === 'Word') substitutions(part.value, walk);
  }
}

/** What is written into the first the kernel carries out; by the others a load balancer may see whether the host is well. */
const noticed = /^\/proc\/sysrq-trigger$|(?:health|lb[-_]?check|lb[-_]?status|maintenance)[^/]*$/i;

/** A command that stands nowhere, and puts into a file what is redirected there. */
function teeAt({ source, quoted, from, to }: Field): Field {
  return fieldOf([{ text: 'tee', why: undefined, from, to, exact: false, origin: undefined }], source, quoted, {
    from,
    to,
  });
}

/** Puts down what a command writes; where it is not known how often it runs, neither is that. */
function write(node: Command, written: ShellText[], walk: Walk): void {
  const output = outputOfCommand(node, walk);
  if (output === undefined) return;
  const { obstacle } = walk;
  written.push(obstacle === undefined ? output : unknownText(obstacle.span, { why: obstacle.why }));
}

function run(words: readonly Field[], walk: Walk): void {
  const peeled = peel(words, walk.shared.isDeclared);
  if (peeled.kind === 'nothing') return;
  if (peeled.kind === 'input') {
    if (walk.input !== undefined) walkWhole(walk.input, fresh(walk));
    return;
  }
  const { repeats } = peeled;
  const why = 'it is repeated, and how often is not known';
  const calm = repeats === undefined ? walk : obstructed(walk, { span: spanOf(repeats), why });
  const here = withAssigned(words.slice(0, words.length - peeled.words.length), calm);
  if (peeled.kind === 'script') {
    const inner = withArguments(peeled.args, here);
    const text = textOfFields(peeled.words);
    const why = onlyHole(text)?.why;
    // `eval "$CMD"`: nothing at all is known of it. `eval "$(ssh-agent -s)"` sets variables, as a rule.
    if (why?.endsWith('has no known value') === true)
      walk.shared.problems.push({ span: text.span(0, text.text.length), why });
    const walkInner = () => walk.shared.walkText(text, { ...inner, depth: here.depth + 1 });
    const isEval = words[words.length - peeled.words.length - 1]?.value === 'eval';
    if (peeled.words.length > 0) isEval ? walkInner() : apart(walk.shared, walkInner);
    return;
  }
  const [head] = peeled.words;
  if (head === undefined) return;
  const tool = toolName(head.value ?? '');
  const script = fileNamed(head.value, walk.shared.files);
  forgetFiles(peeled.words, walk.shared.files);
  if (script !== undefined && walk.depth < mostDepth)
    apart(walk.shared, () =>
      walk.shared.walkText(script, { ...withArguments(peeled.words, here), input: undefined, depth: here.depth + 1 }),
    );
  else if (isSemaphore(tool, peeled.words) && !walk.shared.isDeclared(tool)) semaphore(peeled.words, here);
  else if (tool === 'xargs' && !walk.shared.isDeclared('xargs'))
    runFanned(xargs(peeled.words, walk.input, walk.shared.files), here);
  else if (tool === 'parallel' && !walk.shared.isDeclared('parallel'))
    runFanned(parallel(peeled.words, walk.input, walk.shared.files), here);
  else if (tool === 'find') runFound(peeled.words, here);
  else if (tool === 'crontab') apart(walk.shared, () => runScheduled(peeled.words, fresh(here), walk.input));
  else visit(peeled.words, here);
}

/** Walks a script that a shell of its own reads, up to what that does at its end. */
function walkWhole(script: ShellText, walk: Walk): void {
  apart(walk.shared, () => {
    walk.shared.walkText(script, walk);
    walk.shared.leaving.now = undefined;
    runTrap(walk);
  });
}

/** `find … -exec CMD {} \\;`: once for each thing that it finds, nobody knows which. */
function runFound(words: readonly Field[], walk: Walk): void {
  const at = words.findIndex(({ value }) => value === '-exec' || value === '-execdir' || value === '-ok');
  const end = words.findIndex(({ value }, index) => index > at && (value === ';' || value === '+'));
  const command = at < 0 ? [] : words.slice(at + 1, end < 0 ? undefined : end);
  const [head] = words;
  if (head === undefined || command.length === 0) return;
  const why = 'what `find` finds is not known';
  const { from, to, source } = head;
  const item = { text: undefined, why, from, to, exact: false, origin: undefined };
  const found = command.map((word) => (word.value?.includes('{}') ? fieldOf([item], source, true) : word));
  run(found, obstructed({ ...walk, input: undefined }, { span: spanOf(head), why }));
}

/** `env A=1 CMD`: what wrappers assign holds for the command. */
function withAssigned(wrapping: readonly Field[], walk: Walk): Walk {
  const assigned = wrapping.flatMap((field): (readonly [string, Variable])[] => {
    const [, name, text = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(field.value ?? '') ?? [];
    if (name === undefined) return [];
    return [[name, { words: [{ text, origin: undefined }], why: '', place: placeOf(field, name.length + 1) }]];
  });
  const profile = profileIn(wrapping);
  if (profile?.value !== undefined) {
    const words = [{ text: profile.value, origin: undefined }];
    assigned.push(['AWS_PROFILE', { words, why: '', place: spanOf(profile) }]);
  }
  return assigned.length === 0 ? walk : { ...walk, variables: new Map([...walk.variables, ...assigned]) };
}

function runFanned(fanned: Fanned, walk: Walk): void {
  const { runs, obstacle, atOnce, atOncePlace, each, extent, over, isScript, isEcho } = fanned;
  if (isEcho && !isScript) return;
  const { shared, input } = walk;
  const limit = atOnce === undefined ? undefined : atOnce * each;
  const isOne = atOnce === 1 || runs.length < 2;
  const together = walk.together ?? (isOne ? undefined : { id: ++shared.running.last, limit, limitPlace: atOncePlace });
  const here = { ...(obstacle === undefined ? walk : obstructed(walk, obstacle)), together, over: walk.over ?? over };
  for (const [index, command] of runs.entries()) {
    if (shared.room.left-- <= 0) return;
    const whole = extent ?? input?.span(0, input.text.length);
    const inside = inTurn({ ...here, input: undefined }, runs.length > 1 ? whole : undefined, index);
    if (command.length === 0) continue;
    const turn = () => {
      if (isScript) apart(shared, () => shared.walkText(textOfFields(command), { ...inside, depth: walk.depth + 1 }));
      else run(command, inside);
    };
    if (over === undefined) turn();
    else shared.turnForAll(turn, over);
  }
}

function visit(typed: readonly Field[], walk: Walk): void {
  const words = withHosts(typed, walk.shared.files);
  const input = walk.input ?? namedFile(words, walk.shared.files);
  const { obstacle, within, background, shared, over, variables } = walk;
  const { open } = shared.running;
  const inner = (visitInner: (command: ShellCommand) => void, script?: ShellText): Walk => ({
    ...fresh(walk),
    // What it reads is what the command reads that it carries: `ssh HOST bash -s <<EOF`; but a script is read once.
    input: script === input ? undefined : input,
    // Files of this host are none of another's.
    shared: { ...shared, visit: visitInner, files: new Map() },
  });
  shared.visit({
    words,
    input,
    obstacle,
    within,
    background,
    over,
    variables,
    together: walk.together ?? (open === undefined ? undefined : besides(open, shared.running.gate, walk)),
    carry: (script, visitInner) => elsewhere(shared, () => walkWhole(script, inner(visitInner, script))),
    carryWords: (carried, visitInner) => {
      if (walk.depth < mostDepth) run(carried, inner(visitInner));
    },
  });
}

/** The walk for a script that knows nothing of this one's variables. */
function fresh(walk: Walk): Walk {
  const nothing = { variables: new Map(), functions: new Map(), aliases: new Map(), guarded: new Set<string>() };
  const atExit = { now: undefined };
  return { ...walk, ...nothing, atExit, input: undefined, written: undefined, depth: walk.depth + 1 };
}

/** Walks the commands in the substitutions of a word: `$( … )` runs too. */
export function substitutions(word: Word, walk: Walk): void {
  if (word.parts !== undefined && walk.depth < mostDepth) for (const part of word.parts) inPart(part, walk);
}

function inPart(part: WordPart, walk: Walk): void {
  if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') {
    for (const child of part.parts) inPart(child, walk);
  } else if (part.type === 'ArithmeticExpansion') {
    if (part.expression !== undefined) countIn(part.expression, walk);
  } else if ((part.type === 'CommandExpansion' || part.type === 'ProcessSubstitution') && part.script !== undefined) {
    // `tee >(CMD)`: it reads what the command is given.
    const input = part.type === 'ProcessSubstitution' && part.operator === '>' ? walk.input : undefined;
    const alone = { variables: new Map(walk.variables), input, written: undefined };
    const inner: Walk = { ...walk, ...alone, depth: walk.depth + 1 };
    const { source: own } = part.script;
    const { script } = part;
    if (own === undefined) beside(walk.shared, () => walk.shared.walkScript(script, inner));
    else {
      const place = walk.source.span(part.pos, part.end);
      const source: ShellText = { text: own, holes: new Map(), span: () => place, origin: () => undefined };
      beside(walk.shared, () => walk.shared.walkScript(script, { ...inner, source }));
    }
  }
}
