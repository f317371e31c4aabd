import { CancellationTokenSource, Disposable, EventEmitter, languages, type Uri, window, workspace } from 'vscode';
import { timelineRequest } from '../../../server/src/protocol/messages.ts';
import type { Packed, Step, Timeline } from '../../webview/model.ts';
import { stepsOf, unpack } from '../../webview/unpack.ts';
import { isShared } from '../documents.ts';
import type { Server } from '../server.ts';

/** In milliseconds: edits that follow one another as fast are one. */
const pause = 40;

/**
 * The timeline of the runbook that the user works on: that of the active editor, or the last one while a fleet or anything else is active.
 * It is asked for only while somebody looks.
 */
export class TimelineSource implements Disposable {
  readonly #server: Server;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable;
  #uri: Uri | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: CancellationTokenSource | undefined;
  #looking = false;
  #fleet = 0;
  /** What the newest timeline says, as far as it is shown: what says the same is no news. */
  #said = '';
  /** As it came; undefined where there is none. */
  packed: Packed | undefined;
  /** Its steps. */
  steps: readonly Step[] = [];

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = Disposable.from(
      this.#changed,
      window.onDidChangeActiveTextEditor(() => this.#soon(0)),
      workspace.onDidChangeTextDocument(({ document }) => isShared(document) && this.#soon()),
      languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.toString() === this.#uri?.toString())) this.#soon();
      }),
      server.onDidChangeState(() => this.#soon(0)),
    );
  }

  /** Whether anybody sees what comes. */
  set looking(looking: boolean) {
    this.#looking = looking;
    if (looking) this.#soon(0);
  }

  /** With every figure of every step: much, and only for those who ask. */
  unpacked(): Timeline | undefined {
    return this.packed && unpack(this.packed, this.#fleet);
  }

  get fleet(): number {
    return this.#fleet;
  }

  /** Which of its fleets the runbook is shown against, from 0. */
  set fleet(fleet: number) {
    this.#fleet = fleet;
    this.#soon(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#asking?.cancel();
    this.#subscriptions.dispose();
  }

  #soon(milliseconds = pause): void {
    if (!this.#looking) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renew(), milliseconds);
  }

  async #renew(): Promise<void> {
    this.#asking?.cancel();
    const asking = new CancellationTokenSource();
    this.#asking = asking;
    const active = window.activeTextEditor?.document;
    const candidates = [active && isShared(active) ? active.uri : undefined, this.#uri];
    for (const uri of candidates) {
      if (uri === undefined) continue;
      const packed = await this.#server.ask<Packed>(timelineRequest, { uri: uri.toString() }, asking.token);
      if (asking.token.isCancellationRequested) return;
      if (packed === undefined || packed.fleets.length === 0) continue;
      this.#uri = uri;
      this.#set(packed);
      return;
    }
    this.#set(undefined);
  }

  #set(packed: Packed | undefined): void {
    const said = packed === undefined ? '' : JSON.stringify([this.#fleet, { ...packed, version: 0 }]);
    if (said === this.#said) return;
    this.#said = said;
    this.packed = packed;
    this.steps = packed === undefined ? [] : stepsOf(packed);
    this.#changed.fire();
  }
}
