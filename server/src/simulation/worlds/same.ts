import type { Seconds } from '../../model/leaf.ts';
import { type Belief, type Branch, uncertainIn } from './belief.ts';
import type { Alternative } from './factor.ts';
import { openKey } from './open.ts';
import { keyOf, statusOf } from './status.ts';
import type { World } from './world.ts';

/** Two alternatives with the same key are the same from now on. */
export function alternativeKey({ statuses, leavings }: Alternative, now: Seconds): string {
  let key = '';
  for (const status of statuses) key += `${keyOf(status, now)};`;
  for (const { at, parts } of leavings) key += `|${now - at}:${parts.join(' ')}`;
  return key;
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

export function branchKey(world: World, branch: Branch): string {
  const uncertain = uncertainIn(branch);
  let key = '';
  for (const { index } of world.cells.cells) {
    const status = branch.known.at(index);
    key += uncertain.has(index) || status === undefined ? '?;' : `${keyOf(status, branch.now)};`;
  }
  for (const { at, parts } of branch.leavings) key += `|${branch.now - at}:${parts.join(' ')}`;
  const factors = branch.factors.map(
    ({ cells, alternatives }) =>
      `${cells.join()}=${alternatives
        .map((one) => alternativeKey(one, branch.now))
        .sort()
        .join('/')}`,
  );
  const open = [...branch.open, ...branch.echoes].map((one) => openKey(world, one, branch.now));
  return `${key} ${factors.sort().join(' ')} ${open.sort().join(' ')}`;
}

/** Whether the same is the case, whatever the clock says. */
export function sameBelief(world: World, a: Belief, b: Belief): boolean {
  if (a === b) return true;
  if (a.branches.length !== b.branches.length) return false;
  const isPlain = [a, b].every(
    ({ branches }) =>
      branches.length === 1 && branches.every((branch) => branch.factors.length === 0 && isWithoutTime(branch)),
  );
  const [one] = a.branches;
  const [other] = b.branches;
  if (isPlain && one !== undefined && other !== undefined) {
    if (!one.tally.every((value, i) => value === other.tally[i])) return false;
    return one.known
      .differences(other.known)
      .every((cell) => keyOf(one.known.at(cell) ?? statusOf(0), 0) === keyOf(other.known.at(cell) ?? statusOf(0), 0));
  }
  const keys = (belief: Belief) =>
    belief.branches
      .map((branch) => branchKey(world, branch))
      .sort()
      .join('\n');
  return keys(a) === keys(b);
}
