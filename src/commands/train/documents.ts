import { badUsage } from '../../errors.js';
import { FEATURES_BY_INPUT, withDocument } from '../../settings/features.js';
import { featuresOf, type PresetName, type SettingsInput } from '../../settings/settings.js';
import { hasDocuments } from '../../text/document-words.js';
import type { PartOfDocument } from '../../text/sentence.js';
import { type Notice, noticesOf } from '../story.js';

/** Tells that sentences are always trained as if they stood alone. */
const ALWAYS_ALONE = 1;

/**
 * Adds the feature of documents to settings whose features nobody chose, if the corpus marks documents.
 *
 * @param given settings that a person or an initial model has
 * @throws UserError if the rate of hidden documents is given where the network sees none, exit code 2
 */
export async function* takeDocuments<Given extends SettingsInput>(
  given: Given,
  preset: PresetName | undefined,
  sentences: readonly PartOfDocument[],
): AsyncGenerator<Notice, Given, undefined> {
  const { features, input, documentDropout } = given;
  const isWanted = features !== undefined && featuresOf({ features }).includes('document');
  if (isWanted && documentDropout === ALWAYS_ALONE)
    throw badUsage(
      'the network has the feature document, and --document-dropout 1 hides every document',
      'leave out --document-dropout, or name other --features',
    );
  if (isWanted && !hasDocuments(sentences))
    yield* noticesOf(
      'warning: the corpus marks no documents of several sentences, which the feature document is about',
    );
  if (isWanted || documentDropout === ALWAYS_ALONE) return given;
  if (preset !== 'textbook' && features === undefined && input !== 'sum' && hasDocuments(sentences)) {
    yield* noticesOf(
      'documents: the corpus marks them, and the network sees how each word is written elsewhere in its document (--document-dropout 1: without)',
    );
    return { ...given, features: withDocument(FEATURES_BY_INPUT.concatenate) };
  }
  if (documentDropout !== undefined)
    throw badUsage(
      '--document-dropout is about the feature document, which the network does not have',
      'leave it out, or name document among --features',
    );
  return given;
}
