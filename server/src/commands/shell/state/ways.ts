import type { Choose, Shared } from './command.ts';

/** Walks ways of which one is taken: each begins with what was running before them, and what they come to is what may be. */
export function oneOfTheWays(
  choose: Choose,
  { running, leaving, files }: Pick<Shared, 'running' | 'leaving' | 'files'>,
): Choose {
  return (ways, place, kind) => {
    const { open, gate } = running;
    const before = new Map(files);
    let waiting = 0;
    let held = gate;
    // Where one way leaves, or writes a file, nobody knows whether it is taken.
    const walked = ways.map((way) => () => {
      running.open = open;
      running.gate = gate;
      way();
      leaving.now = undefined;
      if (running.open === undefined) waiting += 1;
      else held = running.gate ?? held;
    });
    choose(walked, place, kind);
    for (const [path, text] of files) if (before.get(path) !== text) files.delete(path);
    if (open === undefined || waiting === ways.length) return;
    // What only one of the ways waits for may be running still, and nobody knows how much of it.
    running.open = open;
    running.gate = waiting > 0 ? { limit: 'unknown', place: undefined } : held;
  };
}
