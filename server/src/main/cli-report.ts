import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OnFailure } from '../lint/lint.ts';
import { githubReport } from '../report/github.ts';
import { jsonReport } from '../report/json.ts';
import { junitReport } from '../report/junit.ts';
import type { FileReport } from '../report/report.ts';
import { sarifReport } from '../report/sarif.ts';
import { stylishReport } from '../report/stylish.ts';
import type { Format } from './cli-options.ts';
import { coloursFor, pathOfUri } from './cli-project.ts';
import { version } from './version.ts';

/** The findings in the format that was asked for. */
export function reportIn(
  format: Format,
  files: readonly FileReport[],
  cwd: string,
  colour: boolean,
  onFailure: OnFailure,
): string {
  const context = { pathOf: pathOfUri(cwd), onFailure };
  switch (format) {
    case 'stylish':
      return stylishReport(files, context, coloursFor(colour));
    case 'json':
      return jsonReport(files, context);
    case 'sarif':
      return sarifReport(files, { ...context, version, root: pathToFileURL(join(cwd, '/')).href, pageOf });
    case 'github':
      return githubReport(files);
    case 'junit':
      return junitReport(files);
  }
}

/** The page of a rule as it was installed with the program, dist/node/cli.js. */
function pageOf(rule: string): string | undefined {
  const program = process.argv[1];
  if (program === undefined) return undefined;
  const path = join(dirname(realpathSync(program)), '..', '..', 'docs', 'rules', `${rule}.md`);
  return existsSync(path) ? pathToFileURL(path).href : undefined;
}
