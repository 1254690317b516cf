// What a group does with its messages, as the expression that the runtime is given.
import { choreographyValue, hasChoreography } from './choreographies.ts';
import { runtimePath, type CodeContext } from './code-context.ts';
import {
  call,
  object,
  objectDoc,
  property,
  type Property,
} from './expressions.ts';
import type { GroupPlan, Reaction } from './group-plan.ts';
import { handlerAppPath } from './handlers.ts';
import type { Doc } from './layout.ts';
import { projectionPath } from './projections.ts';
import { sagaValue } from './sagas.ts';
import type { Imports } from './source-file.ts';

/** Writes the reaction of a group: one for all its messages, or a table by message type. */
export function reactionDoc(
  context: CodeContext,
  imports: Imports,
  plan: GroupPlan,
): Doc {
  const one = sharedReaction(plan);
  const write = (reaction: Reaction): Doc =>
    reactionOf({ context, imports, service: plan.group.service }, reaction);
  if (one !== null) return write(one);
  const byEvent = new Map<string, Doc[]>();
  for (const { event, reaction } of plan.reactions)
    if (!isIdle(context, plan.group.service, reaction))
      byEvent.set(event, [...(byEvent.get(event) ?? []), write(reaction)]);
  const table = [...byEvent].map(([event, reactions]): Property => [
    property(event),
    reactions.length === 1
      ? (reactions[0] ?? '')
      : call(
          imports.value(runtimePath('consume/handler'), 'inTurn'),
          reactions,
        ),
  ]);
  const byType = imports.value(runtimePath('consume/handler'), 'byType');
  return [byType, '(', objectDoc(object(table)), ')'];
}

/** A saga or projection that has the group for itself picks its messages on its own. */
function sharedReaction({ reactions }: GroupPlan): Reaction | null {
  const [first] = reactions;
  if (first === undefined) return null;
  const { kind } = first.reaction;
  if (kind !== 'saga' && kind !== 'projection') return null;
  const isShared = reactions.every(
    ({ reaction }) =>
      reaction.kind === kind &&
      reaction.name === (first.reaction as { readonly name: string }).name,
  );
  return isShared ? first.reaction : null;
}

/** A choreography without timeouts and compensation leaves nothing to note. */
function isIdle(
  context: CodeContext,
  service: string,
  reaction: Reaction,
): boolean {
  return (
    reaction.kind === 'choreography' &&
    reaction.handler === null &&
    !hasChoreography(context, service)
  );
}

function reactionOf(
  of: {
    readonly context: CodeContext;
    readonly imports: Imports;
    readonly service: string;
  },
  reaction: Reaction,
): Doc {
  const { context, imports, service } = of;
  const handler = (name: string): Doc => {
    const named = context.names.handler(service, name);
    return call(imports.value(runtimePath('consume/handler'), 'bind'), [
      imports.value(handlerAppPath(context, service, named), named.value),
    ]);
  };
  switch (reaction.kind) {
    case 'handler':
      return handler(reaction.handler);
    case 'projection': {
      const { value } = context.names.projection(reaction.name);
      return call(
        imports.value(
          runtimePath('projection/projection'),
          'projectionReaction',
        ),
        [
          imports.value(
            projectionPath(context, reaction.name),
            `${value}Projection`,
          ),
        ],
      );
    }
    case 'saga':
      return call(
        imports.value(runtimePath('saga/saga-service'), 'sagaReaction'),
        [sagaValue(context, imports, reaction.name)],
      );
    case 'choreography': {
      if (reaction.handler !== null && !hasChoreography(context, service))
        return handler(reaction.handler);
      const note = call(
        imports.value(runtimePath('saga/choreography'), 'choreographyReaction'),
        [choreographyValue(context, imports, service)],
      );
      if (reaction.handler === null) return note;
      return call(imports.value(runtimePath('consume/handler'), 'inTurn'), [
        note,
        handler(reaction.handler),
      ]);
    }
    default:
      return reaction satisfies never;
  }
}
