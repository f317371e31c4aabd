import { type Action, type CommandReading, partOf } from '../../commands/action.ts';
import type { Amount } from '../../model/leaf.ts';
import type { ActionOutcome } from '../../simulation/outcome.ts';
import type { StepHere } from '../steps/walk-steps.ts';

/** How a command was understood, its turns in a loop taken together. */
export interface Understood {
  readonly effect: string;
  /** Servers, at least and at most; for `scale-to` the new size. Undefined where it cannot be told. */
  readonly count: { readonly least: number; readonly most: number } | undefined;
  /** Names of the fleet. */
  readonly target: readonly string[];
  readonly obstacle: string | undefined;
  readonly action: Action;
}

/** What a command of a step does to capacity; undefined where it does nothing. */
export function understood({ reading, outcomes }: StepHere, command: CommandReading): Understood | undefined {
  const own = (outcomes[0]?.actions ?? []).filter(({ action }) => isOf(action, command));
  const [first] = own;
  if (first === undefined) {
    const action = reading.actions.find((one) => isOf(one, command));
    const obstacle = action?.obstacle?.why;
    return (
      action && { effect: partOf(action, command) ?? action.effect, count: undefined, target: [], obstacle, action }
    );
  }
  return {
    effect: partOf(first.action, command) ?? first.action.effect,
    count: countOf(own),
    target: [...new Set(own.flatMap(({ target }) => target))],
    obstacle: own.map(({ obstacle }) => obstacle?.why).find((why) => why !== undefined),
    action: first.action,
  };
}

function isOf(action: Action, command: CommandReading): boolean {
  return partOf(action, command) !== undefined;
}

function countOf(outcomes: readonly ActionOutcome[]): Understood['count'] {
  if (outcomes[0]?.action.effect === 'scale-to') return outcomes.at(-1)?.count;
  let least = 0;
  let most = 0;
  for (const { count } of outcomes) {
    if (count === undefined) return undefined;
    least += count.least;
    most += count.most;
  }
  return { least, most };
}

/** `remove 4 of billing`, `scale core to 58`; what cannot be told is said to be so. */
export function understoodBriefly({ effect, count, target, obstacle }: Understood): string {
  if (obstacle !== undefined || effect === 'opaque') return 'cannot tell';
  const many =
    count === undefined ? '' : count.least === count.most ? `${count.most}` : `${count.least} to ${count.most}`;
  const names = target.length > 3 ? `${target.slice(0, 3).join(', ')}, …` : target.join(', ');
  if (effect === 'scale-to') return `scale ${names} to ${many}`.replace(/\s+/g, ' ').trim();
  const whose = names === '' ? '' : many === '' ? ` ${names}` : ` of ${names === 'all' ? 'the whole fleet' : names}`;
  return `${effect}${many === '' ? '' : ` ${many}`}${whose}`;
}

/** `4 servers`, `10 %`, `all`. */
export function amountText(amount: Amount): string {
  if (amount.unit === 'all') return 'all';
  return amount.unit === 'percent'
    ? `${amount.value / 1000} %`
    : `${amount.value} server${amount.value === 1 ? '' : 's'}`;
}
