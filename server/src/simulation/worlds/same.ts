import type { Seconds } from '../../model/leaf.ts';
import { type Belief, type Branch, uncertainIn } from './belief.ts';
import { echoKey } from './echoes.ts';
import type { Alternative } from './factor.ts';
import { leavingsKey } from './leavings.ts';
import { type Open, openKey } from './open.ts';
import { keyOf, statusOf } from './status.ts';
import type { World } from './world.ts';

/** Two alternatives with the same key are the same from now on. */
export function alternativeKey({ statuses, leavings }: Alternative, now: Seconds): string {
  let key = '';
  for (const status of statuses) key += `${keyOf(status, now)};`;
  return key + leavingsKey(leavings, now);
}

export function isWithoutTime({ timed, leavings, factors, open, echoes }: Branch): boolean {
  if (open.length > 0 || echoes.length > 0) return false;
  return (
    timed.length === 0 &&
    leavings.length === 0 &&
    factors.every(({ alternatives }) =>
      alternatives.every(
        (one) => one.leavings.length === 0 && one.statuses.every(({ warming }) => warming.length === 0),
      ),
    )
  );
}

/** Whether it does not matter any more how much time has passed since these servers went. */
export function isOutForGood(world: World, { base, takes }: Open, now: Seconds): boolean {
  return (
    base.every(({ warming }) => warming.length === 0) &&
    takes.every(({ state, at }) => state === 'out' && now - at >= world.window)
  );
}

export function branchKey(world: World, branch: Branch): string {
  const uncertain = uncertainIn(branch);
  let key = '';
  for (const { index } of world.cells.cells) {
    const status = branch.known.at(index);
    key += uncertain.has(index) || status === undefined ? '?;' : `${keyOf(status, branch.now)};`;
  }
  key += leavingsKey(branch.leavings, branch.now);
  const factors = branch.factors.map(
    ({ cells, alternatives }) =>
      `${cells.join()}=${alternatives
        .map((one) => alternativeKey(one, branch.now))
        .sort()
        .join('/')}`,
  );
  const open = branch.open.map((one) => openKey(world, one, branch.now));
  const echoes = branch.echoes.map((one) => echoKey(world, one, branch.now));
  return `${key} ${factors.sort().join(' ')} ${open.sort().join(' ')} ${echoes.sort().join(' ')}`;
}

/** Whether the same is the case, whatever the clock says. */
export function sameBelief(world: World, a: Belief, b: Belief): boolean {
  if (a === b) return true;
  if (a.branches.length !== b.branches.length) return false;
  const [one] = a.branches;
  const [other] = b.branches;
  if (one !== undefined && other !== undefined && a.branches.length === 1 && isKnown(one) && isKnown(other))
    return sameKnown(one, other);
  const keys = (belief: Belief) =>
    belief.branches
      .map((branch) => branchKey(world, branch))
      .sort()
      .join('\n');
  return keys(a) === keys(b);
}

/** Of no cell it is a choice where its servers are. */
export function isKnown({ factors, open, echoes }: Branch): boolean {
  return factors.length + open.length + echoes.length === 0;
}

/** At little cost: only what is not the very same object is looked at, and what is a matter of time. */
function sameKnown(a: Branch, b: Branch): boolean {
  if (a.leavings.length !== b.leavings.length || !a.tally.equals(b.tally)) return false;
  const isSame = (cell: number) => keyIn(a, cell) === keyIn(b, cell);
  return (
    leavingsKey(a.leavings, a.now) === leavingsKey(b.leavings, b.now) &&
    a.known.differences(b.known).every(isSame) &&
    (a.now === b.now || (a.timed.every(isSame) && b.timed.every(isSame)))
  );
}

function keyIn({ known, now }: Branch, cell: number): string {
  return keyOf(known.at(cell) ?? statusOf(0), now);
}
