// "Overview": the drawing, the topology, the needs, the services.
import { formatRate } from '../../core/units.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import { databaseName } from '../../model/product-name.ts';
import type { Service } from '../../model/model.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { codes, joinRich, plain, say, sayCount, word } from './say.ts';
import { drawServices, type DrawnService } from './text-diagram.ts';

export interface OverviewView {
  readonly drawing: string;
  readonly topology: string;
  readonly needs: readonly string[];
  readonly volume: string;
  readonly volumeDeclared: RichText;
  readonly size: RichText;
  readonly services: readonly ServiceRow[];
}

interface ServiceRow {
  readonly name: string;
  readonly about: string;
  readonly context: string;
  readonly owner: string;
  readonly database: string;
  readonly publishes: RichText;
  readonly handles: RichText;
}

/** Above this many services the drawing shows bounded contexts instead. */
const mostDrawn = 24;

/** Builds the overview of a model. */
export function overviewSection(context: DocumentContext): OverviewView {
  const { model, words, drawings } = context;
  const rate = model.context.ratePerSecond;
  return {
    drawing: drawServices(drawn(context), busLines(context)),
    topology: drawings.overview,
    needs: model.context.needs,
    volume: rate === null ? '' : formatRate(rate, model.locale),
    volumeDeclared: declaredVolume(context),
    size: say(words, 'overview.size', {
      services: sayCount(words, 'count.services', {
        count: model.services.length,
      }),
      events: sayCount(words, 'count.events', { count: model.events.length }),
      channels: sayCount(words, 'count.channels', {
        count: model.channels.length,
      }),
      groups: sayCount(words, 'count.groups', { count: model.groups.length }),
    }),
    services: model.services.map((service) => serviceRow(context, service)),
  };
}

function busLines({
  broker,
  model,
  words,
}: DocumentContext): readonly string[] {
  return [
    word(words, 'overview.bus'),
    `${broker.title} ${model.broker.version.value}`,
  ];
}

function drawn({ model, index }: DocumentContext): readonly DrawnService[] {
  const publishers = new Set(model.publications.map((one) => one.service));
  const consumers = new Set(model.subscriptions.map((one) => one.service));
  const requesters = new Set(
    model.requests.flatMap((one) => [one.requester, one.responder]),
  );
  const contexts = new Set(model.services.map((service) => service.context));
  const byContext = model.services.length > mostDrawn && contexts.size > 1;
  const units = new Map<string, DrawnService>();
  for (const service of model.services) {
    const name = byContext ? (service.context ?? service.name) : service.name;
    const known = units.get(name);
    units.set(name, {
      name,
      publishes:
        (known?.publishes ?? false) ||
        publishers.has(service.name) ||
        requesters.has(service.name),
      consumes: (known?.consumes ?? false) || consumers.has(service.name),
    });
  }
  // A service that neither publishes nor consumes has no line to the bus.
  return [...units.values()].filter(
    (unit) => unit.publishes || unit.consumes || index.services.size === 0,
  );
}

function declaredVolume({ model, words }: DocumentContext): RichText {
  const declared = model.events.filter((event) => event.volume !== null);
  if (declared.length === 0)
    return sayCount(
      words,
      // A target of the whole says nothing of any one event.
      model.context.ratePerSecond === null
        ? 'overview.volume.none'
        : 'overview.volume.share',
      { count: model.events.length },
    );
  const sum = (pick: 'ratePerSecond' | 'peakPerSecond'): string =>
    formatRate(
      declared.reduce(
        (total, event) => total + (event.volume?.value[pick] ?? 0),
        0,
      ),
      model.locale,
    );
  return sayCount(words, 'overview.volume.declared', {
    count: declared.length,
    parameters: {
      events: model.events.length,
      rate: sum('ratePerSecond'),
      peak: sum('peakPerSecond'),
    },
  });
}

function serviceRow(
  { model, words }: DocumentContext,
  service: Service,
): ServiceRow {
  const facts = gatherFacts(model);
  const handled = (facts.subscriptionsByService().get(service.name) ?? []).map(
    (one) => one.pattern,
  );
  const about = [
    service.description ?? '',
    service.isExternal ? word(words, 'overview.external') : '',
  ].filter((part) => part !== '');
  const answers = model.requests
    .filter((request) => request.responder === service.name)
    .map((request) => request.name);
  return {
    name: service.name,
    about: about.join(' '),
    context: service.context ?? '',
    owner: service.owner ?? '',
    database: databaseName(service) ?? '',
    publishes: codes(
      (facts.publicationsByService().get(service.name) ?? []).map(
        (one) => one.event,
      ),
    ),
    handles: joinRich(
      [
        codes([...new Set(handled)]),
        answers.length === 0
          ? plain('')
          : say(words, 'overview.answers', { requests: answers }),
      ],
      word(words, 'separator'),
    ),
  };
}
