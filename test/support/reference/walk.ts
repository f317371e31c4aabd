import { advance, begin, end } from './advance.ts';
import { type Case, changesOf, type PlainStep } from './case.ts';
import { type Facts, factsOf } from './gauges.ts';
import { judge, type Report, type Seen } from './judge.ts';
import { forgetful } from './leave.ts';
import { lower } from './lists.ts';
import type { Mistake } from './mistake.ts';
import { passAfter, type Run, roundsOf, stepOf, type Task, tasksOf, tasksOfChange } from './tasks.ts';
import { distinct, firstWorlds, keyOf, kindsOf, type Past, type Round, type World } from './world.ts';

/** What is said of every step, by its path; undefined where there are more worlds than the reference has patience for. */
export function enumerate(
  one: Case,
  { patience = 5000, mistake }: { readonly patience?: number; readonly mistake?: Mistake } = {},
): ReadonlyMap<string, Report> | undefined {
  const kinds = kindsOf(one);
  const walk = new Walk(factsOf(one, kinds, mistake), patience);
  try {
    let worlds = distinct(firstWorlds(kinds, one.fleet.groups));
    for (const [i, step] of one.steps.entries()) {
      worlds = distinct(worlds.map((world) => forgetful(walk.facts, { ...world, rounds: [], past: [] })));
      worlds = walk.perform(worlds, step, `${i}`, '');
      if (mistake === 'greedy') worlds = extremes(walk.facts, worlds);
    }
    return walk.reports;
  } catch (error) {
    if (error instanceof TooMany) return undefined;
    throw error;
  }
}

/** A mistake on purpose: all worlds are forgotten but those that are worst or best for some subsystem now. */
function extremes({ gauges, subsystems }: Facts, worlds: readonly World[]): readonly World[] {
  const kept = subsystems.flatMap((_, s) => {
    const values = worlds.map(({ servers }) => gauges[s]?.read(servers) ?? 0);
    const [low, high] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
    return worlds.filter((_, i) => i === low || i === high);
  });
  return [...new Set(kept)];
}

function runKey({ world, clock, todo }: Run): string {
  return `${keyOf(world)} ${clock} ${todo.map(taskKey).join()}`;
}

function taskKey(task: Task): string {
  if (task.task !== 'branches') return JSON.stringify(task);
  return task.branches.map(({ clock, todo }) => `<${clock} ${todo.map(taskKey).join()}>`).join();
}

/** What has been seen of steps that have ended is put down elsewhere; of those in a repeat, all rounds belong together. */
function withoutEnded(world: World): World {
  let { past } = world;
  for (const { name, open, done, before, lowest, hasty } of world.rounds) {
    if (open || !done || !name.includes('#')) continue;
    const path = stepOf(name);
    const known = past.find((one) => one.path === path);
    const all: Past = {
      path,
      lowest: known === undefined ? lowest : lower(known.lowest, lowest),
      fell: lowest.map((low, g) => low < (before[g] ?? low) || known?.fell[g] === true),
      hasty: hasty.map((is, s) => is || known?.hasty[s] === true),
    };
    past = [...past.filter((one) => one !== known), all].toSorted((a, b) => inText(a.path, b.path));
  }
  return { ...world, past, rounds: world.rounds.filter(({ open }) => open) };
}

