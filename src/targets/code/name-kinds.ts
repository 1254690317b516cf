// What a name in generated code stands for, by kind of thing: identifiers that all files share, and files.
import type { Model } from '../../model/model.ts';

/** How one thing of the spec is called in code. */
export interface CodeName {
  /** `OrderCreated`: the stem of its types. */
  readonly type: string;
  /** `orderCreated`: the stem of its values. */
  readonly value: string;
  /** `order-created`: its file, without extension. */
  readonly file: string;
}

export type Kind =
  'message' | 'aggregate' | 'projection' | 'saga' | 'request' | 'service';

/** The files that a name stands for, without extension. */
export type FilesOf = (name: string, file: string) => readonly string[];

export interface Identifiers {
  /** Added to a name that is taken. */
  readonly word: string;
  /** The identifiers that a name stands for. */
  readonly uses: (name: CodeName) => readonly string[];
}

export const identifiers: Readonly<Record<Kind, Identifiers>> = {
  message: {
    word: 'Message',
    uses: ({ type, value }) => [
      type,
      `${type}Data`,
      `${type}Headers`,
      `${value}Contract`,
    ],
  },
  aggregate: {
    word: 'Aggregate',
    uses: ({ type, value }) => [
      ...['', 'Base', 'Event', 'Status', 'Data', 'CommandHandler'].map(
        (part) => type + part,
      ),
      `${value}Endpoints`,
    ],
  },
  projection: {
    word: 'View',
    uses: ({ type, value }) => [
      ...['Row', 'Event', 'QueryHandler'].map((part) => type + part),
      ...['Projection', 'Tables', 'Endpoints'].map((part) => value + part),
      `evolve${type}`,
    ],
  },
  saga: {
    word: 'Saga',
    uses: ({ type, value }) => [
      `${type}History`,
      `${type}Decisions`,
      value,
      `${value}Saga`,
      `${value}Decisions`,
    ],
  },
  request: {
    word: 'Request',
    uses: ({ type, value }) => [
      `${type}Request`,
      `${type}Reply`,
      `answer${type}`,
      value,
      `${value}Contract`,
    ],
  },
  service: {
    word: 'Service',
    uses: ({ type, value }) => [value, `${type}Message`],
  },
};

/** Says for each kind of thing which files its name stands for. */
export function filesByKind(model: Model): Readonly<Record<Kind, FilesOf>> {
  const coordinators = new Map(
    model.sagas.map(({ name, coordinator }) => [name, coordinator]),
  );
  const responders = new Map(
    model.requests.map(({ name, responder }) => [name, responder]),
  );
  return {
    message: (_, file) => [`messages/${file}`],
    aggregate: (name, file) => [
      `aggregates/${file}`,
      `aggregates/${file}-commands`,
      `${folderOf(model.aggregates, name)}/${file}`,
    ],
    projection: (name, file) => [
      `${folderOf(model.projections, name)}/${file}-projection`,
    ],
    saga: (name, file) => [
      `sagas/${file}`,
      `app of ${coordinators.get(name) ?? ''}/${file}-saga`,
    ],
    request: (name, file) => [
      `app of ${responders.get(name) ?? ''}/answer-${file}`,
    ],
    service: (_, file) => [
      `services/${file}`,
      `services/${file}-handlers`,
      `sagas/${file}-steps`,
    ],
  };
}

/** Files whose names do not come from a spec, in folders where others do. No identifier looks like a path. */
export function ownFiles(model: Model): readonly string[] {
  return [
    'messages/catalogue',
    ...model.services.flatMap(({ name }) => [
      `app of ${name}/tables`,
      `app of ${name}/saga-steps`,
    ]),
  ];
}

/** The folder of what people write for something of a service. */
function folderOf(
  all: readonly { readonly name: string; readonly service: string }[],
  name: string,
): string {
  return `app of ${all.find((one) => one.name === name)?.service ?? ''}`;
}
