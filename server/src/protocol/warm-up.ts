import { createProject } from '../project/project.ts';

const files: Readonly<Record<string, string>> = {
  'file:///a.fleet.yaml': 'fleet: a\nsubsystems:\n  b: { capacity: 4, minimum: 2 }\n',
  'file:///a.runbook.yaml':
    'runbook: a\nfleet: ./a.fleet.yaml\nsteps:\n  - id: c\n    remove: { subsystem: b, count: 3 }\n  - run: kubectl drain d\n  - restore: c\n',
};

/** Checks a small runbook that nobody sees: what is only made once, such as the table of the built-in tools, is there for the first that somebody does. */
export async function warmUp(): Promise<void> {
  const project = createProject({
    read: async (uri) => {
      const text = files[uri];
      return text === undefined ? { why: 'missing' } : { text };
    },
    list: async () => [],
  });
  await project.analyse('file:///a.runbook.yaml');
}
