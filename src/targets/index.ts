// The registered targets, in alphabetical order. Adding one is a folder, its templates, and a line here.
import { asyncapi } from './asyncapi/emit.ts';
import { code } from './code/emit.ts';
import { diagrams } from './diagrams/emit.ts';
import { documentTarget } from './document/document-target.ts';
import { eventSchemas } from './event-schemas/emit.ts';
import { kafkaTarget } from './kafka/emit.ts';
import { monitoring } from './monitoring/emit.ts';
import { rabbitmq } from './rabbitmq/emit.ts';
import type { Target } from './target.ts';

export const targets: readonly Target[] = [
  asyncapi,
  code,
  diagrams,
  documentTarget,
  eventSchemas,
  kafkaTarget,
  monitoring,
  rabbitmq,
];
