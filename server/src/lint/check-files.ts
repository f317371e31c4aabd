import { builtinTools } from '../commands/builtin.ts';
import { compileTools } from '../commands/table.ts';
import { readCommandsFile } from '../model/commands-file.ts';
import { readConfig } from '../model/config.ts';
import type { Fleet } from '../model/fleet.ts';
import { readFleet } from '../model/fleet-file.ts';
import { checkSchema } from '../model/schema-check.ts';
import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import type { FleetContext, ReadingProblem } from '../rules/rule.ts';
import { compileFleet } from '../simulation/compile.ts';
import { parseYaml } from '../syntax/parse.ts';
import type { Parsed } from '../syntax/tree.ts';
import type { CommandsAnalysis, ConfigAnalysis, FleetAnalysis } from './analysis.ts';
import { checkReading } from './check-step.ts';
import { runRule, sorted } from './run-rule.ts';
import type { Severities } from './severity.ts';

/** A fleet as far as it can be read without the commands files that it names. */
export interface FleetDocument {
  readonly uri: string;
  readonly text: string;
  readonly parsed: Parsed;
  readonly fleet: Fleet;
}

/** What a fleet is checked with. */
export interface FleetInputs {
  readonly commandFiles: readonly CommandsAnalysis[];
  readonly unreadable: FleetContext['unreadable'];
  readonly severities: Severities;
}

export function readFleetFile(uri: string, text: string): FleetDocument {
  const parsed = parseYaml(text);
  return { uri, text, parsed, fleet: readFleet(parsed.root) };
}

export function checkFleetFile(document: FleetDocument, inputs: FleetInputs): FleetAnalysis {
  const { uri, text, parsed, fleet } = document;
  const { severities, commandFiles, unreadable } = inputs;
  const capacity = compileFleet(fleet);
  const tools = [...fleet.commands, ...commandFiles.flatMap((file) => file.tools), ...builtinTools];
  const context: FleetContext = { fleet, capacity, uri, unreadable };
  const problems = [...problemsOf('fleet', parsed), ...usageProblems(fleet.commands)];
  const findings = [
    ...checkReading(problems, severities, undefined),
    ...rules.flatMap((rule) =>
      rule.checkFleet === undefined ? [] : runRule(rule, () => rule.checkFleet?.(context) ?? [], severities, undefined),
    ),
  ];
  return {
    kind: 'fleet',
    uri,
    text,
    findings: sorted(findings),
    fleet,
    capacity,
    root: parsed.root,
    tools,
    commandFiles,
    table: compileTools(tools).table,
    outside: fleet.outside.flatMap((name) => name.value ?? []),
  };
}

export function checkCommandsFile(uri: string, text: string, severities: Severities): CommandsAnalysis {
  const parsed = parseYaml(text);
  const { tools } = readCommandsFile(parsed.root);
  const problems = [...problemsOf('commands', parsed), ...usageProblems(tools)];
  return { kind: 'commands', uri, text, findings: findingsOf(problems, severities), tools, root: parsed.root };
}

export function checkConfigFile(uri: string, text: string): ConfigAnalysis {
  const parsed = parseYaml(text);
  const config = readConfig(parsed.root);
  const findings = findingsOf(problemsOf('config', parsed), new Map());
  return { kind: 'config', uri, text, findings, rules: config.rules, root: parsed.root };
}

function findingsOf(problems: readonly ReadingProblem[], severities: Severities): readonly Finding[] {
  return sorted(checkReading(problems, severities, undefined));
}

/** A file that is not YAML is not held against the schema too: one finding a mistake. */
function problemsOf(kind: 'fleet' | 'commands' | 'config', parsed: Parsed): readonly ReadingProblem[] {
  return parsed.problems.length > 0 ? parsed.problems : checkSchema(kind, parsed.root);
}

function usageProblems(tools: FleetDocument['fleet']['commands']): readonly ReadingProblem[] {
  return compileTools(tools).problems.map((problem) => ({ ...problem, rule: 'invalid-command-declaration' }));
}
