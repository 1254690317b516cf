// "Personal Data" and "Open Findings": what people must keep in mind.
import { readablePath } from '../../core/pointer.ts';
import type { Severity } from '../../core/diagnostic.ts';
import { personalFields } from '../../model/personal-fields.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { findingText } from './finding-text.ts';
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
  const personal = personalFields(model);
  return model.events.flatMap((event) => {
    const fields = personal.get(event.name);
    if (fields === undefined) return [];
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

export interface FindingsView {
  readonly summary: RichText;
  readonly rows: readonly {
    readonly severity: string;
    readonly code: string;
    readonly where: string;
    readonly message: RichText;
    readonly hint: RichText;
  }[];
}

/** Lists the findings of the checks that are not errors: an error stops before any document. */
export function findingsSection({
  model,
  findings,
  words,
  findingWords,
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
          ...findingText(finding, findingWords, model.locale),
        })),
    ),
  };
}
