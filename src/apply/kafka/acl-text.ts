// Rights as the texts by which they are compared, and back.
import { aclName } from '../../brokers/kafka/desired-state.ts';
import type { LiveRight } from '../../brokers/kafka/ownership.ts';

/** A right in the protocol's own numbers. */
export interface LiveAcl {
  readonly resourceType: number;
  readonly resourcePatternType: number;
  readonly operation: number;
  readonly permissionType: number;
  readonly resourceName: string;
  readonly principal: string;
  readonly host: string;
}

// The numbers of Kafka's protocol (AclOperation, ResourceType, PatternType, AclPermissionType); kafkajs has the same as
// enumerations, which are not there before it is loaded.
const operations = [
  'Unknown',
  'Any',
  'All',
  'Read',
  'Write',
  'Create',
  'Delete',
  'Alter',
  'Describe',
  'ClusterAction',
  'DescribeConfigs',
  'AlterConfigs',
  'IdempotentWrite',
  'CreateTokens',
  'DescribeTokens',
  'TwoPhaseCommit',
] as const;
const resources = [
  'unknown',
  'any',
  'topic',
  'group',
  'cluster',
  'transactional-id',
  'delegation-token',
  'user',
] as const;
const patterns = ['unknown', 'any', 'match', 'literal', 'prefixed'] as const;
const any = 1;
const deny = 2;
const allow = 3;

/** Asks for every right that there is. */
export const anyAcl = {
  resourceType: any,
  resourcePatternType: any,
  operation: any,
  permissionType: any,
} as const;

/** Writes a live right as the desired ones are written; a denial and a right from one host only are told apart. */
export function aclText(acl: LiveAcl): string {
  const text = aclName(aclParts(acl));
  const host = acl.host === '*' ? '' : ` from ${acl.host}`;
  return `${text}${host}${acl.permissionType === deny ? ' denied' : ''}`;
}

/** The parts of a live right, for asking whose it is. */
export function aclParts(acl: LiveAcl): LiveRight {
  return {
    principal: acl.principal.replace(/^User:/, ''),
    operation: operations[acl.operation] ?? 'Unknown',
    resource: resources[acl.resourceType] ?? 'unknown',
    pattern: patterns[acl.resourcePatternType] ?? 'unknown',
    name: acl.resourceName,
    isDenied: acl.permissionType === deny,
  };
}

/** Reads the text of a desired right: allowed, from every host. Throws: `Error` for another text, which is our bug. */
export function aclOf(text: string): LiveAcl {
  const [principal = '', operation, resource, pattern, name = ''] =
    text.split(' ');
  const numbers = {
    operation: operations.findIndex((one) => one === operation),
    resourceType: resources.findIndex((one) => one === resource),
    resourcePatternType: patterns.findIndex((one) => one === pattern),
  };
  if (Object.values(numbers).includes(-1))
    throw new Error(`not a right: ${text}`);
  return {
    ...numbers,
    principal: `User:${principal}`,
    host: '*',
    permissionType: allow,
    resourceName: name,
  };
}
