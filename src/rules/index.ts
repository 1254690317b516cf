// The registered rules, in alphabetical order. Adding one is a file, its fixtures, and a line here.
import { aggregateOverChannels } from './aggregate-over-channels.ts';
import { allOptional } from './all-optional.ts';
import { ambiguousOutcome } from './ambiguous-outcome.ts';
import { amountWithoutCurrency } from './amount-without-currency.ts';
import { brokerAsEventStore } from './broker-as-event-store.ts';
import { busyConsumer } from './busy-consumer.ts';
import { callbackForState } from './callback-for-state.ts';
import { changeEvent } from './change-event.ts';
import { commandAsFact } from './command-as-fact.ts';
import { compensationOfItself } from './compensation-of-itself.ts';
import { concurrencyWithoutEffect } from './concurrency-without-effect.ts';
import { consumesOwnEvent } from './consumes-own-event.ts';
import { differingIdTypes } from './differing-id-types.ts';
import { domainEventAcrossContexts } from './domain-event-across-contexts.ts';
import { dualWrite } from './dual-write.ts';
import { effectOutsideTransaction } from './effect-outside-transaction.ts';
import { emptyPayload } from './empty-payload.ts';
import { envelopeInPayload } from './envelope-in-payload.ts';
import { eventAsRequest } from './event-as-request.ts';
import { eventLoop } from './event-loop.ts';
import { eventPerField } from './event-per-field.ts';
import { externalKeeper } from './external-keeper.ts';
import { fatEvent } from './fat-event.ts';
import { fewKeyValues } from './few-key-values.ts';
import { fixedBackoff } from './fixed-backoff.ts';
import { foreignAggregatePublisher } from './foreign-aggregate-publisher.ts';
import { handledTwice } from './handled-twice.ts';
import { hastyRetry } from './hasty-retry.ts';
import { heavyTraffic } from './heavy-traffic.ts';
import { inboxWithoutDatabase } from './inbox-without-database.ts';
import { joinedProjection } from './joined-projection.ts';
import { kafkaCompactedCommand } from './kafka-compacted-command.ts';
import { kafkaCompactedHistory } from './kafka-compacted-history.ts';
import { kafkaOldTransactions } from './kafka-old-transactions.ts';
import { kafkaOversizedTopic } from './kafka-oversized-topic.ts';
import { kafkaPlaintext } from './kafka-plaintext.ts';
import { kafkaRequestReply } from './kafka-request-reply.ts';
import { kafkaTooFewPartitions } from './kafka-too-few-partitions.ts';
import { largeMessage } from './large-message.ts';
import { lateSagaStep } from './late-saga-step.ts';
import { leakedTable } from './leaked-table.ts';
import { longBlockingRetry } from './long-blocking-retry.ts';
import { longChoreography } from './long-choreography.ts';
import { lossyCommand } from './lossy-command.ts';
import { lossyProjection } from './lossy-projection.ts';
import { lossySagaMessage } from './lossy-saga-message.ts';
import { missingAbort } from './missing-abort.ts';
import { missingCompensation } from './missing-compensation.ts';
import { missingDeadLetter } from './missing-dead-letter.ts';
import { missingIdempotency } from './missing-idempotency.ts';
import { missingRetry } from './missing-retry.ts';
import { missingVersion } from './missing-version.ts';
import { mixedDomains } from './mixed-domains.ts';
import { mixedFieldCase } from './mixed-field-case.ts';
import { mixedKeys } from './mixed-keys.ts';
import { mixedSeparators } from './mixed-separators.ts';
import { moneyAsFloat } from './money-as-float.ts';
import { nameOutsideAggregate } from './name-outside-aggregate.ts';
import { needlessInbox } from './needless-inbox.ts';
import { nonTransitiveHistory } from './non-transitive-history.ts';
import { orderOverGroups } from './order-over-groups.ts';
import { orderOverPartitions } from './order-over-partitions.ts';
import { outboxWithoutDatabase } from './outbox-without-database.ts';
import { overtakingCompensation } from './overtaking-compensation.ts';
import { overtakingRetry } from './overtaking-retry.ts';
import { personalDataByPattern } from './personal-data-by-pattern.ts';
import { personalDataForEver } from './personal-data-for-ever.ts';
import { personalDataLong } from './personal-data-long.ts';
import { personalHeaders } from './personal-headers.ts';
import { personalKey } from './personal-key.ts';
import { projectionKeyMissing } from './projection-key-missing.ts';
import { publicCommand } from './public-command.ts';
import { publicDomainEvent } from './public-domain-event.ts';
import { publicPersonalData } from './public-personal-data.ts';
import { rabbitmqIdleLanes } from './rabbitmq-idle-lanes.ts';
import { rabbitmqLogRefused } from './rabbitmq-log-refused.ts';
import { rabbitmqLongBacklog } from './rabbitmq-long-backlog.ts';
import { rabbitmqLostHistory } from './rabbitmq-lost-history.ts';
import { rabbitmqSharedDeadLetter } from './rabbitmq-shared-dead-letter.ts';
import { recurringCorrelation } from './recurring-correlation.ts';
import { relayOfBestEffort } from './relay-of-best-effort.ts';
import { reorderedPublishing } from './reordered-publishing.ts';
import { requestChain } from './request-chain.ts';
import { requestCycle } from './request-cycle.ts';
import { retryOutlivesRetention } from './retry-outlives-retention.ts';
import { sagaCycle } from './saga-cycle.ts';
import { sagaKeyDiffers } from './saga-key-differs.ts';
import { sagaRestartsItself } from './saga-restarts-itself.ts';
import { sagaTimeoutTooShort } from './saga-timeout-too-short.ts';
import { sagaTimeoutUndecided } from './saga-timeout-undecided.ts';
import { saturatedConsumer } from './saturated-consumer.ts';
import { secretInPayload } from './secret-in-payload.ts';
import { serviceWithoutOwner } from './service-without-owner.ts';
import { settingsOfBestEffort } from './settings-of-best-effort.ts';
import { severalPublishers } from './several-publishers.ts';
import { shortRetention } from './short-retention.ts';
import { singleCopy } from './single-copy.ts';
import { slowHandler } from './slow-handler.ts';
import { slowRequest } from './slow-request.ts';
import { splitOrder } from './split-order.ts';
import { stateWithoutDatabase } from './state-without-database.ts';
import { takesEverything } from './takes-everything.ts';
import { unattainableStaleness } from './unattainable-staleness.ts';
import { uncheckedEvolution } from './unchecked-evolution.ts';
import { unconsumedEvent } from './unconsumed-event.ts';
import { unkeyedOrder } from './unkeyed-order.ts';
import { unmarkedPersonalData } from './unmarked-personal-data.ts';
import { unmeasuredConsumer } from './unmeasured-consumer.ts';
import { unnamedProcess } from './unnamed-process.ts';
import { unorderedProjection } from './unordered-projection.ts';
import { unpublishedEnd } from './unpublished-end.ts';
import { unpublishedEvent } from './unpublished-event.ts';
import { unqueriedProjection } from './unqueried-projection.ts';
import { unrebuildableProjection } from './unrebuildable-projection.ts';
import { unstableKey } from './unstable-key.ts';
import { untransactedForwarding } from './untransacted-forwarding.ts';
import { untypedField } from './untyped-field.ts';
import { unusedEvent } from './unused-event.ts';
import { unusedService } from './unused-service.ts';
import { unwatchedChoreography } from './unwatched-choreography.ts';
import { versionInName } from './version-in-name.ts';
import { volumeOverTarget } from './volume-over-target.ts';
import { volumeUnassigned } from './volume-unassigned.ts';
import type { Rule } from './rule.ts';

