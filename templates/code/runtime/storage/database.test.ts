import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { testStorages } from '../testing/storages.js';
import type { Database, Sql } from './database.js';

const add = 'INSERT INTO mark (name) VALUES ($1) RETURNING name';

for (const storage of testStorages()) {
  describe(`transactions on ${storage.name}`, { concurrency: false }, () => {
    const withMarks = async (
      work: (database: Database) => Promise<void>,
    ): Promise<void> => {
      const opened = await storage.open();
      const database = await opened.database(
        `marks_${randomUUID().slice(0, 8)}`,
      );
      await database.query('CREATE TABLE mark (name text PRIMARY KEY)');
      await work(database);
      await database.close();
      await opened.close();
    };
    const names = async (sql: Sql): Promise<readonly unknown[]> =>
      (await sql.query('SELECT name FROM mark ORDER BY name')).map(
        ({ name }) => name,
      );

    it('commit all their statements, and hand back the rows of each', () =>
      withMarks(async (database) => {
        const rows = await database.transaction(async (sql) => [
          await sql.query(add, ['a'], 'add_mark'),
          await sql.query(add, ['b'], 'add_mark'),
          await sql.query(add, ['c']),
          await sql.query(`SELECT 'd' AS name`),
        ]);
        assert.deepEqual(
          rows,
          ['a', 'b', 'c', 'd'].map((name) => [{ name }]),
        );
        assert.deepEqual(await names(database), ['a', 'b', 'c']);
      }));

    it('leave nothing behind when they fail, the first statement no more than the last', () =>
      withMarks(async (database) => {
        const failing = (first: string, values?: readonly string[]) =>
          database.transaction(async (sql) => {
            await sql.query(first, values);
            throw new Error('no');
          });
        await assert.rejects(failing(add, ['a']), /no/);
        await assert.rejects(
          failing(`INSERT INTO mark (name) VALUES ('b')`),
          /no/,
        );
        assert.deepEqual(await names(database), []);
      }));

    it('end when their first statement is refused, and the next ones begin anew', () =>
      withMarks(async (database) => {
        await database.query(add, ['a']);
        // More often than there are connections, so that each of them has had it.
        for (let turn = 0; turn < 12; turn += 1) {
          await assert.rejects(
            database.transaction((sql) => sql.query(add, ['a'], 'add_mark')),
            /mark_pkey/,
          );
          await assert.rejects(
            database.transaction((sql) =>
              sql.query('SELECT name FROM nowhere WHERE name = $1', ['a']),
            ),
            /nowhere/,
          );
        }
        await database.transaction(async (sql) => {
          await sql.query(add, ['b'], 'add_mark');
        });
        assert.deepEqual(await names(database), ['a', 'b']);
      }));

    it('do not take a plan for prepared whose preparation failed', () =>
      withMarks(async (database) => {
        const later = 'SELECT name FROM later WHERE name = $1';
        const read = (): Promise<readonly unknown[]> =>
          database.transaction((sql) => sql.query(later, ['a'], 'read_later'));
        await assert.rejects(read(), /later/);
        await database.query('CREATE TABLE later (name text)');
        assert.deepEqual(await read(), []);
      }));

    // The embedded engine has one connection, so nobody else can look.
    if (storage.name !== 'pglite')
      it('see what they wrote, and nobody else does before they commit', () =>
        withMarks(async (database) => {
          await database.transaction(async (sql) => {
            await sql.query(add, ['a']);
            assert.deepEqual(await names(sql), ['a']);
            assert.deepEqual(await names(database), []);
          });
          assert.deepEqual(await names(database), ['a']);
        }));

    it('are to be had by copies that open a new schema at the same time', async () => {
      const opened = await storage.open();
      const schema = `copies_${randomUUID().slice(0, 8)}`;
      const databases = await Promise.all(
        Array.from({ length: 8 }, () => opened.database(schema)),
      );
      for (const database of databases) {
        await database.query('SELECT 1');
        await database.close();
      }
      await opened.close();
    });

    it('may send nothing at all', () =>
      withMarks(async (database) => {
        assert.equal(await database.transaction(() => Promise.resolve(1)), 1);
        await assert.rejects(
          database.transaction(() => Promise.reject(new Error('no'))),
          /no/,
        );
      }));
  });
}