function inText(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

class TooMany extends Error {}

class Walk {
  readonly facts: Facts;
  readonly reports = new Map<string, Report>();
  readonly #patience: number;
  readonly #seen = new Map<string, Seen>();
  /** Steps that asked for more than there was; true where they did so in every world. */
  readonly #exceeding = new Map<string, boolean>();
  readonly #fallen = new Set<string>();

  constructor(facts: Facts, patience: number) {
    this.facts = facts;
    this.#patience = patience;
  }

  /** The worlds after the step, of which its report is put down. A step with `when` has happened in some of them and not in others. */
  perform(worlds: readonly World[], step: PlainStep, path: string, round: string): readonly World[] {
    const seen = this.#seenIn(path + round);
    seen.before.push(...this.#read(worlds));
    const done = this.#perform(worlds, step, path, round);
    const after = step.when ? distinct([...done, ...worlds]) : done;
    seen.after.push(...this.#read(after));
    const known = {
      facts: this.facts,
      seen: this.#seen,
      exceeding: this.#exceeding,
      fallen: this.#fallen,
      reports: this.reports,
    };
    judge(known, after, step, path);
    return after;
  }

  #perform(worlds: readonly World[], step: PlainStep, path: string, round: string): readonly World[] {
    const name = path + round;
    const { does } = step;
    const rest = passAfter(step, name);
    let now = worlds.map((world) => begin(this.facts, world, name, rest.length > 0 ? world.time : undefined));
    switch (does.kind) {
      case 'leaf':
        for (const i of changesOf(does).keys()) now = this.#attempt(now, tasksOfChange(step, i, path, round));
        break;
      case 'repeat':
        for (const each of roundsOf(does.times, round))
          for (const [i, inner] of does.steps.entries()) now = [...this.perform(now, inner, `${path}.${i}`, each)];
        break;
      case 'parallel': {
        const branches = does.steps.map((one, i) => ({ clock: undefined, todo: tasksOf(one, `${path}.${i}`, round) }));
        now = this.#attempt(now, [{ task: 'branches', branches }]);
        break;
      }
    }
    now = this.#attempt(now, rest);
    const done = now.map((world) => end(this.facts, world, name));
    this.#put(done.flatMap(({ rounds }) => rounds.filter(({ open }) => !open)));
    return distinct(done.map(withoutEnded));
  }

  /**
   * Worlds in which a change asks for more than there is are no worlds of this runbook.
   * But where a step comes to its end in none, the last change in its text that asked for too much takes all there is.
   */
  #attempt(worlds: readonly World[], todo: readonly Task[]): World[] {
    const clamped = new Set<string>();
    for (;;) {
      const { finished, lost, rounds } = this.#run(worlds, todo, clamped);
      const tooMuch = new Set(lost.flatMap(({ asked }) => asked.flatMap((one) => (one.exceeds ? [one.change] : []))));
      const fresh = [...tooMuch].filter((change) => !clamped.has(change));
      const over = new Set([...rounds].flatMap(({ name, open, done }) => (done && !open ? [stepOf(name)] : [])));
      const begun = lost.flatMap((world) => world.rounds.map(({ name }) => stepOf(name)));
      const stuck = new Set(begun.filter((path) => !over.has(path)));
      const isStuck = (change: string) =>
        [...stuck].some((path) => stepOf(change) === path || change.startsWith(`${path}.`));
      const last = (finished.length === 0 ? fresh : fresh.filter(isStuck)).toSorted(inText).at(-1);
      if (last !== undefined) {
        clamped.add(last);
        continue;
      }
      for (const change of fresh) this.#exceed(change, false);
      for (const change of clamped) this.#exceed(change, true);
      this.#put(rounds);
      return finished.map((world) => ({ ...world, asked: [] }));
    }
  }

  /** Every world that doing these things leads to, those that are lost on the way, and what was seen of every step inside. */
  #run(worlds: readonly World[], todo: readonly Task[], clamped: ReadonlySet<string>) {
    // Of the steps around this one, and of those before it, nothing is seen here.
    const others = new Set(worlds.flatMap((world) => world.rounds.map(({ name }) => name)));
    const finished = new Map<string, World>();
    const lost: World[] = [];
    const rounds = new Set<Round>();
    let runs: readonly Run[] = worlds.map((world) => ({ world, clock: world.time, todo }));
    while (runs.length > 0) {
      const next = new Map<string, Run>();
      for (const run of runs) {
        if (run.todo.length === 0) finished.set(keyOf(run.world), run.world);
        else
          for (const one of advance(this.facts, run)) {
            const own = one.world.rounds.filter(({ name }) => !others.has(name));
            if (one.world.asked.some(({ change, exceeds }) => exceeds && !clamped.has(change))) {
              lost.push({ ...one.world, rounds: own });
              continue;
            }
            for (const round of own) rounds.add(round);
            const left = { ...one, world: withoutEnded(one.world) };
            next.set(runKey(left), left);
          }
        if (next.size + finished.size > this.#patience) throw new TooMany();
      }
      runs = [...next.values()];
    }
    return { finished: [...finished.values()], lost, rounds };
  }

  #exceed(change: string, certain: boolean): void {
    const path = stepOf(change);
    this.#exceeding.set(path, certain || this.#exceeding.get(path) === true);
  }

  #put(rounds: Iterable<Round>): void {
    for (const { name, done, open, before, lowest, after, hasty } of rounds) {
      const seen = this.#seenIn(name);
      if (done) seen.before.push(before);
      if (open) continue;
      seen.after.push(after);
      if (done) {
        seen.lowest.push(lowest);
        seen.ways.push([before, lowest]);
        seen.hasty.push(hasty);
      }
    }
  }

  #seenIn(name: string): Seen {
    const known = this.#seen.get(name) ?? { before: [], lowest: [], after: [], hasty: [], ways: [] };
    this.#seen.set(name, known);
    return known;
  }

  #read(worlds: readonly World[]): readonly (readonly number[])[] {
    return worlds.map(({ servers }) => this.facts.gauges.map(({ read }) => read(servers)));
  }
}
