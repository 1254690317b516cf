// "Personal Data" and "Open Findings": what people must keep in mind.
import { readablePath } from '../../core/pointer.ts';
import type { Severity } from '../../core/diagnostic.ts';
import type { Field, FieldType } from '../../model/payload.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { factsText } from './infrastructure-section.ts';
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
  const { model, index, words, brokerWords, described } = context;
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
        kept:
          channel === undefined
            ? plain('')
            : factsText(brokerWords, described.keeps(channel)),
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
