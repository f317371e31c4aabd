import type { Step } from '../../model/runbook.ts';
import { numbersIn } from '../evidence/numbers.ts';
import { saidFigures } from '../evidence/said-figures.ts';
import { isSlip } from '../evidence/slip.ts';
import type { FixContext } from '../rule.ts';
import { figureOf } from '../telling/figure.ts';

/**
 * The figure that may have been meant by the typed one: one slip of the key away, said elsewhere in the runbook, and safe.
 * Where nothing near is said, the typed figure without one of its digits; none where the step says the typed figure itself.
 */
export function meantFigure(
  typed: number,
  context: FixContext,
  clears: (servers: number) => boolean,
): number | undefined {
  const { step } = context;
  const intent = step?.intent?.count?.value;
  const intended = intent?.unit === 'servers' ? [intent.value] : [];
  if ([...intended, ...numbersIn(textOf(step))].includes(typed)) return undefined;
  const said = [...intended, ...figuresIn(textOf(step)), ...otherFigures(context)];
  const near = said.filter((figure) => isSlip(typed, figure));
  const candidates = near.length > 0 ? near : shortened(`${typed}`);
  return candidates.find((servers) => servers > 0 && servers !== typed && clears(servers));
}

/** Without one digit, the last first: a key that was hit once too often is mostly the last one. */
function shortened(typed: string): readonly number[] {
  const shorter = Array.from(typed, (_, i) => typed.slice(0, typed.length - 1 - i) + typed.slice(typed.length - i));
  return shorter.filter((digits) => /^[1-9]/.test(digits)).map(Number);
}

/** The numbers in a text that may be figures: the 42 of a release is none. */
function figuresIn(text: string): readonly number[] {
  return saidFigures(text, new Set()).map(({ value }) => value);
}

/** The defaults of the parameters, then the figures of the other steps. */
function otherFigures({ step, siblings, head, otherActions }: FixContext): readonly number[] {
  const defaults = (head?.parameters ?? []).flatMap((parameter) => numbersIn(parameter.default?.value ?? ''));
  const typed = otherActions.flatMap((action) => {
    const amount = figureOf(action)?.value;
    return amount?.unit === 'servers' ? [amount.value] : [];
  });
  const beside = siblings.flatMap((sibling) => (sibling === step ? [] : figuresIn(textOf(sibling))));
  return [...new Set([...defaults, ...typed, ...beside])];
}

function textOf(step: Step | undefined): string {
  return `${step?.name?.value ?? ''} ${step?.description?.value ?? ''}`;
}
