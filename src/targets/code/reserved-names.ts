// Identifiers that names from a spec must not take: words of the language, globals in use, and what generated files import.

const language =
  'arguments as async await break case catch class const continue debugger default delete do else enum eval export ' +
  'extends false finally for from function get if implements import in instanceof interface let new null of package ' +
  'private protected public return set static super switch this throw true try type typeof undefined var void while ' +
  'with yield any unknown never object string number boolean symbol bigint';

const globals =
  'Array BigInt Boolean Buffer Date Error Extract JSON Map Math Number Object Omit Pick Promise Readonly Record Set ' +
  'String Symbol process console setTimeout clearTimeout';

const runtime =
  'Address Aggregate AnyMessage BrokerLoader CommandMessage CommandReceipt DomainError DomainEvent Endpoint Envelope ' +
  'Fact HeaderMakers IntegrationEvent JsonSchema MessageContract MessageHandler MessageHeaderDecisions Migration PayloadUpcasters PermanentError ' +
  'Projection Reactions RequestBus RequestClient RequestContract Saga SagaFailure SagaHistory ServiceDefinition Sql ' +
  'System UnitOfWork Upcasters aggregateStateTables assert bind bindEvolve brokers byType channels choreography ' +
  'choreographyTables choreographyTimers createEndpoint describe eraseHistory eventSourced eventStoreTables given ' +
  'EventLog connectEventLog eventLogStore headerMakers logRelayTables logSourced messageHeaders rebuildFromLog inboxPruning inboxTables inTurn it messageContracts newCause outboxTables payloadUpcasters projectionReaction ' +
  'projectionTables readRows rebuild receiptOf recordInInbox requestClient requestResponder sagaReaction sagaTables ' +
  'sagaTimers schemas startTestSystem stateStored system tables testStorages transactionalOutbox types until upcasters';

/** Every reserved identifier. */
export const reservedNames: readonly string[] = [language, globals, runtime]
  .join(' ')
  .split(' ');
