import { withBuiltinTools } from '../commands/builtin.ts';
import { compileTools } from '../commands/table.ts';
import { readCommandsFile } from '../model/commands-file.ts';
import { readConfig } from '../model/config.ts';
import type { Fleet } from '../model/fleet.ts';
import { readFleet } from '../model/fleet-file.ts';
import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { FleetContext, ReadingProblem } from '../rules/rule.ts';
import { compileFleet } from '../simulation/fleet/compile.ts';
import { parseWhole, type Read } from '../syntax/parse.ts';
import type { CommandsAnalysis, ConfigAnalysis, FleetAnalysis } from './analysis.ts';
import { checkReading } from './check-step.ts';
import { withinLimits } from './fleet-limits.ts';
import { readingProblems } from './reading-problems.ts';
import { runRule, sorted } from './run-rule.ts';
import type { Severities } from './severity.ts';
import { suppressionMark } from './suppression/comment.ts';
import { suppress } from './suppression/suppress.ts';
import { suppressionsIn } from './suppression/suppression.ts';

/** A fleet as far as it can be read without the commands files that it names. */
export interface FleetDocument {
  readonly uri: string;
  readonly text: string;
  readonly parsed: Read;
  readonly fleet: Fleet;
  /** Limits that cut the reading short. */
  readonly limits: readonly ReadingProblem[];
}

/** What a fleet is checked with. */
export interface FleetInputs {
  readonly commandFiles: readonly CommandsAnalysis[];
  readonly unreadable: FleetContext['unreadable'];
  readonly severities: Severities;
}

export function readFleetFile(uri: string, text: string): FleetDocument {
  const parsed = parseWhole(text);
  const { fleet, problems: limits } = withinLimits(readFleet(parsed.root));
  return { uri, text, parsed, fleet, limits };
}

export function checkFleetFile(document: FleetDocument, inputs: FleetInputs): FleetAnalysis {
  const { uri, text, parsed, fleet } = document;
  const { severities, commandFiles, unreadable } = inputs;
  const capacity = compileFleet(fleet);
  const tools = [...fleet.commands, ...commandFiles.flatMap((file) => file.tools)];
  const context: FleetContext = { fleet, capacity, uri, unreadable };
  const problems = [...problemsOf('fleet', parsed), ...document.limits, ...usageProblems(fleet.commands)];
  const findings = [
    ...checkReading(problems, severities, undefined),
    ...rules.flatMap((rule) => runRule(rule, rule.checkFleet, context, severities, undefined)),
  ];
  const served = new Set([...capacity.subsystemByName.keys(), ...capacity.groupByName.keys()]);
  return {
    kind: 'fleet',
    uri,
    text,
    findings: said(findings, text, parsed, severities),
    fleet,
    capacity,
    root: parsed.root,
    tools,
    commandFiles,
    table: { ...withBuiltinTools(compileTools(tools).table), served },
    outside: fleet.outside.flatMap((name) => name.value ?? []),
  };
}

export function checkCommandsFile(uri: string, text: string, severities: Severities): CommandsAnalysis {
  const parsed = parseWhole(text);
  const { tools } = readCommandsFile(parsed.root);
  const problems = [...problemsOf('commands', parsed), ...usageProblems(tools)];
  return {
    kind: 'commands',
    uri,
    text,
    findings: findingsOf(problems, text, parsed, severities),
    tools,
    root: parsed.root,
  };
}

export function checkConfigFile(uri: string, text: string): ConfigAnalysis {
  const parsed = parseWhole(text);
  const config = readConfig(parsed.root);
  const findings = findingsOf(problemsOf('config', parsed), text, parsed, new Map());
  return { kind: 'config', uri, text, findings, rules: config.rules, root: parsed.root };
}

function findingsOf(problems: readonly ReadingProblem[], text: string, parsed: Read, severities: Severities) {
  return said(checkReading(problems, severities, undefined), text, parsed, severities);
}

/** What is left of the findings when the file's own comments are heard. */
function said(findings: readonly Finding[], text: string, parsed: Read, severities: Severities): readonly Finding[] {
  if (!text.includes(suppressionMark)) return sorted(findings);
  const suppressions = suppressionsIn({ text, root: parsed.root, comments: parsed.comments });
  const isJudged = () => parsed.problems.length === 0;
  return sorted(suppress(findings, { ...suppressions, stepOf: () => undefined, isJudged }, severities, text));
}

function problemsOf(kind: 'fleet' | 'commands' | 'config', parsed: Read): readonly ReadingProblem[] {
  return readingProblems(kind, parsed.root, parsed.problems);
}

function usageProblems(tools: FleetDocument['fleet']['commands']): readonly ReadingProblem[] {
  return compileTools(tools).problems.map((problem) => ({ ...problem, rule: 'invalid-command-declaration' }));
}
