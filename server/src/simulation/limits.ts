/**
 * How much work one step may be. Beyond a limit a question is left open, and the step says that it cannot be told: nothing hangs.
 * Steps that people write stay far below; what each limit is for is said beside it.
 */

/** Why a step that reaches a limit cannot be told. */
export const beyondLimits = 'it can go in more ways than are followed';

/** Changes along all paths of one step: about a second of work. */
export const mostChanges = 30_000;

/** Changes over all attempts at one step: each command in it that asks for more than there is takes another attempt. */
export const mostInAttempts = 100_000;

/**
 * How much work all steps together may be, in changes along all paths: steps of fewer than `light` do not count.
 * When the others, each of which counts for `mostChanges` at most, have come to `before` thousands, a step may be half of `mostChanges`, and half of that again every some thousands more, down to `least`.
 */
export const mostInWalk = { light: 2_000, before: 90, halvedEvery: 40, least: 2_000 };

/** Changes along all paths of a repeat, over all attempts at it; beyond them it is told round by round, which costs as much as its steps do by themselves. */
export const mostInRepeat = 30_000;

/** Paths that are left after a step of a repeat, of which the next one follows each. */
export const mostInRound = 2_000;

/** Rounds of a repeat that are told one by one, as long as what is the case goes on changing. */
export const mostUnrolled = 50;

/** Alternatives of some cells that are followed and kept: each is looked at by every later step that touches them. */
export const mostAlternatives = 10_000;

/** Where a choice has no more ways than these, writing them out is less work than a flow, and tells of every rule at once. */
export const fewWays = 64;

/** Ways in which an open may be in the cells that a step touches, and in which the last batches of a restart may have gone: each is a branch that is followed by itself. */
export const mostConditions = 400;

/** Ways in which the last batches of a restart may have gone that show what any one window holds, times those in which others have left before, of which one is left open. */
export const mostTails = 1_000;

/** Takes times cells times tallies of all that stays open beside a step, over all branches: for each tally of each a flow, in less than a second for all. */
export const mostFlows = 2_500_000;

/** Changes batch by batch of one cell, beside one another, of which it is followed which servers each has still to take; each doubles the places of the cell. */
export const mostRolling = 4;

/** Where something warms up beside restarts: how many batches of each are out or back, times how many have been when each of what comes is there. */
export const mostInTurn = 4_000;

/** Removals of one step that are looked at together, as one flow for each gauge and moment. */
export const mostTakes = 120;

/** Worlds in which a restart of many cells is looked at one by one: each is worked out from its beginning. */
export const mostWorlds = 1_000;

/** Restarts beside one another of which each may have a batch out or not while another step goes. */
export const mostRestarts = 8;

/** Numbers of servers that a restart beside others may find in service, of which each is looked at. */
export const mostNumbers = 40;

/** Gauges that a part may leave as they were, of which each subset is looked at. */
export const mostLeft = 6;

/** Ways to place takes that are tried to keep several bounds at once. */
export const mostPlacings = 20_000;

/** Ways for the next batch of a restart that are tried to put its batches together as well as can be; beyond them it is said what no way can do better than. */
export const mostBatchings = 5_000;

/** Choices in factors that are tried to meet several needs at once. */
export const mostTries = 50_000;

/** Alternatives of an open that are written out to meet several needs at once, or to look at each by itself. */
export const mostWritten = 2_000;

/** Choices in factors beside which takes are placed anew to keep several bounds at once. */
export const mostChoices = 2_000;

/** Offers among which those that another outdoes are looked for, each beside each. */
export const mostCompared = 500;

/** Ways to give the batches of a restart that one window holds their speeds, where some servers warm up more slowly than others. */
export const mostPacings = 1_000;

/** Kinds of servers that differ in where they stand and what they serve, and zones of them, over which batches are put together in some ways that show all there is to see. */
export const mostKinds = 12;
export const mostZonesParted = 4;

/** Batches of which such a way may consist. */
export const mostBatches = 10_000;
