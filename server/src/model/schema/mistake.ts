import type { Entry } from '../../syntax/tree.ts';
import type { SchemaError } from '../generated/validate.js';
import type { Nearest } from '../nearest.ts';
import type { Schema, SchemaKind } from '../schemas.ts';
import type { Place } from './place.ts';
import type { RightPlace } from './right-place.ts';

/** A mistake that a validator found, with its place and what the schema says there. */
export interface Mistake {
  readonly kind: SchemaKind;
  readonly error: SchemaError;
  readonly place: Place;
  readonly schema: Schema;
  /** The entry whose key is at fault, where it is a key. */
  readonly entry: Entry | undefined;
  /** What an unknown key was meant for. */
  readonly meant: Nearest | undefined;
  /** Where an unknown key would be right. */
  readonly belongs: RightPlace | undefined;
}
