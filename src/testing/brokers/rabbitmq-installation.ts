// Which RabbitMQ of this machine the tests run on: that of the distribution, or a newer one that RABBITMQ_VERSION chooses.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An installation of RabbitMQ with its Erlang. */
export interface RabbitmqInstallation {
  /** Folder of `rabbitmq-server` and `rabbitmqctl`. */
  readonly scripts: string;
  /** Erlang's port mapper. */
  readonly epmd: string;
  /** `major.minor`, which the design under test is made for. */
  readonly release: string;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

// Debian puts a wrapper that changes to the system's user in front of the real scripts, so its folder comes first.
const DEBIAN = '/usr/lib/rabbitmq';

/**
 * Finds RabbitMQ and Erlang, or null when one is missing. With RABBITMQ_VERSION (`4` or `4.3`) it is the one that
 * ".ci/install-brokers rabbitmq4" made in `.cache` of the checkout, or in the folder of the variable EVENT_ARCH_CACHE.
 */
export const findRabbitmq = (): RabbitmqInstallation | null => {
  const version = process.env['RABBITMQ_VERSION'] ?? '';
  if (version === '') return distributed();
  const cache = process.env['EVENT_ARCH_CACHE'] ?? join(ROOT, '.cache');
  const folder = join(cache, `rabbitmq-${version.split('.')[0] ?? ''}`);
  const release = releaseIn(join(folder, 'system', DEBIAN));
  const scripts = join(folder, 'bin');
  return release === null
    ? null
    : { scripts, epmd: join(scripts, 'epmd'), release };
};

/**
 * Tells the version that designs under test are made for, `major.minor`: that of the installation, or of a given broker
 * what RABBITMQ_VERSION says. Where there is none, tests are skipped, and any will do.
 */
export const rabbitmqRelease = (): string => {
  const given = process.env['RABBITMQ_URL'] ?? '';
  const version = process.env['RABBITMQ_VERSION'] ?? '';
  if (given !== '' && /^\d+\.\d+$/.test(version)) return version;
  return findRabbitmq()?.release ?? '3.10';
};

/** Writes the version that the tests run on into a spec for RabbitMQ. Throws: the spec names no version of RabbitMQ. */
export const onInstalledRabbitmq = (spec: string): string => {
  const written = /(kind: rabbitmq, version: )"[\d.]+"/;
  if (!written.test(spec)) throw new Error('a spec with a RabbitMQ version');
  return spec.replace(written, `$1"${rabbitmqRelease()}"`);
};

function distributed(): RabbitmqInstallation | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const scripts = [join(DEBIAN, 'bin'), ...folders].find((folder) =>
    existsSync(join(folder, 'rabbitmq-server')),
  );
  const erlang = folders.find((folder) => existsSync(join(folder, 'epmd')));
  if (scripts === undefined || erlang === undefined) return null;
  const release = releaseIn(join(scripts, '..')) ?? '3.10';
  return { scripts, epmd: join(erlang, 'epmd'), release };
}

// Its libraries lie in a folder that is named after the version.
function releaseIn(folder: string): string | null {
  const libraries = join(folder, 'lib');
  if (!existsSync(libraries)) return null;
  const versions = readdirSync(libraries).map(
    (name) => /^rabbitmq_server-(\d+\.\d+)\./.exec(name)?.[1] ?? null,
  );
  return versions.find((version) => version !== null) ?? null;
}
