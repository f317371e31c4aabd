import {
  commands,
  type ExtensionContext,
  env,
  l10n,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  type WebviewView,
  type WebviewViewProvider,
  window,
  workspace,
} from 'vscode';
import { markdownTable } from '../../webview/markdown.ts';
import type { FromView, Lack, ToView } from '../../webview/model.ts';
import { tightestFirst } from '../../webview/tightness.ts';
import { english, type Words } from '../../webview/words.ts';
import type { Server } from '../server.ts';
import { timelinePage } from './page.ts';
import { stepOfLine } from './place.ts';
import { TimelineSource } from './source.ts';

const viewId = 'runbookLint.timeline';

/** Registers the view *Timeline* with the commands that show and copy it. */
export function registerTimeline(context: ExtensionContext, server: Server): void {
  const source = new TimelineSource(server);
  const view = new TimelineView(context.extensionUri, source);
  context.subscriptions.push(
    source,
    window.registerWebviewViewProvider(viewId, view),
    window.onDidChangeTextEditorSelection(({ textEditor }) => view.follow(textEditor)),
    window.onDidChangeActiveTextEditor((editor) => {
      // What would help depends on what is at hand; a timeline draws itself when it comes.
      if (source.packed === undefined) view.draw();
      void revealBeside(editor, view);
    }),
    source.onDidChange(() => view.draw()),
    commands.registerCommand('runbookLint.showTimeline', () => commands.executeCommand(`${viewId}.focus`)),
    commands.registerCommand('runbookLint.copyTimeline', () => view.copy()),
  );
}

/** What a view with nothing to draw offers. */
const helpFor: Readonly<Record<Lack, string>> = {
  runbook: 'runbookLint.openSample',
  fleet: 'runbookLint.selectFleet',
};

/** Shows the timeline of a runbook that was opened, where the user wants that, and leaves the focus in the editor. */
async function revealBeside(editor: TextEditor | undefined, view: TimelineView): Promise<void> {
  if (editor?.document.languageId !== 'runbook' || view.isVisible) return;
  if (!workspace.getConfiguration('runbookLint').get('timeline.autoReveal', false)) return;
  await commands.executeCommand(`${viewId}.focus`, { preserveFocus: true });
}

/** What the view says, in the language of the editor. */
function translated(): Words {
  const entries = Object.entries(english).map(([key, sentence]) => [key, l10n.t(sentence)]);
  return { ...english, ...Object.fromEntries(entries) };
}

class TimelineView implements WebviewViewProvider {
  readonly #extension: Uri;
  readonly #source: TimelineSource;
  readonly #words = translated();
  #view: WebviewView | undefined;
  #step: number | undefined;

  constructor(extension: Uri, source: TimelineSource) {
    this.#extension = extension;
    this.#source = source;
  }

  get isVisible(): boolean {
    return this.#view?.visible === true;
  }

  resolveWebviewView(view: WebviewView): void {
    const folder = Uri.joinPath(this.#extension, 'dist/webview');
    view.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    view.webview.onDidReceiveMessage((message: FromView) => void this.#receive(message));
    view.onDidChangeVisibility(() => {
      this.#source.looking = view.visible;
    });
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#source.looking = false;
    });
    this.#view = view;
    view.webview.html = timelinePage(view.webview, folder);
  }

  draw(): void {
    const { packed, steps, fleet } = this.#source;
    const editor = this.#editor();
    this.#step = editor && stepOfLine(steps, editor.selection.active.line);
    if (this.#view !== undefined) this.#view.description = packed?.title ?? '';
    const lacks = window.activeTextEditor?.document.languageId === 'runbook' ? 'fleet' : 'runbook';
    this.#tell({ type: 'timeline', timeline: packed, fleet, step: this.#step, lacks });
  }

  /** Marks the step in which the cursor of an editor of the runbook stands. */
  follow(editor: TextEditor): void {
    const { packed, steps } = this.#source;
    if (editor.document.uri.toString() !== packed?.uri) return;
    const step = stepOfLine(steps, editor.selection.active.line);
    if (step === this.#step) return;
    this.#step = step;
    this.#tell({ type: 'cursor', step });
  }

  async copy(names?: readonly string[]): Promise<void> {
    const timeline = this.#source.unpacked();
    if (timeline === undefined) return;
    const subsystems = tightestFirst(timeline.subsystems).filter(({ name }) => names?.includes(name) ?? true);
    await env.clipboard.writeText(markdownTable(timeline, subsystems, this.#words));
  }

  async #receive(message: FromView): Promise<void> {
    if (message.type === 'copy') return this.copy(message.subsystems);
    if (message.type === 'help') return void (await commands.executeCommand(helpFor[message.lacks]));
    if (message.type === 'fleet') {
      this.#source.fleet = message.fleet;
      return;
    }
    if (message.type === 'go') return this.#go(message.step, message.focus);
    this.#tell({ type: 'words', words: this.#words });
    this.draw();
    this.#source.looking = true;
  }

  /** Moves the editor's cursor to a step. Where the editor is not to be seen, only a click or Enter brings it back. */
  async #go(at: number, focus: boolean): Promise<void> {
    const { packed, steps } = this.#source;
    const step = steps[at];
    if (packed === undefined || step === undefined) return;
    this.#step = at;
    const editor = this.#editor();
    if (editor === undefined && !focus) return;
    const selection = new Selection(step.line, 0, step.line, 0);
    if (focus) {
      const place = editor?.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn };
      const shown = await window.showTextDocument(Uri.parse(packed.uri), { ...place, selection });
      shown.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
    } else if (editor !== undefined) {
      editor.selection = selection;
      editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  /** An editor that shows the runbook of the timeline. */
  #editor(): TextEditor | undefined {
    const uri = this.#source.packed?.uri;
    const shows = ({ document }: TextEditor) => document.uri.toString() === uri;
    const active = window.activeTextEditor;
    return active !== undefined && shows(active) ? active : window.visibleTextEditors.find(shows);
  }

  #tell(message: ToView): void {
    void this.#view?.webview.postMessage(message);
  }
}
