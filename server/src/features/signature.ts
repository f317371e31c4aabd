import { signaturesAt } from '../commands/complete/signature.ts';
import { usageText } from '../commands/usage/items.ts';
import type { Analysis } from '../lint/analysis.ts';
import { parameterValues } from '../model/parameters.ts';
import { roleDocs } from './describe/role-docs.ts';
import { scriptAt } from './steps/script-at.ts';

interface SignatureHelp {
  readonly signatures: readonly Signature[];
  readonly active: number;
}

interface Signature {
  readonly label: string;
  /** Markdown. */
  readonly documentation: string;
  /** Stretches of the label. */
  readonly parameters: readonly { readonly from: number; readonly to: number; readonly documentation: string }[];
  readonly active: number | undefined;
}

/** The usage lines of the command that is being typed at an offset, and which of their words it is at. */
export function signatureAt(analysis: Analysis, offset: number): SignatureHelp | undefined {
  if (analysis.kind !== 'runbook') return undefined;
  const place = scriptAt(analysis, offset);
  const table = analysis.runs[0]?.fleet.table;
  if (place === undefined || table === undefined) return undefined;
  const found = signaturesAt(place.script, place.valueOffset, table, parameterValues(analysis.head));
  if (found === undefined) return undefined;
  const signatures = found.signatures.map(({ tool, usage, parameters, active }): Signature => {
    const lead = tool.length + 1;
    const undo = usage.undo?.value;
    const absent = usage.absent?.value;
    const lines = [
      `Effect: **${usage.effect?.value ?? 'not told'}**.`,
      ...(absent === 'all' ? ['Without a count, a percent or hosts it means **all**.'] : []),
      ...(undo === undefined ? [] : [`Undone by \`${usageText(undo)}\`.`]),
    ];
    return {
      label: `${tool} ${usage.usage.value ?? ''}`,
      documentation: lines.join('\n\n'),
      parameters: parameters.map(({ from, to, role }) => ({
        from: from + lead,
        to: to + lead,
        documentation: role === undefined ? '' : (roleDocs[role] ?? ''),
      })),
      active,
    };
  });
  return { signatures, active: found.active };
}
