import {
  CancellationTokenSource,
  type ExtensionContext,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
  window,
  workspace,
} from 'vscode';
import { type Status, statusRequest } from '../../server/src/protocol/messages.ts';
import { rangeText } from '../webview/figures.ts';
import { documentSelector, isShared } from './documents.ts';
import type { Server } from './server.ts';

/** In milliseconds. */
const pause = 200;

type Shown = Pick<LanguageStatusItem, 'text' | 'detail' | 'severity' | 'command'> & { readonly busy?: boolean };

/** The language status item: the fleet in use and the tightest point. It is written only where it says something new. */
export function registerStatus(context: ExtensionContext, server: Server): void {
  const item = languages.createLanguageStatusItem('runbookLint.status', documentSelector);
  item.name = 'Runbook Lint';
  let last = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = new CancellationTokenSource();
  const show = (shown: Shown) => {
    const text = JSON.stringify(shown);
    if (text === last) return;
    last = text;
    Object.assign(item, { busy: false, ...shown });
  };
  const renew = async () => {
    asking.cancel();
    asking = new CancellationTokenSource();
    const { token } = asking;
    const document = window.activeTextEditor?.document;
    if (server.state !== 'running') return show(stateOf(server));
    if (document === undefined || !isShared(document)) return;
    const status = await server.ask<Status>(statusRequest, { uri: document.uri.toString() }, token);
    if (!token.isCancellationRequested) show(status === undefined ? notOurs() : shownOf(status));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void renew(), pause);
  };
  show(stateOf(server));
  context.subscriptions.push(
    item,
    { dispose: () => clearTimeout(timer) },
    server.onDidChangeState(soon),
    window.onDidChangeActiveTextEditor(soon),
    workspace.onDidChangeTextDocument(({ document }) => document === window.activeTextEditor?.document && soon()),
    languages.onDidChangeDiagnostics(soon),
  );
}

function stateOf({ state }: Server): Shown {
  const failed = state === 'failed';
  return {
    text: failed ? l10n.t('Runbooks are not checked') : l10n.t('Starting'),
    detail: failed ? l10n.t('The language server does not run.') : '',
    busy: state === 'starting',
    severity: failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information,
    command: { title: l10n.t('Show Output'), command: 'runbookLint.showOutput' },
  };
}

function notOurs(): Shown {
  return {
    text: l10n.t('Not checked'),
    detail: '',
    severity: LanguageStatusSeverity.Information,
    command: { title: l10n.t('Why?'), command: 'runbookLint.explainFile' },
  };
}

function shownOf(status: Status): Shown {
  const { error, warning } = status.problems;
  const severity =
    error > 0
      ? LanguageStatusSeverity.Error
      : warning > 0
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
  if (status.kind !== 'runbook') {
    const command = { title: l10n.t('Why?'), command: 'runbookLint.explainFile' };
    return { text: kindText(status.kind), detail: '', severity, command };
  }
  if (status.fleets.length === 0) {
    const command = { title: l10n.t('Select Fleet'), command: 'runbookLint.selectFleet' };
    return {
      text: l10n.t('No fleet'),
      detail: l10n.t('Capacity is not checked.'),
      severity: LanguageStatusSeverity.Warning,
      command,
    };
  }
  return {
    text: l10n.t('Fleet: {0}', status.fleets.map(({ name }) => name).join(', ')),
    detail: capacityText(status),
    severity,
    command: { title: l10n.t('Show Timeline'), command: 'runbookLint.showTimeline' },
  };
}

function kindText(kind: Exclude<Status['kind'], 'runbook'>): string {
  if (kind === 'fleet') return l10n.t('A fleet');
  return kind === 'commands' ? l10n.t('Commands of a fleet') : l10n.t('A configuration');
}

/** The tightest point, as far as the steps can be told. */
function capacityText(status: Status): string {
  const { safe, unsafe, unknown } = status.verdicts ?? { safe: 0, unsafe: 0, unknown: 0 };
  const text = tightestText(status);
  if (unknown === 0) return text;
  return `${text} · ${l10n.t('{0} of {1} steps cannot be told', unknown, safe + unsafe + unknown)}`;
}

function tightestText({ tightest }: Status): string {
  if (tightest === null) return l10n.t('No capacity changes.');
  const { subsystem, minimum, step } = tightest;
  return l10n.t('{0} {1} of {2} at “{3}”', subsystem, rangeText(tightest), minimum, step.name);
}
