import assert from 'node:assert/strict';
import type { Folder } from '../lint-folder.ts';
import { at, type MemoryFiles, memoryFiles } from '../memory-files.ts';
import { generator, inserted, mutated, pick, type Random } from '../mutate.ts';
import { checkError, checkRanges, itemsOf, type Told } from './answers.ts';
import { offsetOf, positionOf, withChanges } from './client-text.ts';
import { checkActions, checkRename } from './edits.ts';
import type { RawAnswer, RawClient } from './raw-client.ts';
import { anyRange, anyRequest, damaged, furtherRequests, nonsense, type Request, wholeRange } from './requests.ts';
import { anyPiece, anyText, anyUri, connected, fresh, namesBeside, type OpenText, type World } from './world.ts';

/** Something that a client does; the seed says how. */
export interface Op {
  readonly kind: (typeof opKinds)[number];
  readonly seed: number;
}

export const opKinds = [
  ...(['open', 'open', 'change', 'change', 'type', 'close', 'save', 'write', 'configure', 'folders'] as const),
  ...(['ask', 'ask', 'askAtOnce', 'cancel', 'nonsense'] as const),
] as const;

const settings: readonly unknown[] = [
  ...[{}, null, { enable: false }, { run: 'onSave' }, { maxProblems: 1 }, { exclude: ['deep'] }],
  { rules: { 'shared-servers': 'off', 'no-fleet': 'error' } },
  { files: { runbooks: ['b.yaml'], fleets: [] } },
  { files: { runbooks: [], fleets: ['**/b.yaml'] } },
  { enable: 5, rules: [], fleet: 7, files: 'x', exclude: {} },
];

/** A client and its server while things are done at random, and what the server ought to know by then. */
export class FuzzedSession implements World {
  readonly files: MemoryFiles;
  readonly open = new Map<string, OpenText>();
  readonly settings = { value: {} as unknown };
  folders: readonly string[] = [at('ops')];
  readonly #folder: Folder;
  readonly #names: readonly string[];
  readonly #pulls: boolean;
  readonly #pending: Promise<void>[] = [];
  #connected: RawClient | undefined;
  /** After nonsense the server may complain in its log. */
  #isTried = false;

  private constructor(folder: Folder, pulls: boolean) {
    this.files = memoryFiles(Object.fromEntries(Object.entries(folder).map(([name, text]) => [`ops/${name}`, text])));
    this.#folder = folder;
    this.#names = namesBeside(folder);
    this.#pulls = pulls;
  }

  /** A client of which only the files of the folder are on the disk; it asks for findings, or they are sent to it. */
  static async begin(folder: Folder, pulls: boolean): Promise<FuzzedSession> {
    const session = new FuzzedSession(folder, pulls);
    session.#connected = await connected(session, pulls);
    return session;
  }

