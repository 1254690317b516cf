// Checks the headers that events declare against those that every record has.
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Model } from '../../model/model.ts';
import { reservedHeaders } from '../reserved-headers.ts';
import { kafkaDiagnostics } from './catalogue.ts';

/** Checks that no event declares a header that publishers set themselves. Reports: `broker/kafka-reserved-header`. */
export function checkHeaders(model: Model): readonly Diagnostic[] {
  return reservedHeaders(model, (name) =>
    name === 'content-type'
      ? 'which is application/cloudevents+json on every record'
      : null,
  ).map(({ event, header, use, pointer }) =>
    kafkaDiagnostics.make(
      'kafka-reserved-header',
      { pointer, at: 'key' },
      { event, header, use },
    ),
  );
}
