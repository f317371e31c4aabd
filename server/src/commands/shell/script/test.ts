import type { AndOr, ArithmeticExpression, SyntaxNode, TestExpression } from 'unbash';
import { namePattern } from '../../../model/name-pattern.ts';
import { arithmeticValue, changesIn } from '../expansion/arithmetic.ts';
import { expandUnsplit } from '../expansion/expand.ts';
import { scopeOf, type Walk } from '../state/command.ts';
import { wordsOf } from '../state/typed.ts';
import type { Field } from '../words/field.ts';
import { numberedText } from '../words/variable.ts';

/** Whether a condition holds, as far as that follows from the script alone; undefined where it is not known. */
export function testValue(node: SyntaxNode, walk: Walk): boolean | undefined {
  switch (node.type) {
    case 'Statement':
      return testValue(node.command, walk);
    case 'CompoundList':
      return node.commands.length === 1 && node.commands[0] ? testValue(node.commands[0], walk) : undefined;
    case 'AndOr':
      return chainValue(node, walk);
    case 'Pipeline': {
      const isNegated = node.prefixes.some(({ type }) => type === 'Negation');
      const [only] = node.commands.length === 1 ? node.commands : [];
      const value = only && testValue(only, walk);
      return value === undefined ? undefined : value !== isNegated;
    }
    case 'Command':
      return wordTest(
        wordsOf(node, walk).map(({ value }) => value),
        node.redirects.length > 0,
      );
    case 'TestCommand':
      return expressionValue(node.expression, walk);
    case 'ArithmeticCommand': {
      const value = node.expression && arithmeticAfter(node.expression, walk);
      return value === undefined ? undefined : value !== 0;
    }
    default:
      return undefined;
  }
}

/** `[ … ] && [ … ] || [ … ]`, from left to right. */
function chainValue({ commands, operators }: AndOr, walk: Walk): boolean | undefined {
  let value: boolean | undefined;
  for (const [index, command] of commands.entries()) {
    const isOr = operators[index - 1] === '||';
    if (index > 0 && value === isOr) continue;
    const own = testValue(command, walk);
    value = index === 0 || value !== undefined || own === isOr ? own : undefined;
  }
  return value;
}

/** The value of an arithmetic expression that has been carried out: `i++ == 0` where `i` is one more by now. */
export function arithmeticAfter(expression: ArithmeticExpression, walk: Walk): number | undefined {
  return arithmetic(expression, walk, true);
}

/** The value of an arithmetic expression in which only known variables stand; `isDone`: it has been carried out. */
export function arithmetic(expression: ArithmeticExpression, walk: Walk, isDone = false): number | undefined {
  const value = (name: string) =>
    walk.variables.has(name) || name.startsWith('#')
      ? numberedText(name, walk.variables)
      : walk.shared.values.get(name);
  return arithmeticValue(expression, value, isDone && changesIn(expression) === 1);
}

/** Whether the command only looks at something, and its status says what it found. */
export function isTest(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'Statement':
      return isTest(node.command);
    case 'TestCommand':
    case 'ArithmeticCommand':
      return true;
    case 'Pipeline': {
      const last = node.commands.at(-1);
      return last !== undefined && isTest(last);
    }
    case 'Command':
      return /^(?:\[|test|true|false|:|e?grep|fgrep|diff|cmp|pgrep|which|command|type)$/.test(node.name?.value ?? '');
    default:
      return false;
  }
}

/** The variable of which a test says whether it is empty, and which of its outcomes says so. */
export function emptinessTest(node: SyntaxNode): { readonly name: string; readonly emptyWhen: boolean } | undefined {
  const text = textOfTest(node);
  if (text === undefined) return undefined;
  const [, negated, operator, name] = /^(! ?)?(-[nz] )?"?\$\{?([A-Za-z_]\w*)(?::-)?\}?"?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, emptyWhen: (operator === '-z ') !== (negated !== undefined) };
}