  get #client(): RawClient {
    return this.#connected ?? assert.fail('not connected');
  }

  dispose(): void {
    this.#client.dispose();
  }

  async do({ kind, seed }: Op): Promise<void> {
    await this.#act(kind, generator(seed));
    this.#assertWell();
  }

  #assertWell(): void {
    assert.deepEqual(this.#client.offences, []);
    if (!this.#isTried) assert.deepEqual(this.#client.errors, []);
  }

  #act(kind: Op['kind'], random: Random): Promise<void> | void {
    if (kind === 'open') return this.#openOne(random);
    if (kind === 'write') return this.#write(random);
    if (kind === 'configure') return this.#configure(random);
    if (kind === 'folders') return this.#changeFolders(random);
    if (kind === 'ask') return this.#ask(this.#anyRequest(random));
    if (kind === 'cancel') return this.#cancel(this.#anyRequest(random));
    if (kind === 'nonsense') return this.#talkNonsense(random);
    if (kind === 'askAtOnce') return this.#askAtOnce(random);
    if (this.open.size === 0) return;
    const [uri, document] = pick([...this.open], random);
    if (kind === 'change') this.#change(uri, document, random);
    if (kind === 'type') this.#type(uri, document, random);
    if (kind === 'close' && random(2) === 0) this.#close(uri);
    if (kind === 'save') this.#save(uri, document);
  }

  #openOne(random: Random): void {
    const [uri, text] = [anyUri(this.#names, random), anyText(this.#folder, random)];
    if (this.open.has(uri)) return;
    this.open.set(uri, { text, version: 1 });
    this.#client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  }

  /** Several changes at once, each of the text that the ones before it leave. */
  #change(uri: string, document: OpenText, random: Random): void {
    const contentChanges: unknown[] = [];
    for (let left = 1 + random(3); left > 0; left--) {
      if (random(10) === 0) {
        const isNew = random(3) === 0;
        document.text = isNew ? anyText(this.#folder, random) : mutated(document.text, anyPiece(random, 99), random);
        contentChanges.push({ text: document.text });
        continue;
      }
      const range = anyRange(document.text, random);
      const text = pick([pick(inserted, random), '', anyPiece(random, 60)], random);
      contentChanges.push({ range, text });
      document.text = withChanges(document.text, [{ range, newText: text }]);
    }
    document.version += 1 + (random(6) === 0 ? random(1000) : 0);
    this.#client.notify('textDocument/didChange', { textDocument: { uri, version: document.version }, contentChanges });
  }

  /** Character by character. */
  #type(uri: string, document: OpenText, random: Random): void {
    let offset = random(document.text.length + 1);
    for (const text of anyPiece(random, 25)) {
      const start = positionOf(document.text, offset);
      const range = { start, end: start };
      // Between `\r` and `\n` there is no place that a position can name.
      offset = offsetOf(document.text, start) + text.length;
      document.text = withChanges(document.text, [{ range, newText: text }]);
      document.version += 1;
      const textDocument = { uri, version: document.version };
      this.#client.notify('textDocument/didChange', { textDocument, contentChanges: [{ range, text }] });
    }
  }

  #close(uri: string): void {
    this.open.delete(uri);
    this.#client.notify('textDocument/didClose', { textDocument: { uri } });
  }

  #save(uri: string, { text }: OpenText): void {
    if (uri.startsWith(at('ops/'))) {
      this.files.write(uri, text);
      this.#client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    }
    this.#client.notify('textDocument/didSave', { textDocument: { uri } });
  }

  #write(random: Random): void {
    const uri = at(`ops/${pick(this.#names, random)}`);
    if (random(4) === 0) this.files.remove(uri);
    else if (!uri.endsWith('.runbook-lint.yaml')) this.files.write(uri, anyText(this.#folder, random));
    else this.files.write(uri, pick(['rules: { shared-servers: off }\n', 'rules: { no-margin: error }', 'x'], random));
    this.#client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 + random(3) }] });
  }

  #configure(random: Random): void {
    const fleet = this.#names.find((name) => name.includes('.fleet.')) ?? 'none.yaml';
    this.settings.value = pick([...settings, { fleet: { path: fleet } }], random);
    this.#client.notify('workspace/didChangeConfiguration', { settings: null });
  }

  #changeFolders(random: Random): void {
    const uri = pick([at('ops'), at('ops/deep'), 'file:///', 'untitled:'], random);
    const isThere = this.folders.includes(uri);
    const one = [{ uri, name: 'x' }];
    const event = { added: isThere ? [] : one, removed: isThere ? one : [] };
    this.folders = isThere ? this.folders.filter((other) => other !== uri) : [...this.folders, uri];
    this.#client.notify('workspace/didChangeWorkspaceFolders', { event });
  }

  #anyRequest(random: Random): Request & { readonly uri: string } {
    const isOpen = this.open.size > 0 && random(8) > 0;
    const uri = isOpen ? pick([...this.open.keys()], random) : anyUri(this.#names, random);
    const request = anyRequest(uri, this.open.get(uri)?.text ?? '', anyUri(this.#names, random), random);
    return { ...request, uri };
  }

  async #ask({ method, params, uri }: Request & { readonly uri: string }): Promise<void> {
    const answer = await this.#client.request(method, params).answer;
    this.#check(method, params, uri, answer);
    for (const next of furtherRequests(method, answer.result)) {
      this.#check(next.method, next.params, uri, await this.#client.request(next.method, next.params).answer);
    }
  }

  #check(method: string, params: object, uri: string, answer: RawAnswer): void {
    checkError(method, params, answer);
    if (!method.startsWith('textDocument/semanticTokens'))
      checkRanges(method, answer.result, uri, (one) => this.open.get(one)?.text);
  }

  /** Asked while others are under way, and edits with them. */
  #askAtOnce(random: Random): void {
    for (let left = 1 + random(4); left > 0; left--) {
      const { method, params } = this.#anyRequest(random);
      const { answer } = this.#client.request(method, params);
      this.#pending.push(answer.then((given) => checkError(method, params, given)));
      if (this.open.size > 0 && random(2) === 0) this.#change(...pick([...this.open], random), random);
    }
  }

  #cancel({ method, params }: Request): void {
    const { id, answer } = this.#client.request(method, params);
    this.#client.notify('$/cancelRequest', { id });
    const check = (given: RawAnswer) => {
      if (given.error?.code !== -32800) checkError(method, params, given);
    };
    this.#pending.push(answer.then(check));
  }

  async #talkNonsense(random: Random): Promise<void> {
    this.#isTried = true;
    if (random(3) === 0) {
      const method = pick(['didOpen', 'didChange', 'didClose', 'didSave'], random);
      this.#client.notify(`textDocument/${method}`, pick(nonsense, random));
      return;
    }
    const { method, params } = this.#anyRequest(random);
    const sent = damaged(params, random);
    const { error } = await this.#client.request(method, sent).answer;
    const isFair = error === undefined || [-32602, -32600, -32603].includes(error.code);
    assert.ok(isFair, `${method} ${JSON.stringify(sent)}: ${JSON.stringify(error)}`);
  }

  /** All is as if the last texts had been opened in a new server, and what is offered there holds. */
  async end(): Promise<void> {
    await Promise.all(this.#pending);
    for (const uri of this.open.keys()) this.#client.notify('textDocument/didSave', { textDocument: { uri } });
    const other = await fresh(this);
    for (const [uri, { text, version }] of this.open) {
      const told = await this.#compare(other, uri, text);
      if (!this.#pulls) await this.#untilPublished(uri, version, told);
      await checkActions(this.#client, this, uri, told);
      for (const part of [0.2, 0.5, 0.8]) await checkRename(this.#client, this, uri, Math.floor(text.length * part));
    }
    assert.deepEqual([other.errors, other.offences], [[], []]);
    other.dispose();
    this.#assertWell();
  }

  async #compare(other: RawClient, uri: string, text: string): Promise<readonly Told[]> {
    const textDocument = { uri };
    const range = wholeRange(text);
    const requests: readonly Request[] = [
      { method: 'textDocument/diagnostic', params: { textDocument } },
      { method: 'textDocument/documentSymbol', params: { textDocument } },
      { method: 'textDocument/inlayHint', params: { textDocument, range } },
      { method: 'textDocument/semanticTokens/range', params: { textDocument, range } },
      { method: 'textDocument/foldingRange', params: { textDocument } },
      { method: 'runbookLint/timeline', params: { uri } },
      { method: 'runbookLint/why', params: { uri } },
    ];
    for (const { method, params } of requests) {
      const should = await other.request(method, params).answer;
      const is = await this.#client.request(method, params).answer;
      const plain = ({ result, error }: RawAnswer) => ({ ...Object(result), resultId: '', error });
      assert.deepEqual(plain(is), plain(should), `${method} of ${uri}: ${JSON.stringify(text)}`);
      this.#check(method, params, uri, is);
    }
    return itemsOf(await other.request('textDocument/diagnostic', { textDocument }).answer);
  }

  /** Waits for what the server sends of itself. */
  async #untilPublished(uri: string, version: number, told: readonly Told[]): Promise<void> {
    const isSent = () => {
      const newest = this.#client.published(uri);
      return newest?.version === version && JSON.stringify(newest.diagnostics) === JSON.stringify(told);
    };
    const story = () =>
      `${uri}: ${JSON.stringify(this.#client.published(uri))}, not ${version} ${JSON.stringify(told)}`;
    while (!isSent()) await this.#client.next(story);
  }
}
