import { type CancellationToken, type Event, EventEmitter, type LogOutputChannel, l10n, workspace } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { clientId } from './client.ts';
import { crashHandler } from './crashes.ts';
import { documentSelector, isShared } from './documents.ts';
import { answerFileRequests } from './files.ts';
import { describe, tellFault } from './messages.ts';
import { middleware } from './middleware.ts';
import { rulePageScheme } from './rule-link.ts';
import type { StartTimes } from './start-times.ts';

type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** `off` before the first start and after a failed one. */
type ServerState = 'off' | 'starting' | 'running' | 'failed';

/** The language server, as the rest of the extension sees it. */
export interface Server {
  /** Never reject; what goes wrong is shown to the user. */
  start(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
  readonly state: ServerState;
  readonly onDidChangeState: Event<ServerState>;
  /** How often it has ended by itself. */
  readonly crashes: number;
  /** How long the start took. */
  readonly times: StartTimes;
  /** What the server says its name and version are. */
  readonly about: string;
  /** The client while the server runs. */
  readonly client: BaseLanguageClient | undefined;
  /** Asks the server; undefined where it does not run or fails, which is logged. */
  ask<Answer>(method: string, params: object, token?: CancellationToken): Promise<Answer | undefined>;
}

/** Commands of the client that the server may put into what it offers. */
const serverCommands = [
  'runbookLint._openRuleDoc',
  'runbookLint._revealStep',
  'runbookLint._showReferences',
  'runbookLint.selectFleet',
  'editor.action.triggerSuggest',
];

/** The server, not started yet; `create` makes a client, a new one for each start. */
export function createServer(create: CreateClient, output: LogOutputChannel, times: StartTimes): Server {
  let client: BaseLanguageClient | undefined;
  let state: ServerState = 'off';
  let crashes = 0;
  const changed = new EventEmitter<ServerState>();
  const to = (next: ServerState) => {
    if (state === next) return;
    state = next;
    changed.fire(next);
  };
  const listener = {
    ended: () => {
      crashes += 1;
      tellFault(output, l10n.t('The language server of Runbook Lint ended unexpectedly and is started again.'));
    },
    givenUp: () => {
      crashes += 1;
      to('failed');
      tellFault(output, l10n.t('Runbook Lint has ended several times in a row and was not started again.'));
    },
  };
  const options: LanguageClientOptions = {
    documentSelector,
    outputChannel: output,
    middleware: middleware(times),
    initializationOptions,
    initializationFailedHandler: () => false,
    errorHandler: crashHandler(() => state === 'starting', listener),
  };

  async function launch(): Promise<void> {
    // A new client each time: one whose start has failed refuses another.
    client = quieted(create(options));
    answerFileRequests(client, output);
    to('starting');
    times.mark('server asked');
    try {
      await client.start();
      times.mark('server ready');
      to('running');
    } catch (error) {
      to('failed');
      throw error;
    }
  }

  async function stop(): Promise<void> {
    const running = client;
    client = undefined;
    to('off');
    if (running?.needsStop()) await running.stop();
  }

  async function orTell(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      output.error(describe(error));
      tellFault(output, what);
    }
  }

  return {
    start: () => orTell(l10n.t('Runbook Lint could not start, so runbooks are not checked.'), launch),
    restart: () =>
      orTell(l10n.t('Runbook Lint could not restart, so runbooks are not checked.'), async () => {
        // One starts a server again above all where it hangs; then it does not stop as it should, either.
        await stop().catch((error) => output.error(describe(error)));
        await launch();
      }),
    stop,
    get state() {
      return state;
    },
    onDidChangeState: changed.event,
    get crashes() {
      return crashes;
    },
    times,
    get about() {
      const info = client?.initializeResult?.serverInfo;
      return info === undefined ? state : `${info.name} ${info.version ?? ''}`.trim();
    },
    get client() {
      return state === 'running' ? client : undefined;
    },
    async ask<Answer>(method: string, params: object, token?: CancellationToken): Promise<Answer | undefined> {
      if (client === undefined || state !== 'running') return undefined;
      try {
        return ((await answerOf(client, method, params, token)) as Answer | null) ?? undefined;
      } catch (error) {
        if (token?.isCancellationRequested !== true) output.warn(`${method}: ${describe(error)}`);
        return undefined;
      }
    },
  };
}

/** Without a token there must be no third word at all: the library would send it along as one more parameter. */
function answerOf(client: BaseLanguageClient, method: string, params: object, token: CancellationToken | undefined) {
  return token === undefined ? client.sendRequest(method, params) : client.sendRequest(method, params, token);
}

/** What the server is told at its start. */
function initializationOptions() {
  return {
    // The server asks for the files that it cannot reach itself; which ones to watch it tells, too.
    fileRequests: true,
    rulePages: `${rulePageScheme}:/`,
    commands: serverCommands,
    // All runbooks are checked when the user asks for it, and not again and again.
    workspaceDiagnostics: false,
    besideYaml: true,
    // What is open already need not wait until the server has asked.
    settings: openSettings(),
  };
}

/** The settings of the documents that are open, each as its folder has them. */
function openSettings(): readonly { readonly uri: string; readonly settings: unknown }[] {
  return workspace.textDocuments.filter(isShared).map(({ uri }) => {
    // As plain data: what the editor gives has functions too, which no message can carry.
    const settings: unknown = JSON.parse(JSON.stringify(workspace.getConfiguration(clientId, uri)));
    return { uri: uri.toString(), settings };
  });
}

/** The library logs its errors as before, but leaves it to us to say once, in the user's words, what they mean. */
function quieted(client: BaseLanguageClient): BaseLanguageClient {
  const log = client.error.bind(client);
  client.error = (message, data) => log(message, data, false);
  return client;
}
