// Proper names of databases: specs write them as they come, documents as their makers do.
import type { Service } from './model.ts';

const products: Readonly<Record<string, string>> = {
  bigquery: 'BigQuery',
  cassandra: 'Cassandra',
  clickhouse: 'ClickHouse',
  cockroachdb: 'CockroachDB',
  cosmosdb: 'Cosmos DB',
  couchbase: 'Couchbase',
  couchdb: 'CouchDB',
  db2: 'Db2',
  dynamodb: 'DynamoDB',
  elasticsearch: 'Elasticsearch',
  eventstoredb: 'EventStoreDB',
  firestore: 'Firestore',
  influxdb: 'InfluxDB',
  kurrentdb: 'KurrentDB',
  mariadb: 'MariaDB',
  mongo: 'MongoDB',
  mongodb: 'MongoDB',
  mssql: 'SQL Server',
  mysql: 'MySQL',
  neo4j: 'Neo4j',
  opensearch: 'OpenSearch',
  oracle: 'Oracle',
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  redis: 'Redis',
  scylladb: 'ScyllaDB',
  snowflake: 'Snowflake',
  sqlite: 'SQLite',
  sqlserver: 'SQL Server',
  timescaledb: 'TimescaleDB',
};

/** Gives the proper name of a service's database, one that is not known as it is written; null when it has none. */
export function databaseName(
  service: Pick<Service, 'database'> | null | undefined,
): string | null {
  const written = service?.database ?? null;
  if (written === null) return null;
  const key = written.toLowerCase().replaceAll(/[\s_-]+/g, '');
  return Object.hasOwn(products, key) ? (products[key] ?? written) : written;
}
