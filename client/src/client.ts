import { BaseLanguageClient, type LanguageClientOptions, type MessageTransports } from 'vscode-languageclient/browser';

/** The client's id is also the prefix of its settings: the trace level is read from `runbookLint.trace.server`. */
export const clientId = 'runbookLint';
export const clientName = 'Runbook Lint';

/** The language client over whatever its host speaks to the server by; each start asks for a new way to a new server. */
export class Client extends BaseLanguageClient {
  readonly #connect: () => MessageTransports;

  constructor(connect: () => MessageTransports, options: LanguageClientOptions) {
    super(clientId, clientName, options);
    this.#connect = connect;
  }

  protected override async createMessageTransports(): Promise<MessageTransports> {
    return this.#connect();
  }
}
