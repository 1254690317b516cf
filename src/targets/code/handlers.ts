// The handlers of each service: their types, and the files in which people write them.
import type { Artifact } from '../../core/artifact.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Service } from '../../model/model.ts';
import {
  appPath,
  generatedFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { groupPlans } from './group-plan.ts';
import { layOut } from './layout.ts';
import { messageType } from './messages.ts';
import type { CodeName } from './name-kinds.ts';
import { Imports } from './source-file.ts';
import { genericDoc, layOutDeclaration } from './type-layout.ts';

/** A handler that people write, and what it handles. */
export interface HandlerPlan {
  readonly name: CodeName;
  readonly events: readonly string[];
  /** What it subscribed to, as written: names and patterns. */
  readonly patterns: readonly string[];
  readonly isNatural: boolean;
}

/** Lists the handlers of a service, in spec order. */
export function handlerPlans(
  context: CodeContext,
  service: string,
): readonly HandlerPlan[] {
  const plans = new Map<string, HandlerPlan>();
  for (const { group, reactions } of groupPlans(context, service)) {
    const subscriptions = group.subscriptions.map(context.subscription);
    for (const { event, reaction } of reactions) {
      const handler =
        reaction.kind === 'handler' || reaction.kind === 'choreography'
          ? reaction.handler
          : null;
      if (handler === null) continue;
      const subscription = subscriptions.find(
        (one) => one.handler.value === handler && one.events.includes(event),
      );
      const known = plans.get(handler);
      const pattern = subscription?.pattern ?? event;
      plans.set(handler, {
        name: context.names.handler(service, handler),
        events: [...new Set([...(known?.events ?? []), event])],
        patterns: [...new Set([...(known?.patterns ?? []), pattern])],
        isNatural: subscription?.idempotency.value === 'natural',
      });
    }
  }
  return [...plans.values()];
}

/** Gives the path of the file with the types of a service's handlers. */
export function handlerTypesPath(
  context: CodeContext,
  service: string,
): string {
  return generatedPath(
    'services',
    `${context.names.service(service).file}-handlers`,
  );
}

/** Gives the path of the file in which people write a handler. */
export function handlerAppPath(
  context: CodeContext,
  service: string,
  handler: CodeName,
): string {
  return appPath(context.names.service(service).file, handler.file);
}

/** Emits the types of the handlers of one service; none when it has no handlers. */
export function emitHandlerTypes(
  context: CodeContext,
  service: Service,
): readonly Artifact[] {
  const handlers = handlerPlans(context, service.name);
  if (handlers.length === 0) return [];
  const path = handlerTypesPath(context, service.name);
  const imports = new Imports(path);
  const { type } = context.names.service(service.name);
  const published = (
    gatherFacts(context.model).publicationsByService().get(service.name) ?? []
  ).map(({ event }) => messageType(context, imports, event));
  const handlerType = imports.type(
    runtimePath('consume/handler'),
    'MessageHandler',
  );
  const declared = handlers.flatMap(({ name, events, patterns }) => {
    const messages = events.map((event) =>
      messageType(context, imports, event),
    );
    const told = patterns.map((pattern) => `\`${pattern}\``).join(', ');
    const [first] = messages;
    const isOne = messages.length === 1 && first !== undefined;
    const message = isOne ? first : `${name.type}Message`;
    return [
      ...(isOne
        ? []
        : [
            layOutDeclaration(
              `/** What \`${name.value}\` handles. */\nexport type ${message} = ${messages.join(' | ')};`,
            ),
          ]),
      `/** Handles ${told}. */\n${layOut([
        `export type ${name.type} = `,
        genericDoc(handlerType, [message, `${type}Message`]),
        ';',
      ])}\n`,
    ];
  });
  return [
    generatedFile(context, {
      path,
      about: `The types of the handlers of ${service.name}: a changed spec makes the compiler point at each one that must change.`,
      imports,
      body: [
        layOutDeclaration(
          `/** What ${service.name} publishes. */\nexport type ${type}Message = ${published.join(' | ') || 'never'};`,
        ),
        ...declared,
      ],
      origins: [service.origin],
    }),
  ];
}
