import { MarkupKind, type SignatureHelp, type SignatureHelpParams } from 'vscode-languageserver';
import { signatureAt } from '../../features/signature.ts';
import type { Handler } from '../handler.ts';
import { snapshotOf } from '../snapshot.ts';

/** The usage of the command under the cursor. */
export const signatureHelp: Handler<SignatureHelpParams, SignatureHelp | null> = async (
  session,
  { textDocument, position },
) => {
  const snapshot = await snapshotOf(session, textDocument.uri);
  const found = snapshot && signatureAt(snapshot.analysis, snapshot.document.offsetAt(position));
  if (found === undefined) return null;
  return {
    signatures: found.signatures.map(({ label, documentation, parameters, active }) => ({
      label,
      documentation: { kind: MarkupKind.Markdown, value: documentation },
      parameters: parameters.map((parameter) => ({
        label: [parameter.from, parameter.to],
        ...(parameter.documentation === '' ? {} : { documentation: parameter.documentation }),
      })),
      // A number beyond the last is how "none of them" is said.
      activeParameter: active ?? parameters.length,
    })),
    activeSignature: found.active,
    activeParameter: found.signatures[found.active]?.active ?? found.signatures[found.active]?.parameters.length ?? 0,
  };
};
