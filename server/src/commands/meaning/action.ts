import type { CommandVariant, Effect, Lasts } from '../../model/commands.ts';
import type { Amount } from '../../model/leaf.ts';
import type { Span } from '../../syntax/span.ts';
import type { Action, ActionTarget, CommandReading, MayBeEmpty, Obstacle, Placed } from '../action.ts';
import { allMet, conditionMet } from '../match/conditions.ts';
import type { Match } from '../match/match.ts';
import type { ShellCommand } from '../shell/state/command.ts';
import type { Drawn } from '../shell/words/drawn.ts';
import { placeOf } from '../shell/words/field.ts';
import { verbOf } from '../table.ts';
import { amountOf, batchOf, type CommandAmount, declaredSpeed, pauseOf } from './amount.ts';
import { loopAround } from './bare.ts';
import { mayBeEmptyIn } from './empty.ts';
import { trafficBy } from './health-file.ts';
import { isServed, keepsHouse } from './housekeeping.ts';
import { type CommandTarget, isTargetRole, targetOf } from './target.ts';

/** The hosts that a command is carried to; undefined: it runs where the operator sits. */
export interface Carrier {
  readonly target: ActionTarget;
  /** Some of these hosts, nobody knows which; undefined: all of them. */
  readonly amount: Placed<Amount> | undefined;
  readonly batch: Placed<Amount> | undefined;
  /** At once where the command does not say, by the tool's own rule. */
  readonly usual: Amount | undefined;
  /** The hosts are only known as so many of those that something lists. */
  readonly drawn: Drawn | undefined;
  readonly mayBeEmpty: MayBeEmpty | undefined;
  readonly obstacle: Obstacle | undefined;
  /** What ends there is started again at once: a process in a container. */
  readonly heals: boolean;
}

/** What a match does, its variants and dry runs considered. */
export interface MatchedEffect {
  readonly effect: Effect | undefined;
  readonly lasts: Lasts;
  /** The variant's own speed. */
  readonly speed: string | undefined;
  /** The option or figure that chose the variant with that speed. */
  readonly speedAt?: Span | undefined;
}

/**
 * What a command does, one after the other: the first variant that hits, and where that goes on the next one,
 * else what the usage itself says. A dry run does nothing.
 */
export function effectsOf(match: Match, carrier?: Carrier, served?: ReadonlySet<string>): readonly MatchedEffect[] {
  const { usage } = match.usage;
  const values = (list: typeof usage.dryRunIf) => list.flatMap(({ value }) => value ?? []);
  const lasts = usage.lasts?.value ?? 'until-reversed';
  const hits = usage.variants.filter(({ when }) => allMet(values(when), match));
  const kept = keepsHouse(match);
  const isDry = conditionMet(values(usage.dryRunIf), match) !== undefined;
  const isDone = (hits.length > 0 ? hits : [usage]).some(({ effect = usage.effect }) => effect?.value !== 'none');
  const isOwn = !isDry && isDone && kept.some((name) => isServed(name, served));
  if (!isOwn && (isDry || kept.length > 0)) return [{ effect: 'none', lasts, speed: undefined }];
  if (isOwn || match.usage.isFlawed) return [{ effect: 'opaque', lasts, speed: undefined }];
  const traffic = trafficBy(match, carrier !== undefined);
  if (traffic !== undefined) return [{ effect: traffic, lasts, speed: undefined }];
  const last = hits.find(({ goesOn }) => !goesOn);
  const before = last === undefined ? hits : hits.slice(0, hits.indexOf(last));
  // Where nothing comes after the first things, nothing is hidden either.
  const isAll = last === undefined && before.length > 0 && isHarmless(usage.effect?.value);
  return (isAll ? before : [...before, last]).map((variant) => {
    const does = effectBy(variant, match);
    const isBack = carrier?.heals === true && does.effect === 'remove' && does.lasts === 'self-healing';
    return isBack && runsOnItsHost(match) ? { ...does, effect: 'restart' } : does;
  });
}

/** What a variant says, or the usage itself where there is none. */
function effectBy(variant: CommandVariant | undefined, match: Match): MatchedEffect {
  const { usage } = match.usage;
  const lasts = usage.lasts?.value ?? 'until-reversed';
  // In a command that is in doubt, the word that decides may not have been seen.
  const hidden = variant === undefined && match.obstacle !== undefined && isHarmless(usage.effect?.value);
  if (hidden && usage.variants.some(({ effect }) => effect !== undefined && !isHarmless(effect.value)))
    return { effect: 'opaque', lasts, speed: undefined };
  return {
    effect: variant?.effect?.value ?? usage.effect?.value,
    lasts: variant?.lasts?.value ?? lasts,
    speed: variant?.speed?.value,
    speedAt: variant?.speed && placeOfLast(variant, match),
  };
}

