import { Client } from 'pg';
import { expect, it } from 'vitest';
import { describeWithBroker } from './describe-with-broker.ts';

const query = async (url: string, sql: string): Promise<readonly unknown[]> => {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describeWithBroker(
  'postgresql',
  'a private PostgreSQL',
  (postgres) => {
    it('keeps what was committed over SIGKILL and restart', async () => {
      await query(
        postgres().url(),
        'create table orders (id int); insert into orders values (1)',
      );
      const before = postgres().pid();
      await postgres().kill9();
      await expect(query(postgres().url(), 'select 1')).rejects.toThrow(
        'ECONNREFUSED',
      );
      await postgres().restart();
      expect(postgres().pid()).not.toBe(before);
      expect(await query(postgres().url(), 'select id from orders')).toEqual([
        { id: 1 },
      ]);
    }, 300_000);

    it('refuses a wrong password', async () => {
      const url = new URL(postgres().url());
      url.password = 'wrong';
      await expect(query(url.href, 'select 1')).rejects.toThrow(
        'password authentication failed',
      );
    });

    it('addresses a database by its name', async () => {
      await query(postgres().url(), 'create database shop');
      expect(
        await query(
          postgres().url('shop'),
          'select current_database() as name',
        ),
      ).toEqual([{ name: 'shop' }]);
    });
  },
  { isPrivate: true },
);
