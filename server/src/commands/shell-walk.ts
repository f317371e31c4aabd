import { type AndOr, type For, type ParsedScript, type Pipeline, parse, type Statement, type SyntaxNode } from 'unbash';
import type { Span } from '../syntax/span.ts';
import { mostDepth, mostTurns, obstructed, scopeOf, type Walk } from './shell-command.ts';
import { type Field, placeOf, unknownIn } from './shell-field.ts';
import { inputOf, outputOfCommand, runCommand, substitutions } from './shell-run.ts';
import type { ShellText } from './shell-text.ts';
import { expandWord, type Variable } from './shell-words.ts';

/** Reads a text and walks it. What cannot be read is told as a problem; the rest is walked all the same. */
export function walkText(source: ShellText, walk: Walk): void {
  if (walk.depth > mostDepth) return;
  const script = parse(source.text);
  if (walk.depth === 0) {
    for (const { pos, message } of script.errors ?? []) {
      const at = Math.max(0, Math.min(pos, source.text.length - 1));
      walk.shared.problems.push({
        span: source.span(at, Math.min(source.text.length, at + 1)),
        why: `the shell cannot read it (${message})`,
      });
    }
  }
  walkScript(script, { ...walk, source });
}

export function walkScript(script: ParsedScript, walk: Walk): void {
  for (const statement of script.commands) walkNode(statement, walk);
}

/** Walks one node of the syntax tree: statements, control flow, and the commands in them. */
export function walkNode(node: SyntaxNode, walk: Walk): void {
  switch (node.type) {
    case 'Statement':
      walkStatement(node, walk);
      return;
    case 'CompoundList':
      for (const statement of node.commands) walkNode(statement, walk);
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
      return;
    case 'Subshell':
      walkNode(node.body, { ...walk, variables: new Map(walk.variables), functions: new Map(walk.functions) });
      return;
    case 'BraceGroup':
      walkNode(node.body, walk);
      return;
    case 'Function':
      walk.functions.set(node.name.text, node.body);
      return;
    case 'Coproc':
      walkNode(node.body, { ...walk, background: true });
      return;
    case 'If':
      walkNode(node.clause, walk);
      for (const [index, { clause, then }] of [node, ...node.elif].entries()) {
        if (index > 0) maybe(clause, walk, keyword(walk, node.pos, 'if'), 'which way the `if` goes is not known');
        maybe(then, walk, keyword(walk, node.pos, 'if'), 'which way the `if` goes is not known');
      }
      if (node.else) maybe(node.else, walk, keyword(walk, node.pos, 'if'), 'which way the `if` goes is not known');
      return;
    case 'Case':
      for (const item of node.items) {
        maybe(item.body, walk, keyword(walk, node.pos, 'case'), 'which way the `case` goes is not known');
      }
      return;
    case 'While':
      maybe(node.clause, walk, keyword(walk, node.pos, node.kind), `how often the \`${node.kind}\` turns is not known`);
      maybe(node.body, walk, keyword(walk, node.pos, node.kind), `how often the \`${node.kind}\` turns is not known`);
      return;
    case 'ArithmeticFor':
      maybe(node.body, walk, keyword(walk, node.pos, 'for'), 'how often the `for` turns is not known');
      return;
    case 'Select':
      maybe(node.body, walk, keyword(walk, node.pos, 'select'), 'what is selected is not known');
      return;
    case 'For':
      walkFor(node, walk);
      return;
    case 'ArithmeticCommand':
      for (const [, name = ''] of node.body.matchAll(/([A-Za-z_]\w*)\s*(?:\+\+|--|[-+*/%]?=(?!=))/g)) {
        walk.variables.set(name, { words: undefined, why: `\`$${name}\` has no known value` });
      }
      return;
    default:
      return;
  }
}

function walkStatement(node: Statement, walk: Walk): void {
  walkNode(node.command, node.background === true ? { ...walk, background: true } : walk);
}

/** `a && b` is taken to run both; what stands behind `||` runs only where the rest fails. */
function walkAndOr(node: AndOr, walk: Walk): void {
  for (const [index, command] of node.commands.entries()) {
    const operator = index > 0 ? node.operators[index - 1] : undefined;
    if (operator !== '||') walkNode(command, walk);
    else {
      const after = node.commands[index - 1]?.end ?? node.pos;
      const at = walk.source.text.indexOf('||', after);
      const span =
        at < 0 || at > command.pos ? walk.source.span(command.pos, command.end) : walk.source.span(at, at + 2);
      maybe(command, walk, span, '`||` runs this only where what stands before it fails');
    }
  }
}

function walkPipeline(node: Pipeline, walk: Walk): void {
  let input = walk.input;
  for (const [index, command] of node.commands.entries()) {
    const here: Walk = { ...walk, input, variables: new Map(walk.variables) };
    if (command.type === 'Command' && index < node.commands.length - 1) input = outputOfCommand(command, here);
    else input = undefined;
    walkNode(command, here);
  }
}

/** Walks what may happen or not; variables that it sets have no known value afterwards. */
function maybe(node: SyntaxNode, walk: Walk, span: Span, why: string): void {
  const inside = obstructed({ ...walk, variables: new Map(walk.variables) }, { span, why });
  walkNode(node, inside);
  for (const [name, variable] of inside.variables) {
    if (walk.variables.get(name) !== variable) {
      walk.variables.set(name, { words: undefined, why: `\`$${name}\` has no single known value` });
    }
  }
}

function keyword(walk: Walk, at: number, word: string): Span {
  return walk.source.span(at, at + word.length);
}

function walkFor(node: For, walk: Walk): void {
  const { name, wordlist } = node;
  const words = wordlist ?? [];
  for (const word of words) substitutions(word, walk);
  const first = words[0];
  const last = words.at(-1);
  const extent = walk.source.span(first?.pos ?? node.pos, last?.end ?? node.pos + 'for'.length);
  const fields = words.flatMap((word) => expandWord(word, scopeOf(walk)));
  const gap = fields.map(unknownIn).find((found) => found !== undefined);
  const turns = walk.turns * Math.max(1, fields.length);
  if (wordlist === undefined || gap !== undefined || turns > mostTurns) {
    const why =
      gap?.why ??
      (wordlist === undefined
        ? 'what the `for` goes through is not known'
        : `the loop turns ${turns} times, and no more than ${mostTurns} are followed`);
    turnUnknown(node, walk, { span: gap?.span ?? extent, why });
    return;
  }
  for (const [index, field] of fields.entries()) {
    walk.variables.set(name.text, loopVariable(field));
    walkNode(node.body, {
      ...walk,
      turns,
      loop: walk.loop ?? (fields.length > 1 ? extent : undefined),
      again: walk.again || index > 0,
    });
  }
}

/** One turn, of which nothing is known but what it would do. */
function turnUnknown(node: For, walk: Walk, obstacle: { readonly span: Span; readonly why: string }): void {
  const inside = obstructed({ ...walk, variables: new Map(walk.variables) }, obstacle);
  inside.variables.set(node.name.text, { words: undefined, why: obstacle.why });
  walkNode(node.body, inside);
  walk.variables.set(node.name.text, { words: undefined, why: `\`$${node.name.text}\` has no known value` });
}

function loopVariable(field: Field): Variable {
  return { words: [{ text: field.value ?? '', origin: placeOf(field) }], why: '' };
}