/** The condition that decides between variants that begin alike; of what kind a thing is (`sts`) is no fault. */
function placeOfLast({ when }: CommandVariant, match: Match): Span | undefined {
  const last = when.at(-1)?.value;
  return last === undefined || !/^[-\d]/.test(last) ? undefined : conditionMet([last], match)?.span;
}

const quiet: ReadonlySet<Effect> = new Set(['none', 'carry']);
/** No capacity goes or comes by these, whatever they are done to. */
const harmless: ReadonlySet<Effect> = new Set(['block', 'unblock', 'guard-off', 'guard-on']);
function isHarmless(effect: Effect | undefined): boolean {
  return effect === 'none' || (effect !== undefined && harmless.has(effect));
}

/** Takes servers out, for a while or for good. */
const takes: ReadonlySet<Effect> = new Set(['remove', 'restart', 'replace']);
const rolling: ReadonlySet<Effect> = new Set(['remove', 'restore', 'restart', 'replace']);

/** The change of capacity that a matched command asks for; undefined where it asks for none. */
export function actionOf(
  match: Match,
  { effect, lasts, speed, speedAt }: MatchedEffect,
  command: CommandReading,
  carrier: Carrier | undefined,
  outer: Pick<ShellCommand, 'obstacle' | 'within' | 'over' | 'together'>,
): Action | undefined {
  if (effect === undefined || quiet.has(effect)) return undefined;
  const { usage } = match.usage;
  const verb = verbSpan(match, command);
  const found: CommandTarget = targetOf(match);
  const changes = !harmless.has(effect);
  const many: CommandAmount = effect === 'opaque' ? nothing : amountOf(match, effect, verb);
  const { batch, obstacle: batchObstacle } = batchOf(match, speed, verb);
  const local = rolling.has(effect) && runsOnItsHost(match);
  const target = local && carrier !== undefined ? carrier.target : found.target;
  const homeless: Obstacle = {
    span: verb,
    why: 'it is not known on which host it runs',
    advice: 'Say where, as in `ssh HOST …`.',
  };
  const hostObstacle = local ? (carrier === undefined ? homeless : carrier.obstacle) : undefined;
  const comesBack = effect === 'restart' || effect === 'replace';
  const drawn = local ? carrier?.drawn : found.drawn;
  const own =
    flawOf(match, verb) ??
    match.obstacle ??
    (carrier && ofOneHost(match)) ??
    hostObstacle ??
    found.obstacle ??
    many.obstacle ??
    batchObstacle ??
    loopObstacle(outer.over, drawn, target, effect);
  // To a host it is all the same what names a list hands on.
  const isNames = local && own === undefined && outer.obstacle?.onlyNames === true;
  const obstacle = isNames ? undefined : (outer.obstacle ?? own);
  const named = local ? carrier?.amount : many.amount;
  const usual = carrier?.usual && { value: carrier.usual, span: verb };
  // How many hosts a tool speaks to at a time bounds only what comes back by itself (docs/commands.md); turns that are not waited for bound nothing.
  const fanned = comesBack
    ? ((local ? (carrier?.batch ?? usual) : undefined) ??
      (outer.together === undefined ? batchDrawn(drawn, verb) : undefined))
    : undefined;
  const paced = comesBack || match.usage.strict || match.usage.roles.has('pause') ? batch : undefined;
  const atOnce = paced ?? fanned;
  const guard = conditionMet(
    usage.unguardedIf.flatMap(({ value }) => value ?? []),
    match,
  );
  const risky = takes.has(effect) ? (local ? carrier?.mayBeEmpty : mayBeEmptyIn(match, effect)) : undefined;
  return {
    effect,
    // Of what changes no capacity an obstacle is not told; what it is done to is not known all the same.
    target: changes || obstacle === undefined ? target : { terms: [], wholeFleet: false },
    amount: named ?? amountDrawn(drawn),
    bounds: many.bounds,
    ...(many.isAbsent === true &&
    found.target.terms.length > 0 &&
    (obstacle === undefined || obstacle === many.obstacle)
      ? { unlessHosts: true }
      : {}),
    batch: rolling.has(effect) && !isPutOff(match) ? atOnce : undefined,
    eachGroup: many.amount === undefined && drawn?.listing.ofGroups !== false && isControlled(match),
    pause: pauseOf(match),
    takes: undefined,
    seconds: 0,
    restores: undefined,
    surge: comesBack && (speed ?? declaredSpeed(match)) === 'surge',
    lasts,
    at: verb,
    everythingAt: drawn !== undefined ? everythingDrawn(drawn) : (speedAt ?? (local ? undefined : many.everythingAt)),
    // A word that is spelled wrong is a mistake in any command.
    obstacle: changes || obstacle?.slip !== undefined ? obstacle : undefined,
    command,
    ...loopAround(outer),
    ...(drawn?.most === undefined || named !== undefined ? {} : { atMost: true }),
    ...(guard === undefined ? {} : { unguarded: { value: guard.word.value ?? '', span: guard.span } }),
    ...(risky === undefined ? {} : { mayBeEmpty: risky }),
  };
}

