import type { ArithmeticExpression } from 'unbash';

/**
 * The value of `$(( … ))` where it is made of whole numbers and known variables; undefined else.
 * Of what changes a variable it is known only where that `isDone`, and nothing else in it changes any.
 */
export function arithmeticValue(
  expression: ArithmeticExpression,
  knownValue: (name: string) => string | undefined,
  isDone = false,
  depth = 0,
): number | undefined {
  if (depth > 50) return undefined;
  const inner = (part: ArithmeticExpression) => arithmeticValue(part, knownValue, isDone, depth + 1);
  switch (expression.type) {
    case 'ArithmeticWord':
      if (expression.value.startsWith('10#')) return decimal(expression.value.slice('10#'.length), knownValue);
      return numberOf(/^\d/.test(expression.value) ? expression.value : knownValue(nameIn(expression.value)));
    case 'ArithmeticGroup':
      return inner(expression.expression);
    case 'ArithmeticUnary': {
      const value = inner(expression.operand);
      const { operator, prefix } = expression;
      if (value === undefined) return undefined;
      if (operator === '++' || operator === '--')
        return !isDone ? undefined : prefix ? value : value - (operator === '++' ? 1 : -1);
      if (operator === '!') return Number(value === 0);
      return !prefix ? undefined : operator === '-' ? -value : operator === '+' ? value : undefined;
    }
    case 'ArithmeticBinary': {
      if (isAssignment(expression.operator)) return isDone ? inner(expression.left) : undefined;
      const left = inner(expression.left);
      const right = inner(expression.right);
      return left === undefined || right === undefined ? undefined : whole(apply(expression.operator, left, right));
    }
    default:
      return undefined;
  }
}

/** How often an expression changes a variable. */
export function changesIn(expression: ArithmeticExpression): number {
  switch (expression.type) {
    case 'ArithmeticGroup':
      return changesIn(expression.expression);
    case 'ArithmeticUnary':
      return changesIn(expression.operand) + Number(/^(?:\+\+|--)$/.test(expression.operator));
    case 'ArithmeticBinary':
      return changesIn(expression.left) + changesIn(expression.right) + Number(isAssignment(expression.operator));
    default:
      return 0;
  }
}

/** `=`, `+=`, `%=`, and none of the comparisons. */
export function isAssignment(operator: string): boolean {
  return /^[^=<>!]*=$|^(?:<<|>>)=$/.test(operator);
}

/** The name of a variable; with a `#` before it where it is asked how many words an array has. */
function nameIn(word: string): string {
  const counted = /^\$\{#(\w+)\[[@*]\]\}$/.exec(word)?.[1];
  if (counted !== undefined) return `#${counted}`;
  return /^\$?\{?(\w+|#)\}?$/.exec(word)?.[1] ?? '';
}

/** `10#08`, `10#$n`: a number whose zeros in front mean nothing. */
function decimal(word: string, knownValue: (name: string) => string | undefined): number | undefined {
  const text = /^\d/.test(word) ? word : knownValue(nameIn(word));
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^-?(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}

function whole(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

function apply(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : Math.trunc(left / right);
    case '%':
      return right === 0 ? undefined : left % right;
    default:
      return compared(operator, left, right);
  }
}

/** 1 where a comparison holds, 0 where it does not. */
function compared(operator: string, left: number, right: number): number | undefined {
  const holds: Readonly<Record<string, boolean>> = {
    ...{ '<': left < right, '<=': left <= right, '>': left > right, '>=': left >= right },
    ...{ '==': left === right, '!=': left !== right, '&&': left !== 0 && right !== 0, '||': left !== 0 || right !== 0 },
  };
  const value = Object.hasOwn(holds, operator) ? holds[operator] : undefined;
  return value === undefined ? undefined : Number(value);
}
