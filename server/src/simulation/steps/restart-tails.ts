import type { Course } from './restart-course.ts';

/** The last batches as they may have been, the last one first. */
export interface Tail {
  readonly takes: readonly Aged[];
  /** How long it took in all; undefined: so long that nothing before it matters any more. */
  readonly lasted: number | undefined;
}

/** Servers that left so long before the end. */
export interface Aged {
  readonly age: number;
  readonly count: number;
  /** How long a batch is out at least that one of them is in. */
  readonly isFrom: (lasts: number) => boolean;
}

/** What has gone after a batch. */
interface Behind {
  /** How long before the end the batch has left with a surge; else how long before it that batch is back. */
  readonly age: number;
  readonly takes: readonly Aged[];
  /** By speed: how many batches, and servers in them. */
  readonly gone: readonly { readonly batches: number; readonly all: number }[];
  /** The place of the speed of the first of these. */
  readonly at: number;
}

/** Of the speeds that a batch may have, by their places, those that are looked at before one of speed `at`, and in which order it goes on before each. */
type Order = (there: readonly number[], at: number) => readonly (readonly [speed: number, then: Order])[];

const any: Order = (there) => there.map((speed) => [speed, any]);

/** The last ones are the fastest, and none is faster than the one after it while there are others. */
const rising: Order = (there, at) => {
  const slower = there.filter((speed) => speed >= at);
  return (slower.length > 0 ? slower : there.slice(-1)).map((speed) => [speed, rising]);
};

/** The same without batches that take no time as long as there are others: it makes none of the next ones leave the window. */
const risingInTime: Order = (there, at) => {
  const others = there.filter((speed) => speed > 0);
  return rising(others.length > 0 ? others : there, at).map(([speed]) => [speed, risingInTime]);
};

/** The other way round. */
const falling: Order = (there, at) => {
  const faster = there.filter((speed) => speed <= at);
  return (faster.length > 0 ? faster : there.slice(0, 1)).map((speed) => [speed, falling]);
};

/** All ways in which the last batches may have gone that one window may still hold. */
export function* allTails(course: Course, window: number): Generator<Tail> {
  yield* tails(course, window, any);
}

/**
 * Ways in which the last batches may have gone that show how much at least and at most has left within any one window, by what went within it alone.
 * It is a matter of which batches it holds, and not of their order: of each set of them there is one way before which the next is as slow as can be,
 * so that the window holds no more, and one before which it is as fast as can be, so that it holds all that it may.
 * With a surge a batch leaves when its time is over, so that the most is in a window whose first batch is the slowest, and the least where that is the fastest.
 */
export function* extremeTails(course: Course, window: number): Generator<Tail> {
  const hasInstant = !course.surge && (course.speeds[0] ?? 0) + course.pause === 0;
  yield* tails(course, window, hasInstant ? risingInTime : rising);
  yield* tails(course, window, falling);
}

function* tails(course: Course, window: number, order: Order): Generator<Tail> {
  const { rounds, batch, left, speeds, pause, surge } = course;
  const isThere = room(course);
  const places = [...speeds.keys()];
  const last = left - (rounds - 1) * batch;
  const ofAll = () => true;
  const first = order === falling ? speeds.length - 1 : 0;
  yield* before(rounds, { age: 0, takes: [], gone: speeds.map(() => ({ batches: 0, all: 0 })), at: first }, order);

  function* before(round: number, behind: Behind, along: Order): Generator<Tail> {
    const { age, takes, gone } = behind;
    const count = round === rounds ? last : batch;
    // A smaller one is the last in any case, and may be as fast as it likes.
    const isApart = count < batch;
    const wait = round > 1 ? pause : 0;
    const there = places.filter((speed) => isThere(gone, speed, count));
    for (const [at, then] of isApart ? there.map((speed) => [speed, along] as const) : along(there, behind.at)) {
      const lasts = speeds[at] ?? 0;
      const start = age + lasts;
      const own = surge ? age : start;
      const slow: Aged = { age: own, count: 1, isFrom: (other) => other >= lasts };
      if (own >= window) {
        // However slow it was, it does not matter any more; but that it was not faster tells of the others.
        yield { takes: [...takes, slow], lasted: undefined };
        return;
      }
      if (surge && round > 1 && start + wait >= window) {
        yield { takes: [...takes, slow, { age: own, count: count - 1, isFrom: ofAll }], lasted: undefined };
        return;
      }
      const those: readonly Aged[] =
        speeds.length === 1
          ? [{ age: own, count, isFrom: ofAll }]
          : [
              { age: own, count: 1, isFrom: (other) => other === lasts },
              { age: own, count: count - 1, isFrom: (other) => other <= lasts },
            ];
      const all = [...takes, ...those];
      const { batches = 0, all: servers = 0 } = gone[at] ?? {};
      const next = gone.with(at, { batches: batches + 1, all: servers + count });
      if (round === 1) yield { takes: all, lasted: start };
      else yield* before(round - 1, { age: start + wait, takes: all, gone: next, at: isApart ? first : at }, then);
    }
  }
}

/** Whether there are servers for one more batch of a speed, and of so many servers. */
function room({ speeds, lasts, due }: Course): (gone: Behind['gone'], speed: number, count: number) => boolean {
  const servers = (isAsked: (own: number) => boolean) =>
    due.reduce((sum, count, position) => sum + (isAsked(lasts[position] ?? 0) ? count : 0), 0);
  const exactly = speeds.map((speed) => servers((own) => own === speed));
  const upTo = speeds.map((speed) => servers((own) => own <= speed));
  return (gone, speed, count) => {
    let sum = count;
    for (const [other, { batches, all }] of gone.entries()) {
      sum += all;
      if (other === speed && batches >= (exactly[other] ?? 0)) return false;
      if (other >= speed && sum > (upTo[other] ?? 0)) return false;
    }
    return true;
  };
}
