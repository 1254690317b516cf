// A KurrentDB for tests: the calls of its gRPC protocol that the generated code uses, on a log in memory.
// Run as a process with a folder whose node_modules hold the client; prints its port. It is not KurrentDB: what the
// real server does beyond this protocol (disks, clusters, rights, scavenging) is not simulated.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(join(process.argv[2] ?? '.', 'from-here.js'));
const generated = '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1';
const grpc = load('@grpc/grpc-js');
const { Any } = load('google-protobuf/google/protobuf/any_pb.js');
const { Empty } = load('google-protobuf/google/protobuf/empty_pb.js');
const features = load(`${generated}/serverfeatures_pb.js`);
const shared = load(`${generated}/shared_pb.js`);
const { Status } = load(`${generated}/status_pb.js`);
const streams = load(`${generated}/streams_pb.js`);
const { ServerFeaturesService } = load(
  `${generated}/serverfeatures_grpc_pb.js`,
);
const { StreamsService } = load(`${generated}/streams_grpc_pb.js`);

/** Every event in the order of its commit; its index is its position. */
const log = [];
const listeners = new Set();
/** A subscription that filters tells how far it has searched after so many events. */
const searchWindow = 32;

const textOf = (bytes) => Buffer.from(bytes).toString('utf8');
const streamOf = (identifier) => textOf(identifier.getStreamName_asU8());
const historyOf = (name) => log.filter(({ stream }) => stream === name);
// As on the server, positions leave gaps.
const positionOf = (index) => String((index + 1) * 100);

function getSupportedMethods(_call, reply) {
  const batchAppend = new features.SupportedMethod();
  batchAppend.setServiceName('event_store.client.streams.Streams');
  batchAppend.setMethodName('batchappend');
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion('25.1.0');
  supported.setMethodsList([batchAppend]);
  reply(null, supported);
}

/** One stream of append requests, each of which may come in parts. */
function batchAppend(call) {
  const parts = new Map();
  call.on('data', (request) => {
    const id = request.getCorrelationId().getString();
    const part = parts.get(id) ?? { options: null, messages: [] };
    if (request.hasOptions()) part.options = request.getOptions();
    part.messages.push(...request.getProposedMessagesList());
    parts.set(id, part);
    if (!request.getIsFinal()) return;
    parts.delete(id);
    const response = appended(part);
    response.setCorrelationId(request.getCorrelationId());
    response.setStreamIdentifier(part.options.getStreamIdentifier());
    call.write(response);
  });
  call.on('end', () => call.end());
}

function appended({ options, messages }) {
  const stream = streamOf(options.getStreamIdentifier());
  const history = historyOf(stream);
  const response = new streams.BatchAppendResp();
  const revision = expectedRevision(options, history);
  if (revision !== history.length - 1) {
    // The very events that are there already were appended before: that is no conflict.
    const isRepeated = messages.every(
      (message, index) =>
        history[revision + 1 + index]?.id === message.getId().getString(),
    );
    if (isRepeated) response.setSuccess(success(revision + messages.length));
    else response.setError(wrongVersion(options, history));
    return response;
  }
  messages.forEach((message, index) =>
    log.push({
      stream,
      revision: history.length + index,
      id: message.getId().getString(),
      metadata: new Map(message.getMetadataMap().entries()),
      custom: message.getCustomMetadata_asU8(),
      data: message.getData_asU8(),
      created: Date.now(),
    }),
  );
  for (const listener of listeners) listener();
  response.setSuccess(success(history.length + messages.length - 1));
  return response;
}

function expectedRevision(options, history) {
  if (options.hasNoStream()) return -1;
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  return history.length - 1;
}

function success(revision) {
  const made = new streams.BatchAppendResp.Success();
  made.setCurrentRevision(String(revision));
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(positionOf(log.length - 1));
  position.setPreparePosition(positionOf(log.length - 1));
  made.setPosition(position);
  return made;
}

function wrongVersion(options, history) {
  const wrong = new shared.WrongExpectedVersion();
  if (history.length === 0) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(String(history.length - 1));
  if (options.hasNoStream()) wrong.setExpectedNoStream(new Empty());
  else wrong.setExpectedStreamPosition(options.getStreamPosition());
  const details = new Any();
  details.pack(
    wrong.serializeBinary(),
    'event_store.client.WrongExpectedVersion',
  );
  const status = new Status();
  status.setMessage('WrongExpectedVersion');
  status.setDetails(details);
  return status;
}

