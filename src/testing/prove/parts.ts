// Every part of `npm run prove`, by name.
import { compiles } from './compiles.ts';
import type { ProofPart } from './part.ts';
import { rabbitmq4 } from './rabbitmq4.ts';

export const proofParts: readonly ProofPart[] = [compiles, rabbitmq4];
