// One sequence diagram per request/reply pair, with what happens when the time runs out.
import { formatDuration } from '../core/units.ts';
import type { RequestReply } from '../model/model.ts';
import type { Shape } from '../model/payload.ts';
import type { Diagram } from './diagram.ts';
import { createDiagramIds } from './diagram-ids.ts';
import { plainLabel } from './label.ts';
import type { PlanContext } from './plan-context.ts';
import { alternatives, arrow, note } from './saga-script.ts';
import { sequenceView, type SequenceStep } from './sequence.ts';
import { say } from './words.ts';

/** Plans the request/reply diagrams. */
export function planRequestSequences(context: PlanContext): readonly Diagram[] {
  return context.model.requests.map((request) =>
    planRequestSequence(context, request),
  );
}

function planRequestSequence(
  { words, model }: PlanContext,
  request: RequestReply,
): Diagram {
  const id = createDiagramIds();
  const requester = id('p', request.requester);
  const responder = id('p', request.responder);
  const bus = id('bus', 'bus');
  const timeout = formatDuration(request.timeoutMs.value, model.locale);
  const names = [...new Set([request.requester, request.responder])];
  const [first, ...rest] = names.map((name) => ({
    id: id('p', name),
    lines: plainLabel(name),
  }));
  const title = say(words, 'request.title', { request: request.name });
  return {
    kind: 'request',
    subject: request.name,
    name: `request-${request.name}`,
    template: 'sequence',
    pointers: [request.origin],
    title,
    view: () =>
      sequenceView({
        title,
        description: say(words, 'request.description', {
          requester: request.requester,
          responder: request.responder,
          timeout,
        }),
        participants: [
          ...(first === undefined ? [] : [first]),
          { id: bus, lines: plainLabel(model.broker.title) },
          ...rest,
        ],
        steps: [
          arrow(
            'event',
            [requester, bus],
            request.name,
            fieldsOf(request.request),
            say(words, 'request.correlation'),
          ),
          arrow('event', [bus, responder], request.name),
          ...replyOrNot({
            words,
            request,
            timeout,
            requester,
            responder,
            bus,
          }),
        ],
      }),
  };
}

function replyOrNot({
  words,
  request,
  requester,
  responder,
  bus,
  timeout,
}: {
  readonly words: PlanContext['words'];
  readonly request: RequestReply;
  readonly timeout: string;
  readonly requester: string;
  readonly responder: string;
  readonly bus: string;
}): readonly SequenceStep[] {
  return alternatives([
    {
      title: say(words, 'request.inTime', { timeout }),
      isFailure: false,
      steps: [
        arrow(
          'outcome',
          [responder, bus],
          say(words, 'request.reply'),
          fieldsOf(request.reply),
        ),
        arrow('outcome', [bus, requester], say(words, 'request.reply')),
      ],
    },
    {
      title: say(words, 'request.late', { timeout }),
      isFailure: true,
      steps: [
        note(requester, say(words, 'request.givesUp')),
        note(requester, say(words, 'request.drops')),
      ],
    },
  ]);
}

const fieldsOf = (shape: Shape): string =>
  `{ ${shape.fields
    .map((field) => (field.isRequired ? field.name : `${field.name}?`))
    .join(', ')} }`;
