// Events of a resolved spec, with what they inherit.
import { writtenKey } from '../model/event-key.ts';
import { child } from '../core/pointer.ts';
import { formatSize, parseSize } from '../core/units.ts';
import type { Event, EventVersion, Model } from '../model/model.ts';
import { showHeaders, showPayload } from './show-shape.ts';
import { guaranteeEntries, rateText } from './show-system.ts';
import {
  compactMap,
  entry,
  filled,
  implied,
  said,
  shown,
  shownMap,
  type IsWritten,
  type ShownEntry,
  told,
} from './shown.ts';

/** Shows one event. */
export function showEvent(
  model: Model,
  event: Event,
  isWritten: IsWritten,
): readonly ShownEntry[] {
  const { name, origin, kind } = event;
  const kindWhy =
    event.aggregate === null
      ? 'It belongs to no aggregate'
      : 'It tells the change of an aggregate';
  const own = (
    key: string,
    value: string | number | boolean,
    because: string,
  ): readonly ShownEntry[] =>
    entry(key, filled(value, { owner: origin, key }, { isWritten, because }));
  return entry(
    name,
    shownMap(
      own('type', kind, kindWhy),
      told(origin, 'description', event.description),
      told(origin, 'aggregate', event.aggregate),
      told(origin, 'key', event.key === null ? null : writtenKey(event.key)),
      showOnce(event),
      own('version', event.version, 'The first version'),
      event.tags.length === 0 ? [] : told(origin, 'tags', event.tags),
      own('public', event.isPublic, 'Only consumed within this spec'),
      kind === 'command'
        ? own('queue', event.channel, 'Named after the command')
        : [],
      showVolume(event, isWritten),
      showPayload(model, event.payload, origin),
      entry(
        'versions',
        event.versions.length === 0
          ? null
          : shownMap(
              ...event.versions.map((version) => showVersion(model, version)),
            ),
      ),
      told(
        origin,
        'headers',
        event.headers === null ? null : showHeaders(model, event.headers),
      ),
      showExamples(event),
      guaranteeEntries(event, origin),
    ),
  );
}

/** Said in the spec, or told when it follows from the states of the aggregate. */
function showOnce({ isOncePerKey, origin }: Event): readonly ShownEntry[] {
  if (!isOncePerKey.value) return [];
  const node = shown(isOncePerKey, child(origin, 'once'), () => 'per-key');
  return isOncePerKey.from === 'spec'
    ? entry('once', node)
    : implied('once', node);
}

function showExamples({ examples, origin }: Event): readonly ShownEntry[] {
  const at = child(origin, 'example');
  const one = examples.find((example) => example.origin === at);
  const rest = examples.filter((example) => example !== one);
  return [
    ...entry('example', said(one?.value, at)),
    ...(rest.length === 0
      ? []
      : told(
          origin,
          'examples',
          rest.map(({ value }) => value),
        )),
  ];
}

function showVolume(
  { volume, origin }: Event,
  isWritten: IsWritten,
): readonly ShownEntry[] {
  if (volume === null) return [];
  const { ratePerSecond, peakPerSecond, bytes } = volume.value;
  const owner = child(origin, 'volume');
  const size = formatSize(bytes);
  const node = compactMap(
    told(owner, 'rate', rateText(ratePerSecond)),
    entry(
      'peak',
      filled(
        rateText(peakPerSecond),
        { owner, key: 'peak' },
        { isWritten, because: 'The mean rate' },
      ),
    ),
    entry(
      'size',
      filled(
        parseSize(size) === bytes ? size : `${bytes}B`,
        { owner, key: 'size' },
        {
          isWritten,
          because: 'A guess of 1 KiB; measure it and write it down',
        },
      ),
    ),
    told(owner, 'because', volume.because),
  );
  return entry('volume', node);
}

function showVersion(
  model: Model,
  { version, payload, deprecated, origin }: EventVersion,
): readonly ShownEntry[] {
  return entry(
    String(version),
    shownMap(
      showPayload(model, payload, origin),
      told(origin, 'deprecated', deprecated),
    ),
  );
}
