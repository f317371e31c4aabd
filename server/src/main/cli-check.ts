import type { Analysis } from '../lint/analysis.ts';
import { fileKind } from '../model/file-kind.ts';
import type { Project } from '../project/project.ts';
import { countFindings, type FileReport } from '../report/report.ts';
import { counted } from '../rules/telling/words.ts';
import { brokenConfigs } from './cli-config.ts';
import { fixFiles } from './cli-fix.ts';
import { type CheckRequest, commandNames, didYouMean } from './cli-options.ts';
import type { Output } from './cli-output.ts';
import { type FoundFile, findFiles } from './cli-paths.ts';
import { openProject, pathOfUri } from './cli-project.ts';
import { reportIn } from './cli-report.ts';
import { refuseUnknownRule } from './cli-rules.ts';

/** Checks files and says what is wrong with them; the status to end with is 0, 1 or 2 (docs/configuration.md). */
export async function check(request: CheckRequest, cwd: string, output: Output): Promise<number> {
  for (const id of request.rules.keys()) refuseUnknownRule(id);
  const pathOf = pathOfUri(cwd);
  let failures = 0;
  const onFailure = (why: string) => {
    failures += 1;
    output.note(`internal failure: ${why}`);
  };
  const project = await openProject({ cwd, ...request });
  const found = await findFiles(request.paths, cwd);
  const complaints = found.missing.map((word) => missing(word, request));
  if (request.fix) complaints.push(...(await fixFiles(found.files, project, pathOf, output, onFailure)));
  const analyses = new Map<string, Analysis>();
  for (const file of found.files) {
    const analysis = await project.analyse(file.uri);
    if (analysis !== undefined) addWithFleets(analysis, analyses);
    else {
      const trouble = await troubleWith(file, project);
      if (trouble?.grave) complaints.push(`\`${pathOf(file.uri)}\` ${trouble.why}.`);
      else if (trouble) output.note(`\`${pathOf(file.uri)}\` ${trouble.why}.`);
    }
  }
  for (const config of await brokenConfigs([...analyses.keys()], project)) analyses.set(config.uri, config);
  const files = [...analyses.values()]
    .map((analysis) => ({ path: pathOf(analysis.uri), analysis, findings: analysis.findings }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const shown = request.quiet ? files.map(errorsOnly) : files;
  // Where nothing could be looked at, `0 errors` would sound like good news; programs want their format all the same.
  const isEmpty = files.length === 0 && complaints.length > 0 && request.format === 'stylish';
  if (!isEmpty) output.out(reportIn(request.format, shown, cwd, request.colour ?? output.colour, onFailure));
  for (const complaint of complaints) output.note(complaint);
  if (files.length === 0 && complaints.length === 0) output.note('There is nothing to check here.');
  const counts = countFindings(files);
  const tooMany = counts.warning > request.maxWarnings;
  if (tooMany) output.note(`${counted(counts.warning, 'warning')}, and at most ${request.maxWarnings} are allowed.`);
  if (complaints.length > 0 || failures > 0) return 2;
  return counts.error > 0 || tooMany ? 1 : 0;
}

function missing(word: string, { paths }: CheckRequest): string {
  if (word === '-') return 'Standard input is not read: give the path of a file, so that its fleet can be found.';
  if (paths[0] !== word || !/^[a-z-]+$/.test(word)) return `There is no file or folder \`${word}\`.`;
  const meant = didYouMean(word, commandNames) || ' `runbook-lint --help` lists the commands.';
  return `There is no command, file or folder \`${word}\`.${meant}`;
}

/** A runbook is only as right as its fleets are: they and their commands files are reported too. */
function addWithFleets(analysis: Analysis, into: Map<string, Analysis>): void {
  into.set(analysis.uri, analysis);
  if (analysis.kind === 'runbook') for (const { fleet } of analysis.runs) addWithFleets(fleet, into);
  if (analysis.kind === 'fleet') for (const file of analysis.commandFiles) addWithFleets(file, into);
}

/** Why a file was not checked; undefined where nobody expects it to be. */
async function troubleWith({ uri, named }: FoundFile, project: Project) {
  const read = await project.read(uri);
  if ('text' in read) {
    const why = 'is not a runbook, a fleet, a commands file or a configuration, and was not checked';
    return named ? { grave: false, why } : undefined;
  }
  if (!named && fileKind(uri, '') === 'other') return undefined;
  if (read.why === 'not text') return { grave: true, why: 'is not text in UTF-8' };
  const why = read.why === 'unreadable' ? 'no file that you may read' : read.why;
  return { grave: true, why: `cannot be read: it is ${why}` };
}

function errorsOnly(file: FileReport): FileReport {
  return { ...file, findings: file.findings.filter(({ severity }) => severity === 'error') };
}
