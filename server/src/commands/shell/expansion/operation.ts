import type { ParameterOperation, Word } from 'unbash';
import { toolName } from '../words/tool-name.ts';

/**
 * What an operation makes of a variable's value: `${H%.*}`, `${H//,/ }`, `${H^^}`.
 * Undefined where the value or an operand is not known, or the operation is not followed.
 */
export function changeValue(
  value: string | undefined,
  operation: ParameterOperation,
  operand: (word: Word) => string | undefined,
): string | undefined {
  if (value === undefined) return undefined;
  switch (operation.type) {
    case 'Remove': {
      const pattern = operand(operation.operand);
      return pattern === undefined ? undefined : removed(value, operation.operator, pattern);
    }
    case 'Replace': {
      const [pattern, by] = [operand(operation.pattern), operand(operation.replacement)];
      return pattern === undefined || by === undefined ? undefined : replaced(value, operation.operator, pattern, by);
    }
    case 'Slice': {
      const from = Number(operand(operation.offset));
      const length = operation.length === undefined ? undefined : Number(operand(operation.length));
      if (!Number.isInteger(from) || (length !== undefined && !(length >= 0))) return undefined;
      const start = from < 0 ? Math.max(0, value.length + from) : from;
      return value.slice(start, length === undefined ? undefined : start + length);
    }
    case 'CaseModification':
      if (operation.operand !== undefined) return undefined;
      if (operation.operator === '^^') return value.toUpperCase();
      if (operation.operator === ',,') return value.toLowerCase();
      return undefined;
    default:
      return undefined;
  }
}

/**
 * Whether an operation leaves the name of what a command has listed:
 * it takes off what kind of thing it is, `${n#node/}`, or its domain, `${n%%.*}`.
 */
export function keepsName(operation: ParameterOperation, operand: (word: Word) => string | undefined): boolean {
  if (operation.type === 'Replace') {
    return kindOnly.test(operand(operation.pattern) ?? '') && operand(operation.replacement) === '';
  }
  if (operation.type !== 'Remove') return false;
  const pattern = operand(operation.operand) ?? '';
  return operation.operator.startsWith('#') ? kindOnly.test(pattern) : operation.operator === '%%' && pattern === '.*';
}

const kindOnly = /^(?:[a-z.]+|\*)\/$/;

/** Characters of a pattern that are followed; `*` at one end is all that is written by hand. */
const plain = /^[^*?[\]\\()|]*$/;

function removed(value: string, operator: '#' | '##' | '%' | '%%', pattern: string): string | undefined {
  const fromStart = operator.startsWith('#');
  const isLong = operator.length === 2;
  if (plain.test(pattern)) {
    if (fromStart) return value.startsWith(pattern) ? value.slice(pattern.length) : value;
    return value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) : value;
  }
  const mark = fromStart ? pattern.slice(1) : pattern.slice(0, -1);
  const star = fromStart ? pattern[0] : pattern.at(-1);
  if (star !== '*' || mark === '' || !plain.test(mark)) return undefined;
  const first = value.indexOf(mark);
  const last = value.lastIndexOf(mark);
  if (first < 0) return value;
  if (fromStart) return value.slice((isLong ? last : first) + mark.length);
  return value.slice(0, isLong ? first : last);
}

function replaced(value: string, operator: string, pattern: string, by: string): string | undefined {
  if (!plain.test(pattern)) return undefined;
  if (operator === '/#') return value.startsWith(pattern) ? by + value.slice(pattern.length) : value;
  if (operator === '/%') return value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) + by : value;
  if (pattern === '') return undefined;
  if (operator === '//') return value.replaceAll(pattern, () => by);
  return operator === '/' ? value.replace(pattern, () => by) : undefined;
}

/** `${KUBECTL:-kubectl}`: where the tool stands may be said elsewhere, but it is that tool. */
export function meansTool(name: string, value = '', isDeclared: (tool: string) => boolean): boolean {
  const tool = toolName(value);
  if (tool === '' || !isDeclared(tool)) return false;
  return /^(?:\w*_)?(?:k|kc|cli|cmd|bin|ctl|exe|tool|command)$/i.test(name) || name.toLowerCase().startsWith(tool);
}
