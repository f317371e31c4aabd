import { type ParsedScript, type Pipeline, parse, type Statement, type SyntaxNode } from 'unbash';
import { mostDepth, obstructed, type Walk } from '../state/command.ts';
import { forgetWritten } from '../state/files.ts';
import { beside } from '../state/leave.ts';
import { joined } from '../state/written.ts';
import { inputOf, outputOfCommand } from '../streams/input.ts';
import type { ShellText } from '../words/text.ts';
import { locked } from '../wrappers/semaphore.ts';
import { walkAndOr, walkCase, walkIf } from './branches.ts';
import { carryOut } from './count.ts';
import { walkArithmeticFor, walkFor, walkWhile } from './loops.ts';
import { runCommand } from './run.ts';

/** Reads a text and walks it. What cannot be read is told as a problem; the rest is walked all the same. */
export function walkText(source: ShellText, walk: Walk): void {
  if (walk.depth > mostDepth) return;
  const script = parse(source.text);
  if (walk.depth === 0) {
    for (const { pos, message } of script.errors ?? []) {
      walk.shared.problems.push({
        span: source.span(...visibleAt(source.text, pos)),
        why: `the shell cannot read it (${message})`,
      });
    }
  }
  walkScript(script, { ...walk, source });
}

/** What stands at the offset; where that is a blank or the end, the word before it. */
function visibleAt(text: string, offset: number): readonly [from: number, to: number] {
  const { length } = text.slice(0, offset + 1).trimEnd();
  if (length === offset + 1) return [offset, length];
  return [Math.max(0, text.slice(0, length).search(/\S+$/)), length];
}

export function walkScript(script: ParsedScript, walk: Walk): void {
  walkStatements(script.commands, walk, walk.depth === 0);
}

/** Walks one node of the syntax tree: statements, control flow, and the commands in them. */
export function walkNode(node: SyntaxNode, walk: Walk): void {
  switch (node.type) {
    case 'Statement':
      walkStatement(node, walk);
      return;
    case 'CompoundList':
      walkStatements(node.commands, walk);
      return;
    case 'AndOr':
      walkAndOr(node, walk);
      return;
    case 'Pipeline':
      walkPipeline(node, walk);
      return;
    case 'Command':
      runCommand(node, walk);
      return;
    case 'Redirected':
      walkNode(node.command, { ...walk, input: inputOf(node.redirects, walk) ?? walk.input });
      forgetWritten(node.redirects, walk);
      return;
    case 'Subshell':
      walkNode(node.body, { ...walk, variables: new Map(walk.variables), functions: new Map(walk.functions) });
      // What leaves a subshell leaves no loop around it.
      walk.shared.leaving.now = undefined;
      return;
    case 'BraceGroup':
      walkNode(node.body, walk);
      return;
    case 'Function':
      walk.functions.set(node.name.text, { body: node.body, source: walk.source });
      return;
    case 'Coproc':
      beside(walk.shared, () => walkNode(node.body, { ...walk, background: true }));
      return;
    case 'If':
      walkIf(node, walk);
      return;
    case 'Case':
      walkCase(node, walk);
      return;
    case 'While':
      walkWhile(node, walk);
      return;
    case 'ArithmeticFor':
      walkArithmeticFor(node, walk);
      return;
    case 'Select': {
      const place = walk.source.span(node.pos, node.pos + 'select'.length);
      const why = 'what is selected is not known';
      walkNode(node.body, obstructed({ ...walk, variables: new Map(walk.variables) }, { span: place, why }));
      return;
    }
    case 'For':
      walkFor(node, walk);
      return;
    case 'ArithmeticCommand':
      if (node.expression !== undefined) carryOut(node.expression, walk);
      return;
    default:
      return;
  }
}

