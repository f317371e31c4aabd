import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  DiagnosticSeverity,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { nodeFileSystem } from '../../server/src/main/node-file-system.ts';
import { createProject } from '../../server/src/project/project.ts';
import { positionsIn } from '../../server/src/report/positions.ts';
import { root, runbookLint } from './command-line.ts';

/** A finding in the words that all three have in common: `line:column-line:column severity rule message`. */
type Line = string;

const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ya?ml$/.test(name))
  .map((name) => join('examples', name).replaceAll('\\', '/'))
  .sort();

interface Position {
  readonly line: number;
  readonly column: number;
}

function lineOf(start: Position, end: Position, severity: string, rule: unknown, message: unknown): Line {
  return `${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule} ${message}`;
}

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly problems: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly message: string;
      readonly range: { readonly start: Position; readonly end: Position };
    }[];
  }[];
}

let ofExamples: ReadonlyMap<string, readonly Line[]> | undefined;

/** What the command line says of every example. */
function ofCommandLine(): ReadonlyMap<string, readonly Line[]> {
  ofExamples ??= checkedExamples();
  return ofExamples;
}

function checkedExamples(): ReadonlyMap<string, readonly Line[]> {
  const report: Report = JSON.parse(runbookLint(root, ['check', 'examples', '--format', 'json']).out);
  return new Map(
    report.files.map(({ path, problems }) => [
      path,
      problems.map(({ range, severity, rule, message }) => lineOf(range.start, range.end, severity, rule, message)),
    ]),
  );
}

async function ofProject(path: string): Promise<readonly Line[]> {
  const analysis = await createProject(nodeFileSystem).analyse(pathToFileURL(join(root, path)).href);
  assert.ok(analysis);
  const positions = positionsIn(analysis.text);
  return analysis.findings.map(({ span, severity, rule, message }) =>
    lineOf(positions.at(span.start), positions.at(span.end), severity, rule, message),
  );
}

const severities = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'information',
  [DiagnosticSeverity.Hint]: 'hint',
};

async function ofServer(connection: ProtocolConnection, path: string): Promise<readonly Line[]> {
  const uri = pathToFileURL(join(root, path)).href;
  const text = readFileSync(join(root, path), 'utf8');
  const arrived = new Promise<readonly Diagnostic[]>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', (sent: { uri: string; diagnostics: Diagnostic[] }) => {
      if (sent.uri === uri) resolve(sent.diagnostics);
    });
  });
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  const diagnostics = await arrived;
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  return diagnostics.map(({ range, severity, code, message }) => {
    const at = ({ line, character }: { line: number; character: number }) => ({
      line: line + 1,
      column: character + 1,
    });
    return lineOf(at(range.start), at(range.end), severities[severity ?? 1], code, message);
  });
}

describe('command line, language server and library', () => {
  let child: ChildProcess;
  let connection: ProtocolConnection;

  before(async () => {
    child = spawn(process.execPath, [join(root, 'dist/node/server.js'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    assert.ok(child.stdout && child.stdin);
    const [reader, writer] = [new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)];
    connection = createProtocolConnection(reader, writer);
    connection.listen();
    const rootUri = pathToFileURL(root).href;
    await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities: {} });
    await connection.sendNotification('initialized', {});
  });

  after(async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    await gone;
    connection.dispose();
  });

  it('check every example', () => assert.deepEqual([...ofCommandLine().keys()], examples));

  it('says as much in every format', () => {
    const said = [...ofCommandLine().values()].flat();
    const grave = said.filter((line) => / (?:error|warning) /.test(line)).length;
    const as = (format: string) => runbookLint(root, ['check', 'examples', '--format', format]).out;
    assert.equal(JSON.parse(as('sarif')).runs[0].results.length, said.length);
    assert.equal(as('github').split('\n').length - 1, said.length);
    assert.equal(as('junit').match(/<failure /g)?.length ?? 0, grave);
    assert.equal(as('junit').match(/<system-out>/g)?.length ?? 0, said.length - grave);
    assert.equal(as('stylish').match(/^ +\d+:\d+ {2}/gm)?.length ?? 0, said.length);
  });

  for (const path of examples) {
    it(`say the same of ${path}`, async () => {
      const said = ofCommandLine().get(path);
      assert.deepEqual(await ofServer(connection, path), said);
      assert.deepEqual(await ofProject(path), said);
    });
  }
});