function read(call) {
  const options = call.request.getOptions();
  if (options.hasSubscription()) subscribe(call, options);
  else if (options.hasStream()) readStream(call, options);
  else readAll(call, options);
}

function readStream(call, options) {
  const wanted = options.getStream();
  const identifier = wanted.getStreamIdentifier();
  const history = historyOf(streamOf(identifier));
  if (history.length === 0) {
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(identifier);
    const response = new streams.ReadResp();
    response.setStreamNotFound(missing);
    call.write(response);
  } else {
    const start = wanted.hasRevision() ? Number(wanted.getRevision()) : null;
    for (const event of directed(history, options, start))
      call.write(eventResponse(event, options));
  }
  call.end();
}

function readAll(call, options) {
  const all = options.getAll();
  const start = all.hasPosition()
    ? Number(all.getPosition().getCommitPosition()) / 100 - 1
    : null;
  const found = log.filter((event) => isWanted(event, options));
  const from = start === null ? null : found.indexOf(log[start]);
  for (const event of directed(found, options, from))
    call.write(eventResponse(event, options));
  call.end();
}

/** The events from a place on, in the direction and number asked for. */
function directed(events, options, start) {
  const isBackwards = options.getReadDirection() === 1;
  const chosen = isBackwards
    ? events.slice(0, (start ?? events.length - 1) + 1).toReversed()
    : events.slice(start ?? 0);
  return chosen.slice(0, Number(options.getCount()));
}

function isWanted(event, options) {
  if (!options.hasFilter()) return true;
  const filter = options.getFilter();
  const isByStream = filter.hasStreamIdentifier();
  const expression = isByStream
    ? filter.getStreamIdentifier()
    : filter.getEventType();
  const value = isByStream ? event.stream : event.metadata.get('type');
  return expression.getPrefixList().some((prefix) => value.startsWith(prefix));
}

/** A catch-up subscription to the whole log: behind its position first, then what is appended. */
function subscribe(call, options) {
  const all = options.getAll();
  let next = all.hasPosition()
    ? Number(all.getPosition().getCommitPosition()) / 100
    : 0;
  let searched = 0;
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(randomUUID());
  const confirmed = new streams.ReadResp();
  confirmed.setConfirmation(confirmation);
  call.write(confirmed);
  const send = () => {
    for (; next < log.length; next += 1) {
      if (isWanted(log[next], options))
        call.write(eventResponse(log[next], options));
      searched += 1;
      if (options.hasFilter() && searched % searchWindow === 0)
        call.write(checkpointResponse(next));
    }
  };
  listeners.add(send);
  call.on('cancelled', () => listeners.delete(send));
  send();
}

function checkpointResponse(index) {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(positionOf(index));
  checkpoint.setPreparePosition(positionOf(index));
  const response = new streams.ReadResp();
  response.setCheckpoint(checkpoint);
  return response;
}

function eventResponse(event, options) {
  const position = positionOf(log.indexOf(event));
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(event.id, options.getUuidOption()?.hasString() ?? false));
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(event.stream).toString('base64'));
  recorded.setStreamIdentifier(identifier);
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(position);
  recorded.setPreparePosition(position);
  for (const [name, value] of event.metadata)
    recorded.getMetadataMap().set(name, value);
  // Ticks of 100 ns since 1970.
  recorded.getMetadataMap().set('created', String(event.created * 10_000));
  recorded.setCustomMetadata(event.custom);
  recorded.setData(event.data);
  const found = new streams.ReadResp.ReadEvent();
  found.setEvent(recorded);
  found.setCommitPosition(position);
  const response = new streams.ReadResp();
  response.setEvent(found);
  return response;
}

/** The two ways in which clients ask for identities. */
function uuid(id, isText) {
  const made = new shared.UUID();
  if (isText) {
    made.setString(id);
    return made;
  }
  const hex = id.replaceAll('-', '');
  const signed = (part) => BigInt.asIntN(64, BigInt(`0x${part}`)).toString();
  const halves = new shared.UUID.Structured();
  halves.setMostSignificantBits(signed(hex.slice(0, 16)));
  halves.setLeastSignificantBits(signed(hex.slice(16)));
  made.setStructured(halves);
  return made;
}

const server = new grpc.Server();
server.addService(ServerFeaturesService, { getSupportedMethods });
server.addService(StreamsService, { read, batchAppend });
server.bindAsync(
  '127.0.0.1:0',
  grpc.ServerCredentials.createInsecure(),
  (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  },
);
