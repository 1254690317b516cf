// What a person is told about a difference on Kafka: what a change does, and what to do where none can be made.
import type { JsonValue } from '../../core/json.ts';
import type { BrokerResource } from '../../brokers/resource.ts';
import type { Change, Stranger } from '../diff-resources.ts';
import { strangerRemedyOf } from '../stranger-remedy.ts';

/** Says what a change does to those who use the thing now; null when nothing. */
export function caution(change: Change): string | null {
  if (change.kind === 'create') return null;
  const { settings, resource } = change;
  if (resource.kind === 'user')
    return 'The user gets the password of its variable; other mechanisms keep theirs.';
  if (!settings.some(({ key }) => key === 'partitions')) return null;
  return 'More partitions move keys: later messages of a key may go to another partition than earlier ones, so their order is not kept across the change. Let the consumers catch up while nothing is published; on a compacted topic the old values stay behind. Partitions cannot be taken away again.';
}

// Until the default users were named after their design, these were everybody's.
const formerUsers: Readonly<Record<string, string>> = {
  'kafka-operator': 'operatorPrincipal',
  'kafka-exporter': 'exporterPrincipal',
};

/** Says what to do about a right of a stranger. */
export function strangerRemedy(stranger: Stranger): string {
  const [user = ''] = stranger.resource.name.split(' ');
  const option = formerUsers[user];
  return option === undefined
    ? strangerRemedyOf(stranger)
    : `"${user}" was the default of earlier versions: give its people and programs this design's own user and take the right away, or keep it by broker.options.${option}.`;
}

/** Says how to bring about a setting that cannot be changed in place. */
export function remedy(
  { name }: BrokerResource,
  key: string,
  live: JsonValue,
): string {
  if (key === 'replication.factor')
    return `Move the copies with kafka-reassign-partitions.sh (${JSON.stringify(live)} now); messages stay.`;
  return `Partitions cannot be taken away: raise the number in the spec to ${JSON.stringify(live)}, or copy what is needed and --delete topic/${name}, which removes it with its messages and makes it anew.`;
}