function walkStatements(statements: readonly Statement[], walk: Walk, isWhole = false): void {
  const { running, leaving } = walk.shared;
  for (const [index, statement] of statements.entries()) {
    if (leaving.now !== undefined) return;
    // What is waited for at once, and beside nothing else, is as good as in the foreground.
    const next = statements[index + 1];
    const isAlone = statement.background === true && running.open === undefined;
    if (isAlone && isWait(next)) beside(walk.shared, () => walkNode(statement.command, walk));
    // Beside nothing else either, but nobody waits for it: what it sleeps is no time of this script.
    else if (isAlone && isWhole && next === undefined)
      beside(walk.shared, () => walkNode(statement.command, { ...walk, background: true }));
    else walkNode(statement, walk);
  }
}

function isWait(statement: Statement | undefined): boolean {
  return statement?.command.type === 'Command' && statement.command.name?.text === 'wait';
}

/** It is done later. */
const putOff = /(?:^|\|\s*)(?:sudo\s+)?(?:at|batch)\s[^|]*$/;
/** Platforms and carriers are told so not to wait for what they begin; it goes on beside others of the kind, up to a command that may wait for it. */
const noWaiting = new RegExp(
  [
    /(?:^|\s)--(?:wait=false|no-wait|no-block|async)(?:\s|$)/,
    /^ansible\s.*\s(?:-P ?|--poll[= ])0(?:\s|$)/,
    /^ssh(?:\s+-\S+(?:\s+[^-\s]\S*)?)*?\s+-[46ACNTXaknqtvx]*f[46ACNTXaknqtvx]*\s/,
    // What is put off is not waited for either.
    /(?:^|\s)shutdown\s(?:-\S+\s+)*(?:\+[1-9]|\d+:\d)/,
    putOff,
    /^tmux\s+new(?:-session|-window)?\s(?:-\S+\s+)*?-[A-Z]*d|^screen\s+(?:-\S+\s+)*?-\w*d\w*m/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** They are over at once. */
const instant = /^(?:|echo|printf|true|:|log|logger|date|export|local|cd|test|\[)$/;

function isUnwaited({ type, pos, end }: SyntaxNode, walk: Walk): boolean {
  const form = type === 'Command' ? noWaiting : type === 'Pipeline' ? putOff : undefined;
  return form?.test(walk.source.text.slice(pos, end)) === true;
}

/** What stands before a `&` goes on while the next commands run, up to a `wait`. */
function walkStatement(node: Statement, walk: Walk): void {
  const { running } = walk.shared;
  const { command } = node;
  const isLeft = isUnwaited(command, walk);
  if (node.background !== true && !isLeft) {
    const isInstant = command.type === 'Command' && instant.test(command.name?.text ?? '');
    if (running.unwaited && !walk.background && !isInstant) running.open = undefined;
    walkNode(node.command, walk);
    return;
  }
  running.unwaited = node.background !== true && (running.open === undefined || running.unwaited);
  locked(node.command, walk);
  running.open ??= ++running.last;
  running.elsewhere = false;
  const job = ++running.last;
  beside(walk.shared, () => walkNode(node.command, { ...walk, background: true, job }));
  // The number of the process is that of a job of this shell: `kill $!` ends what it started itself.
  walk.variables.set('!', { words: [{ text: '%', origin: undefined }], why: '' });
}

function walkPipeline(node: Pipeline, walk: Walk): void {
  let input = walk.input;
  for (const [index, command] of node.commands.entries()) {
    const isLast = index === node.commands.length - 1;
    if (index > 0) walk.shared.leaving.now = undefined;
    const here: Walk = isLast && index === 0 ? walk : { ...walk, input, variables: new Map(walk.variables) };
    if (isLast) walkNode(command, here);
    else if (command.type === 'Command') {
      input = outputOfCommand(command, here);
      walkNode(command, { ...here, written: undefined });
    } else {
      const written: ShellText[] = [];
      walkNode(command, { ...here, written });
      input = joined(written);
    }
  }
  if (node.commands.length > 1) walk.shared.leaving.now = undefined;
}
