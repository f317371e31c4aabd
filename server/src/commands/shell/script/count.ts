import type { ArithmeticExpression } from 'unbash';
import { changesIn, isAssignment } from '../expansion/arithmetic.ts';
import type { Walk } from '../state/command.ts';
import { unknownVariable } from './assign.ts';
import { arithmetic, arithmeticAfter } from './test.ts';

/** Carries out what `$(( i++ ))` changes, and puts down what it comes to for the word that it stands in. */
export function countIn(expression: ArithmeticExpression, walk: Walk): void {
  if (changesIn(expression) === 0) return;
  carryOut(expression, walk);
  walk.shared.counted.set(expression, arithmeticAfter(expression, walk));
}

/** Carries out `i = 1`, `i += 2`, `i++` in an arithmetic command; a variable that cannot be followed is not known afterwards. */
export function carryOut(expression: ArithmeticExpression, walk: Walk): void {
  const set = (target: ArithmeticExpression, value: number | undefined) => {
    const name = target.type === 'ArithmeticWord' ? /^[A-Za-z_]\w*$/.exec(target.value)?.[0] : undefined;
    if (name === undefined) return;
    const known = value !== undefined && Number.isSafeInteger(value);
    walk.variables.set(
      name,
      known ? { words: [{ text: `${value}`, origin: undefined }], why: '' } : unknownVariable(name),
    );
  };
  // A counter that the script sets nowhere before it counts begins at nothing.
  const counted = (target: ArithmeticExpression) => {
    const isNew =
      target.type === 'ArithmeticWord' &&
      !walk.variables.has(target.value) &&
      walk.shared.values.get(target.value) === undefined;
    if (isNew) set(target, 0);
    return arithmetic(target, walk);
  };
  if (expression.type === 'ArithmeticGroup') carryOut(expression.expression, walk);
  else if (expression.type === 'ArithmeticUnary') {
    const { operator, operand } = expression;
    if (operator !== '++' && operator !== '--') {
      carryOut(operand, walk);
      return;
    }
    const before = counted(operand);
    set(operand, before === undefined ? undefined : before + (operator === '++' ? 1 : -1));
  } else if (expression.type === 'ArithmeticBinary') {
    const { operator, left, right } = expression;
    if (isAssignment(operator)) {
      const a = counted(left);
      carryOut(right, walk);
      const b = arithmeticAfter(right, walk);
      const sums: Readonly<Record<string, number | undefined>> = {
        '=': b,
        ...(a === undefined || b === undefined ? {} : { '+=': a + b, '-=': a - b }),
      };
      set(left, sums[operator]);
      return;
    }
    carryOut(left, walk);
    // What stands behind `&&` may not be reached.
    if (operator !== '&&' && operator !== '||') carryOut(right, walk);
    else {
      const value = arithmeticAfter(left, walk);
      if (value === undefined) forget(right, walk);
      else if ((value !== 0) === (operator === '&&')) carryOut(right, walk);
    }
  }
}

/** What an expression may have changed is not known afterwards. */
function forget(expression: ArithmeticExpression, walk: Walk): void {
  const inside: Walk = { ...walk, variables: new Map(walk.variables) };
  carryOut(expression, inside);
  for (const [name, variable] of inside.variables) {
    if (walk.variables.get(name) !== variable) walk.variables.set(name, unknownVariable(name));
  }
}
