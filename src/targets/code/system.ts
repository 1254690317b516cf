// The derived files of the system as a whole: its services, its brokers, and the old payload versions it still reads.
import type { Artifact } from '../../core/artifact.ts';
import { brokerCode } from './broker-code.ts';
import { emitUpcasters, stepsOf } from './app-files.ts';
import {
  appPath,
  generatedFile,
  generatedPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { list, object, openObject, property, text } from './expressions.ts';
import { layOut } from './layout.ts';
import { eventsWithDerivedHeaders } from './message-headers.ts';
import { messagePath, versionedData } from './messages.ts';
import { kebabCase } from '../../core/text.ts';
import { ownServices, servicePath } from './services.ts';
import { Imports } from './source-file.ts';

/** Emits the table of the services, the brokers and the upcasters. */
export function emitSystem(context: CodeContext): readonly Artifact[] {
  return [
    systemFile(context),
    brokersFile(context),
    ...upcastersFile(context),
    ...emitUpcasters(context),
  ];
}

function systemFile(context: CodeContext): Artifact {
  const path = generatedPath('system');
  const imports = new Imports(path);
  imports.type(runtimePath('service/system'), 'System');
  const contracts = imports.value(
    generatedPath('messages', 'catalogue'),
    'messageContracts',
  );
  const services = ownServices(context).map(({ name }) =>
    imports.value(
      servicePath(context, name),
      context.names.service(name).value,
    ),
  );
  const hasOld = context.model.events.some(
    ({ versions }) => versions.length > 0,
  );
  if (hasOld) imports.value(generatedPath('upcasters'), 'upcasters');
  const headers =
    eventsWithDerivedHeaders(context).length === 0
      ? null
      : imports.value(generatedPath('message-headers'), 'headerMakers');
  const made = openObject(
    object([
      ['name', text(kebabCase(context.model.name))],
      ['contracts', contracts],
      hasOld ? ['upcasters', ''] : ['upcasters', '{}'],
      ...(headers === null ? [] : [['headers', headers] as const]),
      ['services', list(services)],
    ]),
  );
  return generatedFile(context, {
    path,
    about: 'The whole system.',
    imports,
    body: [`${layOut(['export const system: System = ', made, ';'])}\n`],
    origins: ['/name'],
  });
}

function brokersFile(context: CodeContext): Artifact {
  const path = generatedPath('brokers');
  const imports = new Imports(path);
  imports.type(runtimePath('service/platform'), 'BrokerLoader');
  const code = brokerCode(context.model.broker.kind);
  return generatedFile(context, {
    path,
    about:
      'The brokers this system can run on; each client is loaded only when it is chosen.',
    imports,
    body: [...code.declarations(context, imports)],
    origins: ['/broker'],
  });
}

function upcastersFile(context: CodeContext): readonly Artifact[] {
  const events = context.model.events.filter(
    ({ versions }) => versions.length > 0,
  );
  if (events.length === 0) return [];
  const path = generatedPath('upcasters');
  const imports = new Imports(path);
  imports.type(runtimePath('messaging/contract'), 'Upcasters');
  imports.value(appPath('upcasters'), 'payloadUpcasters');
  const members = events.map((event) => {
    const { type } = context.names.message(event.name);
    const from = messagePath(context, event.name);
    const nameOf = (version: number): string =>
      imports.type(
        from,
        version === event.version
          ? `${type}Data`
          : versionedData(type, version),
      );
    const steps = stepsOf(event).map(({ from: old, to }) => {
      const flat = `    readonly ${old}: (data: ${nameOf(old)}) => ${nameOf(to)};\n`;
      return flat.length <= 81
        ? flat
        : `    readonly ${old}: (\n      data: ${nameOf(old)},\n    ) => ${nameOf(to)};\n`;
    });
    return `  readonly ${property(event.name)}: {\n${steps.join('')}  };\n`;
  });
  return [
    generatedFile(context, {
      path,
      about:
        'The steps from old payload versions to new ones that people must write.',
      imports,
      body: [
        `/** One function per step; the compiler asks for a new one when the spec gains a version. */\nexport interface PayloadUpcasters {\n${members.join('')}}\n`,
        '// Each step is given what the schema of its version has accepted.\nexport const upcasters = payloadUpcasters as unknown as Upcasters;\n',
      ],
      origins: events.map(({ origin }) => origin),
    }),
  ];
}
