import type { StepToSimulate, Surroundings } from './plan/plan.ts';
import type { Belief } from './worlds/belief.ts';

type Action = StepToSimulate['actions'][number];
type Groups = Surroundings['world']['capacity']['groups'];

/** The most that one step is taken to cost. */
const most = 1e6;
/** Changes that may go in any order, and rounds, of which each more is taken to cost as much again as all before. */
const [mostDoublings, mostRounds] = [12, 8];

/** About how much a step costs to carry out, a plain one being 1: a guess from its form and from what may be the case before it. */
export function costOf({ world }: Surroundings, before: Belief, step: StepToSimulate): number {
  const ways = before.branches.reduce(
    (sum, { factors, open }) =>
      factors.reduce((all, { alternatives }) => all + alternatives.length, sum + open.length ** 2),
    0,
  );
  return Math.min(most, formOf(step, world.capacity.groups) * (1 + ways / 8));
}

function formOf({ step, actions, inner }: StepToSimulate, groups: Groups): number {
  const own = actions.reduce((sum, action) => sum + costOfAction(action, groups), 1);
  const within = inner.reduce((sum, one) => sum + formOf(one, groups), 0);
  const unless = step.when === undefined ? 1 : 2;
  if (step.kind === 'parallel')
    return unless * (own + within) * 2 ** Math.min(mostDoublings, inner.length + within / 4);
  const rounds = step.kind === 'repeat' ? Math.min(mostRounds, step.times?.value ?? 1) : 1;
  return unless * (own + within * rounds);
}

/** Servers of several groups may be meant, and it is not said which: in every batch anew. */
function costOfAction({ effect, target: { terms, wholeFleet }, batch }: Action, groups: Groups): number {
  const chooses = wholeFleet || !terms.some(({ role }) => role === 'hosts' || role === 'group');
  if (!chooses) return 1;
  const choices = 4 + groups.length ** 2 / 4;
  if (effect !== 'restart' && effect !== 'replace') return choices;
  const servers = groups.reduce((sum, { size }) => sum + size, 0);
  const atOnce = batch?.value.unit === 'servers' ? Math.max(1, batch.value.value) : servers;
  return choices * (1 + servers / atOnce);
}