/** Every rule of the tool. */
export const rules: readonly Rule[] = [
  aggregateOverChannels,
  allOptional,
  ambiguousOutcome,
  amountWithoutCurrency,
  brokerAsEventStore,
  busyConsumer,
  callbackForState,
  changeEvent,
  commandAsFact,
  compensationOfItself,
  concurrencyWithoutEffect,
  consumesOwnEvent,
  differingIdTypes,
  domainEventAcrossContexts,
  dualWrite,
  effectOutsideTransaction,
  emptyPayload,
  envelopeInPayload,
  eventAsRequest,
  eventLoop,
  eventPerField,
  externalKeeper,
  fatEvent,
  fewKeyValues,
  fixedBackoff,
  foreignAggregatePublisher,
  handledTwice,
  hastyRetry,
  heavyTraffic,
  inboxWithoutDatabase,
  joinedProjection,
  kafkaCompactedCommand,
  kafkaCompactedHistory,
  kafkaOldTransactions,
  kafkaOversizedTopic,
  kafkaPlaintext,
  kafkaRequestReply,
  kafkaTooFewPartitions,
  largeMessage,
  lateSagaStep,
  leakedTable,
  longBlockingRetry,
  longChoreography,
  lossyCommand,
  lossyProjection,
  lossySagaMessage,
  missingAbort,
  missingCompensation,
  missingDeadLetter,
  missingIdempotency,
  missingRetry,
  missingVersion,
  mixedDomains,
  mixedFieldCase,
  mixedKeys,
  mixedSeparators,
  moneyAsFloat,
  nameOutsideAggregate,
  needlessInbox,
  nonTransitiveHistory,
  orderOverGroups,
  orderOverPartitions,
  outboxWithoutDatabase,
  overtakingCompensation,
  overtakingRetry,
  personalDataByPattern,
  personalDataForEver,
  personalDataLong,
  personalHeaders,
  personalKey,
  projectionKeyMissing,
  publicCommand,
  publicDomainEvent,
  publicPersonalData,
  rabbitmqIdleLanes,
  rabbitmqLogRefused,
  rabbitmqLongBacklog,
  rabbitmqLostHistory,
  rabbitmqSharedDeadLetter,
  recurringCorrelation,
  relayOfBestEffort,
  reorderedPublishing,
  requestChain,
  requestCycle,
  retryOutlivesRetention,
  sagaCycle,
  sagaKeyDiffers,
  sagaRestartsItself,
  sagaTimeoutTooShort,
  sagaTimeoutUndecided,
  saturatedConsumer,
  secretInPayload,
  serviceWithoutOwner,
  settingsOfBestEffort,
  severalPublishers,
  shortRetention,
  singleCopy,
  slowHandler,
  slowRequest,
  splitOrder,
  stateWithoutDatabase,
  takesEverything,
  unattainableStaleness,
  uncheckedEvolution,
  unconsumedEvent,
  unkeyedOrder,
  unmarkedPersonalData,
  unmeasuredConsumer,
  unnamedProcess,
  unorderedProjection,
  unpublishedEnd,
  unpublishedEvent,
  unqueriedProjection,
  unrebuildableProjection,
  unstableKey,
  untransactedForwarding,
  untypedField,
  unusedEvent,
  unusedService,
  unwatchedChoreography,
  versionInName,
  volumeOverTarget,
  volumeUnassigned,
];
