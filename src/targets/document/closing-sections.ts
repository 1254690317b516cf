// "Personal Data", "Good Practices" and "Open Findings": what people must keep in mind.
import { readablePath } from '../../core/pointer.ts';
import type { Severity } from '../../core/diagnostic.ts';
import type { Field, FieldType } from '../../model/payload.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { retentionText } from './guarantees-section.ts';
import { codes, joinRich, plain, say, sayCount, word } from './say.ts';

export interface PersonalDataRow {
  readonly event: string;
  readonly fields: RichText;
  readonly readers: RichText;
  readonly kept: RichText;
}

/** Lists the events that carry personal data, the fields, who reads them and how long they are kept. */
export function personalDataSection(
  context: DocumentContext,
): readonly PersonalDataRow[] {
  const { model, index, words } = context;
  const types = new Map(
    model.types.map((type) => [type.name, type.shape.fields]),
  );
  return model.events.flatMap((event) => {
    const fields = personalFields(event.payload.fields, types, {
      path: '',
      seen: [],
    });
    if (fields.length === 0) return [];
    const channel = index.channels.get(event.channel);
    const consumers = index.consumersOf.get(event.name) ?? [];
    return [
      {
        event: event.name,
        fields: codes(fields),
        readers: joinRich(
          [
            codes(consumers),
            event.isPublic ? say(words, 'events.outside') : plain(''),
          ],
          ', ',
        ),
        kept: retentionText(
          words,
          channel?.retention.value ?? event.retention.value,
        ),
      },
    ];
  });
}

function personalFields(
  fields: readonly Field[],
  types: ReadonlyMap<string, readonly Field[]>,
  at: { readonly path: string; readonly seen: readonly string[] },
): readonly string[] {
  return fields.flatMap((field) => {
    const path = `${at.path}${field.name}`;
    if (field.isPii) return [path];
    const name = typeName(field.type);
    if (name === null || at.seen.includes(name)) return [];
    return personalFields(types.get(name) ?? [], types, {
      path: `${path}.`,
      seen: [...at.seen, name],
    });
  });
}

function typeName(type: FieldType): string | null {
  switch (type.kind) {
    case 'named':
      return type.name;
    case 'list':
    case 'map':
      return typeName(type.of);
    case 'primitive':
    case 'enum':
    case 'schema':
      return null;
    default:
      return type satisfies never;
  }
}

export interface PracticeView {
  readonly number: number;
  readonly name: string;
  readonly how: RichText;
}

/** Says, for each of the six good practices, how this system follows it and where it does not. */
export function practicesSection(
  context: DocumentContext,
): readonly PracticeView[] {
  const { words } = context;
  const practice = (
    name: string,
    parts: readonly RichText[],
  ): Omit<PracticeView, 'number'> => ({
    name: word(words, `practice.${name}`),
    how: joinRich(parts),
  });
  return [
    practice('idempotence', idempotenceText(context)),
    practice('versioning', versioningText(context)),
    practice('dead-letter', deadLetterText(context)),
    practice('ordering', orderingText(context)),
    practice('outbox', outboxText(context)),
    practice('monitoring', [
      sayCount(words, 'practice.monitoring.how', {
        count: context.model.groups.length,
      }),
      say(context.brokerWords, 'monitoring'),
    ]),
  ].map((one, index) => ({ number: index + 1, ...one }));
}

function idempotenceText({
  model,
  words,
}: DocumentContext): readonly RichText[] {
  const by = (kind: string): readonly string[] => [
    ...new Set(
      model.subscriptions
        .filter((one) => one.idempotency.value === kind)
        .map((one) => one.service),
    ),
  ];
  return (['inbox', 'natural', 'none'] as const).flatMap((kind) => {
    const services = by(kind);
    return services.length === 0
      ? []
      : [sayOf(words, `practice.idempotence.${kind}`, services)];
  });
}

function versioningText({
  model,
  words,
}: DocumentContext): readonly RichText[] {
  const old = model.events.filter((event) => event.versions.length > 0);
  return [
    say(
      words,
      `practice.versioning.${plainMode(model.guarantees.compatibility.value)}`,
    ),
    ...(old.length === 0
      ? []
      : [
          say(words, 'practice.versioning.old', {
            events: old.map((event) => event.name),
          }),
        ]),
  ];
}

/** Drops `-transitive`, which changes what is compared and not who is upgraded first. */
export function plainMode(mode: string): string {
  return mode.replace(/-transitive$/, '');
}

function deadLetterText({
  model,
  words,
}: DocumentContext): readonly RichText[] {
  const without = model.subscriptions.filter((one) => !one.hasDeadLetter.value);
  if (without.length === 0) {
    return model.subscriptions.length === 0
      ? [say(words, 'practice.no-consumers')]
      : [say(words, 'practice.dead-letter.all')];
  }
  return [
    say(words, 'practice.dead-letter.some', {
      subscriptions: without.map((one) => one.id),
    }),
  ];
}

function orderingText({ model, words }: DocumentContext): readonly RichText[] {
  const keys = [...new Set(model.events.flatMap((event) => event.key ?? []))];
  const losing = model.flows.filter((flow) =>
    flow.weakenings.some((one) => one.aspect === 'ordering'),
  );
  return [
    keys.length === 0
      ? say(words, 'practice.ordering.none')
      : say(words, 'practice.ordering.keys', { keys }),
    ...(losing.length === 0
      ? []
      : [
          say(words, 'practice.ordering.lost', {
            flows: [
              ...new Set(losing.map((flow) => flow.subscription ?? flow.event)),
            ],
          }),
        ]),
  ];
}

function outboxText({ model, words }: DocumentContext): readonly RichText[] {
  const bare = model.publications.filter((one) => !one.hasOutbox.value);
  if (model.publications.length === 0)
    return [say(words, 'practice.no-publishers')];
  if (bare.length === 0) return [say(words, 'practice.outbox.all')];
  const services = [...new Set(bare.map((one) => one.service))];
  return [sayOf(words, 'practice.outbox.some', services)];
}

/** Says a sentence about services, in the singular for one. */
const sayOf = (
  words: DocumentContext['words'],
  key: string,
  services: readonly string[],
): RichText =>
  sayCount(words, key, { count: services.length, parameters: { services } });

export interface FindingsView {
  readonly summary: RichText;
  readonly rows: readonly {
    readonly severity: string;
    readonly code: string;
    readonly where: string;
    readonly message: string;
    readonly hint: string;
  }[];
}

/** Lists the findings of the checks that are not errors: an error stops before any document. */
export function findingsSection({
  findings,
  words,
}: DocumentContext): FindingsView {
  const severities: readonly Severity[] = ['error', 'warning', 'info'];
  return {
    summary:
      findings.length === 0
        ? say(words, 'findings.none')
        : sayCount(words, 'findings.some', { count: findings.length }),
    rows: severities.flatMap((severity) =>
      findings
        .filter((finding) => finding.severity === severity)
        .map((finding) => ({
          severity: word(words, `severity.${severity}`),
          code: finding.code,
          where: readablePath(finding.pointer),
          message: finding.message,
          hint: finding.hint ?? '',
        })),
    ),
  };
}
