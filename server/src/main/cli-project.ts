import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import picocolors from 'picocolors';
import type { SeveritySetting } from '../model/severity.ts';
import { createProject, type Project } from '../project/project.ts';
import type { Colours } from '../report/terminal.ts';
import { UsageError } from './cli-options.ts';
import { shownPath, uriOf } from './cli-paths.ts';
import { nodeFileSystem } from './node-file-system.ts';

/** What the words of a command line say of how files are checked. */
interface ProjectWishes {
  readonly cwd: string;
  /** The path of the one fleet for every runbook, as typed. */
  readonly fleet: string | undefined;
  readonly rules: ReadonlyMap<string, SeveritySetting>;
}

/** The files of this machine, checked as the editor would. Throws a `UsageError` where the fleet is none. */
export async function openProject({ cwd, fleet, rules }: ProjectWishes): Promise<Project> {
  if (fleet === undefined) return createProject(nodeFileSystem, { rules });
  const uri = uriOf(resolve(cwd, fleet));
  const project = createProject(nodeFileSystem, { rules, fleet: uri });
  const analysis = await project.analyse(uri);
  if (analysis?.kind === 'fleet') return project;
  const read = await project.read(uri);
  throw new UsageError(
    'why' in read && read.why === 'missing' ? `There is no file \`${fleet}\`.` : `\`${fleet}\` is not a fleet.`,
  );
}

/** How people are told of a URI: as a path from the working directory. */
export function pathOfUri(cwd: string): (uri: string) => string {
  return (uri) => (uri.startsWith('file:') ? shownPath(fileURLToPath(uri), cwd) : uri);
}

/** What paints text for a terminal; without colours it leaves all text as it is. */
export function coloursFor(wanted: boolean): Colours {
  return picocolors.createColors(wanted);
}