function textOfTest(node: SyntaxNode): string | undefined {
  if (node.type === 'Statement') return textOfTest(node.command);
  if (node.type === 'CompoundList')
    return node.commands.length === 1 && node.commands[0] ? textOfTest(node.commands[0]) : undefined;
  if (node.type === 'TestCommand') return testText(node.expression);
  if (node.type !== 'Command' || !/^(?:\[|test)$/.test(node.name?.value ?? '')) return undefined;
  const words = node.suffix.flatMap((part) => (part.type === 'Word' ? part.text : []));
  return words.filter((word) => word !== ']').join(' ');
}

function testText(expression: TestExpression): string | undefined {
  switch (expression.type) {
    case 'TestUnary':
      return `${expression.operator} ${expression.operand.text}`;
    case 'TestNot': {
      const inner = testText(expression.operand);
      return inner === undefined || !isOdd(expression.negations.length) ? inner : `! ${inner}`;
    }
    default:
      return undefined;
  }
}

function expressionValue(expression: TestExpression, walk: Walk): boolean | undefined {
  switch (expression.type) {
    case 'TestUnary':
      return unary(expression.operator, known(expandUnsplit(expression.operand, scopeOf(walk))));
    case 'TestBinary': {
      const right = expression.right;
      const left = known(expandUnsplit(expression.left, scopeOf(walk)));
      if (expression.operator === '=~') return fits(left, right.text, 'regex-anywhere');
      if (/[*?[(]/.test(right.text) && /^[=!]/.test(expression.operator)) {
        const isFit = fits(left, unquoted(right.text), 'glob');
        return isFit === undefined ? undefined : isFit === (expression.operator !== '!=');
      }
      return binary(left, expression.operator, known(expandUnsplit(right, scopeOf(walk))));
    }
    case 'TestNot': {
      const value = expressionValue(expression.operand, walk);
      return value === undefined ? undefined : value !== isOdd(expression.negations.length);
    }
    case 'TestLogical': {
      const values = expression.operands.map((operand) => expressionValue(operand, walk));
      const deciding = expression.operator === '||';
      if (values.includes(deciding)) return deciding;
      return values.includes(undefined) ? undefined : !deciding;
    }
    case 'TestGroup':
      return expressionValue(expression.expression, walk);
    default:
      return undefined;
  }
}

/** `[[ $h == web0* ]]`, `[[ $h =~ ^web0 ]]`; undefined where the pattern is quoted in part, or holds variables. */
export function fits(text: string | undefined, pattern: string, kind: 'glob' | 'regex-anywhere'): boolean | undefined {
  const isOpen = /["'$\\`]/.test(pattern.replace(/\$$/, '')) || (kind === 'glob' && pattern.includes('('));
  return text === undefined || isOpen ? undefined : namePattern(pattern, kind)?.fits(text);
}

/** A shell pattern without its quotes: what stands in them, or behind a backslash, stands for itself. */
export function unquoted(pattern: string): string {
  return pattern.replace(/\\(.)|"([^"$`\\]*)"|'([^']*)'/g, (_, ...found: readonly (string | undefined)[]) =>
    (found[0] ?? found[1] ?? found[2] ?? '').replace(/[*?[\]]/g, '[$&]'),
  );
}

function isOdd(number: number): boolean {
  return number % 2 === 1;
}

function known(field: Field): string | undefined {
  return field.value;
}

function wordTest(words: readonly (string | undefined)[], isRedirected: boolean): boolean | undefined {
  const [tool, ...rest] = words;
  if ((tool === 'true' || tool === ':') && !isRedirected) return true;
  if (tool === 'false') return false;
  if (tool !== 'test' && tool !== '[') return undefined;
  const said = tool === '[' && rest.at(-1) === ']' ? rest.slice(0, -1) : rest;
  const isNegated = said[0] === '!';
  const [first, second, third, ...more] = isNegated ? said.slice(1) : said;
  if (more.length > 0) return undefined;
  const length = said.length - (isNegated ? 1 : 0);
  const value =
    length === 3
      ? binary(first, second ?? '', third)
      : length === 2
        ? unary(first ?? '', second)
        : length === 1 && first !== undefined
          ? first !== ''
          : undefined;
  return value === undefined ? undefined : value !== isNegated;
}

function unary(operator: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (operator === '-n') return value !== '';
  if (operator === '-z') return value === '';
  return undefined;
}

function binary(left: string | undefined, operator: string, right: string | undefined): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  // Of small letters and digits every locale has the same order.
  if (/^[<>]$/.test(operator) && /^[a-z\d]+$/.test(left + right)) return operator === '<' ? left < right : left > right;
  if (!/^-?\d{1,9}$/.test(left) || !/^-?\d{1,9}$/.test(right)) return undefined;
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    case '-ge':
      return a >= b;
    default:
      return undefined;
  }
}