/** What its declaration says of a command may be anything as long as that has a mistake. */
function flawOf({ usage }: Match, span: Span): Obstacle | undefined {
  const name = `${usage.tool.tool.value} ${verbOf(usage)}`.trim();
  const why = `the declaration of \`${name}\` has a mistake, which has to be mended first`;
  return usage.isFlawed ? { span, why, advice: 'It is told where the command is declared.' } : undefined;
}

/** `shutdown -r +10` waits on each host by itself, so that all of them go at once, however few are spoken to at a time. */
function isPutOff({ usage: { tool }, bound }: Match): boolean {
  return tool.tool.value === 'shutdown' && bound.some(({ field }) => /^\+[1-9]|^\d+:\d/.test(field.value ?? ''));
}

/** On a host that it is carried to, such a name is that of something of the host's own. */
function ofOneHost({ bound }: Match): Obstacle | undefined {
  const own = bound.find(({ role }) => role === 'local');
  return own && { span: placeOf(own.field), why: 'how many of it run on other hosts is not known' };
}

const nothing: CommandAmount = { amount: undefined, everythingAt: undefined, obstacle: undefined };

function amountDrawn(drawn: Drawn | undefined): Placed<Amount> | undefined {
  const most = drawn?.most;
  return most && { value: { unit: 'servers', value: most.value }, span: most.span };
}

function batchDrawn(drawn: Drawn | undefined, span: Span): Placed<Amount> | undefined {
  return drawn?.atOnce === undefined || drawn.listing.ofGroups
    ? undefined
    : { value: { unit: 'servers', value: drawn.atOnce }, span: drawn.atOncePlace ?? span };
}

function everythingDrawn({ most, listing }: Drawn): Span | undefined {
  return most === undefined ? listing.span : undefined;
}

/** In a loop over names that are only known by their number, what is not done to these names is done who knows how often. */
function loopObstacle(
  over: Drawn | undefined,
  drawn: Drawn | undefined,
  target: ActionTarget,
  effect: Effect,
): Obstacle | undefined {
  const isSome = drawn?.most !== undefined || drawn?.sifted !== undefined;
  if (drawn?.listing.ofGroups === true && isSome)
    return { span: drawn.most?.span ?? drawn.listing.span, why: 'which of the groups it leaves is not known' };
  if (drawn !== undefined && isSome && effect === 'scale-to')
    return { span: drawn.listing.span, why: 'which of them it scales is not known' };
  // To delete a pod is another thing than to delete a deployment.
  if (drawn?.isPart === true && drawn.listing.kinds.length === 0 && (effect === 'remove' || effect === 'replace'))
    return { span: drawn.listing.span, why: 'what kind of things it lists is not known' };
  if (over === undefined || drawn?.listing === over.listing) return undefined;
  const isIdempotent = target.terms.length > 0 && target.terms.every(({ role }) => role === 'hosts');
  return isIdempotent ? undefined : { span: over.listing.span, why: 'how often it is run is not known' };
}

/** The verb that a finding stands on: the last word that all commands of the usage have, or the tool where there is none. */
function verbSpan(match: Match, command: CommandReading): Span {
  const { literals } = match.usage;
  const verb =
    match.literals.findLast(({ value }) => value !== undefined && literals.includes(value)) ?? match.literals.at(-1);
  return verb === undefined ? command.toolSpan : placeOf(verb);
}

/** The platform has a controller for each group, which rolls it by its own rule. */
function isControlled({ usage: { usage } }: Match): boolean {
  return usage.speed !== undefined && 'value' in usage.speed && usage.speed.value === 'controller';
}

/** A usage that names no servers and no number acts on the host that it runs on: `systemctl stop nginx`. */
function runsOnItsHost({ usage: { usage, roles } }: Match): boolean {
  if (usage.absent?.value === 'all' || usage.allIf.length > 0) return false;
  if (roles.has('count') || roles.has('percent')) return false;
  return ![...roles].some(isTargetRole);
}
