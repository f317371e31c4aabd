import type { Handler } from '../handler.ts';
import type { DocumentParams, Why } from '../messages.ts';

/** Why a file is checked, or is not; also of a file that is not open. */
export const why: Handler<DocumentParams, Why> = async ({ project, documents, settings }, { uri }) => {
  await settings.know(uri);
  const whyNot = settings.whyNot(uri);
  const { kind, by, fleets, config, sentences } = await project.explain(uri);
  return {
    uri,
    kind,
    by,
    checked: kind !== 'other' && whyNot === undefined,
    fleets: fleets.map((fleet) => ({ ...fleet, uri: documents.spelling(fleet.uri) })),
    config: config === undefined ? null : documents.spelling(config),
    sentences: whyNot === undefined ? sentences : [whyNot],
  };
};
