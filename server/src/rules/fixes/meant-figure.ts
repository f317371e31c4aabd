import type { Step } from '../../model/runbook.ts';
import { numbersIn } from '../evidence/said-figures.ts';
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
  const own = ownFigures(context);
  if (own.includes(typed)) return undefined;
  const near = [...own, ...otherFigures(context)].filter((said) => isSlip(typed, said));
  const candidates = near.length > 0 ? near : shortened(`${typed}`);
  return candidates.find((servers) => servers > 0 && servers !== typed && clears(servers));
}

/** Without one digit, the last first: a key that was hit once too often is mostly the last one. */
function shortened(typed: string): readonly number[] {
  const shorter = Array.from(typed, (_, i) => typed.slice(0, typed.length - 1 - i) + typed.slice(typed.length - i));
  return shorter.filter((digits) => /^[1-9]/.test(digits)).map(Number);
}

/** Figures that the step says itself. */
function ownFigures({ step }: FixContext): readonly number[] {
  const intent = step?.intent?.count?.value;
  return [...(intent?.unit === 'servers' ? [intent.value] : []), ...(step ? numbersIn(textOf(step)) : [])];
}

/** The defaults of the parameters, then the figures of the other steps. */
function otherFigures({ step, siblings, head, otherActions }: FixContext): readonly number[] {
  const defaults = (head?.parameters ?? []).flatMap((parameter) => numbersIn(parameter.default?.value ?? ''));
  const typed = otherActions.flatMap((action) => {
    const amount = figureOf(action)?.value;
    return amount?.unit === 'servers' ? [amount.value] : [];
  });
  const beside = siblings.flatMap((sibling) => (sibling === step ? [] : numbersIn(textOf(sibling))));
  return [...new Set([...defaults, ...typed, ...beside])];
}

function textOf(step: Step): string {
  return `${step.name?.value ?? ''} ${step.description?.value ?? ''}`;
}
