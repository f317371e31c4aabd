import type { Step } from '../model/runbook.ts';
import { figureOf } from './figure.ts';
import type { FixContext } from './rule.ts';

/**
 * The figure that may have been meant by the typed one: one slip of the key away, said elsewhere in the runbook, and safe.
 * Where nothing near is said, the typed figure without one of its digits.
 */
export function meantFigure(
  typed: number,
  context: FixContext,
  clears: (servers: number) => boolean,
): number | undefined {
  const near = saidFigures(context).filter((said) => isSlip(`${typed}`, `${said}`));
  const candidates = near.length > 0 ? near : shortened(`${typed}`);
  return candidates.find((servers) => servers > 0 && servers !== typed && clears(servers));
}

/** Without one digit, the last first: a key that was hit once too often is mostly the last one. */
function shortened(typed: string): readonly number[] {
  const shorter = Array.from(typed, (_, i) => typed.slice(0, typed.length - 1 - i) + typed.slice(typed.length - i));
  return shorter.filter((digits) => /^[1-9]/.test(digits)).map(Number);
}

/** Figures that the step says itself, then the defaults of the parameters, then those of the other steps. */
function saidFigures({ step, siblings, head, otherActions }: FixContext): readonly number[] {
  const intent = step?.intent?.count?.value;
  const own = [...(intent?.unit === 'servers' ? [intent.value] : []), ...(step ? figuresIn(textOf(step)) : [])];
  const defaults = (head?.parameters ?? []).flatMap((parameter) => figuresIn(parameter.default?.value ?? ''));
  const typed = otherActions.flatMap((action) => {
    const amount = figureOf(action)?.value;
    return amount?.unit === 'servers' ? [amount.value] : [];
  });
  const beside = siblings.flatMap((sibling) => (sibling === step ? [] : figuresIn(textOf(sibling))));
  return [...new Set([...own, ...defaults, ...typed, ...beside])];
}

function textOf(step: Step): string {
  return `${step.name?.value ?? ''} ${step.description?.value ?? ''}`;
}

const ones = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].concat([
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
]);
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const numberWord = new RegExp(
  `\\b(?:(${tens.join('|')})(?:[- ](${ones.slice(1, 10).join('|')}))?|(${ones.join('|')}))\\b`,
  'g',
);
/** Digits that stand alone: not those of `core-a2`, `15m`, `10%` or `1.5`. */
const digits = /(?<![\w.:-])\d{1,9}(?![\w%:-]|\.\d)/g;

/** Whole numbers in a text, in digits and in words. */
function figuresIn(text: string): readonly number[] {
  const written = Array.from(text.matchAll(digits), ([figure]) => Number(figure));
  const spoken = Array.from(text.toLowerCase().matchAll(numberWord), ([, ten, one, small]) =>
    ten === undefined ? ones.indexOf(small ?? '') : 20 + 10 * tens.indexOf(ten) + Math.max(0, ones.indexOf(one ?? '')),
  );
  return [...written, ...spoken];
}

/** Whether one digit too many, too few, beside the right one or swapped with the next makes one of the other. */
function isSlip(typed: string, said: string): boolean {
  if (typed === said || Math.abs(typed.length - said.length) > 1) return false;
  let at = 0;
  while (at < typed.length && typed[at] === said[at]) at += 1;
  const [one, two] = [typed.slice(at), said.slice(at)];
  if (one.slice(1) === two || one === two.slice(1)) return true;
  if (one.slice(1) === two.slice(1)) return areNeighbours(one[0] ?? '', two[0] ?? '');
  return one[0] === two[1] && one[1] === two[0] && one.slice(2) === two.slice(2);
}

const rows = ['1234567890', '789', '456', '123', '0'];
const columns = ['0147', '0258', '369'];

/** Keys that touch, above the letters or on the keypad. */
function areNeighbours(a: string, b: string): boolean {
  return [...rows, ...columns].some((keys) => keys.includes(a + b) || keys.includes(b + a));
}
